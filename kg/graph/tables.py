"""The table view: one claim a record, as docs/record.md says, as JSON lines or as a spreadsheet.

Other tools and the evaluation read these records: fields are added, never renamed or left out.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from typing import Any, BinaryIO, TypeAlias

from kg.graph.strings import storable
from kg.model import Argument, Article, Claim, Entity, Graph, Literal
from kg.schema import Schema

Record: TypeAlias = dict[str, Any]

COLUMNS = (
    "id", "relation", "subject_id", "subject", "subject_type", "object_id", "object", "object_type", "title", "tenure",
    "topic", "place", "addressee", "negated", "mood", "when_start", "when_end", "when", "attributed_to", "cue",
    "polarity", "plover", "confidence", "rule", "proposition", "independent_sources", "article", "article_date",
    "source", "text",
)  # fmt: skip
"""Columns of the spreadsheet; `text` is the first evidence."""

_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}
"""JSON allows these inside of strings, but some readers of lines take them for the end of one."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these is run as a formula by spreadsheet programs."""


def claim_records(graph: Graph, schema: Schema) -> Iterator[Record]:
    """Claims as plain records, version 1, by id; absent values are `""`, `[]` or None, no key is ever missing."""
    entities = {e.id: e for e in graph.entities}
    texts = {a.key: a.text for a in graph.articles}
    sources = {p.id: len(p.sources) for p in graph.propositions}
    for claim in graph.claims:
        best = max(claim.evidence, key=lambda e: (e.confidence, e))
        relation = schema.relations[claim.relation]
        proposition = graph.proposition_of[claim.id]
        yield {
            "id": claim.id,
            "relation": claim.relation,
            "subject": _argument(claim.subject, entities),
            "object": _object(claim.object, entities),
            "qualifiers": _qualifiers(claim, entities),
            "negated": claim.negated,
            "mood": claim.mood.value,
            "when": {"start": claim.when.start, "end": claim.when.end, "text": claim.when.text},
            "attributed_to": _argument(claim.attributed_to, entities) if claim.attributed_to else None,
            "cue": claim.cue,
            "polarity": relation.polarity(negated=claim.negated),
            "plover": relation.plover,
            "rule": best.rule,
            "confidence": claim.confidence,
            "proposition": proposition,
            "independent_sources": sources.get(proposition, 0),
            "evidence": _evidence(claim, texts[claim.article]),
        }


def write_jsonl(graph: Graph, schema: Schema, out: BinaryIO) -> int:
    """Write claim records as JSON lines, in UTF-8.

    Returns:
        How many.
    """
    for record in claim_records(graph, schema):
        line = json.dumps(record, ensure_ascii=False, separators=(", ", ": ")).translate(_LINE_ENDS)
        out.write(storable(line).encode() + b"\n")
    return len(graph.claims)


def write_csv(graph: Graph, schema: Schema, out: BinaryIO) -> int:
    """Write claims as a spreadsheet, in UTF-8; no cell is taken for a formula.

    Returns:
        How many rows, without the header.
    """
    articles = {a.key: a for a in graph.articles}
    text = TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        for record in claim_records(graph, schema):
            row = _flat(record, articles)
            writer.writerow([_cell(row[name]) for name in COLUMNS])
    finally:
        text.detach()
    return len(graph.claims)


def _argument(argument: Argument, entities: Mapping[str, Entity]) -> Record:
    entity = entities[argument.entity]
    return {
        "id": entity.id,
        "label": entity.name,
        "type": entity.type,
        "mention": argument.text,
        "aliases": list(entity.aliases),
        "wikidata": entity.wikidata,
    }


def _object(obj: Argument | Literal, entities: Mapping[str, Entity]) -> Record:
    return {"literal": obj.text} if isinstance(obj, Literal) else _argument(obj, entities)


def _qualifiers(claim: Claim, entities: Mapping[str, Entity]) -> Record:
    q = claim.qualifiers
    return {
        "title": q.title,
        "tenure": q.tenure.value if q.tenure else "",
        "topic": q.topic,
        "place": entities[q.place.entity].name if q.place else "",
        "addressee": entities[q.addressee.entity].name if q.addressee else "",
    }


def _evidence(claim: Claim, text: str) -> list[Record]:
    return [
        {
            "article": e.span.article,
            "sentence": e.sentence,
            "start": e.span.start,
            "end": e.span.end,
            "text": text[e.span.start : e.span.end],
        }
        for e in claim.evidence
    ]


def _flat(record: Record, articles: Mapping[str, Article]) -> Record:
    """A record as one row; of several pieces of evidence the first."""
    subject, obj, evidence = record["subject"], record["object"], record["evidence"][0]
    article, speaker = articles[evidence["article"]], record["attributed_to"]
    return {
        **{name: value for name, value in record.items() if name in COLUMNS},
        **record["qualifiers"],
        "subject_id": subject["id"],
        "subject": subject["label"],
        "subject_type": subject["type"],
        "object_id": obj.get("id", ""),
        "object": obj.get("label", obj.get("literal")),
        "object_type": obj.get("type", ""),
        "when_start": record["when"]["start"],
        "when_end": record["when"]["end"],
        "when": record["when"]["text"],
        "attributed_to": speaker["label"] if speaker else "",
        "article": article.key,
        "article_date": article.date,
        "source": article.source,
        "text": evidence["text"],
    }


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        value = value.replace("\0", "\ufffd")
        return f"'{value}" if value.startswith(_FORMULA) else value
    return value
