"""Canonical entities: one id for all local entities that are the same, with all their names."""

from collections.abc import Iterable

from kg.ids import content_id
from kg.model import Entity
from kg.resolve.candidates import ORGANIZATIONS
from kg.resolve.folding import fold
from kg.resolve.tables import Entry, text_id

ROLES = frozenset({"opposition", "judiciary", "media", "press", "parliament", "government"})
"""Names that every country has one of."""

ALIKE = ORGANIZATIONS - {"Government", "PublicBody"}
"""Kinds that articles mistake for each other and that fill the same roles; the graph takes the most frequent one."""


def known_entity(entry: Entry, forms: Iterable[str] = ()) -> Entity:
    """The entity of a gazetteer entry, with the forms that the article uses for it.

    Args:
        entry: what is known.
        forms: surface forms.
    """
    known = entry.known
    names = _names((*entry.aliases, *forms), known.name)
    return Entity(known.id, known.type, known.name, names, known.wikidata, known.country, entry.table)


def text_entity(local: Entity, *, article: str, within: str = "", owner: str = "") -> Entity:
    """The entity of a name that the gazetteer does not know.

    Equal names of one type are one entity in all articles, and so are equal names of kinds that are `ALIKE`. Not so a
    single name of a person and a description without an owner ("Smith", "five officials"): they say who is meant in
    their article only, so its key is part of their id.

    Args:
        local: as read.
        article: the article's key.
        within: canonical id of what it belongs to, or "".
        owner: adjective of its country, put before a name that says no more than a role ("Lebanese Opposition").
    """
    name = f"{owner} {local.name}" if owner and fold(local.name) in ROLES else local.name
    if _anonymous(local):
        home = within if within and local.type != "Person" else article
        entity_id = content_id("e", local.type, fold(name) or name.strip(), home)
    else:
        entity_id = text_id("Organization" if local.type in ALIKE else local.type, name)
    return Entity(entity_id, local.type, name, _names((local.name, *local.aliases), name), within=within)


def unite(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """One entity an id, aliases united; sorted by id. Order does not matter."""
    united: dict[str, Entity] = {}
    for entity in entities:
        known = united.get(entity.id)
        if known is None or known == entity:
            united[entity.id] = entity
            continue
        first, second = sorted((known, entity), key=_preference)
        names = _names((*first.aliases, *second.aliases, second.name), first.name)
        united[entity.id] = Entity(
            first.id,
            first.type,
            first.name,
            names,
            first.wikidata,
            min(filter(None, (first.within, second.within)), default=""),
            first.origin,
        )
    return tuple(united[entity_id] for entity_id in sorted(united))


def _preference(entity: Entity) -> tuple[bool, str, str, str, tuple[str, ...]]:
    """Smaller is preferred: a kind of organization before the bare type, then by name."""
    return entity.type == "Organization", entity.name, entity.type, entity.within, entity.aliases


def _names(forms: Iterable[str], name: str) -> tuple[str, ...]:
    return tuple(sorted({form for form in forms if form.strip() and form != name}))


def _anonymous(local: Entity) -> bool:
    """Is the name one that many bear: a person's single name, or a description in small letters?"""
    name = local.name.strip()
    if local.type == "Person":
        return len(name.split()) < 2 or name[:1].islower()
    return name[:1].islower() or name[:1].isdigit()
