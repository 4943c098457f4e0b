"""Dependency labels to predicate-argument frames: the only package that knows label schemes."""

from kg.nlp.grammar.doc import make_tree
from kg.nlp.grammar.predicates import (
    OBLIQUE_CONTROL,
    SETTINGS,
    Predicate,
    clause_kind,
    find_predicate,
    is_passive,
    light_lemma,
    measured,
    surface_subjects,
    verb_lemma,
    verdict,
)
from kg.nlp.grammar.reports import mend_reports
from kg.nlp.grammar.tree import Tree

__all__ = [
    "OBLIQUE_CONTROL",
    "SETTINGS",
    "Predicate",
    "Tree",
    "clause_kind",
    "find_predicate",
    "is_passive",
    "light_lemma",
    "make_tree",
    "measured",
    "mend_reports",
    "surface_subjects",
    "verb_lemma",
    "verdict",
]
