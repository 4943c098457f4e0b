"""The `consensus` graph: propositions, the claims behind them, and one bare triple for what they say."""

from collections.abc import Collection, Iterator

from pyoxigraph import NamedNode, Quad

from kg.graph import vocabulary as v
from kg.graph.vocabulary import Statement
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


def consensus(graph: Graph, schema: Schema) -> Iterator[Quad]:
    """Propositions and their bare triples; several propositions that differ in topic share one triple."""
    for proposition in drawn(graph):
        for subject, predicate, value in _proposition(proposition, schema, graph.proposition_of):
            yield Quad(subject, predicate, value, v.CONSENSUS)


def _proposition(proposition: Proposition, schema: Schema, claims: Collection[str]) -> Iterator[Statement]:
    node = v.node("proposition", proposition.id)
    subject, value = v.node("entity", proposition.subject), v.value(proposition.object)
    relation = NamedNode(schema.relations[proposition.relation].iri)
    yield subject, relation, value
    yield node, v.TYPE, _PROPOSITION
    yield node, v.SUBJECT, subject
    yield node, v.PREDICATE, relation
    yield node, v.OBJECT, value
    if proposition.topic:
        yield node, _TOPIC, v.text(proposition.topic)
    yield from ((node, _SUPPORTED_BY, v.node("claim", claim)) for claim in proposition.claims if claim in claims)
    yield from ((node, _DENIED_BY, v.node("claim", claim)) for claim in proposition.denials if claim in claims)
    yield node, _CONTESTED, v.boolean(proposition.contested)
    yield node, _SOURCES, v.count(len(proposition.sources))
    yield from ((node, _REPORTED_BY, v.node("source", source)) for source in proposition.sources if source)
    yield node, _CONFIDENCE, v.decimal(proposition.confidence)
    dates = ((_FIRST, proposition.first), (_LAST, proposition.last))
    yield from ((node, name, v.moment(iso)) for name, iso in dates if iso)
