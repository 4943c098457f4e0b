"""Offices that verbs speak of: "was sworn in as acting president", "named Carmel Sepuloni deputy prime minister"."""

from collections.abc import Callable

from kg.model import Tenure
from kg.nlp.coref import Referents
from kg.nlp.frames import Frame
from kg.nlp.grammar import Predicate
from kg.nlp.referent import Referent
from kg.nlp.titles import Office, Phrase, Titles

Employer = Callable[[Office], tuple[str, str]]
"""(local id, rule) of the body that an office belongs to, "" when it stays unknown."""


class Posts:
    """Finds title and body of the office that fills a slot of a predicate."""

    def __init__(self, titles: Titles, referents: Referents, employer: Employer) -> None:
        self.tree, self.titles, self.referents, self.employer = titles.tree, titles, referents, employer

    def phrase(self, frame: Frame, predicate: Predicate) -> Phrase | None:
        """The first title of the frame's title slots."""
        for slot in frame.title:
            for k in predicate.slot(slot):
                found = self._at(k)
                if found is not None:
                    return found
        return None

    def _at(self, k: int) -> Phrase | None:
        if not self.titles.words.is_title(k) or k in self.referents.entities.at:
            return None
        phrase = self.titles.at(k)
        if phrase is None:  # what stands before the title may be none of it
            phrase = self.titles.phrases.phrase(k, self.tree.bounds[self.tree.sents[k]][1])
        return phrase if phrase is not None and phrase.head == k else None

    def employers(self, phrase: Phrase, subject: Referent, predicate: Predicate, *, stated: bool) -> list[Referent]:
        """Whose office it is.

        Args:
            phrase: the title.
            subject: who holds it.
            predicate: what gives it.
            stated: only what the phrase itself says, else also what the article lets one infer.
        """
        owner = self.titles.owners.fitting(phrase.owner, phrase.title)
        first, end = subject.first, max(subject.end, phrase.end)
        givers = [r.entity for r in self.referents.all_of(predicate.slot("agent")) if r.entity != subject.entity]
        office = Office(subject.entity, owner, phrase.title, phrase.head, Tenure.CURRENT, first, end, "",
                        phrase.body, givers[0] if len(givers) == 1 else "")  # fmt: skip
        if stated and owner is None:
            return []
        entity, rule = self.employer(office)
        if not entity:
            return []
        words = (owner.first, owner.end) if owner is not None and owner.entity == entity else (phrase.first, phrase.end)
        kind = self.referents.entities.type_of(entity)
        return [Referent(entity, kind, *words, f"office.{rule}")]

    def employs(self, referent: Referent, phrase: Phrase | None, title: str) -> bool:
        """May it have such an office? Towns and regions have few, and the title's own words ("relations") none."""
        if phrase is not None and phrase.head < referent.first and referent.end <= phrase.end:
            return referent.rule in {"gazetteer", "demonym"}
        return referent.type not in {"City", "Region"} or self.titles.owners.fits_place(title)

    def described(self, frame: Frame, predicate: Predicate) -> list[Referent]:
        """Who is appointed or dismissed without a name: "a new police commander"."""
        tree, found = self.tree, list[Referent]()
        if any(tree.pos[o] == "PRON" for o in tree.kids(predicate.anchor, "obj", "iobj")):
            return []  # "appointed him chief justice"
        for k in predicate.slot("patient") if "patient" in frame.object else ():
            if self.titles.words.is_title(k) and k not in self.referents.entities.at:
                found += self.referents.titled.described_person(k)
        return found
