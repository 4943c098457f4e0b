"""Which names of an article are one person: last names with the titles, honorifics and genders that they bear."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.ids import fold
from kg.model import Known, Lexicon, Tenure
from kg.nlp.entities import SUFFIXES, Entities, Local, Name, last_name
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons
from kg.nlp.titles import Office, Titles

_LONGEST_SHORT = 2
"""Words of the longest name that may be a part of another."""


@dataclass(frozen=True, slots=True)
class _Address:
    """How one mention addresses its bearer.

    Attributes:
        gender: `f`, `m` or "". title: the state office before the name, or "". country: id of its country, or "".
        past: is the office a former one? first: where the address begins.
    """

    gender: str
    title: str
    country: str
    past: bool
    first: int


class Persons:
    """Joins the persons of one article.

    Args:
        tree: the article's words. entities: its names, each full name and each short one an entity of its own.
        lexicon: known names and offices. lexicons: word lists. date: of the article, or "".
    """

    def __init__(self, tree: Tree, entities: Entities, lexicon: Lexicon, lexicons: Lexicons, date: str) -> None:
        self.tree, self.entities, self.lexicon, self.lexicons, self.date = tree, entities, lexicon, lexicons, date
        names = sorted((n for n in entities.names if n.type == "Person"), key=lambda n: n.first)
        offices = _by_name(Titles(tree, entities, lexicons).offices(), names)
        self._addresses = {n.first: self._address(n, offices.get(n.first)) for n in names}
        self._names: dict[str, list[Name]] = {}
        for name in names:
            self._names.setdefault(name.entity, []).append(name)

    def join(self) -> None:
        """A later "Akiba" is the one person of the article whose full name has that part; two such: neither.

        What stands before a name decides first: "Mrs. Clinton" is no Bill, and "President Biden" is who held that
        office at the article's date, though its only full name be Hunter Biden.
        """
        persons = list(self.entities.persons())
        for short in persons:
            words = fold(short.name).split()
            if short.id not in self.entities.locals or len(words) > _LONGEST_SHORT:
                continue
            longer = [p for p in persons if p.id != short.id and p.id in self.entities.locals and part_of(words, p)]
            if longer:
                self._settle(short, longer)
            else:
                self._split(short)

    def _settle(self, short: Local, longer: list[Local]) -> None:
        """Each mention of a short name goes to the longer one that fits it."""
        names = self._names.get(short.id, [])
        fits = {n.first: [p for p in longer if self._fits(p, n)] for n in names}
        holders = {n.first: self._bearers(n) for n in names if not fits[n.first]}
        contested = any(len(found) == 1 for found in holders.values())
        latest, chosen = "", dict[Name, str]()
        fulls = [n for p in longer for n in self._names.get(p.id, ())]
        for name in sorted([*names, *fulls], key=lambda n: n.first):
            if name.entity != short.id:
                latest = name.entity
                continue
            address, fitting = self._addresses[name.first], self._met(fits[name.first], name)
            on = latest in self.entities.locals and self._suits(self.entities.locals[latest], address.gender)
            if fitting and (address.title or not contested):
                chosen[name] = fitting[0].id if len(fitting) == 1 else short.id
            elif on and not address.title and (len(longer) == 1 or not fitting):
                chosen[name] = latest
            elif fitting:
                chosen[name] = fitting[0].id if len(fitting) == 1 else short.id
            else:
                chosen[name] = self._other(short, name, holders[name.first])
            latest = chosen[name]
        self._assign(short, chosen)

    def _met(self, persons: list[Local], name: Name) -> list[Local]:
        """Of several whom a mention may mean the one named in full before it, where the others are named later."""
        before = [p for p in persons if any(n.first < name.first for n in self._names.get(p.id, ()))]
        return before if len(before) == 1 else persons

    def _split(self, short: Local) -> None:
        """ "Mr. Clinton" and "Mrs. Clinton" without a full name are two; what has no honorific stays with him."""
        genders = {n: self._addresses[n.first].gender for n in self._names.get(short.id, ())}
        if {"f", "m"} <= set(genders.values()):
            self._assign(short, {n: self._other(short, n, ()) if g == "f" else short.id for n, g in genders.items()})

    def _assign(self, short: Local, chosen: dict[Name, str]) -> None:
        targets = set(chosen.values())
        if len(targets) == 1:
            self.entities.rename(short.id, targets.pop())
            return
        for name, target in chosen.items():
            self.entities.assign(name, target)

    def _other(self, short: Local, name: Name, holders: tuple[Known, ...]) -> str:
        """Who a mention means that none of the longer names fits."""
        address = self._addresses[name.first]
        known = holders or self._of_gender(self.lexicon.bearers(last_name(short.name), "", self.date), address.gender)
        if len(known) == 1:
            return self.entities.entity("Person", known[0].name).id
        if address.gender and not address.title:
            return self.entities.entity("Person", self.tree.line(address.first, name.end)).id
        return short.id

    # --- what a mention says -----------------------------------------------------------------------------------------

    def _address(self, name: Name, office: Office | None) -> _Address:
        tree, first, before = self.tree, name.first, set[str]()
        low, _ = tree.bounds[tree.sents[name.first]]
        while first > low and tree.words[first - 1].casefold().rstrip(".") in self.lexicons.honorifics:
            first -= 1
            before.add(tree.words[first].casefold().rstrip("."))
        if office is None:
            return _Address(self._gender(before), self._presided(name), "", past=False, first=first)
        owner = self.entities.type_of(office.owner.entity) if office.owner else ""
        title = office.title if owner in {"", "Country", "Government"} else ""
        gender = self._gender(before | set(fold(office.title).split()))
        return _Address(gender, title, self._country(office), office.tenure is Tenure.FORMER, first)

    def _presided(self, name: Name) -> str:
        """ "the Biden administration" is a president's."""
        led = name.end < len(self.tree.words) and self.tree.lemmas[name.end] in {"administration", "presidency"}
        return "president" if led else ""

    def _country(self, office: Office) -> str:
        if office.owner is None or self.entities.type_of(office.owner.entity) != "Country":
            return ""
        found = self.lexicon.lookup(self.entities.locals[office.owner.entity].name)
        return found[0].id if found else ""

    def _gender(self, words: set[str]) -> str:
        female, male = bool(words & self.lexicons.female), bool(words & self.lexicons.male)
        return "" if female == male else "f" if female else "m"

    def gender(self, person: Local) -> str:
        """`f`, `m` or "" by first name and what stands before any mention of the full name."""
        said = {self._addresses[n.first].gender for n in self._names.get(person.id, ())} - {""}
        return said.pop() if len(said) == 1 else self.lexicons.gender(person.name, set())

    # --- who it may be -----------------------------------------------------------------------------------------------

    def _fits(self, person: Local, name: Name) -> bool:
        """May a person be who a mention means, by gender and office?"""
        address = self._addresses[name.first]
        if not self._suits(person, address.gender):
            return False
        if not address.title or self._bears(person, address.title):
            return True
        holders = self._bearers(name)
        return not holders or any(_same_person(person, known, self.lexicon) for known in holders)

    def _suits(self, person: Local, gender: str) -> bool:
        return not gender or self.gender(person) in {"", gender}

    def _bears(self, person: Local, title: str) -> bool:
        """Does the article give the person that title by full name?"""
        titles = {self._addresses[n.first].title for n in self._names.get(person.id, ())}
        return self.lexicons.same_title(title) in {self.lexicons.same_title(t) for t in titles if t}

    def _bearers(self, name: Name) -> tuple[Known, ...]:
        """Known people of this last name who held the office of a mention; () where it names none."""
        address = self._addresses[name.first]
        if not address.title:
            return ()
        word = last_name(self.tree.quote(name.first, name.end))
        held = self.lexicon.bearers(word, address.title, self.date, past=address.past)
        held = tuple(k for k in held if address.country in {"", k.country})
        return self._of_gender(held, address.gender)

    def _of_gender(self, known: tuple[Known, ...], gender: str) -> tuple[Known, ...]:
        """Those whose first name does not speak against a gender."""
        if not gender:
            return known
        return tuple(k for k in known if self.lexicons.gender(k.name, set()) in {"", gender})


def _by_name(offices: Iterable[Office], names: list[Name]) -> dict[int, Office]:
    """The first office of each mention, by the mention's first word."""
    found: dict[int, Office] = {}
    for office in offices:
        for name in names:
            if name.entity == office.person and office.first <= name.first < office.end:
                found.setdefault(name.first, office)
                break
    return found


def _same_person(person: Local, known: Known, lexicon: Lexicon) -> bool:
    """Is it the known one, or one whose first name is spelt in another way?"""
    if any(k.id == known.id for k in lexicon.lookup(person.name)):
        return True
    own, other = fold(person.name).split(), fold(known.name).split()
    return not lexicon.lookup(person.name) and own[0][0] == other[0][0]


def part_of(words: list[str], person: Local) -> bool:
    """Is a short form part of a longer name: its last word, its first of an Asian order, or a contiguous part?"""
    full = [w for w in fold(person.name).split() if w not in SUFFIXES]
    if len(full) <= len(words):
        return False
    if len(words) == 2 and words == [full[0], full[-1]]:
        return True
    if len(words) == 1:
        return words[0] in {full[0], full[-1]} or any(words[0] == "-".join(full[k:]) for k in range(1, len(full)))
    return any(full[k : k + len(words)] == words for k in range(len(full) - len(words) + 1))
