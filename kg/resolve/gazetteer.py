"""The names that `kg` knows beforehand: countries, governments, bodies, organizations, people, holders of offices."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from kg.errors import DataError
from kg.model import Known
from kg.resolve.bodies import Bodies
from kg.resolve.countries import Country, read_countries
from kg.resolve.folding import MAX_NAME, fold
from kg.resolve.offices import DATE, Offices, read_offices
from kg.resolve.tables import Entry, listed, read_table, text_id

TABLES = (
    "organizations", "bodies", "cities", "regions", "administrations", "groups", "parties", "think_tanks", "media",
    "companies", "agreements", "conflicts", "summits", "persons", "legislators",
)  # fmt: skip
"""Tables after the countries, in the order in which entries of one name are preferred."""

COLUMNS = ("name", "type", "aliases", "country", "wikidata", "detail")
"""The header that all of `TABLES` share."""

WORDS = frozenset({
    "states", "fed", "quad", "labor", "labour", "greens", "west", "gulf", "nice", "male", "channel", "moderates",
    "league", "guardian", "congress", "diet", "shell", "apple", "post", "democrat", "democrats", "democratic",
    "republican", "republicans", "conservatives", "solidarity", "continent", "guinea", "turkey",
})  # fmt: skip
"""Folded names that are common words too: as names they begin with a capital."""

LONGEST_MIXED = 4
"""Letters of the longest acronym that is written with small letters too ("LeT", "MoD")."""

_REMEMBERED = 1 << 16
"""Names whose entries are kept at hand; articles repeat theirs."""

_AROUND = re.compile(r"(?i)^the\s+|['’]s?$")


class Gazetteer:
    """All known names; implements `kg.model.Lexicon`.

    Args:
        countries: all states.
        entries: all other entries, preferred ones first.
        offices: who held which office.
    """

    def __init__(self, countries: Iterable[Country], entries: Iterable[Entry], offices: Offices) -> None:
        self._countries = {country.iso: country for country in countries}
        self._iso = {c.known.id: iso for iso, c in self._countries.items()}
        self._iso |= {c.government().known.id: iso for iso, c in self._countries.items()}
        listed_entries = list(entries)
        named = {
            (self._iso.get(e.known.country, ""), function): e
            for e in reversed(listed_entries) if e.table == "bodies" and e.known.country
            for function in listed(e.detail)
        }  # fmt: skip
        self.bodies = Bodies(self._countries, named)
        self._index: dict[str, list[Entry]] = {}
        self._by_id: dict[str, Entry] = {}
        self._strict: dict[str, set[str]] = {}
        self._plain: dict[str, set[str]] = {}
        for country in self._countries.values():
            self._add(country.entry(), country.aliases)
        for iso in self._countries:
            government = self.bodies.government(iso)
            self._add(government, (f"Government of {self._countries[iso].phrase}",))
        for entry in listed_entries:
            self._add(entry, entry.aliases)
        for entry in offices.persons({iso: country.known.id for iso, country in self._countries.items()}):
            if entry.known.id not in self._by_id:
                self._add(entry, ())
        self._found = lru_cache(maxsize=_REMEMBERED)(self._find)
        self._demonyms = self._peoples()
        for key, known in self._demonyms.items():
            if " " in key:  # else a matcher would find "Korean" in "North Korean"
                self._index.setdefault(key, []).append(self._by_id[known.id])
        self._seats = self._capitals()
        self._offices = offices

    def _add(self, entry: Entry, forms: Iterable[str]) -> None:
        self._by_id.setdefault(entry.known.id, entry)
        for form in (entry.known.name, *forms):
            key = fold(form)
            entries = self._index.setdefault(key, [])
            if entry not in entries:
                entries.append(entry)
            if " " not in key:
                (self._strict if _is_strict(form) else self._plain).setdefault(key, set()).add(form)

    def _spelt(self, name: str, key: str) -> bool:
        """Is a text's form of a single word spelt like a name? "WHO" is one, "Who" is none."""
        bare = _bare(name)
        if key in WORDS:
            return bare[:1].isupper()
        if key not in self._strict or key in self._plain:
            return True
        forms = self._strict[key]
        return name in forms or bare in forms or (bare.isupper() and any(_bare(form).isupper() for form in forms))

    def _capitals(self) -> dict[str, str]:
        seats: dict[str, str] = {}
        for country in self._countries.values():
            for capital in country.capitals:
                for entry in self._index.get(fold(capital), ()):
                    if entry.known.type == "City" and entry.known.country in {country.known.id, self._heir(country)}:
                        seats.setdefault(entry.known.id, country.iso)
        return seats

    def _heir(self, country: Country) -> str:
        """Id of the country that a historical one became."""
        heir = self._countries.get(country.successor)
        return heir.known.id if heir else ""

    def _peoples(self) -> dict[str, Known]:
        peoples: dict[str, Known] = {}
        for country in self._countries.values():
            for form in (*country.adjectives, *country.peoples):
                key = fold(form)
                if not any(e.known.type == "Country" for e in self._index.get(key, ())):
                    peoples.setdefault(key, country.known)
        return peoples

    def find(self, name: str) -> tuple[Entry, ...]:
        """All entries with this name or alias, most likely first; () when unknown.

        Composed names ("Japanese foreign ministry") and canonical ids are found too.
        """
        return self._found(name) if len(name) <= MAX_NAME else ()

    def _find(self, name: str) -> tuple[Entry, ...]:
        key = fold(name)
        if not key or not self._spelt(name, key):
            return ()
        if found := self._index.get(key):
            return tuple(found)
        if by_id := self._by_id.get(name):
            return (by_id,)
        composed = self.bodies.compose(key) if " " in key else None
        return (composed,) if composed else ()

    def lookup(self, name: str) -> tuple[Known, ...]:
        """All entries with this name or alias (case and accents folded), most likely first; () when unknown."""
        return tuple(entry.known for entry in self.find(name))

    def is_shared(self, name: str, known: Known) -> bool:
        """Do bodies or parties of other countries go by this name too: "Congress", "Communist Party" of China's?"""
        party = known.type == "PoliticalParty" and fold(known.name).endswith(f" {fold(name)}")
        return party or bool(self.bodies.function(name))

    def demonym(self, word: str) -> Known | None:
        """The country of an adjective or people's name (`Japanese`, `Emirati`), or None."""
        return self._demonyms.get(fold(word))

    def names(self) -> Mapping[str, str]:
        """Folded names that a text matcher should find, with the type of the most likely entity.

        Persons only by names of two or more words; no name that is a common word in small letters.
        """
        return {
            key: entries[0].known.type
            for key, entries in self._index.items()
            if key and (" " in key or entries[0].known.type != "Person") and not key.isdecimal()
        }

    def office(self, title: str, country: str, date: str) -> tuple[Known, ...]:
        """Who held this office ("prime minister") of this country id on this ISO date; () when unknown."""
        iso = self.iso_of(country)
        if not iso and (owner := self._by_id.get(country)):
            iso = owner.known.name
        return tuple(
            entry.known if (entry := self._by_id.get(person)) else Known(person, "Person", name, wikidata)
            for person, name, wikidata in self._offices.holders(title, iso, date)
        )

    def bearers(self, name: str, title: str, date: str, *, past: bool = False) -> tuple[Known, ...]:
        """Who of this last name held such an office of any country; see `kg.model.Lexicon`."""
        if date and not DATE.fullmatch(date):
            return ()
        return tuple(self._by_id[i].known for i in self._offices.bearers(name, title, date, past=past))

    def together(self, person: str, other: str) -> bool:
        """Did two persons, by id, hold offices at one time? Those of a senator are not asked for."""
        return self._offices.together(person, other)

    def incumbents(self, iso: str, date: str) -> tuple[Known, ...]:
        """All who surely held some office of a country on a date, but for those that many hold; sorted by name."""
        return self._offices.incumbents(iso, date)

    def entry(self, entity_id: str) -> Entry | None:
        """The entry of a canonical id, or None."""
        return self._by_id.get(entity_id)

    def iso_of(self, entity_id: str) -> str:
        """ISO code of the country that an entity is, governs or belongs to, or ""."""
        if entity_id in self._iso:
            return self._iso[entity_id]
        entry = self._by_id.get(entity_id)
        return self._iso.get(entry.known.country, "") if entry else ""

    def government(self, iso: str) -> Entry:
        """The government of a country, by ISO code."""
        return self.bodies.government(iso)

    def seat(self, city_id: str) -> str:
        """ISO code of the country whose government sits in a city, or ""."""
        return self._seats.get(city_id, "")

    def country(self, iso: str) -> Country:
        """A country by ISO code.

        Raises:
            KeyError: no such code.
        """
        return self._countries[iso]


def _bare(name: str) -> str:
    """A name without article and possessive ending, as it is spelt."""
    return _AROUND.sub("", name.strip())


def _is_strict(form: str) -> bool:
    """Is a one-word name one only as it is spelt: an acronym, or a word with its article ("The Economist")?"""
    bare = _bare(form)
    if bare != form:
        return form.startswith("The ")
    letters = [c for c in bare if c.isalpha()]
    return bare.isupper() or (len(letters) <= LONGEST_MIXED and sum(c.isupper() for c in letters) > 1)


def _read_entries(countries: Mapping[str, Country]) -> Iterator[Entry]:
    owners = {iso: country.known.id for iso, country in countries.items()}
    governments = {iso: country.government().known.id for iso, country in countries.items()}
    taken = {country.known.id for country in countries.values()}
    by_name: dict[str, str] = {}
    for table in TABLES:
        for name, type_, aliases, country, wikidata, detail in read_table(table, COLUMNS):
            owner = (governments if type_ == "PublicBody" else owners).get(country) or by_name.get(country, "")
            if country and not owner:
                raise DataError(f"gazetteer table {table}.csv: {name!r} belongs to {country!r}, which is unknown")
            entity_id = wikidata or text_id(type_, name)
            if entity_id in taken:
                entity_id = text_id(type_, f"{name}, {country}")
            taken.add(entity_id)
            by_name.setdefault(name, entity_id)
            known = Known(entity_id, type_, name, wikidata if entity_id == wikidata else "", owner)
            yield Entry(known, listed(aliases), table, detail)


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package, loaded once.

    Raises:
        DataError: a table is missing or damaged.
    """
    countries = {country.iso: country for country in read_countries()}
    return Gazetteer(countries.values(), _read_entries(countries), read_offices())
