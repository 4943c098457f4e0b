"""GraphML and GEXF: well-formed, typed, complete, and read by NetworkX where that is installed."""

import io
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from kg.errors import UsageError
from kg.graph.network import EDGE_KINDS, FORMATS, LABEL_LENGTH, NODE_KINDS, network_edges, network_nodes, write_network
from kg.model import Argument, Literal

NAMESPACES = {"graphml": "{http://graphml.graphdrawing.org/xmlns}", "gexf": "{http://gexf.net/1.3}"}


def written(graph, schema, fmt):
    out = io.BytesIO()
    write_network(graph, schema, fmt=fmt, out=out)
    return out.getvalue()


@pytest.fixture(params=["graph", "hostile"])
def any_graph(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_entity_is_a_node_and_every_proposition_an_edge(any_graph, schema, fmt):
    tree, name = etree.fromstring(written(any_graph, schema, fmt)), NAMESPACES[fmt]
    nodes = [node.get("id") for node in tree.iter(f"{name}node")]
    edges = [(e.get("id"), e.get("source"), e.get("target")) for e in tree.iter(f"{name}edge")]
    assert max(Counter(nodes).values()) == 1
    assert {e.id for e in any_graph.entities} < set(nodes)
    assert {ident for ident, _, _ in edges} == {p.id for p in any_graph.propositions}
    assert len(edges) == len(any_graph.propositions) > 20
    assert {end for _, *ends in edges for end in ends} <= set(nodes)
    subjects = {p.id: p.subject for p in any_graph.propositions}
    objects = {p.id: p.object.entity for p in any_graph.propositions if isinstance(p.object, Argument)}
    assert all(subjects[ident] == source for ident, source, _ in edges)
    assert all(objects.get(ident, target) == target for ident, _, target in edges)


def test_words_are_nodes_with_short_labels(hostile, schema):
    nodes = {node.id: node.attributes for node in network_nodes(hostile, schema)}
    words = [a for a in nodes.values() if a["type"] == "Statement"]
    assert len(words) == len([p for p in hostile.propositions if isinstance(p.object, Literal)]) > 10
    assert max(len(a["label"]) for a in nodes.values()) == LABEL_LENGTH
    assert max(len(a["text"]) for a in words) == 10_000


def test_attributes_have_the_types_that_are_declared(graph, schema):
    python = {"string": str, "boolean": bool, "int": int, "double": float}
    for kinds, found in ((NODE_KINDS, network_nodes(graph, schema)), (EDGE_KINDS, network_edges(graph, schema))):
        seen = set()
        for item in found:
            assert set(item.attributes) <= set(kinds)
            assert all(type(value) is python[kinds[name]] for name, value in item.attributes.items())
            seen |= set(item.attributes)
        assert set(kinds) - seen <= {"within"}, "an attribute that never occurs proves nothing"


def test_a_meeting_as_an_edge(graph, schema):
    edge = next(e for e in network_edges(graph, schema) if (e.start, e.end) == ("Q701393", "Q7821917"))
    told = edge.attributes
    assert (told["relation"], told["symmetric"], told["independent_sources"]) == ("met_with", True, 3)
    assert (told["first"], told["last"]) == ("2023-06-18", "2024-02-16")
    assert told["sources"] == "Nordblick; Reuters; The Courier"


def test_edges_of_gexf_last_from_first_to_last(graph, schema):
    tree = etree.fromstring(written(graph, schema, "gexf"))
    edge = next(e for e in tree.iter(f"{NAMESPACES['gexf']}edge") if e.get("source") == "Q701393")
    assert dict(edge.attrib) == {
        "id": edge.get("id"), "source": "Q701393", "target": "Q7821917", "label": "met_with", "kind": "met_with",
        "weight": "3.0", "start": "2023-06-18", "end": "2024-02-16",
    }  # fmt: skip


@pytest.mark.parametrize("fmt", FORMATS)
def test_networkx_reads_the_same_network(any_graph, schema, fmt):
    networkx = pytest.importorskip("networkx", reason="networkx is not installed")
    data = io.BytesIO(written(any_graph, schema, fmt))
    read = networkx.read_graphml(data, force_multigraph=True) if fmt == "graphml" else networkx.read_gexf(data)
    nodes = {n.id: n.attributes for n in network_nodes(any_graph, schema)}
    edges = list(network_edges(any_graph, schema))
    assert read.is_directed()
    assert read.number_of_nodes() == len(nodes)
    assert read.number_of_edges() == len(edges)
    for ident, attributes in nodes.items():
        assert read.nodes[ident]["type"] == attributes["type"]
    for _, _, told in read.edges(data=True):
        assert isinstance(told["weight"], float)
        assert isinstance(told["claims"], int)
        assert isinstance(told["contested"], bool)


@pytest.mark.parametrize("fmt", FORMATS)
def test_text_comes_back_as_it_was_but_for_what_xml_cannot_hold(hostile, schema, fmt):
    tree = etree.fromstring(written(hostile, schema, fmt))
    value = "{*}data" if fmt == "graphml" else "{*}attvalue"
    found = {e.text if fmt == "graphml" else e.get("value") for e in tree.iter(value)}
    assert "line\nfeed\r\n\ttab \u2028 \u2029 \x85" in found
    assert "\u202eright to left\u202c" in found
    assert "<script>alert(1)</script>" in found
    assert "nul\ufffdbyte" in found
    assert "lone \ufffd surrogate" in found


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_graph_gives_the_same_bytes(graph, schema, fmt):
    assert written(graph, schema, fmt) == written(graph, schema, fmt)


def test_another_format_is_refused(graph, schema):
    with pytest.raises(UsageError, match="pajek"):
        written(graph, schema, "pajek")


def test_the_documentation_lists_all_attributes():
    page = (Path(__file__).parent.parent.parent / "docs" / "other-tools.md").read_text(encoding="utf-8")
    for name, kinds in (("Nodes", NODE_KINDS), ("Edges", EDGE_KINDS)):
        listed = re.search(rf"^\* {name} have: (.*?)\.$", page, re.MULTILINE | re.DOTALL)[1]
        assert re.findall(r"`(\w+)`", listed) == list(kinds)
