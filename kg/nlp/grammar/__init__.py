"""Dependency labels to predicate-argument frames: the only package that knows label schemes."""

from kg.nlp.grammar.predicates import (
    SETTINGS,
    Predicate,
    clause_kind,
    find_predicate,
    is_passive,
    light_lemma,
    surface_subjects,
    verb_lemma,
    verdict,
)
from kg.nlp.grammar.tree import Tree, make_tree

__all__ = [
    "SETTINGS",
    "Predicate",
    "Tree",
    "clause_kind",
    "find_predicate",
    "is_passive",
    "light_lemma",
    "make_tree",
    "surface_subjects",
    "verb_lemma",
    "verdict",
]
