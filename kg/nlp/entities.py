"""Entities of one article in the making, and the stretches of text that name them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.ids import content_id, fold
from kg.model import Entity, Known, Lexicon, Mention, Span

PLACES = frozenset({"Country", "City", "Region"})
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
EVENTS = frozenset({"Summit", "Meeting", "Conflict", "Election"})


def last_name(name: str) -> str:
    """The last word of a name that is no suffix: "Biden" of "Joseph R. Biden, Jr."."""
    words = [w.strip(",") for w in name.split()]
    return next((w for w in reversed(words) if fold(w) not in SUFFIXES), name)


@dataclass(slots=True)
class Local:
    """An entity of this article: what is known so far."""

    id: str
    type: str
    name: str
    within: str = ""
    forms: set[str] = field(default_factory=set[str])


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of words that may be a name.

    Attributes:
        first, end: word range.
        label: what the pipeline calls it, or "".
        known: the gazetteer's entry, or None.
    """

    first: int
    end: int
    label: str = ""
    known: Known | None = None

    @property
    def type(self) -> str:
        """Entity type in the gazetteer, or ""."""
        return "" if self.known is None else self.known.type


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of words that names an entity.

    Attributes:
        first, end: word range. head: its syntactic head.
        type: entity type the words suggest. entity: local id. rule: why.
    """

    first: int
    end: int
    head: int
    type: str
    entity: str
    rule: str


@dataclass(slots=True)
class Entities:
    """All entities and names of one article."""

    article: str
    locals: dict[str, Local] = field(default_factory=dict[str, Local])
    names: list[Name] = field(default_factory=list[Name])
    at: dict[int, Name] = field(default_factory=dict[int, Name])

    def entity(self, kind: str, name: str, *, within: str = "") -> Local:
        """The entity of this type and name, made when new."""
        local_id = content_id("l", self.article, kind, fold(name), within)
        known = self.locals.get(local_id)
        if known is None:
            known = self.locals[local_id] = Local(local_id, kind, name, within)
        return known

    def country(self, lexicon: Lexicon, known: str) -> str:
        """Local id of a country, by its id or a name of it in the lexicon; "" when there is none."""
        return next((self.entity("Country", k.name).id for k in lexicon.lookup(known)[:1]), "")

    def add(self, name: Name, form: str) -> None:
        """Register a name; the first one to claim a word keeps it."""
        self.names.append(name)
        self.locals[name.entity].forms.add(form)
        for i in range(name.first, name.end):
            self.at.setdefault(i, name)

    def free(self, first: int, end: int) -> bool:
        """Is no word of the range named yet?"""
        return not any(i in self.at for i in range(first, end))

    def type_of(self, entity: str) -> str:
        """Entity type of a local id."""
        return self.locals[entity].type

    def persons(self) -> Iterator[Local]:
        """Persons in order of first mention."""
        seen: set[str] = set()
        for name in sorted(self.names, key=lambda n: n.first):
            local = self.locals[name.entity]
            if local.type == "Person" and local.id not in seen:
                seen.add(local.id)
                yield local

    def rename(self, old: str, new: str) -> None:
        """Merge one entity into another: its names and forms move over."""
        if old == new:
            return
        gone = self.locals.pop(old)
        self.locals[new].forms |= gone.forms | {gone.name}
        self.names = [n if n.entity != old else replace(n, entity=new) for n in self.names]
        self.at = {i: n if n.entity != old else replace(n, entity=new) for i, n in self.at.items()}
        for local in self.locals.values():
            if local.within == old:
                local.within = new

    def assign(self, name: Name, entity: str) -> None:
        """Let one name mean another entity; its words become a form of that one."""
        if name.entity == entity:
            return
        moved = replace(name, entity=entity)
        self.names = [moved if n == name else n for n in self.names]
        self.at = {i: moved if n == name else n for i, n in self.at.items()}
        old = self.locals[name.entity]
        self.locals[entity].forms |= old.forms
        if not any(n.entity == old.id for n in self.names) and not any(
            e.within == old.id for e in self.locals.values()
        ):
            del self.locals[old.id]

    def freeze(self, used: set[str]) -> tuple[Entity, ...]:
        """The model's entities: those with a mention or in `used`, with the ones they belong to; sorted by id."""
        wanted = used | {n.entity for n in self.names}
        wanted |= {self.locals[i].within for i in wanted if self.locals[i].within}
        return tuple(
            Entity(e.id, e.type, e.name, tuple(sorted(e.forms - {e.name})), within=e.within)
            for e in sorted((self.locals[i] for i in wanted), key=lambda e: e.id)
        )

    def mentions(self, starts: list[int], ends: list[int]) -> tuple[Mention, ...]:
        """The model's mentions in text order."""
        ordered = sorted(self.names, key=lambda n: (n.first, n.end))
        return tuple(
            Mention(Span(self.article, starts[n.first], ends[n.end - 1]), n.type, n.entity, n.rule) for n in ordered
        )
