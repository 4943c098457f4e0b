"""What a text says of one predicate, and what is known of it while its sentence is walked up."""

from dataclasses import dataclass

from kg.model import Mood
from kg.nlp.signatures import Outcome


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the text says about one predicate.

    Attributes:
        negated, mood: as in a claim.
        speakers: heads of the phrase that the text names as its source; [] for the article's own voice.
        cue: the reporting word, or "".
        void: the text says nothing either way ("did not say whether"): no claim may be made.
    """

    negated: bool
    mood: Mood
    speakers: tuple[int, ...]
    cue: str
    void: bool = False


@dataclass(slots=True)
class Profile:
    """What is known so far about one predicate.

    Attributes:
        negated, mood, speakers, cue, void: as in a judgement.
        head: the predicate, or -1.
        stance: is it an attitude? Then a commitment to it ("our resolve to support") has it already.
        free: what is said further out changes nothing any more.
        settled: a further negation leaves everything open.
    """

    negated: bool = False
    mood: Mood = Mood.ACTUAL
    head: int = -1
    stance: bool = False
    free: bool = False
    settled: bool = False
    void: bool = False
    speakers: tuple[int, ...] = ()
    cue: str = ""

    def see(self, mood: Mood | None) -> None:
        """An outer mood replaces an inner one; a condition stays, a wish is not weakened; a fact changes nothing."""
        if mood is None or mood is Mood.ACTUAL or self.free or self.mood is Mood.CONDITIONAL:
            return
        if mood is Mood.POSSIBLE and self.mood is Mood.REQUESTED:
            return
        self.mood = mood

    def deny(self, *, negated: bool = True) -> None:
        """A negation turns what was said inside it around."""
        if negated and not self.free:
            self.negated = not self.negated
            self.void = self.void or self.settled

    def apply(self, outcome: Outcome | None) -> None:
        """What a modal or a governor says; nothing follows from None."""
        if outcome is None:
            self.void = self.void or not self.free
            return
        self.see(outcome.mood)
        self.deny(negated=outcome.negated)

    def judgement(self) -> Judgement:
        """What the text says, once all of the sentence is seen."""
        return Judgement(self.negated, self.mood, self.speakers, self.cue, self.void)
