"""Offices as noun phrases say them: titles, whose they are, and who holds them."""

from kg.nlp.titles.holders import Office, Titles
from kg.nlp.titles.phrases import Phrase
from kg.nlp.titles.words import COUNTERPARTS, abroad

__all__ = ["COUNTERPARTS", "Office", "Phrase", "Titles", "abroad"]
