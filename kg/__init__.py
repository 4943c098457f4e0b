"""kg: articles on foreign policy in, a knowledge graph with its evidence out.

Read `kg.build` first: it is the default pipeline, from paths to a graph.
"""

from kg._version import __version__

__all__ = ["__version__"]
