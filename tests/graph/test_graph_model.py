"""The page about the graph names every label, relationship type and property that is stored, and no other."""

import re
from pathlib import Path

from kg.graph.edges import STRUCTURE, EdgeRows, edge_rows
from kg.graph.rows import NODE_LABELS, NodeRows, node_rows
from kg.model import Graph
from kg.schema import Schema

TEXT = (Path(__file__).parents[2] / "docs" / "graph-model.md").read_text(encoding="utf-8")


def table(heading: str) -> dict[str, set[str]]:
    """First cell's code words, each with those of the last cell."""
    section = TEXT.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| `")]
    return {name: set(re.findall(r"`(\w+)`", row[-1])) for row in rows for name in re.findall(r"`([\w:]+)`", row[0])}


def stored(graph: Graph, schema: Schema) -> tuple[list[NodeRows], list[EdgeRows]]:
    return list(node_rows(graph, schema)), list(edge_rows(graph, schema))


def test_nodes(graph: Graph, hostile: Graph, schema: Schema) -> None:
    described = table("Nodes")
    assert set(NODE_LABELS) <= set(described)
    for each in (graph, hostile):
        for group in stored(each, schema)[0]:
            keys = {key for row in group.rows for key in row}
            assert keys <= described[group.labels[0]], group.labels


def test_relationships_of_the_claim_layer(graph: Graph, hostile: Graph, schema: Schema) -> None:
    described = table("Relationships of the claim layer")
    assert set(described) == set(STRUCTURE)
    for each in (graph, hostile):
        for group in stored(each, schema)[1]:
            if group.type in STRUCTURE:
                assert {k for row in group.rows for k in row.properties} <= described[group.type], group.type


def test_direct_relationships(graph: Graph, schema: Schema) -> None:
    described = set(table("Direct relationships"))
    groups = [g for g in stored(graph, schema)[1] if g.type not in STRUCTURE]
    assert {k for g in groups for row in g.rows for k in row.properties} == described
