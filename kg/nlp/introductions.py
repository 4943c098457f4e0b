"""Who is described first and named in the next sentence: "China's envoy says ... . Wu Dawei said ..."."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Lexicon, Tenure
from kg.nlp.entities import Name
from kg.nlp.grammar import surface_subjects
from kg.nlp.lexicons import Lexicons
from kg.nlp.titles import Office, Phrase, Titles

_OFFICIALS = frozenset({"official", "diplomat", "spokesman", "spokeswoman", "spokesperson", "negotiator", "envoy"})
_CHIEFS = frozenset({"head", "chief", "director", "leader", "president", "chairman", "chairwoman"})
_DEFINITE = frozenset({"the"})
_FULL = 2
"""Words of a name that is no short form of another."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """A description and the name that follows it.

    Attributes:
        noun: index of the description's head. person: local id of the one named. office: what he holds, or None.
    """

    noun: int
    person: str
    office: Office | None


class Introductions:
    """Finds them in one article.

    Args:
        titles: of the article. lexicon: known people. lexicons: word lists.
    """

    def __init__(self, titles: Titles, lexicon: Lexicon, lexicons: Lexicons) -> None:
        self.titles, self.lexicon, self.lexicons = titles, lexicon, lexicons
        self.tree, self.entities = titles.tree, titles.entities

    def found(self, offices: list[Office]) -> Iterator[Introduction]:
        """All of them.

        Args:
            offices: those that the text gives to names, whose bearers need no other introduction.
        """
        titled = {o.person for o in offices if o.owner is not None or o.body is not None}
        for sent in range(1, len(self.tree.bounds)):
            noun = self._described(sent - 1)
            name = self._named(sent) if noun is not None else None
            if noun is None or name is None or name.entity in titled:
                continue
            phrase = self.titles.at(noun)
            owners = self.titles.owners.owners_in(*self.tree.phrase(noun))
            if self._may_be(name, phrase.owner if phrase else next(iter(owners), None)):
                titled.add(name.entity)
                yield Introduction(noun, name.entity, self._office(name, noun, phrase))

    def _office(self, name: Name, noun: int, phrase: Phrase | None) -> Office | None:
        if phrase is None or self.tree.lemmas[noun] in {"official", "diplomat"}:
            return None
        if phrase.owner is not None and noun < phrase.owner.end < phrase.end and phrase.title.casefold() in _CHIEFS:
            return None  # "the head of the United Nations children's agency"
        return Office(name.entity, phrase.owner, phrase.title, noun, Tenure.CURRENT, phrase.first, phrase.end,
                      "titles.introduced", phrase.body)  # fmt: skip

    def _described(self, sent: int) -> int | None:
        """The officer without a name who speaks in a sentence: "A spokesman for Iran's Foreign Ministry said"."""
        tree, words = self.tree, self.titles.words
        speaker = self._speaker(sent)
        if speaker is None or speaker in self.entities.at or tree.is_plural(speaker):
            return None
        if not words.is_title(speaker) and tree.lemmas[speaker] not in _OFFICIALS:
            return None
        first, end = tree.phrase(speaker)
        named = any(words.is_person(k) for k in range(first, end))
        return None if named or tree.tags[tree.kid(speaker, "nmod:poss") or 0] == "PRP$" else speaker

    def _speaker(self, sent: int) -> int | None:
        """The one subject of the main verb, which is one of saying."""
        tree = self.tree
        first, end = tree.bounds[sent]
        roots = [k for k in range(first, end) if tree.heads[k] == k]
        if not roots or tree.lemmas[roots[0]] not in self.lexicons.saying:
            return None
        subjects = surface_subjects(tree, roots[0])
        return subjects[0] if len(subjects) == 1 else None

    def _named(self, sent: int) -> Name | None:
        """Whom a sentence names for the first time, by full name: as a bare speaker, or behind "The official,"."""
        tree = self.tree
        speaker = self._speaker(sent)
        name = self.entities.at.get(speaker) if speaker is not None else None
        if name is None or not self._is_bare(name):
            name = self._apposed(sent)
        if name is None or self.entities.type_of(name.entity) != "Person" or name.end - name.first < _FULL:
            return None
        earlier = any(n.entity == name.entity and n.first < name.first for n in self.entities.names)
        return None if earlier or tree.sents[name.first] != sent else name

    def _is_bare(self, name: Name) -> bool:
        """Has a name no description of its own?"""
        tree = self.tree
        before = name.first == tree.bounds[tree.sents[name.first]][0] or tree.words[name.first - 1] in {",", '"', "”"}
        behind = tree.words[name.end] if name.end < len(tree.words) else ""
        return before and behind not in {",", "(", "–", "—", "of", "from", "'s", "’s", "and"}

    def _apposed(self, sent: int) -> Name | None:
        """ "The official, Ramin Mehmanparast, was echoing": a noun that only goes on from the description before it."""
        tree = self.tree
        first, end = tree.bounds[sent]
        if end - first < 5 or tree.words[first].casefold() not in _DEFINITE or tree.words[first + 2] != ",":
            return None
        noun, name = first + 1, self.entities.at.get(first + 3)
        if name is None or name.end >= end or tree.words[name.end] != ",":
            return None
        goes_on = tree.lemmas[noun] in _OFFICIALS or self.titles.words.is_title(noun)
        return name if goes_on else None

    def _may_be(self, name: Name, owner: Name | None) -> bool:
        """May the person be of the country that the description names? Who is well known is introduced by his name."""
        known = [k for k in self.lexicon.lookup(self.entities.locals[name.entity].name) if k.type == "Person"]
        if not known:
            return True
        country = self.lexicon.lookup(self.entities.locals[owner.entity].name)[:1] if owner is not None else ()
        return bool({k.country for k in known} & {c.country or c.id for c in country})
