"""Names that the gazetteer knows, found in a text."""

import re
from collections.abc import Iterable

from kg.ids import fold
from kg.model import Known, Lexicon
from kg.nlp.entities import Found
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons
from kg.nlp.name_edges import EDGE

_LONGEST = 9
"""Words of the longest gazetteer name that is looked for."""
_NAME_START = re.compile(r"[A-Z0-9À-ÖØ-Þ]")


def known_names(tree: Tree, lexicon: Lexicon, lexicons: Lexicons) -> list[Found]:
    """Longest known names, left to right, that begin with a capital or a digit."""
    names = lexicon.names()
    starts = {key.split(" ", 1)[0] for key in names}
    found: list[Found] = []
    for first_in, end_in in tree.bounds:
        i = first_in
        while i < end_in:
            end = _longest_known(tree, i, min(end_in, i + _LONGEST), names, starts)
            known = lexicon.lookup(tree.quote(i, end)) if end > i else ()
            titled = bool(known) and known[0].type == "Person" and tree.lemmas[i] in lexicons.title_heads
            if known and not titled and not _is_description(tree, i, end):
                found.append(Found(i, end, known=known[0]))
                i = end
            elif (sharing := _sharing(tree, i, end_in, lexicon)) is not None:
                found.append(Found(i, i + 1, known=sharing))
                i += 2
            elif (people := _people(tree, i, end_in, lexicon)) is not None:
                found.append(Found(i, i + 2, known=people))
                i += 2
            else:
                i += 1
    return found


def _people(tree: Tree, i: int, limit: int, lexicon: Lexicon) -> Known | None:
    """ "North Korean", "Saudi Arabian": the country of a people's name of two words."""
    if i + 2 > limit or not (tree.words[i][:1].isupper() and tree.words[i + 1][:1].isupper()):
        return None
    return lexicon.demonym(f"{tree.words[i]} {tree.words[i + 1]}")


def _sharing(tree: Tree, i: int, limit: int, lexicon: Lexicon) -> Known | None:
    """The first of "North and South Korea", "North and South Korean": its last word stands only behind the second."""
    if i + 4 > limit or tree.words[i + 1] != "and" or not all(tree.words[k][:1].isupper() for k in (i, i + 2, i + 3)):
        return None
    one, other = (_state(f"{tree.words[k]} {tree.words[i + 3]}", lexicon) for k in (i, i + 2))
    return one if other is not None and one != other else None


def _state(name: str, lexicon: Lexicon) -> Known | None:
    """The country of a name or of its people's name."""
    country = next((k for k in lexicon.lookup(name) if k.type == "Country"), None)
    return country or lexicon.demonym(name)


def _longest_known(tree: Tree, i: int, limit: int, names: Iterable[str], starts: set[str]) -> int:
    if not _NAME_START.match(tree.words[i]) or fold(tree.words[i]).split(" ", 1)[0] not in starts:
        return i
    for end in range(limit, i, -1):
        last = tree.words[end - 1]
        if last[:1] in EDGE or not (last[:1].isupper() or last[:1].isdigit()):
            continue
        if fold(tree.quote(i, end)) in names and _looks_like_name(tree, i, end):
            return end
    return i


def _is_description(tree: Tree, first: int, end: int) -> bool:
    """ "Russia's invasion of Ukraine" is known by that name, but its words are read as what they say."""
    return any(tree.words[k] in {"'s", "’s", "'", "’"} for k in range(first + 1, end - 1)) or any(
        tree.words[k].islower() and tree.pos[k] == "NOUN" for k in range(first, end)
    )


def _looks_like_name(tree: Tree, first: int, end: int) -> bool:
    """Guard against "US" in "tell US" headlines and common words at the start of a sentence."""
    if end - first > 1:
        return True
    return tree.pos[first] in {"PROPN", "ADJ", "X"} or (tree.words[first].isupper() and len(tree.words[first]) > 1)
