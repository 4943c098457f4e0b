"""Names of people, countries, cities, organisations from the fact tables: to settle labels and to swap names with."""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .words import WORDS

EXTRA_STATES = frozenset(WORDS["states"])
REGIONS = frozenset(WORDS["regions"])
FACILITY_WORDS = frozenset(WORDS["facilities"])
WATER_AND_LAND = frozenset(WORDS["water_and_land"])
_TABLES = Path(__file__).parents[2] / "kg" / "data" / "gazetteer"
_DIPLOMAT_EVERY = 4  # US diplomats would outnumber all other people
_PART = r"(?:[A-Z\d][^\s,|]*|of|the|on|for|and|in|to|de|al-\w+)"
_FORMAL = re.compile(rf"{_PART}(?: {_PART})*$")
_FACTBOOK_TITLES = frozenset(WORDS["factbook_titles"])


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names by kind."""

    states: frozenset[str]
    cities: frozenset[str]
    people: tuple[str, ...]
    organizations: tuple[str, ...]
    agreements: tuple[str, ...] = ()
    summits: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    peoples: tuple[str, ...] = ()


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def _clean(text: str) -> str:
    return re.sub(r"<[^>]+>|&\w+;|&#\d+;", "", text).strip()


def _person_names(text: str) -> list[str]:
    """Names written as in the Factbook, surname in capitals: 'President Patrice TALON (since ...)'."""
    found = re.findall(
        r"((?:[A-ZÀ-Þ][\w'’.-]*\s+){1,3}(?:(?:bin|al|de|von|van|el|ibn)[ -])?"
        r"[A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,}(?: [A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,})?)",
        _clean(text),
    )
    names = []
    for name in found:
        parts = name.split()
        while parts and parts[0] in _FACTBOOK_TITLES:
            parts = parts[1:]
        if len(parts) >= 2 and parts[0] not in {"The", "In", "Head", "Former"}:
            names.append(
                " ".join(
                    "-".join(bit.capitalize() if bit.isupper() else bit for bit in part.split("-")) for part in parts
                )
            )
    return names


def _factbook(path: Path) -> tuple[list[str], list[str], list[str], list[str]]:
    states, cities, people, parties = [], [], [], []
    for record in _lines(path):
        government = record.get("Government") or {}
        name = government.get("Country name", {})
        for kind in ("conventional short form", "conventional long form"):
            text = _clean(name.get(kind, {}).get("text", ""))
            if text and text != "none":
                states.append(text)
        capital = _clean(government.get("Capital", {}).get("name", {}).get("text", ""))
        cities.extend(part.split("(")[0].strip() for part in capital.split(";"))
        divisions = _clean(government.get("Administrative divisions", {}).get("text", ""))
        cities.extend(
            part.strip(" *")
            for part in divisions.split(";")[-1].split(",")
            if 3 < len(part.strip()) < 25 and part.strip()[:1].isupper()
        )
        people.extend(_person_names(json.dumps(government.get("Executive branch", {}), ensure_ascii=False)))
        listed = government.get("Political parties", {})
        text = re.sub(r"<br\s*/?>", "\n", listed.get("text", "") if isinstance(listed, dict) else "")
        for line in re.split(r"[\n;]", text):
            party = _clean(line).split(" or ")[0].split("(")[0].split("[")[0].strip(" *")
            if (
                4 < len(party) < 60
                and party[:1].isupper()
                and party.count(" ") < 7
                and ":" not in party
                and "," not in party
            ):
                parties.append(party)
    return states, cities, people, parties


def party_names(path: Path) -> list[str]:
    """Names of political parties in the Factbook."""
    return _factbook(path)[3]


def _organisations(path: Path) -> list[str]:
    names = []
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r"\s+(Name_en|Abbreviation_en): (.+)$", line)
        if match:
            name = match.group(2).strip("'\"").split("(")[0].strip()
            if 1 < len(name) < 70 and name[:1].isupper() and "[" not in name and "," not in name:
                names.append(name)
    return names


def _people(folder: Path) -> list[str]:
    names = []
    with (folder / "world_leaders_2021.csv").open(encoding="utf-8", newline="") as stream:
        names += [row["officeholderLabel"] for row in csv.DictReader(stream)]
    for number, record in enumerate(_lines(folder / "pocom_people.jsonl.xz")):
        person = record.get("persName") or {}
        forename, surname = str(person.get("forename") or ""), str(person.get("surname") or "")
        if forename and surname and number % _DIPLOMAT_EVERY == 0:
            names.append(f"{forename.split(maxsplit=1)[0]} {surname}")
            if len(forename.split()) > 1:
                names.append(f"{forename.split(maxsplit=1)[0]} {forename.split()[1][0]}. {surname}")
    with gzip.open(folder / "congress_legislators-current.yaml.gz", "rt", encoding="utf-8") as stream:
        names += re.findall(r"official_full: (.+)", stream.read())
    return names


def _own_names(*tables: str, aliases: bool) -> Iterator[str]:
    """Names of our own tables that are written with capitals, without articles; codes and common words stay out."""
    for table in tables:
        with (_TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                names = [row["name"], *(row["aliases"].split("|") if aliases else ())]
                yield from (name for name in names if _FORMAL.match(name) and not name.startswith("the "))


def _column(table: str, column: str) -> Iterator[str]:
    with (_TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield from filter(None, row[column].split("|"))


def load_gazetteer(folder: Path) -> Gazetteer:
    """Read the fact tables in `folder`, and our own."""
    states, cities, leaders, parties = _factbook(folder / "factbook_government.jsonl.xz")
    with io.StringIO((folder / "country-codes.csv").read_text(encoding="utf-8")) as stream:
        for row in csv.DictReader(stream):
            states += [row["UNTERM English Short"], row["official_name_en"]]
            cities.append(row["Capital"])
    ministries = [f"{portfolio} Ministry" for portfolio in WORDS["portfolios"]] + WORDS["offices"]
    people = [name.strip("'\" ") for name in _people(folder) + leaders * 2]
    people += [*_own_names("persons", aliases=False), *_column("leaders", "person"), *_column("offices", "person")]
    organizations = [*_organisations(folder / "supraverden_international_organisations.yaml"), *parties, *ministries]
    organizations += _own_names("organizations", "think_tanks", "groups", "bodies", aliases=True)
    organizations += _own_names("parties", "media", "companies", aliases=False)
    return Gazetteer(
        states=frozenset({state.split("(")[0].strip() for state in states if state} | EXTRA_STATES),
        cities=frozenset(city for city in cities if city and city[:1].isupper()) - REGIONS,
        people=tuple(
            sorted(
                {name for name in people if 1 < name.count(" ") + 1 <= 5 and "Q" not in name[:1] and "(" not in name}
            )
        ),
        organizations=tuple(sorted(set(organizations))),
        agreements=tuple(sorted(set(_own_names("agreements", aliases=True)))),
        summits=tuple(sorted(name for name in set(_own_names("summits", aliases=True)) if " " in name)),
        conflicts=tuple(sorted(name for name in set(_own_names("conflicts", aliases=True)) if " " in name)),
        adjectives=tuple(sorted({*_column("country_forms", "adjectives"), *WORDS["ethnic_adjectives"]})),
        peoples=tuple(sorted({name for name in _column("country_forms", "peoples") if name.endswith("s")})),
    )
