"""kg: articles on foreign policy in, a knowledge graph with its evidence out.

Read `kg.build` first: it is the default pipeline, from paths to a graph. In a notebook begin with `kg.open`.
"""

from kg._version import __version__
from kg.api import KnowledgeGraph
from kg.api import open_graph as open  # noqa: A004 - `kg.open` says what it does, and nobody imports it by a star

__all__ = ["KnowledgeGraph", "__version__", "open"]
