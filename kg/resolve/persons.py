"""Which known person a name, a last name with a title, or a description of an office means."""

import re

from kg.model import Entity, Known, Tenure
from kg.resolve.candidates import UNKNOWN, Decision
from kg.resolve.context import Context, Held
from kg.resolve.folding import fold
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.tables import Entry

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_HONORIFICS = frozenset({"mr", "mrs", "ms", "dr", "sir", "dame", "lord", "sheikh", "shaikh", "general", "gen"})
_WIVES = frozenset({"mrs", "ms", "miss"})
"""What a name keeps where it tells its bearer from another one of the last name: no incumbent is meant."""
_OFFICE_OF = re.compile(r"(?P<title>.+?) of (?:the )?(?P<owner>.+)")


class Persons:
    """Decides for persons.

    Args:
        gazetteer: known names and dated offices.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def decide(self, entity: Entity, context: Context) -> Decision:
        """The known person that a local one is.

        A full name decides by itself; a last name does with the office that the article gives its bearer; a description
        ("Japan's foreign minister") does when exactly one holder is known at the article's date.
        """
        words = fold(entity.name).split()
        if not words:
            return UNKNOWN
        if len(words) > 1 and (decision := self._named(entity, context)):
            return decision
        if decision := self._titled(entity, context):
            return decision
        if decision := self._contemporary(entity, context) if len(words) == 1 else None:
            return decision
        if decision := self._described(entity, context):
            return decision
        return self._famous(entity.name) or self._incumbent(entity, context) or UNKNOWN

    def _named(self, entity: Entity, context: Context) -> Decision | None:
        for name in (entity.name, *sorted(entity.aliases, key=lambda a: (-len(a), a))):
            for key, rule in ((name, "gazetteer.name"), (_bare(name), "gazetteer.initials")):
                if len(key.split()) > 1 and (found := self._persons(key)):
                    return Decision(self._likeliest(found, context), rule)
        return self._fuller(entity.name, context)

    def _fuller(self, name: str, context: Context) -> Decision | None:
        """A name with more given or family names than the known one: "Vicente Fox Quesada"."""
        words = _bare(name).split()
        about = context.countries()
        for key in (f"{words[0]} {words[-1]}", " ".join(words[:2])) if len(words) > 2 else ():
            found = [e for e in self._persons(key) if self._gazetteer.iso_of(e.known.id) in about]
            if len(found) == 1:
                return Decision(found[0], "gazetteer.fuller")
        return None

    def _persons(self, name: str) -> list[Entry]:
        return [entry for entry in self._gazetteer.find(name) if entry.known.type == "Person"]

    def _likeliest(self, found: list[Entry], context: Context) -> Entry:
        """Among namesakes, one whose country the article is about."""
        about = context.countries()
        return min(found, key=lambda e: self._gazetteer.iso_of(e.known.id) not in about) if len(found) > 1 else found[0]

    def _titled(self, entity: Entity, context: Context) -> Decision | None:
        """A name with an office: "Prime Minister Kishida" of Japan in 2023, also when the first name is misspelt."""
        words = _bare(entity.name).split()
        for held in context.offices.get(entity.id, ()):
            matches = [k for k in self._holders(held, context) if _may_be(words, fold(k.name).split())]
            if len(matches) == 1:
                return Decision(self._entry(matches[0]), "office.name")
        return None

    def _contemporary(self, entity: Entity, context: Context) -> Decision | None:
        """In an article without a date, who held the office together with all others of it: "President Bush"."""
        others = context.officers() if not context.date else ()
        for held in context.offices.get(entity.id, ()) if others else ():
            iso = context.iso(held.owner)
            found = self._gazetteer.bearers(fold(entity.name).split(" ")[-1], held.title, "") if iso else ()
            found = tuple(k for k in found if self._gazetteer.iso_of(k.id) == iso)
            matches = [k for k in found if all(self._gazetteer.together(k.id, o.id) for o in others if o.id != k.id)]
            if len(matches) == 1 and held.tenure in {None, Tenure.CURRENT}:
                return Decision(self._entry(matches[0]), "office.contemporary")
        return None

    def _incumbent(self, entity: Entity, context: Context) -> Decision | None:
        """A last name alone, borne by one holder of an office in the article's countries: "Bush" in 2005."""
        if fold(entity.name).split(" ")[0] in _WIVES:
            return None
        words = _bare(entity.name).split()
        matches = context.incumbents_called(words[0]) if len(words) == 1 else ()
        return Decision(self._entry(matches[0]), "office.incumbent") if len(matches) == 1 else None

    def _holders(self, held: Held, context: Context) -> tuple[Known, ...]:
        if held.tenure not in {None, Tenure.CURRENT}:
            return ()
        iso = context.iso(held.owner)
        if iso:
            return self._gazetteer.office(held.title, self._gazetteer.country(iso).known.id, context.date)
        owner = context.entities.get(held.owner)
        found = self._gazetteer.lookup(owner.name) if owner else ()
        return self._gazetteer.office(held.title, found[0].id, context.date) if found else ()

    def _described(self, entity: Entity, context: Context) -> Decision | None:
        """An office instead of a name: "Japan's foreign minister", "the Iranian president"."""
        if not context.date:
            return None
        for title, country in self._offices_of(entity, context):
            holders = self._gazetteer.office(title, country, context.date)
            if len(holders) == 1:
                return Decision(self._entry(holders[0]), "office.title")
        return None

    def _offices_of(self, entity: Entity, context: Context) -> list[tuple[str, str]]:
        """(title, country id) that a description may say, the plainest reading first."""
        words = fold(entity.name).split()
        bodies, found = self._gazetteer.bodies, list[tuple[str, str]]()
        for cut in range(1, min(len(words), 6)):
            if iso := bodies.owner(" ".join(words[:cut])):
                found.append((" ".join(words[cut:]), iso))
        if match := _OFFICE_OF.fullmatch(" ".join(words)):
            found.append((match["title"], bodies.owner(match["owner"])))
        if entity.within:
            found.append((" ".join(words), context.iso(entity.within)))
        return [(title, self._gazetteer.country(iso).known.id) for title, iso in found if iso]

    def _famous(self, name: str) -> Decision | None:
        """A single name that the table of persons gives to exactly one ("Putin")."""
        found = self._persons(name)
        return Decision(found[0], "gazetteer.alias") if len(found) == 1 else None

    def _entry(self, known: Known) -> Entry:
        return self._gazetteer.entry(known.id) or Entry(known, (), "offices")


def _may_be(words: list[str], known: list[str]) -> bool:
    """May these words name the known holder of the office that they are given?"""
    if len(words) > 1 and known:
        return words[-1] == known[-1] and words[0][0] == known[0][0]
    return bool(words) and set(words) <= set(known)


def _bare(name: str) -> str:
    """A folded name without initials, suffixes and honorifics: "William J. Burns, Jr." is `william burns`."""
    words = fold(name).split()
    return " ".join(w for w in words if len(w) > 1 and w not in _SUFFIXES and w not in _HONORIFICS)
