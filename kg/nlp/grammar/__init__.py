"""Dependency labels to predicate-argument frames: the only package that knows label schemes."""

from kg.nlp.grammar.doc import make_tree
from kg.nlp.grammar.fillers import first_conjunct
from kg.nlp.grammar.light_verbs import light_lemma
from kg.nlp.grammar.measures import measured
from kg.nlp.grammar.predicates import SETTINGS, Predicate, find_predicate, verdict
from kg.nlp.grammar.reports import mend_reports
from kg.nlp.grammar.subjects import OBLIQUE_CONTROL, surface_subjects
from kg.nlp.grammar.tree import Tree
from kg.nlp.grammar.verb_forms import clause_kind, is_passive, verb_lemma

__all__ = [
    "OBLIQUE_CONTROL",
    "SETTINGS",
    "Predicate",
    "Tree",
    "clause_kind",
    "find_predicate",
    "first_conjunct",
    "is_passive",
    "light_lemma",
    "make_tree",
    "measured",
    "mend_reports",
    "surface_subjects",
    "verb_lemma",
    "verdict",
]
