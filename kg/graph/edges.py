"""The graph's relationships as rows for a property graph: those of the claim layer, and the direct ones."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kg.graph.dates import first_day, last_day
from kg.graph.rows import (
    ARTICLE,
    CLAIM,
    ENTITY,
    SENTENCE,
    SOURCE,
    Properties,
    Value,
    article_node,
    content_node,
    present,
    source_node,
)
from kg.model import Argument, Claim, Graph, Literal, Proposition
from kg.schema import Schema

CLAIM_IDS = 20
"""Ids of claims that an edge carries; all are found by `(:Claim {pid: r.pid})`."""

STRUCTURE = (
    "SUBJECT", "OBJECT", "ATTRIBUTED_TO", "PLACE", "ADDRESSEE", "EVIDENCED_BY", "IN", "PUBLISHED_BY", "MENTIONS",
)  # fmt: skip
"""Relationship types of the claim layer; those of the direct layer are the ontology's."""


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One relationship: ids of both ends and its properties."""

    start: str
    end: str
    properties: Properties = field(default_factory=dict[str, Value])


@dataclass(frozen=True, slots=True)
class EdgeRows:
    """Relationships of one type between nodes of two labels."""

    type: str
    start_label: str
    end_label: str
    rows: Sequence[EdgeRow]


def edge_rows(graph: Graph, schema: Schema) -> Iterator[EdgeRows]:
    """All relationships, grouped by type and ends, in a stable order: claim layer first, then direct edges."""
    groups: dict[tuple[str, str, str], list[EdgeRow]] = defaultdict(list)
    for kind, start_label, end_label, row in _claim_layer(graph, schema):
        groups[kind, start_label, end_label].append(row)
    for (kind, start_label, end_label), rows in groups.items():
        yield EdgeRows(kind, start_label, end_label, rows)
    yield from direct_edges(graph, schema)


def direct_edges(graph: Graph, schema: Schema) -> Iterator[EdgeRows]:
    """One relationship a proposition, by relation in the ontology's order and kind of object."""
    groups: dict[tuple[str, str], list[EdgeRow]] = defaultdict(list)
    facts = _Facts(graph)
    for proposition in graph.propositions:
        end_label, end = _object(proposition.relation, proposition.object, schema)
        row = EdgeRow(proposition.subject, end, _direct(proposition, facts, schema))
        groups[proposition.relation, end_label].append(row)
    order = list(schema.relations)
    for relation, end_label in sorted(groups, key=lambda g: (order.index(g[0]), g[1])):
        rows = groups[relation, end_label]
        yield EdgeRows(schema.relations[relation].cypher, ENTITY, end_label, rows)


@dataclass(frozen=True)
class _Facts:
    """Look-ups that the rows of propositions share."""

    graph: Graph

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        return {c.id: c for c in self.graph.claims}

    @cached_property
    def names(self) -> Mapping[str, str]:
        return {e.id: e.name for e in self.graph.entities}

    @cached_property
    def dates(self) -> Mapping[str, str]:
        return {a.key: a.date for a in self.graph.articles}

    def latest_first(self, ids: Iterable[str]) -> list[Claim]:
        """Claims by time, the strongest first within a day; the id decides the rest."""

        def rank(claim: Claim) -> tuple[date, float, str]:
            iso = claim.when.end or claim.when.start or self.dates[claim.article]
            return last_day(iso) or date.min, claim.confidence, claim.id

        return sorted((self.claims[i] for i in ids), key=rank, reverse=True)


def _claim_layer(graph: Graph, schema: Schema) -> Iterator[tuple[str, str, str, EdgeRow]]:
    for claim in graph.claims:
        yield "SUBJECT", CLAIM, ENTITY, _role(claim.id, claim.subject)
        label, end = _object(claim.relation, claim.object, schema)
        words = claim.object.text if isinstance(claim.object, Argument) else ""
        rule = claim.object.rule if isinstance(claim.object, Argument) else ""
        yield "OBJECT", CLAIM, label, EdgeRow(claim.id, end, present({"text": words, "rule": rule}))
        for kind, argument in (
            ("PLACE", claim.qualifiers.place),
            ("ADDRESSEE", claim.qualifiers.addressee),
            ("ATTRIBUTED_TO", claim.attributed_to),
        ):
            if argument is not None:
                yield kind, CLAIM, ENTITY, _role(claim.id, argument)
    yield from _evidence(graph)
    for sentence in graph.sentences:
        yield "IN", SENTENCE, ARTICLE, EdgeRow(sentence.id, article_node(sentence.span.article))
    for article in graph.articles:
        if source := source_node(article)[0]:
            yield "PUBLISHED_BY", ARTICLE, SOURCE, EdgeRow(article_node(article.key), source)
    times = Counter((m.span.article, m.entity) for m in graph.mentions)
    for key, entity in sorted(times):
        row = EdgeRow(article_node(key), entity, {"times": times[key, entity]})
        yield "MENTIONS", ARTICLE, ENTITY, row


def _evidence(graph: Graph) -> Iterator[tuple[str, str, str, EdgeRow]]:
    sentences = {(s.span.article, s.index): s.id for s in graph.sentences}
    for claim in graph.claims:
        places = {(sentences[claim.article, e.sentence], e.span.start, e.span.end) for e in claim.evidence}
        for ident, start, end in sorted(places):
            yield "EVIDENCED_BY", CLAIM, SENTENCE, EdgeRow(claim.id, ident, {"start": start, "end": end})


def _distinct(words: Iterable[str]) -> list[str]:
    """Sorted; of forms that differ in case only the first is kept."""
    kept: dict[str, str] = {}
    for word in words:
        kept.setdefault(word.casefold(), word)
    return sorted(w for w in kept.values() if w)


def _role(claim: str, argument: Argument) -> EdgeRow:
    return EdgeRow(claim, argument.entity, present({"text": argument.text, "rule": argument.rule}))


def _object(relation: str, obj: Argument | Literal, schema: Schema) -> tuple[str, str]:
    return (ENTITY, obj.entity) if isinstance(obj, Argument) else content_node(relation, obj, schema)


def _direct(proposition: Proposition, facts: _Facts, schema: Schema) -> Properties:
    claims = facts.latest_first(proposition.claims)
    titles = [c.qualifiers for c in claims if c.qualifiers.title or c.qualifiers.tenure]
    tenures = {q.tenure.value for q in titles if q.tenure}
    place = next((c.qualifiers.place for c in claims if c.qualifiers.place), None)
    return present(
        {
            "pid": proposition.id,
            "claims": len(proposition.claims),
            "claim_ids": [c.id for c in claims[:CLAIM_IDS]],
            "articles": len(proposition.articles),
            "independent_sources": len(proposition.sources),
            "sources": list(proposition.sources[:CLAIM_IDS]),
            "first": first_day(proposition.first),
            "last": last_day(proposition.last),
            "confidence": proposition.confidence,
            "contested": proposition.contested,
            "denials": len(proposition.denials),
            "polarity": schema.relations[proposition.relation].weight,
            "topic": proposition.topic,
            "title": titles[0].title if titles else None,
            "tenure": titles[0].tenure.value if titles and titles[0].tenure else None,
            "titles": _distinct(q.title for q in titles),
            "tenures": sorted(tenures),
            "place": facts.names[place.entity] if place else None,
        }
    )
