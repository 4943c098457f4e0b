"""Frames against predicates: from slots filled by words to claims about entities."""

from kg.nlp.match.conditions import OUGHT
from kg.nlp.match.matcher import Matcher

__all__ = ["OUGHT", "Matcher"]
