"""States, the peoples' names that point to them, and their governments."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Known
from kg.resolve.folding import fold
from kg.resolve.tables import Entry, listed, read_table, text_id

GOVERNMENT_NAMES = {"PS": "Palestinian Authority", "VA": "Holy See"}
"""Governments that go by another name than "Government of X"."""

ACTING = ("government", "officials", "authorities")
"""Words that make a country's adjective a name of its government, most usual first."""

_COLUMNS = ("iso", "iso3", "official", "capitals", "wikidata")
_FORMS = ("iso", "name", "article", "aliases", "adjectives", "peoples")
_HISTORICAL = (
    "iso", "name", "article", "official", "aliases", "adjectives", "peoples", "capitals", "wikidata", "successor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Country:
    """One state, present or historical.

    Attributes:
        iso: ISO 3166 alpha-2 code, or `x-..` for a state that is no more.
        known: its entry. article: "the" where its name takes one.
        aliases: other names; adjectives and peoples: as in "Japanese officials", "the Japanese".
        capitals: seats of government, the usual one first.
        successor: code of the state that a historical one is mostly continued by, else "".
    """

    iso: str
    known: Known
    article: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    peoples: tuple[str, ...]
    capitals: tuple[str, ...]
    successor: str = ""

    @property
    def phrase(self) -> str:
        """The name as it stands after "of": "Japan", "the Philippines"."""
        return f"{self.article} {self.known.name}".strip()

    def entry(self) -> Entry:
        """The country as a place."""
        return Entry(self.known, self.aliases, "countries")

    def government(self) -> Entry:
        """The state's government as an actor; its aliases are the country's names, its capitals and usual phrases."""
        plain = f"Government of {self.phrase}"
        name = GOVERNMENT_NAMES.get(self.iso, plain)
        aliases = [plain, self.known.name, *self.aliases, *self.capitals]
        aliases += [f"{adjective} {word}" for adjective in self.adjectives[:2] for word in ACTING]
        aliases += [f"Government of {alias}" for alias in self.aliases if len(alias) > 4 and "." not in alias]
        unique = tuple(dict.fromkeys(a for a in aliases if a != name))
        known = Known(text_id("Government", name), "Government", name, country=self.known.id)
        return Entry(known, unique, "countries")


def read_countries() -> Iterator[Country]:
    """All states: today's in the order of their names, then historical ones.

    Raises:
        DataError: a table is damaged.
    """
    facts = {row[0]: row for row in read_table("countries", _COLUMNS)}
    for iso, name, article, aliases, adjectives, peoples in read_table("country_forms", _FORMS):
        _, iso3, official, capitals, wikidata = facts[iso]
        names = _others(name, (*listed(aliases), official, *((iso3,) if iso == "US" else ())))
        yield Country(
            iso, Known(wikidata, "Country", name, wikidata), article, names,
            listed(adjectives), listed(peoples), listed(capitals),
        )  # fmt: skip
    for row in read_table("countries_historical", _HISTORICAL):
        iso, name, article, official, aliases, adjectives, peoples, capitals, wikidata, successor = row
        names = _others(name, (*listed(aliases), official))
        known = Known(wikidata or text_id("Country", name), "Country", name, wikidata)
        yield Country(iso, known, article, names, listed(adjectives), listed(peoples), listed(capitals), successor)


def _others(name: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    """Aliases without repetitions and without the name itself."""
    seen = {fold(name): name}
    for alias in aliases:
        seen.setdefault(alias, alias)
    return tuple(a for a in dict.fromkeys(seen.values()) if a != name)
