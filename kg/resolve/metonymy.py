"""Places that act are governments, and governments that are gone to are places; the role in a claim decides."""

from dataclasses import dataclass

from kg.model import Known
from kg.resolve.candidates import PLACES
from kg.resolve.context import Context
from kg.resolve.folding import fold
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.tables import Entry, text_id
from kg.schema import Schema

LITERAL = frozenset({("visited", "object"), ("based_in", "object")})
"""Roles that a place fills as a place."""

STRUCK = frozenset({"attacks", "coerces", "mobilizes_against"})
"""Relations whose object may be a city itself, also a capital: what is bombed in Kyiv is not the government."""

OF_STATE = frozenset(
    {"minister", "president", "premier", "chancellor", "spokesman", "spokeswoman", "spokesperson", "leader"}
)
"""Words of titles that are held in a government, also where a capital stands for it: "Moscow's foreign minister"."""

EUROPEAN_UNION = "Q458"
BRUSSELS = "Q239"
BELGIUM = "Q31"


@dataclass(frozen=True, slots=True)
class Slot:
    """A role of a claim.

    Attributes:
        relation: name. role: `subject` `object` `place` `addressee` `speaker`.
        other: type of the entity at the other end, or "".
        title: the office, in `holds_position`.
    """

    relation: str
    role: str
    other: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """What an entity means in a role when that is not itself; `rule` names the step."""

    entry: Entry
    rule: str


class Metonymy:
    """Decides what an entity means in a role.

    Args:
        gazetteer: knows countries, capitals and governments.
        schema: says which types a role takes.
    """

    def __init__(self, gazetteer: Gazetteer, schema: Schema) -> None:
        self._gazetteer = gazetteer
        self._schema = schema

    def shift(self, known: Known, slot: Slot, context: Context) -> Shift | None:
        """The entity that is meant instead, or None where the literal one is.

        Args:
            known: the literal entity.
            slot: the role it fills.
            context: the article.
        """
        if known.type == "Government" and self._wants_place(slot):
            return self._country_of(known)
        if known.type not in PLACES or self._wants_place(slot):
            return None
        if known.type == "Country":
            iso = self._gazetteer.iso_of(known.id)
            return Shift(self._gazetteer.government(iso), "metonymy.country") if iso else None
        if known.type == "City":
            return self._governed(known, slot) or self._capital(known, slot, context)
        return None if self._takes(known.type, slot) else _acting_region(known)

    def _wants_place(self, slot: Slot) -> bool:
        if slot.role == "place" or (slot.relation, slot.role) in LITERAL:
            return True
        return slot.relation == "part_of" and slot.other in PLACES

    def _takes(self, type_: str, slot: Slot) -> bool:
        """Does the role take this type as it stands?"""
        if slot.role not in {"subject", "object"}:
            return False
        relation = self._schema.relations[slot.relation]
        wanted = relation.domain if slot.role == "subject" else relation.range
        return any(self._schema.is_a(type_, name) for name in wanted)

    def _capital(self, known: Known, slot: Slot, context: Context) -> Shift | None:
        if slot.role == "object" and slot.relation in STRUCK:
            return None
        if slot.role == "object" and slot.relation == "holds_position" and not OF_STATE & set(fold(slot.title).split()):
            return None
        if known.id == BRUSSELS and not context.mentions(BELGIUM):
            union = self._gazetteer.entry(EUROPEAN_UNION)
            return Shift(union, "metonymy.brussels") if union else None
        iso = self._gazetteer.seat(known.id)
        return Shift(self._gazetteer.government(iso), "metonymy.capital") if iso else None

    def _governed(self, known: Known, slot: Slot) -> Shift | None:
        """The state or province of the city's name, where an office is a governor's."""
        if slot.relation != "holds_position" or "governor" not in slot.title.casefold():
            return None
        entry = self._gazetteer.entry(known.id)
        for name in (known.name, *(entry.aliases if entry else ())):
            for found in self._gazetteer.find(name):
                if found.known.type == "Region":
                    return Shift(found, "metonymy.governor")
        return None

    def _country_of(self, known: Known) -> Shift | None:
        iso = self._gazetteer.iso_of(known.id)
        if not iso or known.id != self._gazetteer.government(iso).known.id:
            return None
        return Shift(self._gazetteer.country(iso).entry(), "metonymy.place")


def _acting_region(known: Known) -> Shift:
    """A region that acts: its own government where it is part of a state, else the states of it as a group."""
    if known.country:
        name = f"Government of {known.name}"
        acting = Known(text_id("Government", name), "Government", name, country=known.country)
        entry = Entry(acting, (known.name,), "regions")
    else:
        entry = Entry(Known(text_id("Organization", known.name), "Organization", known.name), (), "regions")
    return Shift(entry, "metonymy.region")
