"""Names of people, countries, cities and organisations from the fact tables: to settle doubtful labels and to swap names with."""

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

EXTRA_STATES = (
    "U.S.", "US", "USA", "U.S.A.", "UK", "U.K.", "United States", "United States of America", "Britain", "Great Britain", "England",
    "Scotland", "Wales", "Northern Ireland", "Russia", "Soviet Union", "Iran", "Syria", "Venezuela", "Bolivia", "Tanzania", "Moldova",
    "Vietnam", "Laos", "North Korea", "South Korea", "Taiwan", "Kosovo", "Palestine", "Burma", "Myanmar", "Ivory Coast", "Czech Republic",
    "Congo", "Democratic Republic of Congo", "Macedonia", "Yugoslavia", "Serbia", "Brunei", "Hong Kong", "Macau", "UAE",
    "United Arab Emirates", "Holland", "Netherlands", "Bosnia", "East Timor", "Chechnya", "Swaziland", "Turkey", "Türkiye", "America",
    "Texas", "California", "Florida", "Ohio", "Virginia", "Alaska", "Michigan", "Washington", "New York", "Darfur", "Crimea", "Kashmir", "Gaza", "Tibet",
    "People's Republic of China", "Democratic Republic of the Congo", "Central African Republic", "Republic of Korea", "Islamic Republic of Iran", "Federal Republic of Germany", "Republic of the Congo", "Kingdom of Saudi Arabia", "Hashemite Kingdom of Jordan", "New York City", "Bosnia and Herzegovina", "Trinidad and Tobago", "Papua New Guinea", "District of Columbia", "State of Israel", "State of Qatar",
    "Sri Lanka", "Northern Cyprus", "Somaliland", "Abkhazia", "South Ossetia", "Donbas", "Catalonia", "Kurdistan", "Punjab", "Louisiana", "Mississippi",
)  # fmt: skip
REGIONS = (
    "Europe", "Asia", "Africa", "Middle East", "Latin America", "South America", "North America", "Central America", "Southeast Asia",
    "East Asia", "South Asia", "Central Asia", "North Africa", "West Africa", "East Africa", "Gaza Strip", "West Bank", "Balkans",
    "Caucasus", "Caribbean", "Indo-Pacific", "Asia-Pacific", "Pacific", "Atlantic", "Mediterranean", "Persian Gulf", "Red Sea",
    "Black Sea", "South China Sea", "Baltic", "Arctic", "Antarctica", "Sahel", "Horn of Africa", "Golan Heights", "Sahara", "Siberia",
    "Eastern Europe", "Western Europe", "Sub-Saharan Africa", "Gulf of Mexico", "Korean Peninsula", "Sinai", "Himalayas", "Earth",
)  # fmt: skip
FACILITY_WORDS = {"Airport", "Palace", "Bridge", "Stadium", "Prison", "Base", "Mosque", "Church", "Cathedral", "Square", "Highway", "Hospital", "Port", "Dam"}
WATER_AND_LAND = {"River", "Sea", "Ocean", "Gulf", "Strait", "Mountains", "Mount", "Lake", "Island", "Islands", "Peninsula", "Desert", "Valley", "Canal", "Bay", "Basin", "Heights", "Strip", "Bank"}


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names by kind. `demonyms` may be filled from a corpus."""

    states: frozenset[str]
    cities: frozenset[str]
    people: tuple[str, ...]
    organizations: tuple[str, ...]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def _clean(text: str) -> str:
    return re.sub(r"<[^>]+>|&\w+;|&#\d+;", "", text).strip()


def _person_names(text: str) -> list[str]:
    """Names written as in the Factbook, surname in capitals: 'President Patrice TALON (since ...)'."""
    found = re.findall(r"((?:[A-ZÀ-Þ][\w'’.-]*\s+){1,3}(?:(?:bin|al|de|von|van|el|ibn)[ -])?[A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,}(?: [A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,})?)", _clean(text))
    titles = {"President", "Prime", "Minister", "King", "Queen", "Chancellor", "Vice", "Deputy", "First", "Governor", "General", "Sheikh", "Emir", "Interim", "Acting", "Governor-General", "Chief", "Premier", "Prince", "Co-prince", "Sultan", "Commissioner", "Speaker"}
    names = []
    for name in found:
        parts = name.split()
        while parts and parts[0] in titles:
            parts = parts[1:]
        if len(parts) >= 2 and parts[0] not in {"The", "In", "Head", "Former"}:
            names.append(" ".join("-".join(bit.capitalize() if bit.isupper() else bit for bit in part.split("-")) for part in parts))
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
        cities.extend(part.strip(" *") for part in divisions.split(";")[-1].split(",") if 3 < len(part.strip()) < 25 and part.strip()[:1].isupper())
        people.extend(_person_names(json.dumps(government.get("Executive branch", {}), ensure_ascii=False)))
        listed = government.get("Political parties", {})
        text = re.sub(r"<br\s*/?>", "\n", listed.get("text", "") if isinstance(listed, dict) else "")
        for line in re.split(r"[\n;]", text):
            party = _clean(line).split(" or ")[0].split("(")[0].split("[")[0].strip(" *")
            if 4 < len(party) < 60 and party[:1].isupper() and party.count(" ") < 7 and ":" not in party and "," not in party:
                parties.append(party)
    return states, cities, people, parties


def _organisations(path: Path) -> list[str]:
    names = []
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r"\s+(Name_en|Abbreviation_en): (.+)$", line)
        if match:
            name = match.group(2).strip("'\"").split("(")[0].strip()
            if 1 < len(name) < 70 and name[:1].isupper() and "[" not in name and "," not in name:
                names.append(name)
    return names


_PORTFOLIOS = (
    "Foreign", "Defence", "Defense", "Interior", "Finance", "Health", "Justice", "Trade", "Energy", "Oil", "Information", "Economy",
    "Education", "Agriculture", "Culture", "Transport", "Information Technology", "Home Affairs", "External Affairs",
)  # fmt: skip
_OFFICES = (
    "Ministry of Foreign Affairs", "Ministry of External Affairs", "Ministry of Defence", "Ministry of National Defense",
    "Ministry of Interior", "Ministry of Commerce", "Ministry of Finance", "Ministry of Justice", "Department of State",
    "Department of Defense", "Department of the Treasury", "Department of Foreign Affairs and Trade", "Department of Commerce",
    "Foreign and Commonwealth Office", "Foreign Office", "State Duma", "Federation Council", "National People's Congress", "Knesset",
    "Bundestag", "Majlis", "Verkhovna Rada", "House of Commons", "House of Representatives", "Senate Foreign Relations Committee",
    "National Security Council", "Central Military Commission", "State Council", "Politburo", "Presidential Office", "Kremlin", "Pentagon",
    "White House", "State Department", "Treasury", "Supreme Leader's Office", "Revolutionary Guard Corps", "European External Action Service",
    "Council on Foreign Relations", "Brookings Institution", "Chatham House", "Carnegie Endowment for International Peace", "Atlantic Council",
    "International Crisis Group", "Lowy Institute", "RAND Corporation", "Center for Strategic and International Studies", "Bruegel", "SIPRI",
    "International Institute for Strategic Studies", "Observer Research Foundation", "Stimson Center", "Clingendael", "Wilson Center",
    "Stockholm International Peace Research Institute", "Hudson Institute", "Heritage Foundation", "Cato Institute", "Quincy Institute",
    "Amnesty International", "Human Rights Watch", "Wagner Group", "Houthis", "Hezbollah", "Hamas", "Boko Haram", "al-Shabab", "Islamic State", "M23",
    "Rapid Support Forces", "People's Liberation Army", "Foreign Intelligence Service", "Federal Security Service", "Security Council of Russia",
)  # fmt: skip


def _people(folder: Path) -> list[str]:
    names = []
    with (folder / "world_leaders_2021.csv").open(encoding="utf-8", newline="") as stream:
        names += [row["officeholderLabel"] for row in csv.DictReader(stream)]
    for record in _lines(folder / "pocom_people.jsonl.xz"):
        person = record.get("persName") or {}
        forename, surname = str(person.get("forename") or ""), str(person.get("surname") or "")
        if forename and surname:
            names.append(f"{forename.split()[0]} {surname}")
            if len(forename.split()) > 1:
                names.append(f"{forename.split()[0]} {forename.split()[1][0]}. {surname}")
    with gzip.open(folder / "congress_legislators-current.yaml.gz", "rt", encoding="utf-8") as stream:
        names += re.findall(r"official_full: (.+)", stream.read())
    return names


def load_gazetteer(folder: Path) -> Gazetteer:
    """Read the fact tables in `folder`."""
    states, cities, leaders, parties = _factbook(folder / "factbook_government.jsonl.xz")
    with io.StringIO((folder / "country-codes.csv").read_text(encoding="utf-8")) as stream:
        for row in csv.DictReader(stream):
            states += [row["UNTERM English Short"], row["official_name_en"]]
            cities.append(row["Capital"])
    ministries = [f"{portfolio} Ministry" for portfolio in _PORTFOLIOS] + [*_OFFICES]
    people = [name.strip("'\" ") for name in _people(folder) + leaders * 2]
    return Gazetteer(
        states=frozenset({state.split("(")[0].strip() for state in states if state} | set(EXTRA_STATES)),
        cities=frozenset(city for city in cities if city and city[:1].isupper()) - frozenset(REGIONS),
        people=tuple(sorted({name for name in people if 1 < name.count(" ") + 1 <= 5 and "Q" not in name[:1] and "(" not in name})),
        organizations=tuple(sorted(set(_organisations(folder / "supraverden_international_organisations.yaml")) | set(parties) | set(ministries))),
    )
