"""What an article says around a name: its date, the countries it is about, the offices that its persons hold."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import Argument, Article, Entity, Known, Reading, Tenure
from kg.resolve.folding import fold
from kg.resolve.gazetteer import Gazetteer

_OFFICIAL = re.compile(r"^https?://(?:[\w-]+\.)*(?:gov|mil)(?:[:/]|$)", re.IGNORECASE)
"""Pages of the government of the United States."""
_BEHIND = re.compile(
    r"\b(?:across|against|around|for|from|in|inside|into|near|of|on|over|to|towards?|with|within)\s+(?:the\s+)?$"
)
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Held:
    """An office that the article gives a person: title, local id of the body or country, tenure."""

    title: str
    owner: str
    tenure: Tenure | None


class Context:
    """Evidence of one article for telling namesakes apart.

    Attributes:
        date: of the article, or "".
        entities: local entities by id.
        offices: offices by local id of the person.
    """

    def __init__(self, reading: Reading, article: Article, gazetteer: Gazetteer) -> None:
        self.date = article.date
        self.article = article.key
        self.entities: Mapping[str, Entity] = {e.id: e for e in reading.entities}
        self.offices = _offices(reading)
        self._gazetteer = gazetteer
        self._found = {e.id: _places(e, gazetteer) for e in reading.entities}
        self._countries = Counter(iso for isos in self._found.values() if len(isos) == 1 for iso in isos)
        self._kinds = {e.id: _kind(e, gazetteer) for e in reading.entities}
        self._types = Counter(self._kinds.values())
        self._about = frozenset(self._countries)
        self._last_names: dict[str, list[Entity]] = {}
        for entity in reading.entities:
            if entity.type == "Person" and " " in (name := fold(entity.name)):
                self._last_names.setdefault(name.split(" ")[-1], []).append(entity)
        self._incumbents: dict[str, list[Known]] | None = None
        self._mentions, self._text = reading.mentions, article.text
        self._nationalities = _nationalities(reading.entities, gazetteer)
        if _OFFICIAL.match(article.url):
            self._nationalities |= {"US"}

    def iso(self, local: str) -> str:
        """Code of the one country that a local entity is, or belongs to; "" when there is none or more than one."""
        entity, seen = self.entities.get(local), set[str]()
        while entity is not None and entity.id not in seen:
            seen.add(entity.id)
            isos = self._found[entity.id]
            if len(isos) == 1:
                return next(iter(isos))
            if not entity.within:
                first = self._gazetteer.lookup(entity.name)
                return self._gazetteer.iso_of(first[0].id) if first else ""
            entity = self.entities.get(entity.within)
        return ""

    def owner(self, local: Entity) -> Entity | None:
        """The local entity that one is within; None where there is none, or where they own each other."""
        seen, owner = {local.id}, self.entities.get(local.within)
        step = owner
        while step is not None:
            if step.id in seen:
                return None
            seen.add(step.id)
            step = self.entities.get(step.within)
        return owner

    def person_called(self, local: Entity) -> Entity | None:
        """The one person of the article whose last name is this whole name, or None."""
        persons = self._last_names.get(fold(local.name), ())
        return persons[0] if len(persons) == 1 else None

    def incumbents_called(self, last_name: str) -> tuple[Known, ...]:
        """All of this folded last name who held an office of the article's countries at its date."""
        if self._incumbents is None:
            holders = {k.id: k for iso in sorted(self.countries()) for k in self._gazetteer.incumbents(iso, self.date)}
            self._incumbents = {}
            for known in holders.values():
                self._incumbents.setdefault(fold(known.name).split(" ")[-1], []).append(known)
        return tuple(self._incumbents.get(last_name, ()))

    def weight(self, iso: str, *, but: str = "") -> int:
        """How many entities of the article point to a country for certain, one left out."""
        return self._countries[iso] - (self._found.get(but, _NONE) == frozenset((iso,)))

    def neighbours(self, known: Known, *, but: str = "") -> int:
        """How many other places of the article are of the same kind and country as this one (other US states)."""
        kind = (self._gazetteer.iso_of(known.id), known.type)
        return self._types[kind] - (self._kinds.get(but) == kind)

    def countries(self) -> frozenset[str]:
        """Codes of the countries that the article is about for certain."""
        return self._about

    def officers(self) -> tuple[Known, ...]:
        """Known persons to whom the article gives a present office under a full name."""
        current = [e for e, held in self.offices.items() if any(h.tenure is Tenure.CURRENT for h in held)]
        names = [entity.name for e in current if (entity := self.entities.get(e)) is not None and " " in entity.name]
        known = [[k for k in self._gazetteer.lookup(n) if k.type == "Person"] for n in names]
        return tuple(k[0] for k in known if len(k) == 1)

    def is_more_than_a_place(self, iso: str) -> bool:
        """Is a country, or something of it, named elsewhere than behind a preposition: not only "in Sudan"?"""
        mentions = [m for m in self._mentions if self._found.get(m.entity, _NONE) == frozenset((iso,))]
        return not mentions or any(not _BEHIND.search(self._text, 0, m.span.start) for m in mentions)

    def nationalities(self) -> frozenset[str]:
        """Codes of the countries of known people whom the article names, and of the government that published it."""
        return self._nationalities

    def mentions(self, *ids: str) -> bool:
        """Is one of these canonical entities named in the article?"""
        names = {self._gazetteer.lookup(e.name)[:1] for e in self.entities.values()}
        return any(known.id in ids for found in names for known in found)


def _places(entity: Entity, gazetteer: Gazetteer) -> frozenset[str]:
    """Codes of all countries that an entity's name may point to; names that many countries use point to none."""
    if entity.type == "Person" or gazetteer.bodies.function(entity.name):
        return frozenset()
    found = [known for known in gazetteer.lookup(entity.name) if not gazetteer.is_shared(entity.name, known)]
    return frozenset(iso for known in found if (iso := gazetteer.iso_of(known.id)))


def _nationalities(entities: Iterable[Entity], gazetteer: Gazetteer) -> frozenset[str]:
    """Codes of the countries of those persons whose name one known person bears."""
    found = (gazetteer.lookup(e.name) for e in entities if e.type == "Person")
    return frozenset(iso for known in found if len(known) == 1 and (iso := gazetteer.iso_of(known[0].id)))


def _kind(entity: Entity, gazetteer: Gazetteer) -> tuple[str, str]:
    """Country and type of what a name means when it means one thing only; ("", "") otherwise."""
    found = gazetteer.lookup(entity.name)
    iso = gazetteer.iso_of(found[0].id) if len(found) == 1 else ""
    return (iso, found[0].type) if iso else ("", "")


def _offices(reading: Reading) -> Mapping[str, tuple[Held, ...]]:
    offices: dict[str, set[tuple[str, str, str]]] = {}
    for claim in reading.claims:
        if claim.relation == "holds_position" and isinstance(claim.object, Argument) and claim.qualifiers.title:
            held = (claim.qualifiers.title, claim.object.entity, claim.qualifiers.tenure or "")
            offices.setdefault(claim.subject.entity, set()).add(held)
    return {
        person: tuple(Held(title, owner, Tenure(tenure) if tenure else None) for title, owner, tenure in sorted(held))
        for person, held in offices.items()
    }
