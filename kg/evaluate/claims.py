"""Predicted claims, from the records that `kg export --format jsonl` writes; other systems may write them too."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from kg.errors import InputError
from kg.evaluate.names import fold, snake, stem

Record: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Party:
    """A predicted argument.

    Attributes:
        forms: its names, folded.
        text: its words.
        label: its best name, or "" for words that name no entity.
        type: of the entity, or "".
        wikidata: `Q...`, or "".
    """

    forms: frozenset[str]
    text: str
    label: str = ""
    type: str = ""
    wikidata: str = ""


@dataclass(frozen=True, slots=True)
class Predicted:
    """A claim that a system made; `quotes` are pairs of an article's name and the words there."""

    relation: str
    subject: Party
    object: Party
    source: Party | None
    title: str
    tenure: str
    topic: str
    negated: bool
    mood: str
    start: str
    confidence: float
    rule: str
    quotes: tuple[tuple[str, str], ...]

    def words_in(self, article: str) -> tuple[str, ...]:
        """The words that carry it in an article."""
        return tuple(text for name, text in self.quotes if name == article)


def read_records(lines: Iterable[str], *, name: str) -> Iterator[Record]:
    """Records of a JSONL file; blank lines are passed over.

    Args:
        lines: of the file.
        name: of the file, for messages.

    Raises:
        InputError: a line is no record of a claim.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as exc:
            raise InputError(f"{name}:{number} is no JSON: {exc}", hint="give what `kg export` writes") from exc
        if not isinstance(record, dict) or not {"relation", "subject", "object"} <= record.keys():
            raise InputError(f"{name}:{number} is no claim record", hint="give what `kg export` writes")
        yield record


def predicted(record: Record) -> Predicted:
    """A claim record, with what the evaluation compares; missing fields count as absent.

    Raises:
        InputError: a field has an impossible value.
    """
    try:
        return _predicted(record)
    except (AttributeError, KeyError, TypeError, ValueError) as exc:
        shown = json.dumps(record, default=str)[:120]
        raise InputError(f"no claim record: {shown} ({exc})", hint="give what `kg export` writes") from exc


def _predicted(record: Record) -> Predicted:
    qualifiers: Mapping[str, Any] = record.get("qualifiers") or {}
    source = record.get("attributed_to")
    quotes = [(stem(str(e.get("article") or "")), str(e.get("text") or "")) for e in record.get("evidence") or ()]
    return Predicted(
        relation=snake(str(record["relation"])),
        subject=_party(record["subject"]),
        object=_party(record["object"]),
        source=_party(source) if source else None,
        title=str(qualifiers.get("title") or ""),
        tenure=str(qualifiers.get("tenure") or "current"),
        topic=str(qualifiers.get("topic") or ""),
        negated=bool(record.get("negated")),
        mood=str(record.get("mood") or "actual"),
        start=str((record.get("when") or {}).get("start") or ""),
        confidence=float(record.get("confidence") or 0.0),
        rule=str(record.get("rule") or ""),
        quotes=tuple(quotes),
    )


def _party(value: Any) -> Party:
    if isinstance(value, str):
        return Party(frozenset({fold(value)}) if value else frozenset(), value)
    names = [value.get("label"), value.get("mention"), value.get("literal"), *(value.get("aliases") or ())]
    words = [value.get("literal"), value.get("label"), value.get("mention")]
    return Party(
        forms=frozenset(fold(str(name)) for name in names if name),
        text=" ".join(str(word) for word in words if word),
        label=str(value.get("label") or ""),
        type=str(value.get("type") or ""),
        wikidata=str(value.get("wikidata") or ""),
    )
