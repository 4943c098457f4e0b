"""Names that the pipeline found, without what is none: titles, ties of states, two names in one, ministers' fields."""

from collections.abc import Iterator
from dataclasses import replace

from kg.ids import fold
from kg.model import Lexicon
from kg.nlp.entities import Found
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons
from kg.nlp.mends import is_owned

_NAMED = frozenset({"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW"})
_TIES = frozenset({
    "alliance", "partnership", "cooperation", "relationship", "relation", "tie", "talk", "dialogue", "treaty", "pact",
    "war", "conflict", "border",
})  # fmt: skip
_SHORTEST_FIELD = 5
"""Letters of the shortest word for a minister's field; "UN" and "NATO" have secretaries general."""


def labelled_names(tree: Tree, known: list[Found], lexicon: Lexicon, lexicons: Lexicons) -> Iterator[Found]:
    """The pipeline's names.

    Args:
        tree: the article's words.
        known: names of the gazetteer in it.
        lexicon: the gazetteer.
        lexicons: word lists of the rules.
    """
    for name in _behind_owners(tree, known, lexicons):
        if (
            name.label in _NAMED
            and not _is_tie(tree, name)
            and not _is_pair(tree, name, lexicon)
            and not _is_titled(tree, name, known, lexicons)
            and not _is_office_of(tree, name, known, lexicons)
            and not _is_office_in(tree, name, lexicon, lexicons)
            and not _is_party_of(name, known)
            and not _is_short_title(tree, name, lexicons)
        ):
            yield replace(name, end=_before_bracket(tree, name))


def is_department(tree: Tree, name: Found, lexicons: Lexicons) -> bool:
    """ "Labour" of "Serbian Labour Minister X" and of "Labor Department" is a field, and no party."""
    word = tree.words[name.first].casefold()
    if name.end - name.first != 1 or name.end >= len(tree.words):
        return False
    if word not in lexicons.title_modifiers or len(word) < _SHORTEST_FIELD:
        return False
    return tree.words[name.end] in {"Minister", "Ministers", "Secretary", "Ministry", "Department", "Commissioner"}


def is_title(tree: Tree, first: int, end: int, lexicons: Lexicons) -> bool:
    """ "National Security Advisor", "Secretary of State": offices that the pipeline took for organizations."""
    words = [tree.words[k].casefold() for k in range(first, end)]
    if words == ["state"] or "v." in words:
        return True
    if tree.lemmas[end - 1] not in lexicons.title_heads and words[0] not in lexicons.title_heads:
        return False
    office = (
        lexicons.title_heads | lexicons.title_modifiers | {"of", "state", "for", "the", "and", "defense", "defence"}
    )
    return all(w in office or tree.lemmas[k] in office for k, w in enumerate(words, first))


def _is_office_in(tree: Tree, name: Found, lexicon: Lexicon, lexicons: Lexicons) -> bool:
    """ "Philippine National Security Advisor": an office behind the adjective of its country."""
    title = name.first + 1
    return title < name.end and lexicon.demonym(tree.words[name.first]) is not None and is_title(
        tree, title, name.end, lexicons
    )  # fmt: skip


def _behind_owners(tree: Tree, known: list[Found], lexicons: Lexicons) -> Iterator[Found]:
    """The pipeline's names; of "Iran Masoud Pezeshkian" behind "President of" the part that is the person."""
    owners = {k.first: k.end for k in known if k.type != "Person"}
    for first, end, label in tree.names:
        cut = _last_owner(tree, owners, first, end)
        if _is_bearer(tree, (cut, end, label), lexicons) and is_owned(tree, first, lexicons):
            yield Found(cut, end, "PERSON")
        elif label == "ORG" and _is_speaker(tree, (first, end), known, lexicons):
            yield Found(first, end, "PERSON")
        else:
            yield Found(first, end, label)


def _is_speaker(tree: Tree, name: tuple[int, int], known: list[Found], lexicons: Lexicons) -> bool:
    """ "Carnegie's Ankit Panda argues": who speaks for an institution, by a first and a last name."""
    first, end = name
    words, head = tree.words[first:end], end - 1
    if end - first not in {2, 3} or first < 2 or tree.words[first - 1] not in {"'s", "’s"}:
        return False
    if not all(w.isalpha() and w[:1].isupper() and not w.isupper() for w in words):
        return False
    if any((k.first < end and first < k.end) or (k.end == first - 1 and k.type == "Country") for k in known):
        return False  # "Japan's Toyota Motor said"
    told = lexicons.type_of_name(tree.quote(first, end), "ORG")
    return not told and tree.rels[head] == "nsubj" and tree.lemmas[tree.heads[head]] in lexicons.saying


def _last_owner(tree: Tree, owners: dict[int, int], first: int, limit: int) -> int:
    """End of "Iran", of "the Senate of Kazakhstan" at the start of a name; `limit` where it starts with none."""
    end = owners.get(first, limit)
    while end < limit and tree.words[end].casefold() in {"of", "the"}:
        end = owners.get(end + 1, end + 1)
    return end


def _is_bearer(tree: Tree, name: tuple[int, int, str], lexicons: Lexicons) -> bool:
    """Can the rest of a name be that of a person?"""
    first, end, label = name
    words = tree.words[first:end]
    if not words or not words[0][:1].isupper() or {"of", "and", "&"} & set(words):
        return False
    if label == "ORG":
        return len(words) > 1 and bool(lexicons.gender(tree.quote(first, end), set()))
    return label == "PERSON" or (label == "GPE" and len(words) > 1)


def _before_bracket(tree: Tree, name: Found) -> int:
    """A bracket behind a name opens another name: "Republic of Korea (ROK)"."""
    return next((k for k in range(name.first + 1, name.end) if tree.words[k] in {"(", "["}), name.end)


def _is_tie(tree: Tree, name: Found) -> bool:
    """ "U.S.-Japan Alliance": a tie between two states, read as what it says and not as a name."""
    hyphened = any(tree.words[k] in {"-", "–"} for k in range(name.first, name.end))
    return tree.lemmas[name.end - 1] in _TIES and hyphened


def _is_pair(tree: Tree, name: Found, lexicon: Lexicon) -> bool:
    """ "Serbia and Hungary": two known names that the pipeline took for one."""
    first, end = name.first, name.end
    for k in range(first + 1, end - 1):
        if tree.words[k].casefold() == "and" and not lexicon.lookup(tree.quote(first, end)):
            return bool(lexicon.lookup(tree.quote(first, k)) and lexicon.lookup(tree.quote(k + 1, end)))
    return False


def _is_titled(tree: Tree, name: Found, known: list[Found], lexicons: Lexicons) -> bool:
    """ "UN Secretary-General Antonio Guterres" taken for one name, or the "Prime" of "Prime Minister" for one."""
    first, end = name.first, name.end
    before = tree.lemmas[first - 2] if first > 1 else ""
    if tree.words[first] == "State" and tree.words[first - 1].casefold() == "of" and before in lexicons.title_heads:
        return True  # "Minister of State for Trade"
    if end - first == 1 and tree.words[first].casefold() in lexicons.title_modifiers:
        return end < len(tree.words) and tree.lemmas[end] in lexicons.title_heads
    owner = next((k.end for k in known if k.first == first and k.end < end and k.type == "Country"), None)
    if owner is not None and name.label == "ORG" and is_title(tree, owner, end, lexicons):
        return True  # "U.S. Undersecretary of State"
    person = next((k.first for k in known if k.end == end and k.first > first and k.type == "Person"), None)
    if person is None or name.label == "PERSON":
        return False
    return any(tree.lemmas[k] in lexicons.title_heads for k in range(first, person))


def _is_office_of(tree: Tree, name: Found, known: list[Found], lexicons: Lexicons) -> bool:
    """ "Permanent Representative of Slovenia": an office of a known state or body, taken for an organization."""
    owner = next((k.first for k in known if k.end == name.end and k.first > name.first and k.type != "Person"), -1)
    end = owner - 1 if owner > 0 and tree.words[owner - 1].casefold() == "the" else owner
    if name.label == "PERSON" or end - name.first < 2 or tree.words[end - 1].casefold() not in {"of", "to", "for"}:
        return False
    return is_title(tree, name.first, end - 1, lexicons)


def _is_party_of(name: Found, known: list[Found]) -> bool:
    """ "US Democratic", "Democratic US" before "president": a state and a party, taken for one name."""
    inner = sorted((k for k in known if name.first <= k.first and k.end <= name.end), key=lambda k: k.first)
    if name.label == "PERSON" or sorted(k.type for k in inner) != ["Country", "PoliticalParty"]:
        return False
    return (inner[0].first, inner[1].end) == (name.first, name.end) and inner[0].end == inner[1].first


def _is_short_title(tree: Tree, name: Found, lexicons: Lexicons) -> bool:
    """ "FM" before "Hakan Fidan": the short form of an office, taken for an organization."""
    short = name.end - name.first == 1 and name.label == "ORG"
    if not short or fold(tree.words[name.first]) not in lexicons.honorific_titles:
        return False
    return not any(first == name.first for first, _, other in tree.names if other != "ORG")
