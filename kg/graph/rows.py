"""The graph as rows for a property graph: labels, relationship types and properties, without any driver.

Labels and types come from the ontology and from this file, never from an article. Strings are made storable here:
UTF-8 has no lone surrogates, and an index of Neo4j takes no key above 8 kB.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeAlias

from kg.graph.dates import first_day, last_day
from kg.graph.origins import origin_of, publisher_of
from kg.ids import content_id
from kg.model import Argument, Article, Claim, Entity, Graph, Literal, Proposition, Sentence, key_of
from kg.schema import Schema

Value: TypeAlias = str | int | float | bool | date | list[str]
Properties: TypeAlias = dict[str, Value]

KEY_LENGTH = 1000
"""Longest indexed string, in code points: at most 4,000 bytes, below the 8,168 that Neo4j's range index takes."""

CLAIM_IDS = 20
"""Ids of claims that an edge carries; all are found by `(:Claim {pid: r.pid})`."""

ENTITY, CLAIM, SENTENCE, ARTICLE, SOURCE = "Entity", "Claim", "Sentence", "Article", "Source"
POSITION, STATEMENT = "Position", "Statement"
NODE_LABELS = (ENTITY, CLAIM, SENTENCE, ARTICLE, SOURCE, POSITION, STATEMENT)
"""One of these is on every node, and its `id` is unique within it."""

STRUCTURE = (
    "SUBJECT", "OBJECT", "ATTRIBUTED_TO", "PLACE", "ADDRESSEE", "EVIDENCED_BY", "IN", "PUBLISHED_BY", "MENTIONS",
)  # fmt: skip
"""Relationship types of the claim layer; those of the direct layer are the ontology's."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class NodeRows:
    """Nodes of one set of labels; `labels[0]` is the one whose `id` is unique."""

    labels: tuple[str, ...]
    rows: Sequence[Properties]


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One relationship: ids of both ends and its properties."""

    start: str
    end: str
    properties: Properties = field(default_factory=dict[str, Value])


@dataclass(frozen=True, slots=True)
class EdgeRows:
    """Relationships of one type between nodes of two labels; `keys` are properties that tell parallel ones apart."""

    type: str
    start_label: str
    end_label: str
    keys: tuple[str, ...]
    rows: Sequence[EdgeRow]


def node_rows(graph: Graph, schema: Schema) -> Iterator[NodeRows]:
    """All nodes, grouped by labels, in a stable order."""
    entities: dict[tuple[str, ...], list[Properties]] = defaultdict(list)
    for entity in graph.entities:
        entities[schema.labels(entity.type)].append(_entity(entity))
    for labels in sorted(entities):
        yield NodeRows(labels, entities[labels])
    yield from _contents(graph, schema)
    sources = {i: name for article in graph.articles for i, name in [_source(article)] if i}
    yield NodeRows((SOURCE,), [{"id": i, "name": clip(sources[i])} for i in sorted(sources)])
    yield NodeRows((ARTICLE,), [_article(a) for a in graph.articles])
    yield NodeRows((SENTENCE,), [_sentence(s) for s in graph.sentences])
    texts = {a.key: a.text for a in graph.articles}
    yield NodeRows((CLAIM,), [_claim(c, graph.proposition_of[c.id], texts[c.article], schema) for c in graph.claims])


def edge_rows(graph: Graph, schema: Schema) -> Iterator[EdgeRows]:
    """All relationships, grouped by type and ends, in a stable order: claim layer first, then direct edges."""
    groups: dict[tuple[str, str, str], list[EdgeRow]] = defaultdict(list)
    for kind, start_label, end_label, row in _claim_layer(graph, schema):
        groups[kind, start_label, end_label].append(row)
    for (kind, start_label, end_label), rows in groups.items():
        keys = ("start", "end") if kind == "EVIDENCED_BY" else ()
        yield EdgeRows(kind, start_label, end_label, keys, rows)
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
        yield EdgeRows(schema.relations[relation].cypher, ENTITY, end_label, ("pid",), rows)


def content_node(relation: str, literal: Literal, schema: Schema) -> tuple[str, str]:
    """Label and id of the node that stands for words: what was said, or what a stance is about."""
    label = STATEMENT if schema.relations[relation].family == "speech" else POSITION
    return label, content_id(label.lower(), key_of(literal))


def article_node(key: str) -> str:
    """Id of an article's node: its key, unless that is too long for an index."""
    key = storable(key)
    return key if len(key) <= KEY_LENGTH else content_id("a", key)


def storable(text: str) -> str:
    """Text that UTF-8 can hold: a lone surrogate becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def clip(text: str) -> str:
    """Storable text that an index takes; only hostile names are longer."""
    text = storable(text)
    return text if len(text) <= KEY_LENGTH else text[: KEY_LENGTH - 1] + "…"


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


def _present(properties: Mapping[str, Value | None]) -> Properties:
    """Leave out what is absent: a property graph knows no empty value but null."""
    kept: Properties = {}
    for name, value in properties.items():
        if value is None or value in ("", []):
            continue
        if isinstance(value, str):
            kept[name] = storable(value)
        else:
            kept[name] = [storable(v) for v in value] if isinstance(value, list) else value
    return kept


def _entity(entity: Entity) -> Properties:
    return _present(
        {
            "id": entity.id,
            "name": clip(entity.name),
            "aliases": list(entity.aliases),
            "type": entity.type,
            "wikidata": entity.wikidata,
            "within": entity.within,
            "origin": entity.origin,
        }
    )


def _contents(graph: Graph, schema: Schema) -> Iterator[NodeRows]:
    texts: dict[str, dict[str, str]] = {POSITION: {}, STATEMENT: {}}
    for claim in graph.claims:
        if isinstance(claim.object, Literal):
            label, ident = content_node(claim.relation, claim.object, schema)
            texts[label][ident] = min(claim.object.text, texts[label].get(ident, claim.object.text))
    for label, found in texts.items():
        yield NodeRows((label,), [_present({"id": i, "text": found[i]}) for i in sorted(found)])


def _source(article: Article) -> tuple[str, str]:
    name = publisher_of(article)
    return (content_id("source", name.casefold()), name) if name else ("", "")


def _article(article: Article) -> Properties:
    return _present(
        {
            "id": article_node(article.key),
            "title": article.title,
            "source": publisher_of(article),
            "origin": origin_of(article).name,
            "date": first_day(article.date),
            "url": article.url,
            "authors": list(article.authors),
            "media_type": article.media_type,
        }
    )


def _sentence(sentence: Sentence) -> Properties:
    span = sentence.span
    return _present(
        {"id": sentence.id, "text": sentence.text, "index": sentence.index, "start": span.start, "end": span.end}
    )


def _claim(claim: Claim, pid: str, text: str, schema: Schema) -> Properties:
    q, best = claim.qualifiers, max(claim.evidence, key=lambda e: (e.confidence, e))
    return _present(
        {
            "id": claim.id,
            "pid": pid,
            "relation": claim.relation,
            "negated": claim.negated,
            "mood": claim.mood.value,
            "asserted": claim.asserted,
            "title": q.title,
            "tenure": q.tenure.value if q.tenure else None,
            "topic": q.topic,
            "cue": claim.cue,
            "confidence": claim.confidence,
            "polarity": schema.relations[claim.relation].polarity(negated=claim.negated),
            "rule": best.rule,
            "start": first_day(claim.when.start),
            "end": last_day(claim.when.end),
            "when": claim.when.text,
            "text": text[best.span.start : best.span.end],
            "literal": claim.object.text if isinstance(claim.object, Literal) else None,
        }
    )


def _claim_layer(graph: Graph, schema: Schema) -> Iterator[tuple[str, str, str, EdgeRow]]:
    for claim in graph.claims:
        yield "SUBJECT", CLAIM, ENTITY, _role(claim.id, claim.subject)
        label, end = _object(claim.relation, claim.object, schema)
        words = claim.object.text if isinstance(claim.object, Argument) else ""
        rule = claim.object.rule if isinstance(claim.object, Argument) else ""
        yield "OBJECT", CLAIM, label, EdgeRow(claim.id, end, _present({"text": words, "rule": rule}))
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
        if source := _source(article)[0]:
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
    return EdgeRow(claim, argument.entity, _present({"text": argument.text, "rule": argument.rule}))


def _object(relation: str, obj: Argument | Literal, schema: Schema) -> tuple[str, str]:
    return (ENTITY, obj.entity) if isinstance(obj, Argument) else content_node(relation, obj, schema)


def _direct(proposition: Proposition, facts: _Facts, schema: Schema) -> Properties:
    claims = facts.latest_first(proposition.claims)
    titles = [c.qualifiers for c in claims if c.qualifiers.title or c.qualifiers.tenure]
    tenures = {q.tenure.value for q in titles if q.tenure}
    place = next((c.qualifiers.place for c in claims if c.qualifiers.place), None)
    return _present(
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
