"""Offices in which somebody does something: "arrived in Dhaka as chairman of the bloc", "attended as Peru's envoy"."""

import re
from collections.abc import Iterator

from kg.model import Tenure
from kg.nlp.entities import Name
from kg.nlp.grammar import surface_subjects
from kg.nlp.titles import Office, Titles

_DOINGS = frozenset({
    "arrive", "come", "visit", "travel", "fly", "go", "tour", "attend", "speak", "address", "meet", "testify", "sign",
    "write", "preside", "host", "chair", "open", "join", "act",
})  # fmt: skip
"""What an officer does as such; who wants to return as president, or is seen as a leader, is none."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG"})


class Capacities:
    """Finds them in one article."""

    def __init__(self, titles: Titles) -> None:
        self.titles, self.tree, self.entities = titles, titles.tree, titles.entities

    def offices(self) -> Iterator[Office]:
        """Offices whose body their phrase names."""
        tree = self.tree
        for noun in range(len(tree.words)):
            if tree.case(noun) != "as" or noun in self.entities.at or not self.titles.words.is_title(noun):
                continue
            name = self._who(self._deed(noun))
            if name is None or tree.is_plural(noun):
                continue
            phrase, last = self.titles.at(noun), tree.bounds[tree.sents[noun]][1] - 1
            if phrase is None or phrase.owner is None:
                continue
            if tree.pos[min(phrase.end, last)] not in {"VERB", "AUX"}:  # "as the leader of Hamas left"
                tenure = Tenure.FORMER if self._is_told_of(self._deed(noun)) else phrase.tenure
                first, end = min(name.first, phrase.first), max(name.end, phrase.end)
                yield Office(name.entity, phrase.owner, phrase.title, noun, tenure, first, end, "titles.capacity")

    def _deed(self, noun: int) -> int:
        """The verb that the phrase hangs on, directly or through one of its nouns."""
        tree, verb = self.tree, self.tree.heads[noun]
        for _ in range(2):
            if tree.pos[verb] == "VERB" or tree.rels[verb] not in {"obl", "obj"}:
                break
            verb = tree.heads[verb]
        return verb

    def _is_told_of(self, verb: int) -> bool:
        """ "Visited Kyiv in 2022 as British prime minister": of a year gone by."""
        words = [self.tree.words[k] for k in self.tree.subtree(verb)]
        return self.tree.tags[verb] == "VBD" and any(_YEAR.fullmatch(w) for w in words)

    def _who(self, verb: int) -> Name | None:
        """The person who is the subject of something that is done, and neither planned, denied nor suffered."""
        tree = self.tree
        there = tree.lemmas[verb] == "be" and any(tree.case(c) == "in" for c in tree.kids(verb, "obl"))
        done = tree.pos[verb] == "VERB" and (there or tree.lemmas[verb] in _DOINGS) and tree.tags[verb] in _FINITE
        open_yet = any(tree.tags[c] == "MD" or tree.words[c].casefold() in {"not", "n't", "never"}
                       for c in tree.kids(verb, "aux", "advmod"))  # fmt: skip
        if not done or open_yet or tree.kid(verb, "nsubj:pass", "aux:pass") is not None:
            return None
        for subject in surface_subjects(tree, verb):
            at = tree.heads[verb] if tree.words[subject].casefold() == "who" else subject
            name = self.entities.at.get(at)
            if name is not None and self.entities.type_of(name.entity) == "Person":
                return name
        return None
