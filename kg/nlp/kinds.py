"""Entity types of names: by the gazetteer, by their own words, and by what the pipeline says of all their uses."""

from collections import defaultdict

from kg.ids import fold
from kg.model import Known, Lexicon
from kg.nlp.entities import Found
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons

_TOLD_APART = frozenset({"ORG", "EVENT", "LAW"})
"""Labels of names that have kinds."""
_BODIES = frozenset({"ThinkTank", "PublicBody", "MediaOrganization"})
"""What the name of a place may mean by its other words: "Kabul Institute"."""
_OTHER = "Other"
"""What the pipeline's head says of a name that is nothing of the kind: a disease, a weapon, an office."""
_ENOUGH = 0.8
"""How sure the head must be where the words of a name say nothing (docs/pipeline.md has the figures)."""
_SURE = 0.9
"""The same where it contradicts them; the words of events and agreements are not contradicted."""


def agree_on_kinds(tree: Tree) -> None:
    """Make all uses of one name in an article of one kind: the mean of what the head says of each."""
    uses: defaultdict[str, list[range]] = defaultdict(list)
    for first, end, label in tree.names:
        if label in _TOLD_APART and first in tree.kinds:
            uses[fold(tree.quote(first, end))].append(range(first, end))
    for ranges in uses.values():
        scores: defaultdict[str, float] = defaultdict(float)
        for words in ranges:
            kind, score = tree.kinds[words[0]]
            scores[kind] += score / len(ranges)
        best = min(scores, key=lambda kind: (-scores[kind], kind))
        tree.kinds.update((word, (best, scores[best])) for words in ranges for word in words)


def classify(tree: Tree, name: Found, lexicon: Lexicon, lexicons: Lexicons) -> tuple[str, str, str]:
    """(type, name, rule) of a name; type "" when it is none that claims can be about."""
    text = tree.line(name.first, name.end)
    people = lexicon.demonym(text)
    if people is not None and (name.label in {"NORP", ""} or tree.pos[name.end - 1] == "ADJ"):
        return "Country", people.name, "demonym"
    hits = [name.known] if name.known is not None else list(lexicon.lookup(text))
    if hits and _compatible(hits[0].type, name.label):
        shared = bool(lexicons.body_function(text)) or _ends(text, hits[0])
        certain = hits[0].type == "Country" or (len(hits) == 1 and hits[0].type != "Person" and not shared)
        return hits[0].type, hits[0].name if certain else text, "gazetteer"
    return type_of_unknown(tree, (name.first, name.end), name.label, lexicons), text, "name"


def _ends(text: str, known: Known) -> bool:
    """Is a party's name the end of a longer one, as "Communist Party" is of China's, which other countries have too?"""
    return known.type == "PoliticalParty" and fold(known.name).endswith(f" {fold(text)}")


def _compatible(kind: str, label: str) -> bool:
    """May an entry of this type be what the pipeline called `label`?"""
    if kind == "Person":
        return label in {"PERSON", ""}
    return label != "PERSON" or kind not in {"City", "Region", "Company"}


def type_of_unknown(tree: Tree, span: tuple[int, int], label: str, lexicons: Lexicons) -> str:
    """Entity type of a name that no list has, or "" where nothing tells.

    Args:
        tree: the article's words, with kinds that are agreed on.
        span: word range of the name.
        label: what the pipeline called it.
        lexicons: word lists.
    """
    if label == "PERSON":
        return "Person"
    text = tree.quote(*span)
    if label in {"GPE", "LOC", "FAC"}:
        body = lexicons.type_of_name(text, "ORG") if span[1] - span[0] > 1 else ""
        return body if body in _BODIES else "City" if label == "GPE" else "Region"
    return _told_type(tree, span, label, lexicons) if label in _TOLD_APART else ""


def _told_type(tree: Tree, span: tuple[int, int], label: str, lexicons: Lexicons) -> str:
    """Entity type of an organization, event or agreement that no list has, or "" where nothing tells."""
    told = lexicons.type_of_name(tree.quote(*span), label)
    guess, score = tree.kinds.get(span[0], ("", 0.0))
    if label != "ORG" and told:
        return told
    if guess not in {"", _OTHER} and score >= (_SURE if told else _ENOUGH):
        return guess
    return told or ("Organization" if label == "ORG" else "")
