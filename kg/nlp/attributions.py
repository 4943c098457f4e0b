"""Whose words a claim lies in, by the statements that were read of the text."""

import re
from dataclasses import dataclass, replace

from kg.model import Argument, Claim, When
from kg.nlp.referent import Referent
from kg.nlp.sayings import OWN_WORDS
from kg.nlp.scene import Scene

_MAIN = frozenset({"root", "ROOT", "ccomp", "parataxis", "conj"})
_BESIDE = re.compile(r"\b(?:while|whereas|although|though|but)\s+(?:a|an|the|one)?\s*$")
_BEFORE = re.compile(r"\b(?:had|once|previously|earlier|used to)\b")
"""Words by which somebody tells what he did at another time."""


@dataclass(frozen=True, slots=True)
class _Told:
    """Words of a statement, whose they are, and when they were said."""

    words: tuple[int, int]
    chars: tuple[int, int]
    speaker: Referent
    argument: Argument
    cue: str
    when: When

    def holds(self, claim: Claim) -> bool:
        """Does a claim lie in these words?"""
        span = claim.evidence[0].span
        return self.chars[0] - 1 <= span.start and span.end <= self.chars[1] + 1


class Attributions:
    """The statements of one article; to be asked once all of them are remembered."""

    def __init__(self, scene: Scene) -> None:
        self.tree, self.voices = scene.tree, scene.voices
        self._told: list[_Told] = []

    def remember(self, content: tuple[int, int], speaker: Referent, cue: str, when: When) -> None:
        """Note that these words are this speaker's, and of that time."""
        for k in range(content[0], min(content[0] + 2, content[1])):
            self.voices.quote(self.tree.starts[k], speaker.entity)
        argument = Argument(speaker.entity, self.tree.line(speaker.first, speaker.end), speaker.rule)
        self._told.append(_Told(content, self.tree.chars(*content), speaker, argument, cue, when))

    def reported(self) -> set[int]:
        """Sentences in which somebody is reported to say something."""
        return {self.tree.sents[told.words[0]] for told in self._told}

    def speakers(self, i: int) -> list[Referent]:
        """Who says what the word `i` is a main predicate of."""
        if self.tree.rels[i] not in _MAIN:
            return []
        around = [(t.words[1] - t.words[0], t.speaker) for t in self._told if t.words[0] <= i < t.words[1]]
        shortest = min((length for length, _ in around), default=0)
        return [speaker for length, speaker in around if length == shortest]

    def attribute(self, claim: Claim) -> Claim:
        """A claim whose words lie inside somebody's statement is that speaker's.

        What somebody says he wants, thinks or promises, he does on the day on which he says so.
        """
        told = next((t for t in self._told if t.holds(claim)), None)
        if told is None:
            return claim if claim.attributed_to is not None else self.voices.attribute(claim)
        if claim.attributed_to is None:
            claim = replace(claim, attributed_to=told.argument, cue=told.cue)
        span = claim.evidence[0].span
        own = claim.subject.entity == told.speaker.entity and claim.relation in OWN_WORDS
        if own and not claim.when.start and not _BEFORE.search(self.tree.text, span.start, span.end):
            claim = replace(claim, when=replace(told.when, text=""))
        return claim

    def nested(self, claim: Claim) -> Claim:
        """A statement inside somebody else's ("Reuters says aides told it ...") is told by that other."""
        outer = (t for t in self._told if t.holds(claim))
        told = next((t for t in outer if t.speaker.entity != claim.subject.entity), None)
        if claim.attributed_to is not None or told is None:
            return claim
        if _BESIDE.search(self.tree.text[told.chars[0] : claim.evidence[0].span.start]):
            return claim  # "officials said it was over, while a witness said ...": another report beside it
        return replace(claim, attributed_to=told.argument, cue=told.cue)
