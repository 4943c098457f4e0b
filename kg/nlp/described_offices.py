"""Offices of those whom a title stands for: "the Democratic US president", "the ex-British premier"."""

from collections.abc import Iterator

from kg.model import Tenure
from kg.nlp.coref import Referents
from kg.nlp.entities import Name
from kg.nlp.memberships import Membership
from kg.nlp.titles import Office, Titles

_GENERAL = frozenset({"official", "diplomat", "senator", "lawmaker", "congressman", "congresswoman"})
"""Titles of many people at once."""
_PREDICATIVE = frozenset({"xcomp", "appos", "nmod:desc", "compound"})


class DescribedOffices:
    """Finds them in one article, once it is known who is meant by its titles."""

    def __init__(self, titles: Titles, referents: Referents) -> None:
        self.titles, self.referents = titles, referents
        self.tree, self.entities = titles.tree, titles.entities

    def offices(self) -> Iterator[Office]:
        """Offices whose state the description names and whose holder the article names elsewhere."""
        for noun, person in self._nouns():
            states = [o for o in self.referents.phrases.owners(noun) if self.entities.type_of(o.entity) == "Country"]
            phrase = self.titles.at(noun)
            if len(states) != 1 or phrase is None or phrase.tenure is Tenure.FUTURE:
                continue
            if not self._serves(person, states[0]):
                continue
            first, end = min(phrase.first, states[0].first), max(noun + 1, states[0].end)
            yield Office(person, states[0], phrase.title, noun, phrase.tenure, first, end, "titles.described")

    def _serves(self, person: str, state: Name) -> bool:
        """Do article or tables have the person in an office of this very state?"""
        known = self.referents.lexicon.lookup(self.entities.locals[state.entity].name)[:1]
        return bool({k.id for k in known} & self.referents.roles.countries_of(person))

    def memberships(self) -> Iterator[Membership]:
        """Parties that such descriptions name beside the state."""
        for noun, person in self._nouns():
            owners = self.referents.phrases.owners(noun)
            parties = [o for o in owners if self.entities.type_of(o.entity) == "PoliticalParty" and o.end <= noun]
            if len(parties) == 1 and len(owners) > 1:
                party = parties[0]
                yield Membership(person, party.entity, (party.first, party.end), party.first, noun + 1)

    def _is_definite(self, i: int) -> bool:
        """ "The US president", "Iraq's president"; not "ran for US president", "as the leader of Iraq"."""
        tree = self.tree
        before = any(tree.words[c].casefold() == "the" for c in tree.kids(i, "det"))
        owned = any(tree.words[c + 1 : c + 2] in (["'s"], ["’s"], ["'"], ["’"]) for c in tree.kids(i, "nmod:poss"))
        return (before or owned) and tree.case(i) not in {"as", "for"}

    def _nouns(self) -> Iterator[tuple[int, str]]:
        """Title nouns that are no name's own, and the one person that each stands for."""
        tree = self.tree
        for i, lemma in enumerate(tree.lemmas):
            title = lemma.removeprefix("ex-") in self.titles.lexicons.title_heads and i not in self.entities.at
            title = title and lemma not in _GENERAL and self._is_definite(i)
            if not title or tree.is_plural(i) or tree.rels[i] in _PREDICATIVE or tree.kid(i, "cop") is not None:
                continue
            found = self.referents.of(i)
            if len(found) == 1 and found[0].rule == "title":
                yield i, found[0].entity
