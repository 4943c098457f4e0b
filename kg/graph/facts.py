"""Facts of the consensus graph, as the record has them and as a dump has them: `kg check` compares the two."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Quad

from kg.graph import vocabulary as v
from kg.graph.vocabulary import Value
from kg.model import Argument, Graph, Literal
from kg.schema import Schema

_DENIED_BY = v.term("kg:deniedBy")
_FIRST = v.term("kg:first")
_LAST = v.term("kg:last")
_SOURCES = v.term("kg:independentSources")
_SUPPORTED_BY = v.term("kg:supportedBy")
_TOPIC = v.term("kg:topic")


class Fact(NamedTuple):
    """A proposition reduced to what all views of a graph must agree on.

    Attributes:
        proposition: its id.
        subject: entity id.
        relation: name in Python (`met_with`).
        object: entity id, or words.
        literal: is the object words?
        topic: words, or "".
        claims: how many claims support it; so for `denials` and independent `sources`.
        first: ISO date, or ""; so for `last`.
    """

    proposition: str
    subject: str
    relation: str
    object: str
    literal: bool
    topic: str
    claims: int
    denials: int
    sources: int
    first: str
    last: str


def facts_of(graph: Graph) -> set[Fact]:
    """The facts that every view of the graph must hold, from the graph itself."""
    return {
        Fact(
            proposition=p.id,
            subject=p.subject,
            relation=p.relation,
            object=_words_of(p.object),
            literal=isinstance(p.object, Literal),
            topic=v.clean(p.topic),
            claims=len(p.claims),
            denials=len(p.denials),
            sources=len(p.sources),
            first=p.first,
            last=p.last,
        )
        for p in graph.propositions
    }


def _words_of(value: Argument | Literal) -> str:
    return value.entity if isinstance(value, Argument) else v.clean(value.text)


def read_facts(dump: Iterable[Quad], schema: Schema) -> tuple[set[Fact], set[tuple[str, str, str]]]:
    """Facts and bare triples of a dump's consensus graph.

    Args:
        dump: quads in any order; those of other named graphs are passed over.
        schema: the schema that the dump was made with.

    Returns:
        The facts, and the bare triples as (subject, relation, object) in the terms of `Fact`.

    Raises:
        ValueError: a proposition lacks a part or has it twice, or an IRI is none of ours.
    """
    relations = {r.iri: r.name for r in schema.relations.values()}
    about: defaultdict[str, defaultdict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    bare: set[tuple[str, str, str]] = set()
    for quad in dump:
        if quad.graph_name != v.CONSENSUS or not isinstance(quad.subject, NamedNode):
            continue
        value = _value(quad)
        if quad.predicate.value in relations:
            subject = v.name_of(quad.subject.value, "entity")
            bare.add((subject, relations[quad.predicate.value], _plain(value)))
        else:
            about[quad.subject.value][quad.predicate.value].append(value)
    facts = {_fact(iri, found, relations) for iri, found in about.items()}
    return facts, bare


def _fact(iri: str, found: defaultdict[str, list[Value]], relations: dict[str, str]) -> Fact:
    try:
        parts = (v.SUBJECT, v.PREDICATE, v.OBJECT, _SOURCES)
        (subject,), (predicate,), (value,), (sources,) = (found[part.value] for part in parts)
        topic, first, last = (next((x.value for x in found[part.value]), "") for part in (_TOPIC, _FIRST, _LAST))
        return Fact(
            v.name_of(iri, "proposition"), v.name_of(subject.value, "entity"), relations[predicate.value],
            _plain(value), isinstance(value, RdfLiteral), topic,
            len(found[_SUPPORTED_BY.value]), len(found[_DENIED_BY.value]), int(sources.value), first, last,
        )  # fmt: skip
    except (KeyError, ValueError) as exc:
        raise ValueError(f"{iri} is no complete proposition: {exc}") from exc


def _value(quad: Quad) -> Value:
    if not isinstance(quad.object, NamedNode | RdfLiteral):
        raise ValueError(f"{quad} has an object that is neither an IRI nor a literal")  # noqa: TRY004 - wrong data
    return quad.object


def _plain(value: Value) -> str:
    return v.name_of(value.value, "entity") if isinstance(value, NamedNode) else value.value


def fact_problems(graph: Graph, dump: Iterable[Quad], schema: Schema) -> list[str]:
    """Where a dump's consensus differs from the graph that it should show; [] where nowhere.

    Args:
        graph: what `kg.graph.project` made.
        dump: quads of `kg.graph.rdf.quads`, or read from a file.
        schema: the schema of both.
    """
    try:
        found, bare = read_facts(dump, schema)
    except ValueError as exc:
        return [f"RDF: {exc}"]
    expected = facts_of(graph)
    edges = {(f.subject, f.relation, f.object) for f in expected}
    problems = [f"RDF lacks the proposition {_shown(f)}" for f in sorted(expected - found)]
    problems += [f"RDF has a proposition that the record has not: {_shown(f)}" for f in sorted(found - expected)]
    problems += [f"RDF lacks the bare triple {' '.join(e)}" for e in sorted(edges - bare)]
    problems += [f"RDF has a bare triple that no proposition draws: {' '.join(e)}" for e in sorted(bare - edges)]
    return problems


def _shown(fact: Fact) -> str:
    says = f"{fact.subject} {fact.relation} {fact.object!r}, topic {fact.topic!r}"
    counts = f"{fact.claims} claims, {fact.denials} denials, {fact.sources} sources, {fact.first} to {fact.last}"
    return f"{fact.proposition} ({says}, {counts})"
