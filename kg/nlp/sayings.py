"""When something was said: the time beside the verb of saying, that of a speech or interview, that of the report."""

from kg.model import When
from kg.nlp.coref import Referents
from kg.nlp.dates.words import WEEKDAYS
from kg.nlp.documents import DOCUMENTS, ISSUING
from kg.nlp.grammar import Tree, surface_subjects
from kg.nlp.times import SPEECHES, Times

OWN_WORDS = frozenset({
    "supports", "opposes", "is_concerned_about", "is_neutral_on", "accuses", "rejects", "requests", "pledges_to",
    "threatens",
})  # fmt: skip
"""What is done by saying it."""
_APART = frozenset({"following", "after", "before", "since", "ahead of", "until", "despite", "because of", "from"})
"""Prepositions of phrases whose date is not that of the statement: "after the June election, she said"."""
_BESIDE = ("obl", "obl:unmarked", "advcl")
_AT = frozenset({"in", "at", "during"})


class Sayings:
    """Dates the statements of one article, sentence by sentence.

    Args:
        tree: the article's words.
        referents: who its words mean.
        times: its time expressions.
    """

    def __init__(self, tree: Tree, referents: Referents, times: Times) -> None:
        self.tree, self.referents, self.times = tree, referents, times
        self._spoke: dict[str, When] = {}

    def note(self, sent: int) -> None:
        """Take note of a dated speech in a sentence: what the same person says behind it is of that day."""
        tree = self.tree
        for i in range(*tree.bounds[sent]):
            verb = tree.heads[i]
            if tree.lemmas[i] not in SPEECHES or tree.rels[i] != "obl" or tree.case(i) not in _AT:
                continue
            if tree.pos[verb] != "VERB" or tree.is_perfect(verb):
                continue
            when = self.times.of(i, i, verb, *self._inner(i), future=False)
            for speaker in self.referents.all_of(surface_subjects(tree, verb)):
                if when.start and speaker.type == "Person":
                    self._spoke[speaker.entity] = when

    def of(self, cue: int, beside: list[int], speaker: str) -> When:
        """When somebody says something.

        Args:
            cue: the word that reports it.
            beside: phrases and clauses around it that are no part of what is said.
            speaker: local id.
        """
        tree = self.tree
        settings = [c for c in beside if tree.rels[c] in _BESIDE and not self._is_apart(c)]
        if tree.rels[cue] in {"advcl", "acl", "xcomp"} and tree.tags[cue] == "VBG" and tree.case(cue) in {"", "as"}:
            settings.append(tree.heads[cue])  # "quotes the minister today as saying"
        when = self.times.of(cue, cue, *settings, *self._issued(cue, settings), future=False)
        if when.start:
            self._forget(speaker, when)
            return when
        return self.later(cue, speaker)

    def _issued(self, cue: int, settings: list[int]) -> list[int]:
        """Participles that date the document by which somebody speaks: "a report released Monday says"."""
        tree = self.tree
        papers = [k for k in (*tree.kids(cue, "nsubj"), *settings) if tree.lemmas[k] in DOCUMENTS]
        return [c for k in papers for c in tree.kids(k, "acl") if tree.lemmas[c] in ISSUING]

    def later(self, cue: int, speaker: str) -> When:
        """The day of the speech that a statement without a time of its own belongs to."""
        spoke = self._spoke.get(speaker)
        return When() if spoke is None or self.tree.is_perfect(cue) else When(spoke.start, spoke.end, "")

    def _forget(self, speaker: str, when: When) -> None:
        """A statement of another day ends what is known of the speech."""
        if speaker in self._spoke and self._spoke[speaker].start != when.start:
            del self._spoke[speaker]

    def _inner(self, i: int) -> list[int]:
        """Nouns below a speech, where the time may hang: "in an interview on a morning show today"."""
        return [k for k in self.tree.subtree(i) if k != i and self.tree.pos[k] in {"NOUN", "PROPN"}]

    def _is_apart(self, setting: int) -> bool:
        """Has a phrase a date of its own: "after the June 12 elections, she said", but not "after Monday's talks"?"""
        tree = self.tree
        case = tree.case(setting)
        of_the_day = case in {"after", "following"} and any(
            tree.words[k].casefold() in WEEKDAYS for k in tree.subtree(setting)
        )
        return case in _APART and not of_the_day
