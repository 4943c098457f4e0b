"""Is the graph what it should be, and do all views show the same? Differences are listed, never repaired."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.graph import vocabulary as v
from kg.graph.cypher import run_query
from kg.graph.edges import STRUCTURE, EdgeRow, direct_edges, edge_rows
from kg.graph.facts import fact_problems
from kg.graph.marks import edge_mark
from kg.graph.rdf import quads
from kg.graph.record import Record
from kg.graph.rows import NODE_LABELS, Properties, node_rows
from kg.graph.shacl import validate
from kg.model import Claim, Evidence, Graph, Sentence, Span, key_of
from kg.schema import Schema

if TYPE_CHECKING:
    from neo4j import Driver
    from pyoxigraph import Store

KINDS = ("record", "span", "reference", "support", "store", "rdf", "shapes", "sparql")
"""What can be wrong: the file; offsets; an id that nobody has; an edge without claims that allow it; a view."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One difference; `kind` is one of `KINDS`."""

    kind: str
    detail: str


def check_record(record: Record) -> list[Problem]:
    """Is the file sound, and every reading of the article that is kept with it?"""
    found = [Problem("record", line) for line in record.faults()]
    for article, reading in record.pairs():
        if reading.sha256 != article.sha256:
            found.append(Problem("record", f"{article.key}: what was read is not the article that is kept"))
        spans = [*reading.sentences, *(m.span for m in reading.mentions)]
        spans += [e.span for c in reading.claims for e in c.evidence]
        found += [Problem("span", d) for s in spans if (d := _outside(s, {article.key: article.text}))]
    return sorted(found)


def check_graph(graph: Graph) -> list[Problem]:
    """Does every span slice to its words, does every id mean something, and does every proposition have support?"""
    texts = {a.key: a.text for a in graph.articles}
    return sorted({*_spans(graph, texts), *_references(graph), *_support(graph)})


def check_rdf(graph: Graph, schema: Schema) -> list[Problem]:
    """Does the RDF view say what the graph says, and does it conform to the shapes?"""
    differences = fact_problems(graph, quads(graph, schema, graphs="consensus"), schema)
    return sorted({*(Problem("rdf", d) for d in differences), *(Problem("shapes", d) for d in validate(graph, schema))})


def check_sparql(store: "Store", graph: Graph, schema: Schema) -> list[Problem]:
    """Does the SPARQL store of a graph hold its RDF view: as many statements, and the same propositions?"""
    differences = fact_problems(graph, store.quads_for_pattern(None, None, None, v.CONSENSUS), schema)
    if (held := len(store)) != (wanted := sum(1 for _ in quads(graph, schema))):
        differences.append(f"{held} statements, not {wanted}")
    return sorted({Problem("sparql", d) for d in differences})


def check_store(driver: "Driver", graph: Graph, schema: Schema, *, database: str = "") -> list[Problem]:
    """Does a Cypher store hold this graph: the same nodes, and the same edges with the same support?

    Args:
        driver: of the embedded graph or of a server.
        graph: what it should hold.
        schema: that it was loaded with.
        database: name on the server; "" for its default.

    Raises:
        StoreError: the store cannot be reached.
    """
    store = _Store(driver, database)
    details = (*_nodes(store, graph, schema), *_counts(store, graph, schema), *_edges(store, graph, schema))
    return sorted({Problem("store", d) for d in details})


def _spans(graph: Graph, texts: Mapping[str, str]) -> Iterator[Problem]:
    sentences = {(s.span.article, s.index): s for s in graph.sentences}
    for sentence in graph.sentences:
        if detail := _outside(sentence.span, texts):
            yield Problem("span", detail)
        elif _slice(sentence.span, texts) != sentence.text:
            yield Problem("span", f"sentence {sentence.id} does not slice to its words")
    for mention in graph.mentions:
        if detail := _outside(mention.span, texts):
            yield Problem("span", detail)
    for claim in graph.claims:
        for evidence in claim.evidence:
            if detail := _evidence(claim, evidence, sentences.get((claim.article, evidence.sentence)), texts):
                yield Problem("span", detail)


def _evidence(claim: Claim, evidence: Evidence, sentence: Sentence | None, texts: Mapping[str, str]) -> str:
    """What is wrong with where a claim's words are, or ""."""
    span = evidence.span
    if detail := _outside(span, texts):
        return detail
    if span.article != claim.article:
        return f"claim {claim.id} of {claim.article} has evidence in {span.article}"
    if sentence is None:
        return f"claim {claim.id} has evidence in a sentence that is not kept"
    if span.end <= sentence.span.start or sentence.span.end <= span.start:
        return f"claim {claim.id} has evidence outside of its sentence"
    return ""


def _outside(span: Span, texts: Mapping[str, str]) -> str:
    """What is wrong with a span, or ""."""
    text = texts.get(span.article)
    if text is None:
        return f"a span points into {span.article}, which is not kept"
    if not 0 <= span.start < span.end <= len(text):
        return f"span {span.start} to {span.end} of {span.article} lies outside of its text"
    return ""


def _slice(span: Span, texts: Mapping[str, str]) -> str:
    return texts[span.article][span.start : span.end]


def _references(graph: Graph) -> Iterator[Problem]:
    known = {e.id for e in graph.entities}
    for mention in graph.mentions:
        if mention.entity not in known:
            yield Problem("reference", f"a mention in {mention.span.article} means the unknown entity {mention.entity}")
    for claim in graph.claims:
        for entity in claim.entities():
            if entity not in known:
                yield Problem("reference", f"claim {claim.id} refers to the unknown entity {entity}")
        if claim.id not in graph.proposition_of:
            yield Problem("reference", f"claim {claim.id} belongs to no proposition")


def _support(graph: Graph) -> Iterator[Problem]:
    """No bare edge but from claims that the text asserts, and that say what the edge says."""
    claims = {c.id: c for c in graph.claims}
    for proposition in graph.propositions:
        if not proposition.claims:
            yield Problem("support", f"proposition {proposition.id} has no claim")
        ends = {proposition.subject, key_of(proposition.object)}
        for ident in proposition.claims:
            claim = claims.get(ident)
            if claim is None or graph.proposition_of.get(ident) != proposition.id:
                yield Problem("support", f"proposition {proposition.id} counts {ident}, which is none of its claims")
            elif not claim.asserted:
                yield Problem("support", f"proposition {proposition.id} rests on {ident}, which {_stance(claim)}")
            elif (claim.relation, {claim.subject.entity, key_of(claim.object)}) != (proposition.relation, ends):
                yield Problem("support", f"proposition {proposition.id} says something else than its claim {ident}")


def _stance(claim: Claim) -> str:
    return "is denied" if claim.negated else f"is only {claim.mood}"


@dataclass(frozen=True, slots=True)
class _Store:
    """What a store says of the elements that we wrote."""

    driver: "Driver"
    database: str

    def ask(self, cypher: str) -> Iterable[tuple[Any, ...]]:
        return run_query(self.driver, cypher, database=self.database).rows


def _nodes(store: _Store, graph: Graph, schema: Schema) -> Iterator[str]:
    expected: dict[str, dict[str, tuple[tuple[str, ...], Properties]]] = {label: {} for label in NODE_LABELS}
    for group in node_rows(graph, schema):
        expected[group.labels[0]].update({str(row["id"]): (group.labels, row) for row in group.rows})
    for label in NODE_LABELS:
        query = f"MATCH (n:{label}) WHERE n.kg IS NOT NULL RETURN n.id AS id, labels(n) AS labels, properties(n) AS row"
        stored = {ident: (labels, row) for ident, labels, row in store.ask(query)}
        wanted = expected[label]
        yield from (f"{label} {i} is missing" for i in sorted(wanted.keys() - stored.keys()))
        yield from (f"{label} {i} should not be there" for i in sorted(stored.keys() - wanted.keys()))
        for i in sorted(wanted.keys() & stored.keys()):
            (labels, row), (found, properties) = wanted[i], stored[i]
            if not set(labels) <= set(found):  # a user may add labels of his own
                yield f"{label} {i} has labels {', '.join(sorted(found))}, not {', '.join(sorted(labels))}"
            for name, value in row.items():
                if not _same(properties.get(name), value):
                    yield f"{label} {i} has {name} {properties.get(name)!r}, not {value!r}"


def _counts(store: _Store, graph: Graph, schema: Schema) -> Iterator[str]:
    wanted: dict[str, Counter[str]] = defaultdict(Counter)
    for group in edge_rows(graph, schema):
        wanted[group.type].update(edge_mark(group, row) for row in group.rows)
    query = "MATCH ()-[r]->() WHERE r.kg IS NOT NULL RETURN type(r) AS type, collect(r.kg) AS marks"
    stored = {kind: Counter(marks) for kind, marks in store.ask(query) if kind in STRUCTURE}
    for kind in STRUCTURE:
        found = stored.get(kind, Counter())
        if wanted[kind].total() != found.total():
            yield f"{found.total()} relationships {kind}, not {wanted[kind].total()}"
        elif found != wanted[kind]:
            yield f"{(found - wanted[kind]).total()} relationships {kind} are none of the graph's"


def _edges(store: _Store, graph: Graph, schema: Schema) -> Iterator[str]:
    wanted: dict[str, tuple[str, EdgeRow]] = {}
    for group in direct_edges(graph, schema):
        wanted.update({str(row.properties["pid"]): (group.type, row) for row in group.rows})
    query = (
        "MATCH (a)-[r]->(b) WHERE r.kg IS NOT NULL AND r.pid IS NOT NULL "
        "RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS properties"
    )
    seen: Counter[str] = Counter()
    claims = {i: (pid, asserted) for i, pid, asserted in store.ask(_CLAIMS)}
    for kind, start, end, properties in store.ask(query):
        pid = properties["pid"]
        seen[pid] += 1
        for ident in properties.get("claim_ids", ()):
            if claims.get(ident) != (pid, True):
                yield f"edge {pid} rests on {ident}, which does not support it in the store"
        if pid not in wanted:
            yield f"edge {kind} {pid} should not be there"
            continue
        relation, row = wanted[pid]
        if (kind, start, end) != (relation, row.start, row.end):
            yield f"edge {pid} is {start} {kind} {end}, not {row.start} {relation} {row.end}"
        for name, value in row.properties.items():
            if not _same(properties.get(name), value):
                yield f"edge {pid} has {name} {properties.get(name)!r}, not {value!r}"
    yield from (f"edge {wanted[pid][0]} {pid} is missing" for pid in sorted(wanted.keys() - seen.keys()))
    yield from (f"edge {pid} is there {n} times" for pid, n in sorted(seen.items()) if n > 1)


_CLAIMS = "MATCH (c:Claim) WHERE c.kg IS NOT NULL RETURN c.id AS id, c.pid AS pid, c.asserted AS asserted"


def _same(stored: object, wanted: object) -> bool:
    if isinstance(stored, float) and isinstance(wanted, float):
        return abs(stored - wanted) < 1e-9
    return stored == wanted
