"""From the names of one article to entities that mean the same everywhere."""

from kg.resolve.folding import fold
from kg.resolve.gazetteer import Gazetteer, load_gazetteer
from kg.resolve.resolver import Dropped, Resolver

__all__ = ["Dropped", "Gazetteer", "Resolver", "fold", "load_gazetteer"]
