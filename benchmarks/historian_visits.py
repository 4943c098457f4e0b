"""Do the visits and travels that the Office of the Historian lists stand in a build of White House texts, and back?

    python benchmarks/historian_visits.py --corpus whitehouse.jsonl.xz --visits visits_to_us.jsonl.xz
        --travels travels_presidents.jsonl.xz travels_secretaries.jsonl.xz [--claims CLAIMS.jsonl] [--out RESULT.json]

The lists hold visits of foreign leaders to the United States and trips of presidents and secretaries of state, with
dates and remarks ("Met with Prime Minister X"). Figures: the share of the listed visits, trips and meetings of 2021 to
2025 that a claim finds (same people or place, a date within a day of it, or an article of that week), of all and of
those of which a text of that week names both ends ("told"); and the share of dated leader meetings and visits among the
claims that the lists confirm. The corpus is cut to short texts whose titles speak of meetings; `--claims` takes what
`kg export --format jsonl` wrote of an earlier build of the same.
"""

import argparse
import json
import lzma
import random
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kg.ids import fold
from kg.resolve import load_gazetteer

YEARS = (date(2021, 1, 20), date(2025, 1, 19))
"""The lists and the corpus overlap most here."""
LONGEST = 2500
"""Words of the longest text that is read."""
TITLES = re.compile(
    r"readout|joint (statement|declaration|press)|bilateral|trilateral|summit|visit|travel|trip|meeting|calls? with"
    r"|prime minister|chancellor|foreign minister|quad|nato|g7|g20|asean|apec|arriv|delegation|secretary blinken",
    re.IGNORECASE,
)
ENCOUNTERS = frozenset({"met_with", "visited", "hosted", "participated_in", "negotiates_with"})
_MET = re.compile(r"[Mm]et with ([^.;]*)")
_NAMES = re.compile(r",| and ")
_SUFFIXES = frozenset({"jr", "iii", "3rd", "ii"})


@dataclass(frozen=True)
class Listed:
    """One entry of a list.

    Attributes:
        who: folded last name of the traveller or visitor.
        where: folded names of country and towns.
        first, last: days.
        met: folded last names of those whom he met.
        text: the entry, to read.
    """

    who: str
    where: frozenset[str]
    first: date
    last: date
    met: frozenset[str]
    text: str


@dataclass(frozen=True)
class Read:
    """One encounter claim: its ends as sets of folded words, and when it was (or when its article was written)."""

    relation: str
    ends: tuple[frozenset[str], frozenset[str]]
    country: str
    first: date
    last: date
    dated: bool
    text: str


def last_name(name: str) -> str:
    """Folded last word of a name that is no suffix."""
    words = [w for w in fold(name).replace("-", " ").split() if w not in _SUFFIXES]
    return words[-1] if words else ""


def listed(path: Path) -> Iterator[Listed]:
    """Entries of 2021 to 2025 of one list."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            table = json.loads(line)
            rows = [row for k in ("visit", "travel", "trip") for row in _rows(table.get(k))]
            for entry in rows:
                made = _entry(entry)
                if made and YEARS[0] <= made.first <= YEARS[1]:
                    yield made


def _rows(value: Any) -> list[dict[str, Any]]:
    """One entry stands without a list."""
    return value if isinstance(value, list) else [value] if value else []


def _entry(entry: dict[str, Any]) -> Listed | None:
    try:
        first, last = date.fromisoformat(entry["start-date"]), date.fromisoformat(entry["end-date"])
    except (KeyError, ValueError):
        return None
    remarks = " ".join(str(entry.get("remarks") or entry.get("description") or "").split())
    country = entry.get("country") or entry.get("from") or {}
    places = [str(country.get("value", "")), *str(entry.get("locale", "")).split(",")]
    met = {last_name(n) for phrase in _MET.findall(remarks) for n in _NAMES.split(phrase) if n.strip()[:1].isupper()}
    who = str(entry.get("visitor") or entry.get("name") or "")
    text = f"{who} | {', '.join(p.strip() for p in places if p.strip())} | {first} to {last} | {remarks}"
    return Listed(last_name(who), frozenset(fold(p) for p in places if p.strip()), first, last, frozenset(met), text)


def read_claims(path: Path, dates: dict[str, str]) -> Iterator[Read]:
    """Encounters that an export holds, neither denied nor only wished for."""
    gazetteer = load_gazetteer()
    for line in path.open(encoding="utf-8"):
        claim = json.loads(line)
        if claim["relation"] not in ENCOUNTERS or claim["negated"] or claim["mood"] not in {"actual", "planned"}:
            continue
        article = claim["evidence"][0]["article"]
        start, end = claim["when"]["start"], claim["when"]["end"] or claim["when"]["start"]
        dated = len(start) == 10 and len(end) == 10
        day = start if dated else dates.get(article, "")[:10]
        try:
            first, last = date.fromisoformat(day), date.fromisoformat(end if dated else day)
        except ValueError:
            continue
        known = gazetteer.entry(claim["object"].get("id", ""))
        home = gazetteer.entry(known.known.country) if known and known.known.country else None
        place = home.known.name if home else ""
        words = tuple(
            frozenset(fold(" ".join([e.get("label", ""), *e.get("aliases", [])])).replace("-", " ").split())
            for e in (claim["subject"], claim["object"])
        )
        parts = (claim["relation"], claim["subject"]["label"], claim["object"].get("label"), claim["mood"], start)
        shown = " | ".join(str(p) for p in parts)
        yield Read(claim["relation"], (words[0], words[1]), fold(place), first, last, dated,
                   f"{shown} | {claim['evidence'][0]['text'][:160]}")  # fmt: skip


def near(entry: Listed, claim: Read) -> bool:
    """Is a claim's day one of the entry's, give or take one, or was an undated one written in that week?"""
    slack = timedelta(days=1 if claim.dated else 7)
    return entry.first - slack <= claim.last and claim.first <= entry.last + slack


def is_there(entry: Listed, claim: Read) -> bool:
    """Is the object of the claim the entry's place?"""
    places = {w for p in entry.where for w in p.split()}
    return bool(claim.ends[1] & places) or (bool(claim.country) and claim.country in entry.where)


def finds_trip(entry: Listed, claim: Read) -> bool:
    """Does a claim say that the traveller went there?"""
    return claim.relation == "visited" and entry.who in claim.ends[0] and is_there(entry, claim) and near(entry, claim)


def finds_visit(entry: Listed, claim: Read) -> bool:
    """Does a claim say that the visitor met somebody, was received, or came?"""
    return (entry.who in claim.ends[0] or entry.who in claim.ends[1]) and near(entry, claim)


def finds_meeting(who: str, met: str, entry: Listed, claim: Read) -> bool:
    """Does a claim bring both together, or is each at an event then?"""
    a, b = claim.ends
    return near(entry, claim) and (
        (who in a and met in b) or (met in a and (who in b or claim.relation == "participated_in"))
    )


def confirmed(claim: Read, visits: Iterable[Listed], trips: Iterable[Listed]) -> bool | None:
    """Do the lists confirm a dated visit or meeting? None where they cannot: nobody in it is on them."""
    travellers = {t.who for t in trips}
    if not claim.dated or not YEARS[0] <= claim.first <= YEARS[1]:
        return None
    if claim.relation == "visited" and claim.ends[0] & travellers and claim.country not in {"", "united states"}:
        return any(finds_trip(t, claim) for t in trips)
    visitors = {v.who for v in visits}
    pair = claim.relation in {"met_with", "hosted"} and claim.ends[0] & travellers and claim.ends[1] & visitors
    if not pair:
        return None
    return any(finds_visit(v, claim) for v in visits) or any(t.who in claim.ends[0] and near(t, claim) for t in trips)


def share(hits: list[bool]) -> dict[str, float]:
    """Count and share."""
    return {"of": len(hits), "share": round(sum(hits) / len(hits), 3) if hits else 0.0}


def cut(corpus: Path) -> Iterator[dict[str, Any]]:
    """Short texts of 2021 to 2025 whose titles speak of meetings."""
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            short = len(row["text"].split()) <= LONGEST
            if short and "2021" <= row["date"][:4] <= "2025" and TITLES.search(row["title"]):
                yield row


class Texts:
    """The words of the texts of each day."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self._days: dict[date, list[set[str]]] = defaultdict(list)
        for row in rows:
            words = set(re.findall(r"\w+", fold(row["text"])))
            self._days[date.fromisoformat(row["date"][:10])].append(words)

    def tell(self, entry: Listed, *ends: str) -> bool:
        """Has a text of the entry's week all these words?"""
        day = entry.first - timedelta(days=3)
        while day <= entry.last + timedelta(days=3):
            if any(all(end in words for end in ends) for words in self._days.get(day, ())):
                return True
            day += timedelta(days=1)
        return False


def build(corpus: Path, folder: Path) -> Path:
    """Build the cut corpus and export its claims."""
    path, out = folder / "documents.jsonl", folder / "claims.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in cut(corpus)), encoding="utf-8")
    kg = [sys.executable, "-m", "kg"]
    subprocess.run([*kg, "build", str(path), "--out", str(folder / "graph")], check=True)
    subprocess.run([*kg, "export", str(folder / "graph"), "--format", "jsonl", "-o", str(out)], check=True)
    return out


def main() -> None:
    """Compare and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--visits", type=Path, required=True)
    parser.add_argument("--travels", type=Path, nargs="+", required=True)
    parser.add_argument("--claims", type=Path, help="of an earlier build")
    parser.add_argument("--show", type=int, default=0, help="print so many of each kind of miss")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows = list(cut(options.corpus))
    dates = {row[k]: row["date"] for row in rows for k in ("url", "id")}
    with tempfile.TemporaryDirectory() as name:
        claims = list(read_claims(options.claims or build(options.corpus, Path(name)), dates))
    visits = list(listed(options.visits))
    trips = [t for path in options.travels for t in listed(path)]
    result, missed = compare(Texts(rows), claims, visits, trips)
    for kind, lines in missed.items():
        for text in random.Random(1).sample(lines, min(options.show, len(lines))):
            print(f"{kind}: {text}", file=sys.stderr)
    text = json.dumps(result, indent=1)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


def compare(
    texts: Texts, claims: list[Read], visits: list[Listed], trips: list[Listed]
) -> tuple[dict[str, object], dict[str, list[str]]]:
    """Figures, and what was missed although it is told, or not confirmed."""
    found: dict[str, list[tuple[str, bool, bool]]] = {
        "visits": [(v.text, texts.tell(v, v.who), any(finds_visit(v, c) for c in claims)) for v in visits],
        "trips": [
            (t.text, any(texts.tell(t, t.who, *p.split()) for p in t.where), any(finds_trip(t, c) for c in claims))
            for t in trips
        ],
        "meetings": [
            (f"{m} <- {t.text}", texts.tell(t, t.who, m), any(finds_meeting(t.who, m, t, c) for c in claims))
            for t in trips
            for m in sorted(t.met)
        ],
    }
    judged = [(c.text, verdict) for c in claims if (verdict := confirmed(c, visits, trips)) is not None]
    result: dict[str, object] = {"encounter_claims": len(claims), "confirmed": share([hit for _, hit in judged])}
    for kind, rows in found.items():
        result[f"{kind}_found"] = share([hit for _, _, hit in rows])
        result[f"{kind}_told_found"] = share([hit for _, told, hit in rows if told])
    missed = {k: [text for text, told, hit in rows if told and not hit] for k, rows in found.items()}
    return result, {**missed, "unconfirmed": [text for text, hit in judged if not hit]}


if __name__ == "__main__":
    main()
