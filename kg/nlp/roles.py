"""Who an office means in an article: "the British leader", "the ex-president", "the chancellor"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Article, Known, Lexicon, Tenure
from kg.nlp.entities import Entities, Local, last_name
from kg.nlp.lexicons import Lexicons
from kg.nlp.titles import Office

_OFFICIAL = re.compile(r"^https?://(?:[\w-]+\.)*(?:gov|mil)(?:[:/]|$)", re.IGNORECASE)
"""Pages of the government of the United States."""
_OTHER = frozenset({"vice", "deputy", "assistant", "under", "former"})
"""Words that make another title of one that they precede."""

_OF_STATE = ("foreign minister", "secretary of state", "defense minister", "president", "prime minister", "chancellor")
"""Offices whose holders meet their counterparts."""


@dataclass(frozen=True, slots=True)
class Role:
    """An office that words ask for.

    Attributes:
        title: as the words have it ("premier"). owners: local ids of the countries or bodies that they name.
        past: do they ask for a former holder? party: local id of the party whose member is asked for, or "".
    """

    title: str
    owners: frozenset[str] = frozenset()
    past: bool = False
    party: str = ""


class Roles:
    """The offices of one article's persons, as it gives them and as the dated tables know them.

    Args:
        entities: of the article.
        lexicon: known names and offices.
        lexicons: word lists.
    """

    def __init__(self, entities: Entities, lexicon: Lexicon, lexicons: Lexicons) -> None:
        self.entities, self.lexicon, self.lexicons = entities, lexicon, lexicons
        self._offices: list[Office] = []
        self._date, self._home = "", ""

    def learn(self, offices: Iterable[Office], article: Article) -> None:
        """Take note of the offices that an article gives its persons."""
        self._offices = list(offices)
        self._date = article.date
        self._home = self._country_id("United States") if _OFFICIAL.match(article.url) else ""

    def bearers(self, role: Role) -> list[str]:
        """Local ids of the persons of the article who hold an office, in the order in which it names them.

        What the article says goes first; where it gives the office to nobody, the dated tables do to those it names.
        """
        if role.party:  # whose members they are the article need not say: who is known to hold it now
            return [p.id for p in self.entities.persons() if self._is_known(p, role)]
        told = list(dict.fromkeys(o.person for o in self._offices if self._tells(o, role)))
        return told or [p.id for p in self._known_persons() if self._is_known(p, role)]

    def own(self, persons: list[str]) -> str:
        """Of several holders of one office, the one of the publisher's country, else the one named first."""
        at_home = [p for p in persons if self._home and self._home in self.countries_of(p)]
        return at_home[0] if len(at_home) == 1 else persons[0]

    def titled(self, title: str) -> list[str]:
        """All who were given a title, by its canonical form."""
        same = self.lexicons.same_title
        return list(dict.fromkeys(o.person for o in self._offices if same(o.title) == title))

    def office_of(self, person: str) -> str:
        """The title that a person bears now, as the article or else the tables have it; "" when unknown."""
        told = next((o.title for o in self._offices if o.person == person and o.tenure is Tenure.CURRENT), "")
        if told:
            return told
        local = self.entities.locals[person]
        return next((t for t in _OF_STATE if self._held(local, Role(t))), "")

    def served(self, person: str) -> list[str]:
        """States and bodies in which the article gives a person an office."""
        return [o.owner.entity for o in self._offices if o.person == person and o.owner is not None]

    # --- as the article says it --------------------------------------------------------------------------------------

    def _tells(self, office: Office, role: Role) -> bool:
        if role.past != (office.tenure is Tenure.FORMER) and not self._left(office, role):
            return False
        return self._same(office.title, role.title) and self._owned(office, role)

    def _left(self, office: Office, role: Role) -> bool:
        """May a mark of time be missing? Only where an office is asked for as a present one."""
        return not role.past and not any(
            o.tenure is not Tenure.FORMER and self._same(o.title, role.title) for o in self._offices if o != office
        )

    def _same(self, known: str, asked: str) -> bool:
        """Is "president" asked of "vice president"? The shorter ends the longer, and drops no `vice`; chiefs lead."""
        one, other = self.lexicons.same_title(known), self.lexicons.same_title(asked)
        if one == other or (other in self.lexicons.leader_titles and one in self.lexicons.chief_titles):
            return True
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        if not longer.endswith(" " + shorter):
            return False
        return not _OTHER & set(longer[: -len(shorter)].split())

    def _owned(self, office: Office, role: Role) -> bool:
        """Is the office that of the owners asked for? One without an owner belongs where the tables have its holder."""
        if not role.owners or (office.owner is not None and office.owner.entity in role.owners):
            return True
        if office.owner is not None:
            return False
        countries = self.countries_of(office.person)
        return not countries or bool(countries & {self._country_of(o) for o in role.owners})

    # --- as the tables know it ---------------------------------------------------------------------------------------

    def _known_persons(self) -> Iterator[Local]:
        yield from (p for p in self.entities.persons() if " " in p.name)

    def _is_known(self, person: Local, role: Role) -> bool:
        held = self._held(person, role)
        countries = {self._country_of(o) for o in role.owners}
        return bool(held) and (not countries or any(k.country in countries for k in held))

    def _held(self, person: Local, role: Role) -> list[Known]:
        """The known person of this name, where he held the office at the article's date (before it, if past)."""
        persons = {k.id for k in self.lexicon.lookup(person.name) if k.type == "Person"}
        held = self.lexicon.bearers(last_name(person.name), role.title, self._date, past=role.past)
        return [k for k in held if k.id in persons]

    def countries_of(self, person: str) -> set[str]:
        """Lexicon ids of the countries of an office-holder: stated ones, else those of the tables."""
        local = self.entities.locals[person]
        offices = [o for o in self._offices if o.person == person]
        stated = {self._country_of(o.owner.entity) for o in offices if o.owner is not None} - {""}
        if stated:
            return stated
        known = [k for o in offices for k in self.lexicon.bearers(last_name(local.name), o.title, self._date)] or [
            k for k in self.lexicon.lookup(local.name) if k.type == "Person"
        ]
        return {k.country for k in known} - {""}

    def _country_of(self, owner: str) -> str:
        local = self.entities.locals[owner]
        return self._country_id(local.name) if local.type == "Country" else ""

    def _country_id(self, name: str) -> str:
        return next((k.id for k in self.lexicon.lookup(name) if k.type == "Country"), "")
