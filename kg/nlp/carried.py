"""Dates that hold beyond their sentence: "They met on Monday. The leaders agreed ...", "He made the remark Friday"."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Argument, Claim, When
from kg.nlp.attributions import BEFORE
from kg.nlp.dates.words import WEEKDAYS
from kg.nlp.grammar import Tree, is_passive
from kg.nlp.sayings import OWN_WORDS
from kg.nlp.times import Times
from kg.nlp.voices import VOICE

ENCOUNTERS = frozenset({"met_with", "spoke_with", "participated_in", "negotiates_with", "visited", "hosted"})
CARRIED = frozenset({"pronoun", "group", "title", "quote.continued"})
"""Rules of subjects that go on from an earlier sentence: "They agreed", "The leaders condemned", "He added"."""
_CARRY = 6
"""Sentences over which the date of a meeting or statement is carried on."""
_BACK = 2
"""Sentences before a dated "the comments" or "Thursday's move" whose undated claims it dates."""
_SPOKEN = OWN_WORDS | {"says"}
_MET = frozenset({"met_with", "spoke_with"})
_DAY = len("2025-06-12")
_OPENS = 1
"""The last sentence in which the meeting is told that a whole article is about."""
_LONGEST_READOUT = 20
"""Sentences behind it that may tell what was said there."""
_DONE = _SPOKEN | frozenset({
    "appoints", "nominates", "dismisses", "sanctions", "coerces", "attacks", "aids", "concedes_to", "protests",
    "mobilizes_against", "agrees_with", "party_to",
})  # fmt: skip
_REMARKS = frozenset({
    "comment", "remark", "statement", "announcement", "warning", "accusation", "allegation", "pledge", "appeal", "call",
    "offer", "claim", "threat", "proposal", "demand", "request", "promise",
})  # fmt: skip
_CUE, _CUE_WORDS = 60, 4
"""Characters and words at the beginning of a report in which its verb stands."""
_OPENING = 5
"""Words at the beginning of a sentence in which "Thursday's moves" is looked for."""
_MAKING = frozenset({"make", "issue", "deliver", "give", "come", "voice", "utter"})
_MOVES = _REMARKS | frozenset(
    {"move", "decision", "vote", "ruling", "verdict", "attack", "raid", "strike", "action", "step"}
)


class Carried:
    """Dates the claims of one article by what is told around them.

    Args:
        tree: the article's words.
        times: its time expressions.
    """

    def __init__(self, tree: Tree, times: Times) -> None:
        self.tree, self.times = tree, times

    def date(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """The claims in text order; those without a time get that of what they go on from, are part of, or are told as.

        Only claims that are actual, in sentences without a time of their own.
        """
        ordered = sorted(claims, key=lambda c: (c.evidence[0].sentence, c.relation != "says", c.evidence[0].span))
        events, readout, lead = _event_times(ordered), _Readout(ordered), self._lead(ordered)
        spoken: dict[tuple[str, int], When] = {}
        known: dict[tuple[str, bool], tuple[int, When]] = {}
        for claim in ordered:
            said, sentence = claim.relation == "says", claim.evidence[0].sentence
            when = claim.when
            if not when.start and claim.asserted:
                untimed = not self.times.timed(sentence)
                when = (untimed and self._before(claim, known)) or _of_event(claim, events) or when
                when = when if when.start or not untimed else self._behind(claim) or when
                when = readout.when if not when.start and readout.tells(claim) and self._is_past(sentence) else when
                when = lead.get(claim.subject.entity, when) if not when.start and self._leads(claim) else when
            elif (said or claim.relation in ENCOUNTERS) and claim.asserted and _is_near(when):
                for person in (claim.subject, claim.object):
                    key = (getattr(person, "entity", ""), said)
                    if said or key not in known or sentence - known[key][0] > _CARRY:
                        known[key] = (sentence, when)
            when = when if when.start else self._of_report(claim, spoken) or when
            if said and when.start:
                spoken[claim.subject.entity, sentence] = when
            yield claim if when is claim.when else replace(claim, when=replace(when, text=""))

    def _of_report(self, claim: Claim, spoken: dict[tuple[str, int], When]) -> When | None:
        """What somebody says that he wants or will not have, he does on the day on which he says so."""
        source, evidence = claim.attributed_to, claim.evidence[0]
        if source is None or claim.relation not in OWN_WORDS or source.entity != claim.subject.entity:
            return None
        if BEFORE.search(self.tree.text, evidence.span.start, evidence.span.end):
            return None
        return spoken.get((source.entity, evidence.sentence))

    def _leads(self, claim: Claim) -> bool:
        """Is a claim told in the first sentence, without a time and as what has just been done or is said?"""
        tree, sentence = self.tree, claim.evidence[0].sentence
        if sentence != 0 or claim.relation not in _DONE or self.times.timed(0):
            return False
        verbs = [k for k in range(*tree.bounds[0]) if tree.heads[k] == k]
        says = claim.relation == "says"
        return any(tree.is_perfect(k) or (says and tree.tags[k] in {"VBZ", "VBP"}) for k in verbs)

    @staticmethod
    def _lead(claims: list[Claim]) -> dict[str, When]:
        """The day on which each actor did what the second sentence tells, which the first one sums up."""
        found: dict[str, When] = {}
        for claim in claims:
            when, second = claim.when, claim.evidence[0].sentence == 1 and not claim.cue
            day = when.start == when.end and len(when.start) == _DAY
            if second and day and claim.relation in _DONE and claim.asserted:
                found.setdefault(claim.subject.entity, when)
        return found

    def _is_past(self, sent: int) -> bool:
        """Is the main verb of a sentence in the simple past: "He stressed that ..."?"""
        tree = self.tree
        return any(tree.heads[k] == k and tree.tags[k] == "VBD" for k in range(*tree.bounds[sent]))

    def _before(self, claim: Claim, known: dict[tuple[str, bool], tuple[int, When]]) -> When | None:
        """The date of the meeting or statement that a claim goes on from."""
        if claim.subject.rule not in CARRIED:
            return None
        said, sentence = claim.relation == "says", claim.evidence[0].sentence
        words = self.tree.text[claim.evidence[0].span.start :][:_CUE].split("“")[0].split()[:_CUE_WORDS]
        if said and claim.subject.rule != "quote.continued" and {"has", "have", "had"} & set(words):
            return None  # "He has said": whenever it was
        last = known.get((claim.subject.entity, said))
        met = known.get((claim.subject.entity, False))
        if said and last is None and met is not None and met[0] == sentence - 1 and claim.subject.rule == "pronoun":
            last = met  # "She met the envoy on Tuesday. She said ..."
        return last[1] if last is not None and 0 <= sentence - last[0] <= _CARRY else None

    def _behind(self, claim: Claim) -> When | None:
        """The date that the next sentence gives to what was told: "He made the comments Friday", "Thursday's moves"."""
        if claim.relation not in _DONE:
            return None
        sentence = claim.evidence[0].sentence
        for sent in range(sentence + 1, min(sentence + 1 + _BACK, len(self.tree.bounds))):
            when = self._told(sent, claim)
            if when is not None:
                return when
            if self.times.timed(sent):
                return None
        return None

    def _told(self, sent: int, claim: Claim) -> When | None:
        tree = self.tree
        first, end = tree.bounds[sent]
        if (day := self._day(first, end)) is not None:
            return self.times.named(day)
        for i in range(first, end):
            if claim.relation in _SPOKEN and tree.lemmas[i] in _REMARKS and self._is_made(i):
                when = self.times.of(i, i, tree.heads[i], future=False)
                if when.start:
                    return when
        return None

    def _is_made(self, i: int) -> bool:
        """ "made the comments", "issued his warning", "the remarks came": what was told before?"""
        tree, verb = self.tree, self.tree.heads[i]
        definite = any(
            tree.words[c].casefold() in {"the", "his", "her", "their", "these", "those"} for c in tree.children[i]
        )
        if not definite or tree.lemmas[verb] not in _MAKING or tree.tags[verb] not in {"VBD", "VBN", "VBZ", "VBP"}:
            return False
        return (
            tree.rels[i] == "obj" or is_passive(tree, verb) or (tree.rels[i] == "nsubj" and tree.lemmas[verb] == "come")
        )

    def _day(self, first: int, end: int) -> int | None:
        """The day that opens a sentence and dates what was told: "Thursday's moves came as ..."."""
        words = [w.casefold() for w in self.tree.words[first : min(first + _OPENING, end)]]
        for k, word in enumerate(words[:-2]):
            if word in WEEKDAYS and words[k + 1] in {"'s", "’s"} and self.tree.lemmas[first + k + 2] in _MOVES:
                return first + k if self.tree.rels[first + k + 2] in {"nsubj", "nsubj:pass"} else None
        return None


class _Readout:
    """The one meeting or call that an article opens with and tells of: what its participants say is of that day."""

    def __init__(self, claims: list[Claim]) -> None:
        met = [c for c in claims if c.relation in ENCOUNTERS and c.asserted and c.when.start and _is_told(c)]
        days = {c.when.start for c in met}
        opening = [c for c in met if c.evidence[0].sentence <= _OPENS and c.relation in _MET]
        told = len(days) == 1 and bool(opening) and opening[0].when.start == opening[0].when.end
        self.when = opening[0].when if told else When()
        self._first = opening[0].evidence[0].sentence if told else 0
        self._who = {getattr(x, "entity", "") for c in opening for x in (c.subject, c.object)} if told else set[str]()

    def tells(self, claim: Claim) -> bool:
        """Is a claim what a participant says?"""
        if claim.relation not in _SPOKEN or not 0 <= claim.evidence[0].sentence - self._first <= _LONGEST_READOUT:
            return False
        source = claim.attributed_to
        return claim.subject.entity in self._who or (source is not None and source.entity in self._who)


def _is_told(claim: Claim) -> bool:
    """Does the text itself, or who signs it, tell something?"""
    return claim.attributed_to is None or claim.attributed_to.rule == VOICE


def _is_near(when: When) -> bool:
    """Is it a day or a few, a month or a year, and no stretch of several?"""
    return bool(when.start) and (when.start == when.end or (len(when.start) == 10 and when.start[:7] == when.end[:7]))


def _event_times(claims: Iterable[Claim]) -> dict[str, When]:
    """When each event was, where a claim of taking part in it tells."""
    found: dict[str, When] = {}
    for claim in claims:
        if claim.relation in {"participated_in", "hosted"} and claim.asserted and claim.when.start:
            found.setdefault(getattr(claim.object, "entity", ""), claim.when)
    return found


def _of_event(claim: Claim, events: dict[str, When]) -> When | None:
    if claim.relation not in {"participated_in", "hosted"} or not isinstance(claim.object, Argument):
        return None
    return events.get(claim.object.entity)
