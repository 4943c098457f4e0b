"""Names that are made of a country and a function: "Japanese government", "Ukraine's foreign ministry"."""

from collections.abc import Iterable, Mapping

from kg.model import Known
from kg.resolve.countries import Country
from kg.resolve.folding import fold
from kg.resolve.tables import Entry, listed, read_table, text_id

GOVERNMENT_WORDS = frozenset({
    "government", "governments", "authorities", "officials", "official", "administration", "leadership", "regime",
    "leaders", "side", "delegation", "diplomats", "diplomat", "negotiators", "policymakers", "federal government",
    "central government", "state", "government officials", "government official",
})  # fmt: skip
"""What follows a country's name or adjective where its government is meant."""

_FORMS = 2
"""How many long and short phrases of a function make aliases; the table has the usual ones first."""

LONGEST_OWNER = 6
"""Words of the longest country name ("democratic people's republic of korea")."""


class Bodies:
    """Composes public bodies and governments from an owner and a function.

    Args:
        countries: by ISO code.
        named: bodies of the tables that serve a function, by (ISO code, function).
    """

    def __init__(self, countries: Mapping[str, Country], named: Mapping[tuple[str, str], Entry]) -> None:
        self._countries = countries
        self._named = named
        self._governments = {iso: country.government() for iso, country in countries.items()}
        self._owners = _owners(countries.values())
        self._names: dict[str, str] = {}
        self._phrases: dict[str, tuple[str, ...]] = {}
        self._functions: dict[str, str] = {}
        self._made: dict[tuple[str, str], Entry] = {}
        for function, name, aliases in read_table("body_functions", ("function", "name", "aliases")):
            self._names[function] = name
            self._phrases[function] = listed(aliases)
            for phrase in (name, *listed(aliases)):
                self._functions.setdefault(fold(phrase), function)

    def government(self, iso: str) -> Entry:
        """The government of a country."""
        return self._governments[iso]

    def function(self, phrase: str) -> str:
        """Key of the function that a phrase names ("foreign ministry" is `foreign`), or ""."""
        return self._functions.get(fold(phrase), "")

    def owner(self, phrase: str) -> str:
        """ISO code of the country that a name, adjective or people's name points to, or ""."""
        return self._owners.get(fold(phrase), "")

    def compose(self, key: str) -> Entry | None:
        """What a folded name of the form "OWNER FUNCTION" or "FUNCTION of OWNER" means.

        Args:
            key: a folded name ("south korea foreign ministry").
        """
        words = key.split(" ")
        for cut in range(min(LONGEST_OWNER, len(words) - 1), 0, -1):
            iso = self._owners.get(" ".join(words[:cut]))
            if iso and (entry := self.serving(iso, " ".join(words[cut:]))):
                return entry
        if "of" not in words:
            return None
        for at in [i for i, word in enumerate(words) if word == "of"]:
            iso = self._owners.get(" ".join(words[at + 1 :]).removeprefix("the "))
            if iso and (entry := self.serving(iso, " ".join(words[:at]))):
                return entry
        return None

    def serving(self, iso: str, phrase: str) -> Entry | None:
        """The body or government that a folded phrase means in one country ("foreign ministry" of `JP`), or None."""
        if phrase in GOVERNMENT_WORDS:
            return self._governments[iso]
        function = self._functions.get(phrase)
        return self.body(iso, function) if function else None

    def body(self, iso: str, function: str) -> Entry:
        """The body that serves a function in a country: the named one, else one named by the usual pattern."""
        known = self._made.get((iso, function))
        if known is None:
            known = self._made[iso, function] = self._make(iso, function)
        return known

    def _make(self, iso: str, function: str) -> Entry:
        if (named := self._named.get((iso, function))) is not None:
            return Entry(named.known, self._usual(iso, function, named), named.table, function)
        country = self._countries[iso]
        name = f"{self._names[function]} of {country.phrase}"
        known = Known(text_id("PublicBody", name), "PublicBody", name, country=self._governments[iso].known.id)
        entry = Entry(known, (), "bodies", function)
        return Entry(known, self._usual(iso, function, entry), "bodies", function)

    def _usual(self, iso: str, function: str, entry: Entry) -> tuple[str, ...]:
        """The entry's own aliases, and the usual forms ("Japanese Foreign Ministry", "Foreign Ministry of Japan")."""
        country = self._countries[iso]
        phrases = {fold(p): p for p in (*reversed(self._phrases[function]), self._names[function])}
        usual = tuple(reversed(phrases.values()))
        long = [phrase for phrase in usual if " of " in phrase][:_FORMS]
        short = [phrase for phrase in usual if " of " not in phrase][:_FORMS]
        forms = [*entry.aliases]
        forms += [f"{_title(phrase)} of {country.phrase}" for phrase in (*long, *short)]
        forms += [f"{adjective} {_title(phrase)}" for adjective in country.adjectives[:1] for phrase in short]
        forms += [_title(phrase) for phrase in (*long[:1], *short[:1])]
        return tuple(form for form in dict.fromkeys(forms) if form != entry.known.name)


def _title(phrase: str) -> str:
    """A phrase in capitals, its small words left: "Ministry of Foreign Affairs"."""
    small = {"of", "the", "and", "for"}
    return " ".join(word if word in small else word[:1].upper() + word[1:] for word in phrase.split())


def _owners(countries: Iterable[Country]) -> dict[str, str]:
    """Folded names, adjectives and peoples of the countries; the first country to claim a form keeps it."""
    owners: dict[str, str] = {}
    listed_countries = list(countries)
    for country in listed_countries:
        for form in (country.known.name, *country.aliases):
            owners.setdefault(fold(form), country.iso)
    for country in listed_countries:
        for form in (*country.adjectives, *country.peoples):
            owners.setdefault(fold(form), country.iso)
    return owners
