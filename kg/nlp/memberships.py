"""Who belongs to which party: "Likud lawmaker X", "X, a Florida Republican", "X (D-Del.)"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.ids import fold
from kg.nlp.entities import Entities, Name
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons
from kg.nlp.titles import Office, Titles

LEADING = frozenset({
    "leader", "chairman", "chairwoman", "chairperson", "chair", "vice-chairman", "president",
    "vice-president", "secretary", "secretary-general", "spokesman", "spokeswoman", "spokesperson", "head", "chief",
    "boss", "founder", "co-founder", "treasurer", "whip", "official", "strategist", "director", "coordinator",
    "organizer", "organiser", "candidate", "nominee", "contender", "hopeful", "general", "deputy", "manager",
    "adviser", "advisor", "member", "executive", "patron", "successor", "pick", "choice", "aide", "consultant",
})  # fmt: skip
"""Titles that are offices of a party; others only say that somebody belongs to it."""

_AMERICAN = re.compile(r"\s*\(\s*([RD])\s*[-–]\s*[A-Z][\w. ]{1,14}\)")
_PARTIES = {"R": "Republican Party", "D": "Democratic Party"}
_ARTICLES = frozenset({"a", "an", "the", "fellow"})
_ENDS = frozenset({",", ".", ")", ";", "–", "—"})


@dataclass(frozen=True, slots=True)
class Membership:
    """A person in a party.

    Attributes:
        person, party: local ids. words: word range of the party's name. first, end: word range that says all of it.
    """

    person: str
    party: str
    words: tuple[int, int]
    first: int
    end: int


class Memberships:
    """Finds such memberships in one article."""

    def __init__(self, titles: Titles) -> None:
        self.tree: Tree = titles.tree
        self.entities: Entities = titles.entities
        self.owners = titles.owners

    def found(self, offices: list[Office]) -> Iterator[Membership]:
        """All of them; one may come twice.

        Args:
            offices: of the article's persons.
        """
        for office in offices:
            party = office.owner
            if party is not None and self._is_party(party) and not leads(self.tree, office, self.owners.lexicons):
                words = (party.first, party.end)
                yield Membership(office.person, party.entity, words, office.first, office.end)
        for name in [n for n in self.entities.names if n.type == "Person"]:
            party = self._behind(name) or self._before(name)
            if party is not None:
                ends = (min(name.first, party.first), max(name.end, party.end))
                yield Membership(name.entity, party.entity, (party.first, party.end), *ends)
            yield from self._in_brackets(name)

    def _is_party(self, name: Name) -> bool:
        return self.entities.type_of(name.entity) == "PoliticalParty"

    def _behind(self, name: Name) -> Name | None:
        """ "X of the Kuomintang", "X, a Florida Republican,"."""
        tree = self.tree
        owner, _ = self.owners.owner_after(name.end)
        if owner is not None:
            return owner if self._is_party(owner) else None
        k = name.end
        if k + 2 >= len(tree.words) or tree.words[k] != "," or tree.words[k + 1].casefold() not in _ARTICLES:
            return None
        k += 2
        place = self.entities.at.get(k)
        if place is not None and self.entities.type_of(place.entity) in {"Region", "City", "Country"}:
            k = place.end
        party = self.entities.at.get(k)
        closed = party is not None and party.end < len(tree.words) and tree.words[party.end] in _ENDS
        return party if party is not None and closed and self._is_party(party) else None

    def _before(self, name: Name) -> Name | None:
        """ "Illinois Republican X"."""
        party = self.entities.at.get(name.first - 1)
        if party is None or not self._is_party(party) or self.tree.sents[party.first] != self.tree.sents[name.first]:
            return None
        return party if party.end == name.first and self.tree.tags[party.end - 1] in {"NN", "NNP", "JJ"} else None

    def _in_brackets(self, name: Name) -> Iterator[Membership]:
        """ "Sen. X (D-Del.)"."""
        tree = self.tree
        match = _AMERICAN.match(tree.text, tree.ends[name.end - 1])
        if match is None:
            return
        local = self.entities.entity("PoliticalParty", _PARTIES[match[1]])
        end = next((k for k in range(name.end, len(tree.words)) if tree.ends[k] >= match.end()), name.end) + 1
        yield Membership(name.entity, local.id, (name.end + 1, min(name.end + 2, end)), name.first, end)


def leads(tree: Tree, office: Office, lexicons: Lexicons) -> bool:
    """Is it an office of the party, and not only of one of its members ("Labour Prime Minister X")?"""
    lemma, party = tree.lemmas[office.head].removeprefix("co-"), office.owner
    named = tree.words[office.head][:1].isupper() and party is not None and party.end == office.head
    alone = named and party is not None and party.end == party.first + 1  # not "Socialist Party president X"
    ministry = lemma == "secretary" and fold(office.title) in lexicons.state_titles
    return lemma in LEADING and not ministry and not (alone and lemma == "president")
