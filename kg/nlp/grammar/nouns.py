"""Slots of an event noun: whose it is, what it is done to, and the phrases below it."""

from kg.nlp.grammar.fillers import PREPOSITIONS, prepositional, spread
from kg.nlp.grammar.tree import Tree
from kg.nlp.grammar.verb_forms import verb_lemma

_AUTHORED = frozenset({
    "make", "express", "raise", "issue", "level", "propose", "put forward", "offer", "submit", "draft", "publish",
    "present", "draw up", "send", "write", "voice", "lodge", "file", "set", "impose", "sponsor", "pose",
})  # fmt: skip
"""Participles between a noun and the "by" of who it comes from."""
_PREPOSITIONS = PREPOSITIONS | {"patient": ("of",)}


def noun_slot(tree: Tree, noun: int, name: str) -> list[int]:
    """Heads that fill a slot of a noun; any other name than those of docs/frames.md is a preposition."""
    if name == "agent":
        return noun_agents(tree, noun)
    if name == "owner":
        return noun_agents(tree, noun) or prepositional(tree, noun, "of")
    if name == "complement":
        return tree.kids(noun, "acl", "ccomp", "xcomp")
    if name == "leader":
        led = (c for c in tree.kids(noun, "amod", "compound") if tree.words[c].casefold() == "led")
        return [c for k in led for c in tree.children[k] if c < k and tree.pos[c] in {"PROPN", "ADJ", "NOUN"}]
    if name == "modifier":
        return tree.kids(noun, "amod", "compound", "nmod:poss")
    found = prepositional(tree, noun, *_PREPOSITIONS.get(name, (name,)))
    return found or (_authors(tree, noun) if name == "by" else [])


def noun_agents(tree: Tree, noun: int) -> list[int]:
    """ "Berlin's condemnation", "the Iranian attack", "an attack by Iran"."""
    owners = tree.kids(noun, "nmod:poss")
    owners = owners or [c for c in tree.kids(noun, "amod", "compound", "nmod:desc", "nmod:unmarked", "nmod")
                        if c < noun and tree.case(c) == ""]  # fmt: skip
    by = [c for c in tree.kids(noun, "nmod", "obl", "obl:agent") if tree.case(c) == "by"] or _authors(tree, noun)
    return spread(tree, by or _hyphenated(tree, owners))


def _authors(tree: Tree, noun: int) -> list[int]:
    """ "concerns expressed by Washington", "a plan put forward by Cairo": whose it is, as if "by" followed the noun."""
    told = [c for c in tree.kids(noun, "acl") if tree.tags[c] == "VBN" and verb_lemma(tree, c) in _AUTHORED]
    return [a for c in told for a in tree.kids(c, "obl:agent", "obl") if tree.case(a) == "by"]


def _hyphenated(tree: Tree, owners: list[int]) -> list[int]:
    """ "the U.S.-Japan alliance": the first of a pair joined by a hyphen hangs on the second, or on the noun."""
    before = [
        c
        for o in owners
        for c in tree.kids(o, "amod", "compound", "nmod", "nmod:unmarked")
        if c < o and any(tree.words[k] in {"-", "–", "/"} for k in range(c + 1, o))
    ]
    return sorted({*owners, *before})
