"""Floors: figures below which an evaluation fails, pinned in a file with the hash of the annotated articles."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import DataError
from kg.evaluate.figures import Count, Score
from kg.evaluate.names import FAMILY_OF

FIGURES = ("precision", "recall", "f1")
TOLERANCE = 1e-9
"""A figure equal to its floor passes, whatever its last binary digit."""


@dataclass(frozen=True, slots=True)
class Floors:
    """Least figures.

    Attributes:
        corpus: hash of the annotated articles that they were measured on.
        strict, loose: least `precision`, `recall`, `f1` overall.
        relations: the same by relation, strict.
        attributes: least share by attribute.
        entities: least share by `found`, `typed`, `linked`.
    """

    corpus: str
    strict: Mapping[str, float] = field(default_factory=dict[str, float])
    loose: Mapping[str, float] = field(default_factory=dict[str, float])
    relations: Mapping[str, Mapping[str, float]] = field(default_factory=dict[str, Mapping[str, float]])
    attributes: Mapping[str, float] = field(default_factory=dict[str, float])
    entities: Mapping[str, float] = field(default_factory=dict[str, float])


def read_floors(path: Path) -> Floors:
    """Read a file of floors.

    Raises:
        DataError: it cannot be read, names an unknown figure or relation, or has a floor outside 0 to 1.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise DataError(f"{path} cannot be read: {exc}", hint="a file of floors is TOML") from exc
    known = {"corpus", "strict", "loose", "relations", "attributes", "entities"}
    if unknown := sorted(table.keys() - known):
        raise DataError(f"{path}: unknown key {unknown[0]!r}", hint=f"known: {', '.join(sorted(known))}")
    if not isinstance(table.get("corpus"), str):
        raise DataError(f"{path}: `corpus` is missing", hint="it pins the hash of the annotated articles")
    relations = table.get("relations", {})
    if strange := sorted(relations.keys() - FAMILY_OF.keys()):
        raise DataError(f"{path}: unknown relation {strange[0]!r}", hint=f"known: {', '.join(sorted(FAMILY_OF))}")
    attributes = ("title", "tenure", "mood", "negated", "attributed_to", "when")
    return Floors(
        corpus=table["corpus"],
        strict=_floors(path, "strict", table.get("strict", {}), FIGURES),
        loose=_floors(path, "loose", table.get("loose", {}), FIGURES),
        relations={name: _floors(path, name, floors, FIGURES) for name, floors in relations.items()},
        attributes=_floors(path, "attributes", table.get("attributes", {}), attributes),
        entities=_floors(path, "entities", table.get("entities", {}), ("found", "typed", "linked")),
    )


def failures(score: Score, floors: Floors, *, corpus: str) -> list[str]:
    """What of a score lies below its floor, one sentence each; () if all is well.

    Args:
        score: measured.
        floors: least figures.
        corpus: hash of the annotated articles that were used.
    """
    found = list[str]()
    if corpus != floors.corpus:
        found.append(f"the annotated articles have changed: their hash is {corpus}, the floors are for {floors.corpus}")
    found += _below("strict", _figures(score.strict), floors.strict)
    found += _below("loose", _figures(score.loose), floors.loose)
    for name, least in floors.relations.items():
        found += _below(name, _figures(score.relations.get(name, Count())), least)
    found += _below("attribute", {name: share.value for name, share in score.attributes.items()}, floors.attributes)
    found += _below("entities", {name: share.value for name, share in score.entities.items()}, floors.entities)
    return found


def _figures(count: Count) -> dict[str, float]:
    return {"precision": count.precision, "recall": count.recall, "f1": count.f1}


def _below(what: str, measured: Mapping[str, float], least: Mapping[str, float]) -> list[str]:
    return [
        f"{what} {name} is {measured.get(name, 0.0):.3f}, below its floor of {floor:.3f}"
        for name, floor in least.items()
        if measured.get(name, 0.0) < floor - TOLERANCE
    ]


def _floors(path: Path, where: str, table: object, known: tuple[str, ...]) -> dict[str, float]:
    if not isinstance(table, dict):
        raise DataError(f"{path}: {where} is no table", hint=f"write [{where}] and a line for each figure")
    floors = dict[str, float]()
    for name, value in table.items():
        if name not in known:
            raise DataError(f"{path}: unknown figure {name!r} in {where}", hint=f"known: {', '.join(known)}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise DataError(f"{path}: floor of {name} in {where} is {value!r}", hint="a floor lies in 0 to 1")
        floors[str(name)] = float(value)
    return floors
