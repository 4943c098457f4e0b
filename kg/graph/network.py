"""The graph as a network for Gephi, Cytoscape, igraph and NetworkX: GraphML and GEXF, an edge for each proposition.

Nodes and edges are those of the property graph without its claim layer. Lists become text with semicolons, dates stay
ISO text, and what XML cannot hold becomes U+FFFD. All edges are directed, because readers refuse a mixture; `symmetric`
tells those whose direction means nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from kg.errors import UsageError
from kg.graph.edges import direct_edges
from kg.graph.rows import ENTITY, POSITION, STATEMENT, Properties, Value, node_rows
from kg.model import Graph
from kg.schema import Schema

FORMATS = ("graphml", "gexf")

_TEXT, _FLAG, _WHOLE, _REAL = "string", "boolean", "int", "double"
NODE_KINDS = dict.fromkeys(("label", "type", "labels", "text", "aliases", "wikidata", "within", "origin"), _TEXT)
"""Attributes of nodes; the label is the name, or the beginning of the text."""

EDGE_KINDS = {
    "relation": _TEXT, "family": _TEXT, "symmetric": _FLAG, "topic": _TEXT, "title": _TEXT, "tenure": _TEXT,
    "place": _TEXT, "first": _TEXT, "last": _TEXT, "confidence": _REAL, "polarity": _REAL, "contested": _FLAG,
    "claims": _WHOLE, "denials": _WHOLE, "articles": _WHOLE, "independent_sources": _WHOLE, "sources": _TEXT,
}  # fmt: skip
"""Attributes of edges; their weight is the number of independent sources."""

LABEL_LENGTH = 80
"""Longest label, in code points: labels are drawn."""

_GEXF_TYPES = {_WHOLE: "integer"}
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


@dataclass(frozen=True, slots=True)
class Node:
    """An entity, or words that somebody said or takes a position on."""

    id: str
    attributes: Properties


@dataclass(frozen=True, slots=True)
class Edge:
    """A proposition as an edge."""

    id: str
    start: str
    end: str
    attributes: Properties


def write_network(graph: Graph, schema: Schema, *, fmt: str, out: BinaryIO) -> None:
    """Write the graph as a network, in UTF-8; the same graph gives the same bytes.

    Args:
        graph: what `kg.graph.project` made.
        schema: the schema that it was made with.
        fmt: `graphml` or `gexf`.
        out: where to; it stays open.

    Raises:
        UsageError: no such format.
    """
    if fmt not in FORMATS:
        raise UsageError(f"no network format {fmt!r}", hint=f"known formats: {', '.join(FORMATS)}")
    lines = _graphml if fmt == "graphml" else _gexf
    out.writelines(line.encode() for line in lines(network_nodes(graph, schema), network_edges(graph, schema)))


def network_nodes(graph: Graph, schema: Schema) -> Iterator[Node]:
    """Nodes that a proposition may end at."""
    for group in node_rows(graph, schema):
        if group.labels[0] not in (ENTITY, POSITION, STATEMENT):
            continue
        for row in group.rows:
            label = _clip(str(row.get("name", row.get("text", row["id"]))))
            told: Properties = {**row, "label": label, "type": group.labels[-1], "labels": list(group.labels)}
            yield Node(str(row["id"]), _attributes(told, NODE_KINDS))


def network_edges(graph: Graph, schema: Schema) -> Iterator[Edge]:
    """An edge for each proposition."""
    relations = {relation.cypher: relation for relation in schema.relations.values()}
    for group in direct_edges(graph, schema):
        relation = relations[group.type]
        told: Properties = {"relation": relation.name, "family": relation.family, "symmetric": relation.symmetric}
        for row in group.rows:
            yield Edge(
                str(row.properties["pid"]), row.start, row.end, _attributes({**told, **row.properties}, EDGE_KINDS)
            )


def _clip(text: str) -> str:
    return text if len(text) <= LABEL_LENGTH else text[: LABEL_LENGTH - 1] + "…"


def _attributes(row: Mapping[str, Value], kinds: Iterable[str]) -> Properties:
    return {name: _plain(row[name]) for name in kinds if name in row}


def _plain(value: Value) -> Value:
    if isinstance(value, list):
        return "; ".join(value)
    return value.isoformat() if isinstance(value, date) else value


def _graphml(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[str]:
    yield f'{_XML}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for kind, kinds in (("node", NODE_KINDS), ("edge", {"weight": _REAL, **EDGE_KINDS})):
        for name, value in kinds.items():
            yield f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{value}"/>\n'
    yield '<graph id="kg" edgedefault="directed">\n'
    for node in nodes:
        yield f"<node id={_quoted(node.id)}>{_data('node', node.attributes)}</node>\n"
    for edge in edges:
        ends = f"id={_quoted(edge.id)} source={_quoted(edge.start)} target={_quoted(edge.end)}"
        yield f"<edge {ends}>{_data('edge', {'weight': _weight(edge), **edge.attributes})}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(kind: str, attributes: Properties) -> str:
    return "".join(f'<data key="{kind}-{name}">{_escaped(value)}</data>' for name, value in attributes.items())


def _gexf(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[str]:
    """Edges last from their first to their last date, for the timeline; `kind` keeps those of one relation together."""
    yield f'{_XML}<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '<graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval">\n'
    for kind, kinds in (("node", NODE_KINDS), ("edge", EDGE_KINDS)):
        yield f'<attributes class="{kind}">\n'
        for name, value in kinds.items():
            if name != "label":
                yield f'<attribute id="{name}" title="{name}" type="{_GEXF_TYPES.get(value, value)}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node in nodes:
        label = _quoted(node.attributes["label"])
        yield f"<node id={_quoted(node.id)} label={label}>{_attvalues(node.attributes)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for edge in edges:
        relation = _quoted(edge.attributes["relation"])
        ends = f"id={_quoted(edge.id)} source={_quoted(edge.start)} target={_quoted(edge.end)}"
        told = f'label={relation} kind={relation} weight="{_weight(edge)}"{_bounds(edge)}'
        yield f"<edge {ends} {told}>{_attvalues(edge.attributes)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _attvalues(attributes: Properties) -> str:
    told = (f'<attvalue for="{n}" value={_quoted(v)}/>' for n, v in attributes.items() if n != "label")
    return f"<attvalues>{''.join(told)}</attvalues>"


def _bounds(edge: Edge) -> str:
    bounds = (("start", edge.attributes.get("first")), ("end", edge.attributes.get("last")))
    return "".join(f" {name}={_quoted(value)}" for name, value in bounds if value is not None)


def _weight(edge: Edge) -> float:
    return float(str(edge.attributes["independent_sources"]))


def _escaped(value: Value) -> str:
    """A value as text of XML; line ends and tabs as references, which no parser changes."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return _NOT_XML.sub("\ufffd", text).translate(_ESCAPES)


def _quoted(value: Value) -> str:
    return f'"{_escaped(value)}"'
