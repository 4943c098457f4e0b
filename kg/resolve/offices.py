"""Dated offices: who was president, prime minister or foreign minister of which country when."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Known
from kg.resolve.folding import fold
from kg.resolve.tables import Entry, read_table, text_id

TABLES = ("offices", "leaders", "ambassadors", "congress")
"""Written by hand with exact dates; heads of state and government; chiefs of US missions; members of US Congress."""

MANY = ("ambassador to ", "senator", "representative")
"""Beginnings of the names of offices that many hold at once."""

COLUMNS = ("person", "office", "country", "start", "end", "wikidata")

SAME_OFFICE = {
    "premier": "prime minister",
    "minister president": "prime minister",
    "chairman of the council of ministers": "prime minister",
    "first minister": "prime minister",
    "head of government": "prime minister",
    "taoiseach": "prime minister",
    "head of state": "president",
    "commander in chief": "president",
    "minister of foreign affairs": "foreign minister",
    "minister for foreign affairs": "foreign minister",
    "foreign affairs minister": "foreign minister",
    "minister of external affairs": "foreign minister",
    "external affairs minister": "foreign minister",
    "foreign secretary": "foreign minister",
    "secretary of state for foreign affairs": "foreign minister",
    "secretary of foreign affairs": "foreign minister",
    "top diplomat": "foreign minister",
    "chief diplomat": "foreign minister",
    "minister of defense": "defense minister",
    "minister of defence": "defense minister",
    "minister of national defense": "defense minister",
    "defence minister": "defense minister",
    "defence secretary": "defense minister",
    "minister for defence": "defense minister",
    "defense secretary": "defense minister",
    "secretary of defense": "defense minister",
    "secretary of defence": "defense minister",
    "secretary of war": "defense minister",
    "defense chief": "defense minister",
    "pentagon chief": "defense minister",
    "minister of finance": "finance minister",
    "treasury secretary": "finance minister",
    "secretary of the treasury": "finance minister",
    "chancellor of the exchequer": "finance minister",
    "national security advisor": "national security adviser",
    "national security chief": "national security adviser",
    "assistant to the president for national security affairs": "national security adviser",
    "assistant to the president for national security": "national security adviser",
    "us ambassador": "ambassador",
    "director of the cia": "cia director",
    "director of central intelligence": "cia director",
    "director of the central intelligence agency": "cia director",
    "cia chief": "cia director",
    "us senator": "senator",
    "sen": "senator",
    "congressman": "representative",
    "congresswoman": "representative",
    "us representative": "representative",
    "rep": "representative",
    "vice president of the united states": "vice president",
    "us trade representative": "trade representative",
    "speaker of the house": "house speaker",
    "speaker of the house of representatives": "house speaker",
    "federal chancellor": "chancellor",
    "chief executive officer": "chief executive",
    "president of the european commission": "commission president",
    "european commission president": "commission president",
    "president of the european council": "council president",
    "european council president": "council president",
    "foreign policy chief": "high representative",
    "nato chief": "secretary general",
    "un chief": "secretary general",
}
"""Titles that name one office in the tables, after folding (left) and in the tables' words (right)."""

ROLES = {
    "prime minister": ("prime minister", "chancellor"),
    "leader": ("supreme leader", "prime minister", "chancellor", "president"),
    "foreign minister": ("foreign minister", "secretary of state"),
}
"""Further offices in which to look, in this order, where a country has none of the first name."""


WIDER = {
    "chairman": ("supreme leader", "general secretary"),
    "secretary": (
        "secretary of state",
        "defense minister",
        "finance minister",
        "homeland security secretary",
        "commerce secretary",
    ),
    "leader": ("supreme leader", "prime minister", "chancellor", "president", "leader", "general secretary"),
    "first minister": ("prime minister",),
}
"""Offices that a title before a last name may mean: "Chairman Kim", "Secretary Blinken"."""

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
DATE = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person in one office; `start` and `end` are ISO dates as precise as known, `end` "" while it lasts."""

    person: str
    name: str
    wikidata: str
    start: str
    end: str

    def covers(self, date: str) -> bool:
        """May the person have held the office at some time of this date, month or year?"""
        return _first_day(self.start) <= _last_day(date) and (not self.end or _first_day(date) <= _last_day(self.end))

    def over(self, date: str) -> bool:
        """Had it ended before this date, month or year?"""
        return bool(self.end) and _first_day(self.end) <= _first_day(date)

    def surely(self, date: str) -> bool:
        """Did the person hold it on all of this date, whatever day an imprecise start or end means?"""
        return _last_day(self.start) <= _first_day(date) and (not self.end or _last_day(date) <= _first_day(self.end))


class Offices:
    """All tenures by country and office.

    Args:
        rows: person, office, ISO code of the country or name of the organization, start, end, Wikidata id.
    """

    def __init__(self, rows: Iterable[tuple[str, ...]]) -> None:
        self._tenures: dict[tuple[str, str], list[Tenure]] = {}
        self._persons: dict[str, tuple[str, str]] = {}
        self._incumbents: dict[tuple[str, str], tuple[Known, ...]] = {}
        self._named: dict[str, list[tuple[str, Tenure]]] = {}
        self._held: dict[str, list[Tenure]] = {}
        for name, office, country, start, end, wikidata in rows:
            person = wikidata or text_id("Person", name)
            self._persons.setdefault(person, (name, country))
            tenure = Tenure(person, name, wikidata, start, end)
            self._tenures.setdefault((country, office), []).append(tenure)
            if not office.startswith(MANY):
                self._held.setdefault(person, []).append(tenure)
            for word in _calling(name):
                self._named.setdefault(word, []).append((office, tenure))

    def persons(self, owners: dict[str, str]) -> Iterator[Entry]:
        """An entry for each office holder.

        Args:
            owners: entity id of a country by its code.
        """
        for person, (name, country) in self._persons.items():
            wikidata = person if person.startswith("Q") else ""
            yield Entry(Known(person, "Person", name, wikidata, owners.get(country, "")), (), "offices")

    def holders(self, title: str, country: str, date: str) -> tuple[tuple[str, str, str], ...]:
        """(id, name, Wikidata id) of those who held an office on a date, the surest first.

        Where some are certain, those whose imprecise dates only may cover the date are left out.

        Args:
            title: as a text has it ("Prime Minister", "the foreign minister").
            country: ISO code, or name of an organization.
            date: ISO date, month or year; "" finds nobody.
        """
        if not country or not DATE.fullmatch(date):
            return ()
        folded = fold(title)
        office = SAME_OFFICE.get(folded, folded)
        for name in ROLES.get(office, (office,)):
            tenures = [t for t in self._tenures.get((country, name), ()) if t.covers(date)]
            if tenures:
                sure = [t for t in tenures if t.surely(date)]
                return tuple(dict.fromkeys((t.person, t.name, t.wikidata) for t in sure or tenures))
        return ()

    def bearers(self, name: str, title: str, date: str, *, past: bool = False) -> tuple[str, ...]:
        """Ids of those of a last name who held such an office of any country, in the order of the tables.

        Args:
            name: one word.
            title: as a text has it; "" for any office but those that many hold.
            date: ISO date, month or year, "" for any time.
            past: those whose time was over by then.
        """
        folded = fold(title)
        office = SAME_OFFICE.get(folded, folded)
        wanted = {office, *ROLES.get(office, ()), *WIDER.get(office, ())}
        found: dict[str, None] = {}
        for held, tenure in self._named.get(fold(name).split(" ")[-1], ()):
            named = held in wanted if title else not held.startswith(MANY)
            if named and (not date or (tenure.over(date) if past else tenure.covers(date))):
                found[tenure.person] = None
        return tuple(found)

    def together(self, person: str, other: str) -> bool:
        """Did two persons of the tables hold offices at one time?"""
        one, two = self._held.get(person, ()), self._held.get(other, ())
        return any(a.covers(b.start) or b.covers(a.start) for a in one for b in two)

    def incumbents(self, country: str, date: str) -> tuple[Known, ...]:
        """All who surely held some office of a country on a date, but for those that many hold; sorted by name."""
        if not DATE.fullmatch(date):
            return ()
        key = (country, date)
        if key not in self._incumbents:
            found = {
                Known(t.person, "Person", t.name, t.wikidata)
                for (owner, office), tenures in self._tenures.items()
                if owner == country and not office.startswith(MANY)
                for t in tenures
                if t.surely(date)
            }
            self._incumbents[key] = tuple(sorted(found, key=lambda k: (k.name, k.id)))
        return self._incumbents[key]


def read_offices() -> Offices:
    """The offices of the package's tables.

    Raises:
        DataError: a table is damaged.
    """
    return Offices(row for table in TABLES for row in read_table(table, COLUMNS))


def _calling(name: str) -> set[str]:
    """Folded words that alone may call somebody: the last one, the first of an Asian order."""
    words = [w for w in fold(name).split() if w not in _SUFFIXES]
    return {words[0], words[-1]} if words else set()


def _first_day(date: str) -> str:
    return (date + "-01-01"[max(0, len(date) - 4) :])[:10]


def _last_day(date: str) -> str:
    return (date + "-12-31"[max(0, len(date) - 4) :])[:10]
