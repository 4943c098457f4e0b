"""The graph as Parquet tables, for pandas, DuckDB, Polars and Spark.

`TABLES` says what they hold; docs/other-tools.md is compared with it. What is absent is null. A column of type `date`
is the first or last day of the ISO date beside it, which has the precision of the text.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from kg.errors import UsageError
from kg.graph.dates import first_day, last_day
from kg.graph.origins import origin_of, publisher_of
from kg.graph.strings import storable
from kg.model import Argument, Claim, Graph, Literal
from kg.schema import Schema

Row: TypeAlias = dict[str, Any]
"""Plain values by column."""

BATCH = 20_000
"""Rows in memory at once, and in a row group."""

_CLAIM = {
    "id": "string", "proposition": "string", "article": "string", "relation": "string", "subject": "string",
    "subject_name": "string", "subject_type": "string", "subject_text": "string", "subject_rule": "string",
    "object": "string", "object_name": "string", "object_type": "string", "object_text": "string",
    "object_rule": "string", "literal": "string", "title": "string", "tenure": "string", "topic": "string",
    "place": "string", "place_name": "string", "addressee": "string", "addressee_name": "string",
    "attributed_to": "string", "attributed_to_name": "string", "cue": "string", "negated": "bool", "mood": "string",
    "asserted": "bool", "when_start": "string", "when_end": "string", "when_text": "string", "first_day": "date",
    "last_day": "date", "polarity": "float", "plover": "string", "confidence": "float", "evidence": "evidence",
}  # fmt: skip

TABLES: Mapping[str, Mapping[str, str]] = {
    "articles": {
        "key": "string", "title": "string", "source": "string", "publisher": "string", "origin": "string",
        "date": "string", "day": "date", "url": "string", "authors": "strings", "media_type": "string",
        "sha256": "string", "text": "string",
    },
    "mentions": {
        "article": "string", "start": "int", "end": "int", "text": "string", "type": "string", "entity": "string",
        "rule": "string",
    },
    "entities": {
        "id": "string", "type": "string", "labels": "strings", "name": "string", "aliases": "strings",
        "wikidata": "string", "within": "string", "origin": "string",
    },
    "claims": _CLAIM,
    "propositions": {
        "id": "string", "subject": "string", "subject_name": "string", "subject_type": "string", "relation": "string",
        "object": "string", "object_name": "string", "object_type": "string", "literal": "string", "topic": "string",
        "claims": "strings", "denials": "strings", "articles": "strings", "sources": "strings",
        "independent_sources": "int", "first": "string", "last": "string", "first_day": "date", "last_day": "date",
        "polarity": "float", "confidence": "float", "contested": "bool",
    },
}  # fmt: skip
"""Columns of each table with their types; `strings` is a list, `evidence` a list of structures."""


def table_rows(graph: Graph, schema: Schema, name: str) -> Iterator[Row]:
    """Rows of one of `TABLES`, in the graph's order; a column that is not named in a row is null.

    Raises:
        KeyError: no such table.
    """
    makers: Mapping[str, Callable[[Graph, Schema], Iterator[Row]]] = {
        "articles": _articles,
        "mentions": _mentions,
        "entities": _entities,
        "claims": _claims,
        "propositions": _propositions,
    }
    return ({k: _clean(v) for k, v in row.items()} for row in makers[name](graph, schema))


def arrow_table(graph: Graph, schema: Schema, name: str) -> Any:
    """One of `TABLES` in memory, as a `pyarrow.Table`.

    Raises:
        UsageError: pyarrow is not installed.
        KeyError: no such table.
    """
    pa = load_pyarrow()
    return pa.Table.from_pylist(list(table_rows(graph, schema, name)), schema=_arrow_schema(pa, name))


def write_parquet(graph: Graph, schema: Schema, folder: Path) -> dict[str, int]:
    """Write each of `TABLES` as `NAME.parquet`.

    Args:
        graph: what `kg.graph.project` made.
        schema: the schema that it was made with.
        folder: where to.

    Returns:
        Number of rows by table.

    Raises:
        UsageError: pyarrow is not installed.
        OSError: the folder cannot be written.
    """
    pa = load_pyarrow()
    from pyarrow.parquet import ParquetWriter

    counts: dict[str, int] = {}
    for name in TABLES:
        rows, columns, counts[name] = table_rows(graph, schema, name), _arrow_schema(pa, name), 0
        with ParquetWriter(folder / f"{name}.parquet", columns, compression="zstd") as writer:
            while batch := list(islice(rows, BATCH)):
                writer.write_table(pa.Table.from_pylist(batch, schema=columns))
                counts[name] += len(batch)
    return counts


def load_pyarrow() -> Any:
    """The module `pyarrow`, which is optional.

    Raises:
        UsageError: it is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError as exc:
        raise UsageError(
            "Parquet and Arrow need pyarrow, which is not installed", hint="pip install 'foreign-policy-kg[parquet]'"
        ) from exc
    return pa


def _arrow_schema(pa: Any, name: str) -> Any:
    span = [pa.field(n, pa.int32()) for n in ("sentence", "start", "end")]
    words = [pa.field("text", pa.string()), pa.field("rule", pa.string()), pa.field("confidence", pa.float64())]
    types = {
        "string": pa.string(),
        "strings": pa.list_(pa.string()),
        "int": pa.int32(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "evidence": pa.list_(pa.struct([*span, *words])),
    }
    return pa.schema([pa.field(column, types[kind]) for column, kind in TABLES[name].items()])


def _clean(value: Any) -> Any:
    """A value as Arrow can hold it: no lone surrogates; null for an empty text."""
    if isinstance(value, str):
        return storable(value) or None
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return {k: _clean(v) for k, v in value.items()} if isinstance(value, dict) else value


def _articles(graph: Graph, schema: Schema) -> Iterator[Row]:  # noqa: ARG001 - all tables are made alike
    for a in graph.articles:
        yield {
            "key": a.key, "title": a.title, "source": a.source, "publisher": publisher_of(a),
            "origin": origin_of(a).name, "date": a.date, "day": first_day(a.date), "url": a.url,
            "authors": a.authors, "media_type": a.media_type, "sha256": a.sha256, "text": a.text,
        }  # fmt: skip


def _mentions(graph: Graph, schema: Schema) -> Iterator[Row]:  # noqa: ARG001 - all tables are made alike
    texts = {a.key: a.text for a in graph.articles}
    for m in graph.mentions:
        span = m.span
        yield {
            "article": span.article, "start": span.start, "end": span.end, "type": m.type, "entity": m.entity,
            "text": texts[span.article][span.start : span.end], "rule": m.rule,
        }  # fmt: skip


def _entities(graph: Graph, schema: Schema) -> Iterator[Row]:
    for e in graph.entities:
        yield {
            "id": e.id, "type": e.type, "labels": schema.labels(e.type), "name": e.name, "aliases": e.aliases,
            "wikidata": e.wikidata, "within": e.within, "origin": e.origin,
        }  # fmt: skip


def _claims(graph: Graph, schema: Schema) -> Iterator[Row]:
    names = {e.id: (e.name, e.type) for e in graph.entities}
    texts = {a.key: a.text for a in graph.articles}
    for c in graph.claims:
        q, relation = c.qualifiers, schema.relations[c.relation]
        roles = (("subject", c.subject), ("object", c.object), ("place", q.place), ("addressee", q.addressee),
                 ("attributed_to", c.attributed_to))  # fmt: skip
        yield {
            "id": c.id, "proposition": graph.proposition_of[c.id], "article": c.article, "relation": c.relation,
            **{k: v for role, who in roles for k, v in _role(role, who, names).items()},
            "title": q.title, "tenure": q.tenure.value if q.tenure else None, "topic": q.topic, "cue": c.cue,
            "negated": c.negated, "mood": c.mood.value, "asserted": c.asserted, "when_start": c.when.start,
            "when_end": c.when.end, "when_text": c.when.text, "first_day": first_day(c.when.start),
            "last_day": last_day(c.when.end), "polarity": relation.polarity(negated=c.negated),
            "plover": relation.plover, "confidence": c.confidence, "evidence": _evidence(c, texts[c.article]),
        }  # fmt: skip


def _role(role: str, who: Argument | Literal | None, names: Mapping[str, tuple[str, str]]) -> Row:
    """Columns of an end or a qualifier; those that a table has not are left out."""
    if who is None:
        return {}
    if isinstance(who, Literal):
        return {"literal": who.text}
    name, kind = names[who.entity]
    found = {role: who.entity, f"{role}_name": name, f"{role}_type": kind, f"{role}_text": who.text}
    return {column: value for column, value in {**found, f"{role}_rule": who.rule}.items() if column in _CLAIM}


def _evidence(claim: Claim, text: str) -> Sequence[Row]:
    return [
        {
            "sentence": e.sentence, "start": e.span.start, "end": e.span.end,
            "text": text[e.span.start : e.span.end], "rule": e.rule, "confidence": e.confidence,
        }
        for e in claim.evidence
    ]  # fmt: skip


def _propositions(graph: Graph, schema: Schema) -> Iterator[Row]:
    names = {e.id: (e.name, e.type) for e in graph.entities}
    for p in graph.propositions:
        name, kind = names[p.subject]
        found = _role("object", p.object, names)
        yield {
            "id": p.id, "subject": p.subject, "subject_name": name, "subject_type": kind, "relation": p.relation,
            **{column: found.get(column) for column in ("object", "object_name", "object_type", "literal")},
            "topic": p.topic, "claims": p.claims, "denials": p.denials, "articles": p.articles, "sources": p.sources,
            "independent_sources": len(p.sources), "first": p.first, "last": p.last,
            "first_day": first_day(p.first), "last_day": last_day(p.last),
            "polarity": schema.relations[p.relation].weight, "confidence": p.confidence, "contested": p.contested,
        }  # fmt: skip
