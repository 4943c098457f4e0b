"""Where a name begins and ends: without titles, honorifics and punctuation around it, with "Jr." and "bin"."""

from dataclasses import replace

from kg.ids import fold
from kg.model import Lexicon
from kg.nlp.entities import PLACES, SUFFIXES, Found
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons

EDGE = frozenset("'\"“”‘’()[]{}.,;:!?-–—*#•&")
"""Marks that no name begins or ends with."""
_DIRECTIONS = frozenset({
    "southern", "northern", "eastern", "western", "central", "southeastern", "southwestern", "northeastern",
    "northwestern", "south-eastern", "south-western", "north-eastern", "north-western",
})  # fmt: skip
_SONS = frozenset({"bin", "ibn", "bint", "ben"})


def trim(tree: Tree, first: int, end: int) -> tuple[int, int]:
    """Without articles, marks and "'s" at the edges; may be empty."""
    while first < end and (tree.words[first][:1] in EDGE or fold(tree.words[first]) in {"the", ""}):
        first += 1
    while first < end and (tree.words[end - 1] in {"'s", "’s", "'", "’"} or tree.words[end - 1][:1] in EDGE):
        end -= 1
    return first, end


def proper(tree: Tree, name: Found, lexicon: Lexicon, lexicons: Lexicons) -> Found:
    """The name proper.

    Args:
        tree: the article's words.
        name: at least one word, trimmed; a known name stands as it is, but for what belongs to a person's.
        lexicon: known names.
        lexicons: word lists of the rules.
    """
    first, end = name.first, name.end
    if name.known is None and name.label == "PERSON":
        first = _after_titles(tree, first, end, lexicons)
    elif name.known is None and name.label == "ORG":
        end = _before_title(tree, (first, end), lexicon, lexicons)
    elif name.known is None and name.label in {"GPE", "LOC"}:
        first += _is_part(tree, first, end, lexicon)
    if name.label == "PERSON" or name.type == "Person":
        end = _with_suffix(tree, end)
        while first > 1 and tree.words[first - 1].casefold() in _SONS and tree.words[first - 2][:1].isupper():
            first -= 2
    return replace(name, first=first, end=end)


def _after_titles(tree: Tree, first: int, end: int, lexicons: Lexicons) -> int:
    """First word of a person's name proper: titles, honorifics and country adjectives in front are no part of it."""
    cut = first
    if end - first > 1 and first and tree.words[first] == "State" and tree.words[first - 1].casefold() == "of":
        cut = first + 1
    for i in range(first, end - 1):
        word = tree.words[i].rstrip(".").casefold()
        if tree.words[i + 1].casefold() in _SONS:  # "Sultan bin Saad" is no sultan
            break
        title = word in lexicons.honorifics or word in lexicons.honorific_titles
        title = title or word in lexicons.title_heads or tree.lemmas[i] in lexicons.title_heads
        if title or (cut == i and word in lexicons.title_modifiers):
            cut = i + 1
        elif word == "of" and cut == i and i > first:  # "Secretary of State Rice"
            cut = i + 2 if i + 2 < end else cut
    return cut


def _before_title(tree: Tree, span: tuple[int, int], lexicon: Lexicon, lexicons: Lexicons) -> int:
    """ "U.S. Defense" before "Secretary" is no body: words that begin a title end the name."""
    first, end = span
    if end >= len(tree.words) or tree.lemmas[end] not in lexicons.title_heads:
        return end
    if any(k.type == "Country" for k in lexicon.lookup(tree.words[first])) and lexicon.lookup(
        tree.quote(first + 1, end)
    ):
        return end  # "U.S. Department of Homeland Security"
    for k in range(end - 1, first, -1):  # "White House Infrastructure" before "Coordinator"
        if lexicon.lookup(tree.quote(first, k)):
            return k
    while end - first > 1 and tree.words[end - 1].casefold() in lexicons.title_modifiers:
        end -= 1
    return end


def _with_suffix(tree: Tree, end: int) -> int:
    """ "Joseph R. Biden, Jr." is one name."""
    for k in (end, end + 1):
        if k < len(tree.words) and fold(tree.words[k]) in SUFFIXES:
            return k + 1 if k == end or tree.words[end] == "," else end
    return end


def _is_part(tree: Tree, first: int, end: int, lexicon: Lexicon) -> bool:
    """Is "southern Israel" no name of its own, but a part of a place that has one?"""
    if tree.words[first].casefold() not in _DIRECTIONS or end - first == 1:
        return False
    rest = lexicon.lookup(tree.quote(first + 1, end))
    return not lexicon.lookup(tree.quote(first, end)) and bool(rest) and rest[0].type in PLACES
