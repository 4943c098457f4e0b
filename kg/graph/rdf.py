"""The RDF view: a graph as quads, in the order articles, consensus, meta.

Every article has a named graph with its sentences, mentions and claims: dropping it withdraws the article. `consensus`
holds one bare triple for every proposition, and the proposition itself, which names the claims behind it. `meta`
describes articles, sources, entities and the dump. RDF 1.1, no blank nodes, nothing that depends on the clock: the same
graph gives the same bytes.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import Literal, Quad, RdfFormat, Store, Triple, serialize

from kg.errors import UsageError
from kg.graph import vocabulary as v
from kg.graph.article_graph import ArticleGraphs
from kg.graph.consensus import consensus
from kg.graph.description import describe
from kg.graph.external_sort import write_sorted
from kg.graph.jsonld import write_jsonld
from kg.graph.vocabulary import NamedGraph, Statement, Value
from kg.model import Graph
from kg.schema import Schema

if TYPE_CHECKING:
    from rdflib import Dataset

FORMATS = ("nquads", "trig", "turtle", "ntriples", "jsonld", "rdfxml")
GRAPHS = ("all", "articles", "consensus", "meta")

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f]")


def quads(graph: Graph, schema: Schema, *, graphs: str = "all") -> Iterator[Quad]:
    """The graph in RDF, every quad once, in a fixed order.

    Args:
        graph: what `kg.graph.project` made.
        schema: the schema that it was made with.
        graphs: one of `GRAPHS`: all named graphs, or those of one kind.

    Raises:
        ValueError: no such kind.
    """
    for name, found in named_graphs(graph, schema, graphs=graphs):
        for subject, predicate, value in found:
            yield Quad(subject, predicate, value, name)


def named_graphs(graph: Graph, schema: Schema, *, graphs: str = "all") -> Iterator[NamedGraph]:
    """Names of graphs with what they hold: articles by key, consensus, meta. See `quads`.

    Each is to be read before the next, which may count what it held.
    """
    if graphs not in GRAPHS:
        raise ValueError(f"graphs is {graphs!r}, but must be one of {', '.join(GRAPHS)}")
    counted = _Count()
    articles = ArticleGraphs(graph, schema)
    parts: dict[str, Iterator[NamedGraph]] = {
        "articles": ((v.article_graph(a.key), counted.of(articles.statements(a.key))) for a in graph.articles),
        "consensus": iter([(v.CONSENSUS, counted.of(consensus(graph, schema)))]),
    }
    for kind, found in parts.items():
        for name, held in found:
            if graphs in ("all", kind):
                yield name, held
            elif graphs == "meta":
                deque(held, maxlen=0)
    if graphs in ("all", "meta"):
        yield v.META, describe(graph, schema, statements=counted.number)


class _Count:
    """How many statements went by."""

    def __init__(self) -> None:
        self.number = 0

    def of(self, found: Iterable[Statement]) -> Iterator[Statement]:
        """The same statements, counted as they are read."""
        for statement in found:
            self.number += 1
            yield statement


def write_rdf(graph: Graph, schema: Schema, *, fmt: str, out: BinaryIO, graphs: str = "all") -> None:
    """Write the graph in one of `FORMATS`; the same graph gives the same bytes.

    Turtle, N-Triples and RDF/XML know no named graphs: they hold the triples of all. N-Quads and N-Triples are sorted
    within each named graph, so that an article is a block of lines.

    Args:
        graph: what `kg.graph.project` made.
        schema: the schema that it was made with.
        fmt: `nquads`, `trig`, `turtle`, `ntriples`, `jsonld` or `rdfxml`.
        out: where to; it stays open.
        graphs: one of `GRAPHS`: all named graphs, or those of one kind.

    Raises:
        UsageError: no such format or kind.
    """
    if fmt not in FORMATS:
        raise UsageError(f"no RDF format {fmt!r}", hint=f"known formats: {', '.join(FORMATS)}")
    if graphs not in GRAPHS:
        raise UsageError(f"no named graphs {graphs!r}", hint=f"choose one of {', '.join(GRAPHS)}")
    found = named_graphs(graph, schema, graphs=graphs)
    if fmt == "jsonld":
        write_jsonld(found, out)
    elif fmt in ("nquads", "ntriples"):
        for name, statements in found:
            write_sorted(_lines(statements, f" {name}" if fmt == "nquads" else ""), out)
    elif fmt == "trig":
        serialize(quads(graph, schema, graphs=graphs), out, RdfFormat.TRIG, prefixes=v.PREFIXES)
    else:
        kind, keep = (RdfFormat.RDF_XML, _for_xml) if fmt == "rdfxml" else (RdfFormat.TURTLE, _as_it_is)
        triples = (Triple(s, p, keep(o)) for _, statements in found for s, p, o in statements)
        serialize(triples, out, kind, prefixes=v.PREFIXES)


def _lines(statements: Iterable[Statement], name: str) -> Iterator[bytes]:
    """N-Quads or N-Triples: a term as a string is in their syntax."""
    return (f"{s} {p} {o}{name} .\n".encode() for s, p, o in statements)


def _as_it_is(value: Value) -> Value:
    return value


def _for_xml(value: Value) -> Value:
    """XML cannot hold control characters in any form: they become U+FFFD; line ends become U+000A, as XML has them."""
    if not isinstance(value, Literal) or not _NOT_XML.search(value.value):
        return value
    words = value.value.replace("\r\n", "\n").replace("\r", "\n")
    words = _NOT_XML.sub("\ufffd", words)
    return Literal(words, language=value.language) if value.language else Literal(words, datatype=value.datatype)


def dataset(graph: Graph, schema: Schema) -> "Dataset":
    """The graph as an rdflib dataset on Oxigraph, in memory; its default graph is the union of all."""
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    store = Store()
    store.bulk_extend(quads(graph, schema))
    found = Dataset(store=OxigraphStore(store=store), default_union=True)
    for prefix, iri in v.PREFIXES.items():
        found.bind(prefix, iri, replace=True)
    return found
