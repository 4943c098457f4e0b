"""Claims made from gold by a seeded generator: right ones, and ones with other names, ends, relations or moods."""

import json
import random
from pathlib import Path
from typing import Any


def noisy_claims(folder: Path, seed: int) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    records: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        entities = {entity["name"]: entity for entity in gold["entities"]}
        relations = sorted({claim["relation"] for claim in gold["claims"]})
        for claim in gold["claims"]:
            if chance.random() < 0.65:
                record = _record(claim, entities, relations, chance)
                name = path.name.removesuffix(".gold.json")
                record["evidence"][0]["article"] = chance.choice(
                    [f"{name}.md", f"folder/{name}.txt", f"{name}.html", name]
                )
                records.append(record)
    return records


def _record(
    claim: dict[str, Any], entities: dict[str, Any], relations: list[str], chance: random.Random
) -> dict[str, Any]:
    subject, obj = _argument(claim["subject"], entities, chance), _argument(claim["object"], entities, chance)
    if chance.random() < 0.15:
        subject, obj = obj, subject
    if "literal" in subject and chance.random() < 0.5:
        subject = subject["literal"]
    relation = claim["relation"] if chance.random() < 0.8 else chance.choice([*relations, "unknown_relation"])
    words = claim["evidence"]
    source = claim.get("attributed_to")
    return {
        "relation": chance.choice([relation, relation, relation, relation.upper()]),
        "subject": subject,
        "object": obj,
        "qualifiers": {
            "title": chance.choice([*(claim.get("title") or [""]), "chief"]),
            "tenure": chance.choice([claim.get("tenure"), "former", ""]),
            "topic": chance.choice([*(claim.get("topic") or [""]), ""]),
        },
        "negated": claim.get("negated") if chance.random() < 0.9 else True,
        "mood": claim.get("mood") if chance.random() < 0.8 else "planned",
        "when": {"start": chance.choice([(claim.get("when") or {}).get("start", ""), "2024-01-01"])},
        "attributed_to": _argument(source, entities, chance) if source and chance.random() < 0.7 else None,
        "confidence": round(chance.random(), 2),
        "evidence": [{"text": words if chance.random() < 0.7 else words[: len(words) // 2], "start": 0, "end": 0}],
    }


def _argument(name: str, entities: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    entity = entities.get(name)
    if entity is None:
        return {"literal": name}
    aliases = entity.get("aliases") or []
    label = chance.choice([name, name, *aliases])
    draw = chance.random()
    if draw > 0.9:
        label = "Somebody Else"
    elif draw > 0.8 and entity["type"] == "Person":
        label = name.rsplit(maxsplit=1)[-1]
    return {
        "id": "x",
        "label": label,
        "type": entity["type"] if chance.random() < 0.8 else "Organization",
        "mention": chance.choice([label, "he"]),
        "aliases": chance.sample(aliases, min(len(aliases), chance.randint(0, 1))),
        "wikidata": entity.get("wikidata", "") if chance.random() < 0.7 else "Q1",
    }
