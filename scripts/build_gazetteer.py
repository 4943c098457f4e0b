"""Build the generated tables of kg/data/gazetteer from raw facts.

    python scripts/build_gazetteer.py --data FOLDER

FOLDER holds `facts/` with the files named in `kg/data/SOURCES.toml`. Needs PyYAML. Tables written by hand are read,
never written.
"""

import argparse
import csv
import gzip
import hashlib
import html
import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import yaml

from kg.resolve.folding import fold

ENTRY = ("name", "type", "aliases", "country", "wikidata", "detail")

IDS = {"NA": "Q1030", "XK": "Q1246", "NL": "Q55"}
"""Wikidata ids that country-codes.csv lacks (Namibia, Kosovo) or gives for a larger whole (Netherlands)."""

KNOWN_UNTIL = "2026-11"
"""Terms that end later are still running for us."""

TABLES = Path(__file__).parents[1] / "kg" / "data" / "gazetteer"


def rows(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def records(path: Path) -> Iterator[dict]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def write(name: str, header: tuple[str, ...], table: list[Mapping[str, str]]) -> None:
    with (TABLES / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    print(f"{name}: {len(table)} rows")


def countries(facts: Path) -> None:
    """Codes, official names, capitals and ids of the states in country_forms.csv."""
    capitals = {r["iso"]: r["capitals"] for r in rows(TABLES / "capital_forms.csv")}
    codes = {r["ISO3166-1-Alpha-2"]: r for r in rows(facts / "country-codes.csv")}
    table = []
    for form in rows(TABLES / "country_forms.csv"):
        iso = form["iso"]
        code = codes.get(iso, {})
        official = re.sub(r"^the ", "", code.get("UNTERM English Formal") or "") or form["name"]
        table.append(
            {
                "iso": iso,
                "iso3": code.get("ISO3166-1-Alpha-3") or "XKX",
                "official": re.sub(r"\s*[(*].*", "", official).strip(),
                "capitals": capitals.get(iso) or code.get("Capital", ""),
                "wikidata": IDS.get(iso) or code["wikidata_id"].rsplit("/", 1)[1],
            }
        )
    write("countries.csv", ("iso", "iso3", "official", "capitals", "wikidata"), table)


OFFICES = {
    "president": "president", "interim president": "president", "transitional president": "president",
    "transition president": "president", "president of the swiss confederation": "president",
    "prime minister": "prime minister", "interim prime minister": "prime minister",
    "acting prime minister": "prime minister", "transition prime minister": "prime minister",
    "caretaker prime minister": "prime minister", "premier": "prime minister", "taoiseach": "prime minister",
    "chancellor": "chancellor", "king": "king", "queen": "queen", "emperor": "emperor", "sultan": "sultan",
    "emir": "emir", "amir": "emir", "grand duke": "grand duke", "prince": "prince", "pope": "pope",
}  # fmt: skip
"""Titles in the sources, folded, and the office that the table gives them."""

RANKS = ("The ", "Dr. ", "Sir ", "Dame ", "General ", "Gen. ", "Col. ", "Capt. ", "Sheikh ", "Shaikh ", "Ratu ", "Lt. ")


def leaders(facts: Path) -> None:
    """Heads of state and government that offices.csv does not cover, and US officers of state."""
    codes = rows(TABLES / "state_codes.csv")
    people = People()
    found = [*united_states(facts), *listed_leaders(facts, people), *present_leaders(facts, codes)]
    found += visiting_leaders(facts, codes)
    ids = {(row["country"], fold(row["person"])): row for row in found if row["wikidata"]}
    for row in found:
        if twin := ids.get((row["country"], fold(row["person"]))):
            row.update(person=twin["person"], wikidata=twin["wikidata"])
    covered: dict[tuple[str, str], str] = {}
    for row in rows(TABLES / "offices.csv"):
        key = (row["country"], row["office"])
        covered[key] = min(covered.get(key, row["start"]), row["start"])
    table: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in found:
        crowned = row["office"] in {"king", "queen"}
        row.update(people.known(row["person"], "GB" if crowned else row["country"]) or {})
        first = covered.get((row["country"], row["office"]))
        if first and not (row["end"] and row["end"] <= first):
            continue
        same = (row["country"], row["office"], fold(row["person"]).split()[-1])
        old = table.get(same)
        if old is not None and not apart(old, row):
            extend(old, row)
            continue
        table[(*same[:2], f"{same[2]} {row['start']}") if old else same] = row
    ordered = sorted(table.values(), key=lambda r: (r["country"], r["office"], r["start"], r["person"]))
    write("leaders.csv", ("person", "office", "country", "start", "end", "wikidata"), close(ordered))


def apart(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Are two tenures of one last name years apart, or of two people with different first names?"""
    if fold(one["person"])[0] != fold(other["person"])[0] and " " in one["person"] and " " in other["person"]:
        return True
    return bool(one["end"]) and one["end"][:4] < other["start"][:4]


def extend(old: dict[str, str], row: Mapping[str, str]) -> None:
    """Take over what a second record of one tenure, or of the next term of office, knows better."""
    old["wikidata"] = old["wikidata"] or row["wikidata"]
    if row["start"].startswith(old["start"]):
        old["start"] = row["start"]
    elif old["end"] and row["start"] >= old["start"]:
        old["end"] = row["end"] and max(old["end"], row["end"])


def close(table: list[dict[str, str]]) -> list[dict[str, str]]:
    """End an open tenure where a later one of the same office begins."""
    for row, following in pairwise(table):
        same = (row["country"], row["office"]) == (following["country"], following["office"])
        if same and not row["end"] and following["start"] > row["start"]:
            row["end"] = following["start"]
    return table


class People:
    """The persons of the tables written by hand, by any of their names."""

    def __init__(self) -> None:
        self._by_name: dict[tuple[str, str], dict[str, str]] = {}
        for row in rows(TABLES / "offices.csv"):
            self._by_name[fold(row["person"]), row["country"]] = {"person": row["person"], "wikidata": row["wikidata"]}
        for row in rows(TABLES / "persons.csv"):
            for name in (row["name"], *filter(None, row["aliases"].split("|"))):
                known = {"person": row["name"], "wikidata": row["wikidata"]}
                self._by_name.setdefault((fold(name), row["country"]), known)

    def known(self, name: str, country: str) -> dict[str, str] | None:
        key = " ".join(w for w in fold(name).split() if len(w) > 1)
        return self._by_name.get((fold(name), country)) or self._by_name.get((key, country))


def tenure(person: str, office: str, country: str, dates: tuple[str, str], wikidata: str = "") -> dict[str, str]:
    keys = ("person", "office", "country", "start", "end", "wikidata")
    return dict(zip(keys, (person, office, country, *dates, wikidata), strict=True))


def united_states(facts: Path) -> Iterator[dict[str, str]]:
    """Presidents and vice-presidents."""
    with gzip.open(facts / "congress_executive.yaml.gz", "rt", encoding="utf-8") as file:
        for person in yaml.load(file, Loader=yaml.CSafeLoader):
            name = person["name"]
            middle = TOLD_APART.get((name.get("middle", ""), name["last"]), "")
            full = " ".join(filter(None, (name.get("nickname") or name["first"], middle, name["last"])))
            for term in person["terms"]:
                office = {"prez": "president", "viceprez": "vice president"}[term["type"]]
                end = term["end"] if term["end"] < KNOWN_UNTIL else ""
                yield tenure(MISSPELT.get(full, full), office, "US", (term["start"], end))


def listed_leaders(facts: Path, people: "People") -> Iterator[dict[str, str]]:
    """Heads of state and government of 2021 and 2022 with their Wikidata ids."""
    isos = {r["wikidata"]: r["iso"] for r in rows(TABLES / "countries.csv")}
    isos["Q29999"] = "NL"
    for row in rows(facts / "world_leaders_2021.csv"):
        iso, name = isos.get(row["countryid"]), re.sub(r" of [A-Z].*", "", row["officeholderLabel"])
        title = re.sub(r" of (the )?.*", "", row["positionLabel"]).casefold()
        office = OFFICES.get(title)
        if iso and office and not re.fullmatch(r"Q\d+", name):
            known = people.known(name, iso)
            yield tenure(name, office, iso, (row["start_year"], row["end_year"]),
                         known["wikidata"] if known else row["officeholder"])  # fmt: skip


def present_leaders(facts: Path, codes: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Heads of state and government with the day on which they took office."""
    isos = {r["factbook"]: r["iso"] for r in codes if r["factbook"]}
    name = r"(?P<name>(?:[A-Z][\w.'’-]* )*[A-Z'’-]{2,}.*?)"
    pattern = re.compile(rf"(?P<title>[A-Z][\w ]*?) {name} \(since (?P<date>[^)]*)\)")
    for record in records(facts / "factbook_government.jsonl.xz"):
        iso = isos.get(record["code"])
        branch = record["Government"].get("Executive branch") or {}
        for role in ("chief of state", "head of government"):
            text = html.unescape((branch.get(role) or {}).get("text", ""))
            found = pattern.match(text)
            office = OFFICES.get(found["title"].casefold()) if found else None
            if iso and found and office and (date := day(found["date"])) and iso != "US":
                yield tenure(spoken(found["name"]), office, iso, (date, ""))


def spoken(name: str) -> str:
    """A name whose family name stands in capitals, as newspapers print it."""
    for rank in RANKS:
        name = name.removeprefix(rank)
    name = re.sub(r"\([^)]*\) ?", "", name).strip()
    return " ".join(w if len(w) < 2 or not w.isupper() or w in {"II", "III", "IV", "VI"} else
                    "-".join(p.capitalize() for p in w.split("-")) for w in name.split())  # fmt: skip


def day(text: str) -> str:
    """ISO date of "21 October 2025", "April 2018" or "1997"; "" for anything else."""
    for form, iso in (("%d %B %Y", "%Y-%m-%d"), ("%d %b %Y", "%Y-%m-%d"), ("%B %Y", "%Y-%m"), ("%Y", "%Y")):
        try:
            return datetime.strptime(text.strip(), form).strftime(iso)  # noqa: DTZ007  (a day without a time)
        except ValueError:
            continue
    return ""


def visiting_leaders(facts: Path, codes: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Leaders since 1950: title and name under which they visited the United States, and the dates of their rule."""
    rule: dict[str, list[tuple[str, str, str]]] = {}
    cow = {r["cow"]: r["iso"] for r in codes if r["cow"]}
    for row in rows(facts / "reign_leaders_1950-2021.csv", "mac_roman"):
        if iso := cow.get(row["stateabb"]):
            start = f"{row['syear']}-{int(row['smonth'] or 1):02d}"
            end = f"{row['eyear']}-{int(row['emonth'] or 12):02d}" if row["eyear"] else ""
            rule.setdefault(iso, []).append((fold(row["leader"]), start, end))
    forms = rows(TABLES / "country_forms.csv")
    names = {fold(n): r["iso"] for r in forms for n in (r["name"], *r["aliases"].split("|"))}
    names |= {fold(r["name"]): r["iso"] for r in rows(TABLES / "countries_historical.csv")}
    names |= VISITORS
    names_of: dict[tuple[str, str, str, str, str], Counter[str]] = {}
    for record in records(facts / "visits_to_us.jsonl.xz"):
        visits = record.get("visit") or []
        for visit in visits if isinstance(visits, list) else [visits]:
            iso = names.get(fold((visit.get("from") or {}).get("value", "")), "")
            title, name = titled(visit["visitor"])
            last = fold(name).split()[-1:]
            for leader, start, end in rule.get(iso, ()):
                within = start <= visit["start-date"][:7] and (not end or visit["start-date"][:7] <= end)
                if title and within and last and last[0] in leader.split():
                    names_of.setdefault((iso, title, last[0], start, end), Counter())[name] += 1
    for (iso, title, _, start, end), spellings in names_of.items():
        name = max(sorted(spellings), key=lambda n: spellings[n])
        yield tenure(MISSPELT.get(name, name), title, iso, (start, end))


TOLD_APART = {("Quincy", "Adams"): "Quincy", ("Henry", "Harrison"): "Henry", ("Walker", "Bush"): "W.",
              ("Herbert Walker", "Bush"): "H. W.", ("Delano", "Roosevelt"): "D."}  # fmt: skip
"""Presidents who share first and last name with another, or are always named so: what stands between."""

MISSPELT = {"Kakui Tanaka": "Kakuei Tanaka", "Olaf Palme": "Olof Palme", "Guiliano Amato": "Giuliano Amato",
            "Giulio Giulio Andreotti": "Giulio Andreotti", "De Gasperi": "Alcide De Gasperi",
            "John Kennedy": "John F. Kennedy", "Ulysses Grant": "Ulysses S. Grant", "James Polk": "James K. Polk",
            "Rutherford Hayes": "Rutherford B. Hayes", "James Garfield": "James A. Garfield",
            "Chester Arthur": "Chester A. Arthur", "William Taft": "William Howard Taft",
            "Warren Harding": "Warren G. Harding"}  # fmt: skip
"""Names as the sources spell them, and as everybody else does."""

VISITORS = {"germany federal republic of": "x-bw", "china people s republic of": "CN", "korea republic of": "KR",
            "korea": "KR", "congo republic of": "CG", "democratic republic of the congo zaire": "CD",
            "cote d ivoire": "CI", "bahamas": "BS", "burma": "MM", "russian federation": "RU", "soviet union": "x-su",
            }  # fmt: skip
"""Countries as the list of visits spells them."""


def titled(visitor: str) -> tuple[str, str]:
    """(office, name) of "Prime Minister Tomiichi Murayama"; ("", "") where the title is no office of the table."""
    text = re.sub(r"\s*\([^)]*\)", "", " ".join(visitor.split()))
    for title in sorted(OFFICES, key=len, reverse=True):
        if text.casefold().startswith(f"{title} ") and " and " not in text:
            name = text[len(title) :].strip()
            for rank in RANKS:
                name = name.removeprefix(rank)
            return (OFFICES[title], name) if " " in name else ("", "")
    return "", ""


def ambassadors(facts: Path) -> None:
    """Chiefs of US missions since 1990."""
    folders = {r["iso"]: r for r in rows(TABLES / "country_forms.csv")}
    slugs = {
        fold(n).replace(" ", "-"): iso for iso, r in folders.items() for n in (r["name"], *r["aliases"].split("|"))
    }
    slugs |= {"congo-democratic-republic": "CD", "congo-republic": "CG", "cote-divoire": "CI"}
    slugs |= {"bosnia-herzegovina": "BA"}
    people, table = People(), []
    names = {r["id"]: r["persName"] for r in records(facts / "pocom_people.jsonl.xz")}
    for mission in records(facts / "pocom_missions-countries.jsonl.xz"):
        iso = slugs.get(mission["territory-id"])
        chiefs = (mission.get("chiefs") or {}).get("chief") or []
        for chief in chiefs if isinstance(chiefs, list) else [chiefs]:
            start, end = dated(chief["started"]) or dated(chief["appointed"]), dated(chief["ended"])
            if not iso or start < "1990" or not chief["role-title-id"].startswith("ambassador"):
                continue
            name = names[chief["person-id"]]
            person = f"{re.sub(r' .*', '', name['forename'])} {name['surname']}"
            known = people.known(person, "US") or {"person": person, "wikidata": ""}
            table.append(tenure(known["person"], f"ambassador to {fold(folders[iso]['name'])}", "US", (start, end),
                                known["wikidata"]))  # fmt: skip
    table.sort(key=lambda r: (r["office"], r["start"], r["person"]))
    write("ambassadors.csv", ("person", "office", "country", "start", "end", "wikidata"), table)


def dated(event: Mapping[str, object]) -> str:
    """The date of an event of a mission, "" where it is unknown or disputed."""
    date = event.get("date")
    return date if isinstance(date, str) else ""


def legislators(facts: Path) -> None:
    """Members of the present US Congress."""
    people, table, terms = People(), [], []
    with gzip.open(facts / "congress_legislators-current.yaml.gz", "rt", encoding="utf-8") as file:
        members = yaml.load(file, Loader=yaml.CSafeLoader)
    for member in members:
        n, term = member["name"], member["terms"][-1]
        name = n.get("official_full") or f"{n['first']} {n['last']}"
        name = re.sub(r" [A-Z]\. ", " ", name)
        forms = {f"{first} {n['last']}" for first in (n["first"], n.get("nickname") or n["first"])}
        forms.add(n.get("official_full", ""))
        if n.get("middle"):
            forms.add(f"{n['first']} {n['middle']} {n['last']}")
        terms += served(
            people.known(name, "US") or {"person": name, "wikidata": member["id"].get("wikidata", "")}, member
        )
        if people.known(name, "US") is None:
            table.append({
                "name": name, "type": "Person", "aliases": "|".join(sorted(forms - {name, ""})), "country": "US",
                "wikidata": member["id"].get("wikidata", ""), "detail": f"{term['type']} {term['state']}",
            })  # fmt: skip
    table.sort(key=lambda r: r["name"])
    write("legislators.csv", ENTRY, table)
    terms.sort(key=lambda r: (r["office"], r["person"], r["start"]))
    write("congress.csv", ("person", "office", "country", "start", "end", "wikidata"), terms)


def served(person: Mapping[str, str], member: Mapping) -> list[dict[str, str]]:
    """A member's stretches in each chamber, terms that follow each other joined."""
    found: list[dict[str, str]] = []
    for term in member["terms"]:
        office = {"sen": "senator", "rep": "representative"}[term["type"]]
        end = term["end"] if term["end"] < KNOWN_UNTIL else ""
        if found and found[-1]["office"] == office and found[-1]["end"][:7] == term["start"][:7]:
            found[-1]["end"] = end
        else:
            found.append(tenure(person["person"], office, "US", (term["start"], end), person["wikidata"]))
    return found


def hashes() -> None:
    """Bring the hashes of the gazetteer's files in SOURCES.toml up to date."""
    listed = TABLES.parent / "SOURCES.toml"

    def renewed(entry: re.Match[str]) -> str:
        digest = hashlib.sha256((TABLES.parent / entry["path"]).read_bytes()).hexdigest()
        return f'{entry["head"]}sha256 = "{digest}"'

    pattern = r'(?P<head>path = "(?P<path>gazetteer/[^"]+)"\n(?:(?!\[\[).*\n)*?)sha256 = "[^"]*"'
    text, count = re.subn(pattern, renewed, listed.read_text(encoding="utf-8"))
    listed.write_text(text, encoding="utf-8")
    print(f"SOURCES.toml: {count} hashes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds facts/")
    facts = parser.parse_args().data / "facts"
    for build in (countries, leaders, ambassadors, legislators):
        build(facts)
    hashes()


if __name__ == "__main__":
    main()
