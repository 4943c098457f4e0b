"""The graph's nodes as rows for a property graph: labels and properties, without any driver.

Labels come from the ontology and from this file, never from an article. Strings are made storable here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from kg.graph.dates import first_day, last_day
from kg.graph.origins import origin_of, publisher_of
from kg.graph.strings import KEY_LENGTH, clip, storable
from kg.ids import content_id
from kg.model import Article, Claim, Entity, Graph, Literal, Sentence, key_of
from kg.schema import Schema

Value: TypeAlias = str | int | float | bool | date | list[str]
Properties: TypeAlias = dict[str, Value]

ENTITY, CLAIM, SENTENCE, ARTICLE, SOURCE = "Entity", "Claim", "Sentence", "Article", "Source"
POSITION, STATEMENT = "Position", "Statement"
NODE_LABELS = (ENTITY, CLAIM, SENTENCE, ARTICLE, SOURCE, POSITION, STATEMENT)
"""One of these is on every node, and its `id` is unique within it."""


@dataclass(frozen=True, slots=True)
class NodeRows:
    """Nodes of one set of labels; `labels[0]` is the one whose `id` is unique."""

    labels: tuple[str, ...]
    rows: Sequence[Properties]


def node_rows(graph: Graph, schema: Schema) -> Iterator[NodeRows]:
    """All nodes, grouped by labels, in a stable order."""
    entities: dict[tuple[str, ...], list[Properties]] = defaultdict(list)
    for entity in graph.entities:
        entities[schema.labels(entity.type)].append(_entity(entity))
    for labels in sorted(entities):
        yield NodeRows(labels, entities[labels])
    yield from _contents(graph, schema)
    sources = {i: name for article in graph.articles for i, name in [source_node(article)] if i}
    yield NodeRows((SOURCE,), [{"id": i, "name": clip(sources[i])} for i in sorted(sources)])
    yield NodeRows((ARTICLE,), [_article(a) for a in graph.articles])
    yield NodeRows((SENTENCE,), [_sentence(s) for s in graph.sentences])
    texts = {a.key: a.text for a in graph.articles}
    yield NodeRows((CLAIM,), [_claim(c, graph.proposition_of[c.id], texts[c.article], schema) for c in graph.claims])


def content_node(relation: str, literal: Literal, schema: Schema) -> tuple[str, str]:
    """Label and id of the node that stands for words: what was said, or what a stance is about."""
    label = STATEMENT if schema.relations[relation].family == "speech" else POSITION
    return label, content_id(label.lower(), key_of(literal))


def article_node(key: str) -> str:
    """Id of an article's node: its key, unless that is too long for an index."""
    key = storable(key)
    return key if len(key) <= KEY_LENGTH else content_id("a", key)


def present(properties: Mapping[str, Value | None]) -> Properties:
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
    return present(
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
        yield NodeRows((label,), [present({"id": i, "text": found[i]}) for i in sorted(found)])


def source_node(article: Article) -> tuple[str, str]:
    """Id of the node of an article's publisher, and its name; both "" where none is given."""
    name = publisher_of(article)
    return (content_id("source", name.casefold()), name) if name else ("", "")


def _article(article: Article) -> Properties:
    return present(
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
    return present(
        {"id": sentence.id, "text": sentence.text, "index": sentence.index, "start": span.start, "end": span.end}
    )


def _claim(claim: Claim, pid: str, text: str, schema: Schema) -> Properties:
    q, best = claim.qualifiers, max(claim.evidence, key=lambda e: (e.confidence, e))
    return present(
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
