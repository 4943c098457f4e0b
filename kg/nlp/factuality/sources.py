"""Sources: whether a word reports the clause below it, and who speaks by it."""

from kg.nlp.grammar import Tree, is_passive, surface_subjects, verb_lemma
from kg.nlp.lexicons import Lexicons

QUOTING = frozenset({"quote", "cite"})
"""Verbs whose object speaks: "quotes the minister as saying"."""


def reports(tree: Tree, lexicons: Lexicons, governor: int, here: int) -> bool:
    """Is it a clause of a verb or noun of saying?"""
    rel = tree.rels[here]
    if rel not in {"ccomp", "parataxis", "xcomp", "acl", "csubj"}:
        return False
    if verb_lemma(tree, governor) not in lexicons.reporting:
        return False
    if rel == "acl" and tree.opener(here) == "to":
        return False  # "the decision to deny"
    return rel != "xcomp" or tree.lemmas[governor] in lexicons.reporting_infinitives


def speakers(tree: Tree, governor: int) -> list[int]:
    """Who speaks: subject of a verb, its agent in the passive, owner of a noun."""
    if tree.pos[governor] in {"NOUN", "PROPN"}:
        named = [c for c in tree.kids(governor, "compound", "amod") if tree.words[c][:1].isupper()]
        return tree.kids(governor, "nmod:poss") or named
    if is_passive(tree, governor):
        return tree.kids(governor, "obl:agent")
    above = tree.heads[governor]
    if tree.tags[governor] == "VBG" and tree.lemmas[above] in QUOTING:  # "Reuters quotes Ma as saying"
        return tree.kids(above, "obj", "nsubj:pass") or surface_subjects(tree, governor)
    return surface_subjects(tree, governor)


def according_to(tree: Tree, clause: int) -> int | None:
    """Head of "according to officials" in a clause, or None."""
    return next((c for c in tree.kids(clause, "obl", "advmod", "nmod") if tree.case(c) == "according to"), None)
