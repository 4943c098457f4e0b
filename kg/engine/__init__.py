"""How articles are mapped to readings: in this process, or in several of this machine."""

from kg.engine.local import FAULTS, ArticleReader, Failure, map_articles

__all__ = ["FAULTS", "ArticleReader", "Failure", "map_articles"]
