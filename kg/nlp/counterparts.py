"""Offices of counterparts: "Brazil's foreign minister Vieira and his Colombian counterpart Murillo"."""

from collections.abc import Iterator

from kg.ids import fold
from kg.model import Article, Lexicon, Tenure
from kg.nlp.coref import Referents
from kg.nlp.entities import Name
from kg.nlp.homes import names_agree
from kg.nlp.lexicons import Lexicons
from kg.nlp.titles import COUNTERPARTS, Office, Titles, abroad

_HEADS = ("president", "prime minister", "chancellor")
"""Offices in which the counterpart of a head of state or government may serve."""


class Counterparts:
    """Gives the counterparts in one article the office of those whose counterparts they are."""

    def __init__(
        self, titles: Titles, referents: Referents, lexicons: Lexicons, source: tuple[Lexicon, Article]
    ) -> None:
        self.tree, self.entities, self.owners = titles.tree, titles.entities, titles.owners
        self.referents, self.lexicons = referents, lexicons
        self.lexicon, self.article = source

    def offices(self, found: list[Office]) -> Iterator[Office]:
        """The offices of those that the text names as somebody's counterpart.

        Args:
            found: the offices known so far.
        """
        for k, lemma in enumerate(self.tree.lemmas):
            if lemma not in COUNTERPARTS or k in self.entities.at:
                continue
            named, owner = self._named(k)
            if named is None or owner is None or any(o.person == named.entity and o.owner for o in found):
                continue
            title = self._title(k, named, owner, found)
            if title:
                first, end = min(owner.first, k), max(named.end, owner.end)
                yield Office(named.entity, owner, title, k, Tenure.CURRENT, first, end, "titles.counterpart")

    def _named(self, k: int) -> tuple[Name | None, Name | None]:
        """The person behind the noun, and the state before it or behind the name."""
        words, at = self.tree.words, k + 1
        owner = next((o for o in reversed(self.owners.owners_in(max(0, k - 4), k))), None)
        if at + 1 < len(words) and words[at].casefold() in {"from", "in", "of"}:
            owner, at = self.owners.owner_after(k + 1) if words[at].casefold() != "in" else (owner, at)
        if at < len(words) and words[at] == ",":
            at += 1
        while at < len(words) and self._is_style(at):
            at += 1
        name = self.entities.at.get(at) if at < len(words) else None
        if name is None or self.entities.type_of(name.entity) != "Person" or self.tree.sents[at] != self.tree.sents[k]:
            return None, None
        return name, owner or self.owners.owner_after(name.end)[0]

    def _is_style(self, k: int) -> bool:
        word = self.tree.words[k].casefold()
        return word in self.lexicons.ranks or word.rstrip(".") in self.lexicons.honorifics

    def _title(self, k: int, named: Name, owner: Name, found: list[Office]) -> str:
        """The office that the two have in common; "" where the tables know that this person has another."""
        pattern = self._pattern(k, named, found)
        if pattern is None:
            return ""
        country = self.lexicon.lookup(self.entities.locals[owner.entity].name)[:1]
        common = abroad(pattern.title)
        titles = (common, *_HEADS) if fold(common) in _HEADS else (common,)
        name = self.entities.locals[named.entity].name
        ids = {known.id for known in self.lexicon.lookup(name)}
        known = False
        for title in titles:
            for state in country:
                held = self.lexicon.office(title, state.id, self.article.date)
                known = known or bool(held and title == titles[0])
                if any(h.id in ids or names_agree(h.name, name) for h in held):
                    return title
        return "" if known else common

    def _pattern(self, k: int, named: Name, found: list[Office]) -> Office | None:
        """The office of the one whose counterpart it is: the possessor, else the last officer named before."""
        tree = self.tree
        possessors = {r.entity for p in tree.kids(k, "nmod:poss") for r in self.referents.of(p) if r.type == "Person"}
        offices = [o for o in found if o.owner is not None or self.lexicons.is_state_title(o.title)]
        offices = [o for o in offices if o.tenure is Tenure.CURRENT and o.person != named.entity and o.head < k]
        if possessors:
            offices = [o for o in offices if o.person in possessors]
        else:
            offices = [o for o in offices if tree.sents[o.head] == tree.sents[k]]
        return max(offices, key=lambda o: o.head, default=None)
