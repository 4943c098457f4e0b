"""How many PLOVER gold records does the reader get: event type, source, target?

    python benchmarks/plover_records.py --data DIR [--misses N]

DIR holds `events/plover_gsr.json` (CC BY-SA 4.0; never shipped). A record's type is right when one of the sentence's
claims has a relation of that PLOVER type; its source (target) when the subject (object) of some claim has a word of the
annotated actor, or is that actor's government; all three when one claim does all. Denied and unreal claims count: the
records annotate hypothetical events too.
"""

import argparse
import collections
import json
import sys
from pathlib import Path

from kg.config import Settings
from kg.ids import fold
from kg.model import Argument, Article, Claim, Reading
from kg.nlp.reader import load_reader
from kg.resolve import Gazetteer, Resolver, load_gazetteer
from kg.schema import load_schema


def forms(reading: Reading, argument: object, gazetteer: Gazetteer) -> set[str]:
    """Folded names of an argument, and of its country."""
    if not isinstance(argument, Argument):
        return set()
    entity = reading.entity(argument.entity)
    names = {fold(entity.name), fold(argument.text), *map(fold, entity.aliases)}
    for known in gazetteer.lookup(entity.name):
        names |= {fold(k.name) for k in gazetteer.lookup(known.country)}
    return names


def named(names: set[str], actors: list[dict[str, str]], gazetteer: Gazetteer) -> bool:
    """Is one of the annotated actors among these names?"""
    for actor in actors:
        wanted = fold(actor.get("actorText", ""))
        people = gazetteer.demonym(wanted)
        options = {wanted} | ({fold(people.name)} if people else set())
        if any(o and (o in names or any(f" {o} " in f" {n} " or f" {n} " in f" {o} " for n in names)) for o in options):
            return True
    return False


def main() -> None:
    """Print the shares, and the types that are read instead."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--only", default="", help="show misses of these types only")
    options = parser.parse_args()
    schema, gazetteer = load_schema(), load_gazetteer()
    reader, resolver = load_reader(Settings(), gazetteer, schema), Resolver(gazetteer, schema)
    records = [
        r for r in json.loads((options.data / "events/plover_gsr.json").read_text(encoding="utf-8")) if r.get("text")
    ]
    counts: collections.Counter[str] = collections.Counter()
    by_type: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    shown = 0
    for k, record in enumerate(records):
        article = Article(f"r{k}", record["text"], date=record.get("date", ""))
        reading = resolver.resolve(reader.read(article), article)
        found = outcome(reading, record, gazetteer, schema.relations)
        counts.update(found)
        counts["records"] += 1
        by_type[record["event"]][0] += found["type"]
        by_type[record["event"]][1] += 1
        if not found["type"] and shown < options.misses and record["event"] in (options.only or record["event"]):
            shown += 1
            read = [(c.relation, c.subject.text, c.object.text) for c in reading.claims]
            print(record["event"], "|", record["eventText"], "|", record["text"][:240], "|", read, file=sys.stderr)
    total = counts.pop("records")
    print(json.dumps({k: round(v / total, 3) for k, v in counts.items()} | {"records": total}))
    print(json.dumps({t: f"{a}/{b}" for t, (a, b) in sorted(by_type.items())}))


def outcome(reading: Reading, record: dict, gazetteer: Gazetteer, relations: dict) -> collections.Counter[str]:
    """1 for each of `type source target both all claims`."""
    right: collections.Counter[str] = collections.Counter()
    for claim in reading.claims:
        if claim.relation in {"says", "holds_position"}:
            continue
        marks = judge(reading, claim, record, gazetteer, relations)
        for mark in marks:
            right[mark] = 1
        right["claims"] = 1
    return right


SAME = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT", "CONCEDE": "YIELD",
        "RETREAT": "YIELD"}  # fmt: skip
"""Types of the first PLOVER release, in which the records are coded, to those of 2021."""


def judge(reading: Reading, claim: Claim, record: dict, gazetteer: Gazetteer, relations: dict) -> set[str]:
    """What one claim gets right of a record."""
    subject, obj = forms(reading, claim.subject, gazetteer), forms(reading, claim.object, gazetteer)
    source, target = record.get("source", []), record.get("target", [])
    if relations[claim.relation].symmetric and not named(subject, source, gazetteer):
        subject, obj = obj, subject
    marks = {"type"} if relations[claim.relation].plover == SAME.get(record["event"], record["event"]) else set()
    if named(subject, source, gazetteer):
        marks.add("source")
    if not target or named(obj, target, gazetteer):
        marks.add("target")
    if {"source", "target"} <= marks:
        marks.add("both")
    if {"type", "both"} <= marks:
        marks.add("all")
    return marks


if __name__ == "__main__":
    main()
