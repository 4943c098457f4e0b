"""Frames: rules that turn predicates into relations, as data from `kg/data/frames/*.toml` (format: docs/frames.md)."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from kg.errors import DataError
from kg.model import Mood, Tenure
from kg.schema import Schema

GROUPS: Mapping[str, tuple[str, ...]] = {
    "actor": ("Person", "Organization"),
    "place": ("Place",),
    "event": ("Event",),
    "agreement": ("Agreement",),
    "topic": ("Topic",),
    "any": ("Entity",),
}
"""Short names of sets of entity types in `subject_types` and `object_types`."""

_LISTS = ("verbs", "nouns", "adjectives", "subject", "object", "topic", "title", "needs", "absent", "clause",
          "subject_types", "object_types")  # fmt: skip
_VALUES: Mapping[str, type | tuple[type, ...]] = {
    "version": int, "confidence": (int, float), "where": dict, "where_not": dict, "accept": list, "reject": list,
}  # fmt: skip
"""Types of the values that are no lists of strings."""
_MARKS = frozenset({*Mood, *Tenure, "negated"})
_KNOWN = {*_LISTS, "name", "version", "where", "where_not", "literal", "pairs", "same_agent", "mood", "negated",
          "tenure", "tense", "title_text", "confidence", "accept", "reject", "future", "speech_act", "refused",
          "presupposed", "denied", "obliged"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that a frame must read.

    Attributes:
        claims: `(subject, object, marks)`: the words of both arguments, and any of a mood, a tenure and `negated`.
    """

    text: str
    claims: tuple[tuple[str, str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """One rule; see docs/frames.md for the meaning of each key."""

    relation: str
    name: str
    version: int
    triggers: tuple[tuple[str, str], ...]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    topic: tuple[str, ...]
    title: tuple[str, ...]
    needs: tuple[str, ...]
    absent: tuple[str, ...]
    clause: tuple[str, ...]
    title_text: str
    tense: bool
    tenure: Tenure | None
    where: Mapping[str, frozenset[str]]
    where_not: Mapping[str, frozenset[str]]
    subject_types: tuple[str, ...]
    object_types: tuple[str, ...]
    literal: bool
    pairs: bool
    same_agent: bool
    future: bool
    speech_act: bool
    refused: bool
    presupposed: bool
    denied: bool
    obliged: bool
    mood: Mood
    negated: bool
    confidence: float
    accept: tuple[Example, ...]
    reject: tuple[str, ...]

    @property
    def rule(self) -> str:
        """What evidence calls it: `requests.urge@1`."""
        return f"{self.relation}.{self.name}@{self.version}"


class Frames:
    """All frames by trigger."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self.all = tuple(frames)
        self._by_trigger: dict[tuple[str, str], list[Frame]] = defaultdict(list)
        for frame in self.all:
            for trigger in frame.triggers:
                self._by_trigger[trigger].append(frame)
        self.lemmas = frozenset(lemma for _, lemma in self._by_trigger)
        self.verbs = frozenset(lemma for kind, lemma in self._by_trigger if kind == "VERB")

    def of(self, kind: str, lemma: str) -> list[Frame]:
        """Frames that a predicate may fire."""
        return self._by_trigger.get((kind, lemma), [])

    def triggers(self) -> Iterator[tuple[str, str, str]]:
        """All (relation, kind, lemma), each once."""
        yield from sorted({(f.relation, kind, lemma) for f in self.all for kind, lemma in f.triggers})


def load_frames(schema: Schema) -> Frames:
    """The package's frames.

    Raises:
        DataError: unknown relation, key or slot, or examples that contradict each other; the message says where.
    """
    folder = files("kg") / "data" / "frames"
    frames: list[Frame] = []
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            frames += parse_frames(path.read_text(encoding="utf-8"), path.name, schema)
    if not frames:
        raise DataError("the package has no frames", hint="reinstall foreign-policy-kg")
    return Frames(frames)


def parse_frames(text: str, where: str, schema: Schema) -> list[Frame]:
    """Frames of one file; `where` names it in errors."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise DataError(f"{where}: {exc}") from exc
    default = table.get("relation", "")
    entries = enumerate(table.get("frame", ()), 1)
    frames = [_checked(entry, default, f"{where}, frame {k}", schema) for k, entry in entries]
    seen: set[tuple[str, str]] = set()
    for frame in frames:
        if (frame.relation, frame.name) in seen:
            raise DataError(f"{where}: two frames are called {frame.relation}.{frame.name}")
        seen.add((frame.relation, frame.name))
    accepted = {e.text for f in frames for e in f.accept}
    contradicted = accepted & {t for f in frames for t in f.reject}
    if contradicted:
        raise DataError(f"{where}: a sentence is both accepted and rejected: {min(contradicted)!r}")
    return frames


def _checked(entry: Any, default: str, where: str, schema: Schema) -> Frame:
    """A frame whose values have the right types."""
    if not isinstance(entry, dict):
        raise DataError(f"{where}: write [[frame]], not [frame]")
    for key, kinds in _VALUES.items():
        if key in entry and not isinstance(entry[key], kinds):
            raise DataError(f"{where}: {key} has a value of the wrong type: {entry[key]!r}")
    if not 0 < entry.get("confidence", 0.8) <= 1:
        raise DataError(f"{where}: confidence must be above 0 and at most 1")
    if any(not isinstance(e, dict) or {*e} != {"text", "claims"} for e in entry.get("accept", ())):
        raise DataError(f"{where}: accept must be a list of tables with text and claims")
    return _frame(entry, default, where, schema)


def _frame(entry: dict[str, Any], default: str, where: str, schema: Schema) -> Frame:
    relation, name = entry.get("relation", default), entry.get("name", "")
    if relation not in schema.relations:
        raise DataError(f"{where}: unknown relation {relation!r}")
    if not name:
        raise DataError(f"{where}: it has no name")
    unknown = set(entry) - _KNOWN - {"relation"}
    if unknown:
        raise DataError(f"{where} ({name}): unknown key {min(unknown)!r}")
    lists = {key: _strings(entry, key, where) for key in _LISTS}
    triggers = [("VERB", v) for v in lists["verbs"]] + [("NOUN", n) for n in lists["nouns"]]
    triggers += [("ADJ", a) for a in lists["adjectives"]]
    if not triggers:
        raise DataError(f"{where} ({name}): it has no trigger")
    if not lists["subject"]:
        raise DataError(f"{where} ({name}): it has no subject slot")
    literal = bool(entry.get("literal", False))
    if literal and not schema.relations[relation].literal:
        raise DataError(f"{where} ({name}): {relation} takes no literal object")
    return Frame(
        relation=relation, name=name, version=int(entry.get("version", 1)), triggers=tuple(triggers),
        subject=lists["subject"], object=lists["object"], topic=lists["topic"], title=lists["title"],
        needs=lists["needs"], absent=lists["absent"],
        clause=lists["clause"], title_text=entry.get("title_text", ""),
        tense=bool(entry.get("tense", False)), tenure=_tenure(entry, where),
        where=_words(entry.get("where", {})), where_not=_words(entry.get("where_not", {})),
        subject_types=_types(lists["subject_types"], schema.relations[relation].domain, where, schema),
        object_types=_types(lists["object_types"], schema.relations[relation].range, where, schema),
        literal=literal, pairs=bool(entry.get("pairs", False)),
        same_agent=bool(entry.get("same_agent", False)), future=bool(entry.get("future", False)),
        speech_act=bool(entry.get("speech_act", False)), refused=bool(entry.get("refused", False)),
        presupposed=bool(entry.get("presupposed", False)), denied=bool(entry.get("denied", False)),
        obliged=bool(entry.get("obliged", False)), mood=_mood(entry.get("mood", "actual"), where),
        negated=bool(entry.get("negated", False)), confidence=float(entry.get("confidence", 0.8)),
        accept=tuple(_example(e, where) for e in entry.get("accept", ())), reject=tuple(entry.get("reject", ())),
    )  # fmt: skip


def _strings(entry: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if isinstance(value, str) or not all(isinstance(v, str) for v in value):
        raise DataError(f"{where}: {key} must be a list of strings")
    return tuple(value)


def _words(table: dict[str, list[str]]) -> Mapping[str, frozenset[str]]:
    return {slot: frozenset(words) for slot, words in table.items()}


def _types(names: tuple[str, ...], default: Iterable[str], where: str, schema: Schema) -> tuple[str, ...]:
    types = [t for n in names for t in GROUPS.get(n, (n,))] if names else list(default)
    for t in types:
        if t not in schema.classes and t not in {"Entity", "Place", "Event", "Organization"}:
            raise DataError(f"{where}: unknown entity type {t!r}")
    return tuple(types)


def _mood(value: str, where: str) -> Mood:
    try:
        return Mood(value)
    except ValueError as exc:
        raise DataError(f"{where}: unknown mood {value!r}") from exc


def _tenure(entry: dict[str, Any], where: str) -> Tenure | None:
    try:
        return Tenure(entry["tenure"]) if "tenure" in entry else None
    except ValueError as exc:
        raise DataError(f"{where}: unknown tenure {entry['tenure']!r}") from exc


def _example(entry: dict[str, Any], where: str) -> Example:
    claims: list[tuple[str, str, frozenset[str]]] = []
    for line in entry["claims"]:
        parts = [part.strip() for part in line.split("|")]
        marks = frozenset(" ".join(parts[2:]).split())
        if len(parts) < 2 or not marks <= _MARKS:
            raise DataError(f"{where}: cannot read the claim {line!r}", hint="write: subject | object | mood | negated")
        claims.append((parts[0], parts[1], marks))
    return Example(entry["text"], tuple(claims))
