"""How articles are mapped to readings: in this process, or in several of this machine."""

from kg.engine.local import ArticleReader, Failure, map_articles

__all__ = ["ArticleReader", "Failure", "map_articles"]
