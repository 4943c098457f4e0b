"""Which known entity a name of an article means, and by which rule; persons are in `persons`."""

from dataclasses import dataclass

from kg.model import Entity
from kg.resolve.bodies import GOVERNMENT_WORDS
from kg.resolve.context import Context
from kg.resolve.folding import fold
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.tables import Entry

PLACES = frozenset({"Country", "City", "Region"})
EVENTS = frozenset({"Summit", "Meeting", "Conflict", "Election"})
ORGANIZATIONS = frozenset({
    "Organization", "Government", "PublicBody", "ThinkTank", "PoliticalParty", "IntergovernmentalOrganization",
    "ArmedGroup", "PoliticalCampaign", "Company", "MediaOrganization",
})  # fmt: skip
OTHER_GOVERNMENT = frozenset({
    "coup", "rebel", "exile", "exiled", "shadow", "provincial", "local", "regional", "municipal", "opposition", "led",
    "interim", "parallel", "provisional", "separatist", "former", "future", "unity", "proposed",
})  # fmt: skip
"""Words before "government" that make it another one than the state's own."""


LED = frozenset({"administration", "government", "cabinet", "regime"})
"""What follows a leader's name where the government is meant."""

MISTAKEN = frozenset({"City", "Region", "Organization", "Company"})
"""Types that readers give to names that they do not know."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a local entity is: a known entry, or None where it stays what the text says; `rule` names why."""

    entry: Entry | None
    rule: str


UNKNOWN = Decision(None, "text")


class Candidates:
    """Decides for all entities but persons.

    Args:
        gazetteer: known names.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def decide(self, entity: Entity, context: Context) -> Decision:
        """The known entity that a local one means in its article."""
        if entity.type == "Government":
            return self._government(entity, context)
        if entity.type in ORGANIZATIONS and (decision := self._body(entity, context)):
            return decision
        for name in (entity.name, *sorted(entity.aliases, key=lambda a: (-len(a), a))):
            if entry := self._best(name, entity, context):
                return Decision(entry, "gazetteer.name" if name == entity.name else "gazetteer.alias")
        return self._only(entity, context) or self._mistaken(entity)

    def _only(self, entity: Entity, context: Context) -> Decision | None:
        """A body named by its function alone ("the Air Force") in an article about one country."""
        about = context.countries()
        if entity.type != "PublicBody" or len(about) != 1 or self._gazetteer.find(entity.name):
            return None
        if not context.is_more_than_a_place(next(iter(about))):
            return None
        entry = self._gazetteer.bodies.serving(next(iter(about)), fold(entity.name))
        return Decision(entry, "body.only_country") if entry and entry.known.type == "PublicBody" else None

    def _mistaken(self, entity: Entity) -> Decision:
        """A person taken for a place or an organization: all that the name may mean are persons."""
        found = self._gazetteer.find(entity.name) if entity.type in MISTAKEN else ()
        if len(found) == 1 and found[0].known.type == "Person":
            return Decision(found[0], "gazetteer.person")
        return UNKNOWN

    def _best(self, name: str, entity: Entity, context: Context) -> Entry | None:
        """The likeliest entry of a name that may be of the entity's type."""
        found = [e for e in self._gazetteer.find(name) if compatible(entity.type, e.known.type)]
        found = [e for e in found if not self._gazetteer.is_shared(name, e.known) or self._at_home(e, context)]
        if len(found) < 2:
            return found[0] if found else None
        return min(enumerate(found), key=lambda pair: self._rank(pair[1], entity, context, pair[0]))[1]

    def _at_home(self, entry: Entry, context: Context) -> bool:
        """May a name that many countries use ("Congress", "Communist Party") mean this country's?"""
        iso = self._gazetteer.iso_of(entry.known.id)
        return not iso or iso in context.countries() or iso in context.nationalities()

    def _rank(self, entry: Entry, entity: Entity, context: Context, order: int) -> tuple[int, int, int, int, int]:
        """Smaller is likelier: stated owner, exact type, other places of the kind, countries named, usual order."""
        iso = self._gazetteer.iso_of(entry.known.id)
        within = context.iso(entity.within) if entity.within else ""
        owned = 0 if within and iso == within and entry.known.type != "Country" else 1
        kin = context.neighbours(entry.known, but=entity.id) if entry.known.type == "Region" else 0
        home = context.weight(iso, but=entity.id) if iso else 0
        if entry.known.type == "Region" and home and kin < 2:
            home = 0  # a country is often named; only other regions of it speak for a region
        exact = 0 if entry.known.type == entity.type else 1
        return owned, exact if not kin > 1 else 0, -kin, -min(home, 1), order

    def _body(self, entity: Entity, context: Context) -> Decision | None:
        """A body of the country that it is within: "Foreign Ministry" of Ukraine, "Senate" of France."""
        bodies = self._gazetteer.bodies
        iso = context.iso(entity.within) if entity.within else ""
        if not iso:
            return None
        for name in (entity.name, *entity.aliases):
            key = fold(name)
            composed = bodies.serving(iso, key) or bodies.compose(key)
            if composed is not None and compatible(entity.type, composed.known.type):
                return Decision(composed, "body.within")
        home = [
            e for e in self._gazetteer.find(entity.name)
            if compatible(entity.type, e.known.type) and self._gazetteer.iso_of(e.known.id) == iso
        ]  # fmt: skip
        return Decision(home[0], "gazetteer.within") if home else None

    def _government(self, entity: Entity, context: Context) -> Decision:
        """A government that is named, described, or stands behind the name of a country or capital."""
        words = set(fold(entity.name).split())
        for form in (entity.name, *entity.aliases):
            for entry in self._gazetteer.find(form):
                if entry.known.type == "Government":
                    return Decision(entry, "government.name")
                iso = self._gazetteer.iso_of(entry.known.id)
                if entry.known.type == "Country":
                    return Decision(self._gazetteer.government(iso), "metonymy.country")
                if entry.known.type == "City" and (iso := self._gazetteer.seat(entry.known.id)):
                    return Decision(self._gazetteer.government(iso), "metonymy.capital")
        iso = context.iso(entity.within) if entity.within else ""
        described = not words or words & OTHER_GOVERNMENT
        if iso and (not described or fold(entity.name) in GOVERNMENT_WORDS):
            return Decision(self._gazetteer.government(iso), "government.within")
        return self._led(entity, context) or UNKNOWN

    def _led(self, entity: Entity, context: Context) -> Decision | None:
        """A government named by who leads it: "the Ishiba administration" is Japan's."""
        leader, _, kind = fold(entity.name).rpartition(" ")
        if kind not in LED or not leader:
            return None
        known = [e.known for e in self._gazetteer.find(leader.title()) if e.known.type == "Person"]
        known = known or list(context.incumbents_called(leader) or self._gazetteer.bearers(leader, "leader", ""))
        persons = {k.id for k in known}
        isos = {self._gazetteer.iso_of(person) for person in persons}
        iso = isos.pop() if len(isos) == 1 else ""
        return Decision(self._gazetteer.government(iso), "government.leader") if iso else None


def compatible(local: str, known: str) -> bool:
    """May something that a text shows as `local` be an entry of type `known`?

    Kinds of organization are often mistaken for each other, and so are kinds of places; a person is nothing else, and a
    name that looks like a place may be an organization (`Hamas`), an agreement may be named like its members (`AUKUS`).
    """
    if "Person" in {local, known}:
        return local == known
    if local in PLACES:
        return known in PLACES or known in ORGANIZATIONS - {"Government", "Company"}
    if local in ORGANIZATIONS:
        return known in ORGANIZATIONS or (known == "Agreement" and local == "Organization")
    if local in EVENTS:
        return known in EVENTS
    if local == "Agreement":
        return known in {"Agreement", "IntergovernmentalOrganization"}
    return local == known
