"""Slots of a verb or of a predicative adjective."""

from collections.abc import Callable

from kg.nlp.grammar.fillers import PREPOSITIONS, prepositional, spread
from kg.nlp.grammar.subjects import patients, surface_subjects
from kg.nlp.grammar.tree import Tree
from kg.nlp.grammar.verb_forms import is_passive

_DIRECTIONS = frozenset({
    "against", "near", "along", "to", "toward", "towards", "from", "on", "onto", "into", "at", "over", "with",
})  # fmt: skip


def verb_slot(tree: Tree, verb: int, name: str) -> list[int]:
    """Heads that fill a slot of a verb; any other name than those of docs/frames.md is a preposition."""
    own = _SLOTS.get(name)
    if own is not None:
        return own(tree, verb)
    return prepositional(tree, verb, *PREPOSITIONS.get(name, (name,))) or _stray(tree, verb, name)


def _agents(tree: Tree, verb: int) -> list[int]:
    if not is_passive(tree, verb):
        return surface_subjects(tree, verb)
    return spread(tree, tree.kids(verb, "obl:agent") or prepositional(tree, verb, "by") or _stray_agent(tree, verb))


def _recipients(tree: Tree, verb: int) -> list[int]:
    if is_passive(tree, verb) and tree.kid(verb, "obj") is not None:
        return surface_subjects(tree, verb)
    return spread(tree, tree.kids(verb, "iobj"))


def _complements(tree: Tree, verb: int) -> list[int]:
    ends = [c for c in tree.kids(verb, "advcl") if tree.is_infinitive(c)]
    clauses = [c for c in tree.kids(verb, "ccomp", "xcomp", "parataxis") if c != verb] or ends
    return clauses or [c for c in tree.kids(verb, "csubj") if c > verb]


def _negations(tree: Tree, verb: int) -> list[int]:
    return [c for c in tree.kids(verb, "advmod", "neg") if tree.words[c].casefold() in {"not", "n't", "never"}]


def _conditions(tree: Tree, verb: int) -> list[int]:
    return [c for c in tree.kids(verb, "advcl") if tree.case(c) in {"if", "unless"}]


def _stray_agent(tree: Tree, verb: int) -> list[int]:
    """A by-phrase that the parser hung on the noun before it: "expelled from the group by its leader"."""
    return [k for c in tree.kids(verb, "obl") for k in tree.kids(c, "nmod") if tree.case(k) == "by"]


def _stray(tree: Tree, verb: int, word: str) -> list[int]:
    """A phrase that the parser hung on the object or beside the predicate: "massed troops near Ukraine"."""
    if word in _DIRECTIONS:
        found = [k for o in tree.kids(verb, "obj") for k in prepositional(tree, o, word)]
        if found:
            return found
    if tree.pos[verb] == "ADJ" and tree.rels[verb] == "xcomp":
        return prepositional(tree, tree.heads[verb], word)
    return []


_SLOTS: dict[str, Callable[[Tree, int], list[int]]] = {
    "agent": _agents,
    "patient": patients,
    "recipient": _recipients,
    "complement": _complements,
    "negation": _negations,
    "condition": _conditions,
}
