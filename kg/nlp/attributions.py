"""Whose words a claim lies in, by the statements that were read of the text."""

import re
from dataclasses import dataclass, replace

from kg.model import Argument, Claim, When
from kg.nlp.referent import Referent
from kg.nlp.sayings import OWN_WORDS
from kg.nlp.scene import Scene

_MAIN = frozenset({"root", "ROOT", "ccomp", "parataxis", "conj"})
_BESIDE = re.compile(r"\b(?:while|whereas|although|though|but)\s+(?:a|an|the|one)?\s*$")
BEFORE = re.compile(r"\b(?:had|once|previously|earlier|used to)\b")
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
    statement: bool

    def holds(self, claim: Claim) -> bool:
        """Does a claim lie in these words?"""
        span = claim.evidence[0].span
        return self.chars[0] - 1 <= span.start and span.end <= self.chars[1] + 1


class Attributions:
    """The statements of one article; to be asked once all of them are remembered."""

    def __init__(self, scene: Scene) -> None:
        self.tree, self.voices, self.referents = scene.tree, scene.voices, scene.referents
        self._told: list[_Told] = []

    def remember(self, content: tuple[int, int], speaker: Referent, cue: str, when: When) -> None:
        """Note that these words are a statement of this speaker's, and of that time."""
        for k in range(content[0], min(content[0] + 2, content[1])):
            self.voices.quote(self.tree.starts[k], speaker.entity)
        self._note(content, speaker, cue, when, statement=True)

    def remember_phrase(self, content: tuple[int, int], speaker: Referent, cue: str, when: When) -> None:
        """Note that a phrase holds what this speaker spoke of, which is no statement of its own."""
        self._note(content, speaker, cue, when, statement=False)

    def _note(self, content: tuple[int, int], speaker: Referent, cue: str, when: When, *, statement: bool) -> None:
        argument = Argument(speaker.entity, self.tree.line(speaker.first, speaker.end), speaker.rule)
        self._told.append(_Told(content, self.tree.chars(*content), speaker, argument, cue, when, statement))

    def reported(self) -> set[int]:
        """Sentences in which somebody is reported to say something."""
        return {self.tree.sents[told.words[0]] for told in self._told if told.statement}

    def speakers(self, i: int) -> list[Referent]:
        """Who says what the word `i` is a main predicate of."""
        if self.tree.rels[i] not in _MAIN:
            return []
        told = [t for t in self._told if t.statement and t.words[0] <= i < t.words[1]]
        around = [(t.words[1] - t.words[0], t.speaker) for t in told]
        shortest = min((length for length, _ in around), default=0)
        return [speaker for length, speaker in around if length == shortest]

    def attribute(self, claim: Claim) -> Claim:
        """A claim whose words lie inside somebody's statement is that speaker's.

        What somebody says he wants, thinks or promises, he does on the day on which he says so.
        """
        told = next((t for t in self._told if t.holds(claim)), None)
        if told is None or (not told.statement and self._is_plain(claim, told.speaker)):
            return claim if claim.attributed_to is not None else self.voices.attribute(claim)
        if claim.attributed_to is None:
            claim = replace(claim, attributed_to=told.argument, cue=told.cue)
        span = claim.evidence[0].span
        own = claim.relation in OWN_WORDS and self._is_own(claim, told.speaker)
        if own and not claim.when.start and not BEFORE.search(self.tree.text, span.start, span.end):
            claim = replace(claim, when=replace(told.when, text=""))
        return claim

    @staticmethod
    def _is_plain(claim: Claim, speaker: Referent) -> bool:
        """Does the text itself tell what a speaker did in speaking of it: "announced his intent to nominate X"?"""
        return claim.subject.entity == speaker.entity or claim.relation == "holds_position"

    def _is_own(self, claim: Claim, speaker: Referent) -> bool:
        """Is a claim's actor the speaker, or the state that he speaks for?"""
        actor = claim.subject.entity
        return actor == speaker.entity or self.referents.serves(speaker.entity, actor)

    def nested(self, claim: Claim) -> Claim:
        """A statement inside somebody else's ("Reuters says aides told it ...") is told by that other."""
        outer = (t for t in self._told if t.holds(claim))
        told = next((t for t in outer if t.speaker.entity != claim.subject.entity), None)
        if claim.attributed_to is not None or told is None:
            return claim
        if _BESIDE.search(self.tree.text[told.chars[0] : claim.evidence[0].span.start]):
            return claim  # "officials said it was over, while a witness said ...": another report beside it
        return replace(claim, attributed_to=told.argument, cue=told.cue)
