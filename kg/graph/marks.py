"""A mark on each element of a property graph: a hash of all that it is.

It is stored as `kg`. An element with a mark is one that we wrote; one whose mark is not wanted any more is stale; and
one whose mark is the wanted one need not be sent again.
"""

import hashlib
from collections.abc import Sequence

from kg.graph.edges import EdgeRow, EdgeRows
from kg.graph.rows import Properties

MARK = "kg"
"""Name of the property."""

PREFIX = "g:"
"""Others may have a property of that name too, perhaps a weight."""


def node_mark(labels: Sequence[str], row: Properties) -> str:
    """Mark of a node: of its labels and properties."""
    return _mark(repr((labels, row)))


def edge_mark(group: EdgeRows, row: EdgeRow) -> str:
    """Mark of a relationship: of its type, its ends and its properties."""
    return _mark(repr((group.type, group.start_label, row.start, group.end_label, row.end, row.properties)))


def _mark(content: str) -> str:
    """64 bits: in 10 million relationships of one type, the odds that two share a mark are one in 370,000."""
    return PREFIX + hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
