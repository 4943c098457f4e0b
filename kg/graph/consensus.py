"""The `consensus` graph: propositions, the claims behind them, and one bare triple for what they say."""

from collections.abc import Collection, Iterator

from pyoxigraph import NamedNode

from kg.graph import vocabulary as v
from kg.graph.vocabulary import Statement, Value
from kg.model import Graph, Proposition
from kg.schema import Schema

_CONFIDENCE = v.term("kg:confidence")
_CONTESTED = v.term("kg:contested")
_DENIED_BY = v.term("kg:deniedBy")
_FIRST = v.term("kg:first")
_LAST = v.term("kg:last")
_PROPOSITION = v.term("kg:Proposition")
_REPORTED_BY = v.term("kg:reportedBy")
_SOURCES = v.term("kg:independentSources")
_SUPPORTED_BY = v.term("kg:supportedBy")
_TOPIC = v.term("kg:topic")


def drawn(graph: Graph) -> Iterator[Proposition]:
    """The propositions that have a claim in the graph: all of them, unless it is a part and has mere denials."""
    claims = graph.proposition_of
    return (p for p in graph.propositions if any(c in claims for c in p.claims))


def consensus(graph: Graph, schema: Schema) -> Iterator[Statement]:
    """Propositions and their bare triples; several propositions that differ in topic share one triple."""
    relations = {r.name: NamedNode(r.iri) for r in schema.relations.values()}
    bare: set[tuple[str, str, str, bool]] = set()
    for proposition in drawn(graph):
        relation = relations[proposition.relation]
        subject, value = v.node("entity", proposition.subject), v.value(proposition.object)
        says = (proposition.subject, proposition.relation, value.value, isinstance(value, NamedNode))
        if says not in bare:
            bare.add(says)
            yield subject, relation, value
        node = v.node("proposition", proposition.id)
        for name, found in ((v.TYPE, _PROPOSITION), (v.SUBJECT, subject), (v.PREDICATE, relation), (v.OBJECT, value)):
            yield node, name, found
        for name, found in _proposition(proposition, graph.proposition_of):
            yield node, name, found


def _proposition(proposition: Proposition, claims: Collection[str]) -> Iterator[tuple[NamedNode, Value]]:
    if proposition.topic:
        yield _TOPIC, v.text(proposition.topic)
    yield from ((_SUPPORTED_BY, v.node("claim", claim)) for claim in proposition.claims if claim in claims)
    yield from ((_DENIED_BY, v.node("claim", claim)) for claim in proposition.denials if claim in claims)
    yield _CONTESTED, v.boolean(proposition.contested)
    yield _SOURCES, v.count(len(proposition.sources))
    yield from ((_REPORTED_BY, v.node("source", source)) for source in proposition.sources if source)
    yield _CONFIDENCE, v.decimal(proposition.confidence)
    dates = ((_FIRST, proposition.first), (_LAST, proposition.last))
    yield from ((name, v.moment(iso)) for name, iso in dates if iso)
