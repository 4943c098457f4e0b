"""The walk from a predicate up to the root of its sentence, which says whether it happened, and by whose word.

Each governor on the way changes the answer as its signature in `kg/data/factuality.toml` says; relative clauses and
appositions end the influence of moods, since what they say is asserted on its own. The nearest reporting governor is
the claim's source.
"""

from kg.model import Mood
from kg.nlp.factuality.governors import governing, semi_modal
from kg.nlp.factuality.judgement import Judgement, Profile
from kg.nlp.factuality.modality import Modality
from kg.nlp.factuality.purposes import GOING, UTTERED, is_carried_out, is_purpose
from kg.nlp.factuality.sources import according_to, reports, speakers
from kg.nlp.grammar import SETTINGS, Tree, light_lemma
from kg.nlp.lexicons import Lexicons
from kg.nlp.signatures import Signature

_FREE = frozenset({"acl:relcl", "advcl:relcl", "appos", "parataxis", "vocative", "dislocated", "list"})
_GOING_ON = frozenset({"continuing", "continued", "ongoing", "existing", "current", "recent", "unprovoked", "illegal"})
_BYGONE = frozenset({"recent", "last", "latest", "past", "previous", "earlier", "historic", "first"})
"""What is called so has been, also where it is only discussed: "discussed his recent visit"."""
_ACCEPTING = frozenset({"accept", "approve", "grant", "agree", "honor", "honour"})
_ENCOUNTERS = frozenset({"summit", "meeting", "visit", "talk", "trip", "encounter", "tour", "consultation", "session"})
_COMING = frozenset({"before", "for", "ahead of", "prior to"})
"""What an event noun behind these names is still to come."""
_MEANS = frozenset({"by", "before", "after", "while", "when"})
_AWAITED = frozenset({"until", "once", "as soon as"})
_WHENEVER = frozenset({"when", "before", "after", "once", "until", "as soon as"})
_CONTENTS = frozenset({"reporting", "belief", "denial"})
"""Kinds of nouns that may stand for a fact while their contents do not ("a U.N. report that")."""
_SPEECH_ACTS = frozenset({
    "demand", "request", "appeal", "plea", "call", "offer", "proposal", "claim", "accusation", "allegation", "charge",
    "threat", "warning", "criticism", "promise", "pledge", "ultimatum", "invitation", "concern", "objection",
    "complaint", "protest", "condemnation",
})  # fmt: skip
"""What has been said, also where it is rejected: "rejected Israel's demand"."""
_QUESTION = "?"
_THROUGH = frozenset({
    "xcomp", "csubj", "obj", "nsubj", "nsubj:pass", "obl", "nmod", "nmod:poss", "compound", "amod", "acl",
})  # fmt: skip
"""Relations through which a governor's modality reaches what it governs."""


class Factuality:
    """Judges predicates of one tree."""

    def __init__(self, tree: Tree, lexicons: Lexicons) -> None:
        self.tree, self.lexicons = tree, lexicons
        self.modality = Modality(tree, lexicons)

    def judge(
        self, head: int, anchor: int, *, mood: Mood = Mood.ACTUAL, negated: bool = False, stance: bool = False
    ) -> Judgement:
        """What the text says about the predicate at `head`.

        Args:
            head: trigger word.
            anchor: its light verb, or the same word.
            mood: what the trigger means by itself.
            negated: the same.
            stance: is it an attitude? Then a commitment to it ("our resolve to support") has it already.
        """
        profile = Profile(negated, mood, head, stance)
        self.modality.read(head, profile)
        if anchor != head:
            self._carried(head, anchor, profile)
        elif self._is_presupposed(head) and not self._is_to_come(head):
            if not any(self.tree.words[c].casefold() in _BYGONE for c in self.tree.kids(head, "amod")):
                self._govern(self.tree.heads[head], head, profile, self._governing(head))
            profile.free = True
        if self.tree.words[self.tree.bounds[self.tree.sents[anchor]][1] - 1] == _QUESTION:
            profile.see(Mood.POSSIBLE)
        self._climb(anchor, profile)
        return profile.judgement()

    def unsaid(self, verb: int) -> bool:
        """Is a verb of saying denied, wanted or only possible ("did not say that", "should explain")?"""
        profile = Profile()
        self.modality.read(verb, profile)
        return profile.negated or profile.mood is not Mood.ACTUAL

    def denied(self, i: int) -> bool:
        """Does the predicate itself carry a negation ("vowed not to attack")?"""
        return self.modality.negation.denies(i)

    def _carried(self, noun: int, verb: int, profile: Profile) -> None:
        """What a light verb says of the noun that it carries: "cancelled talks"."""
        self.modality.read(verb, profile, carried=noun)
        carrier = light_lemma(self.tree, verb, noun)
        light = self.lexicons.light_moods.get((carrier, self.tree.lemmas[noun]))
        if light is not None:
            profile.apply(light)
            if carrier == "rule out" and self.denied(verb):
                profile.see(Mood.POSSIBLE)

    def _is_presupposed(self, noun: int) -> bool:
        """ "Iran's attack", "U.S.-Japan cooperation", "our continuing talks" are facts whatever is said about them."""
        tree = self.tree
        if tree.pos[noun] not in {"NOUN", "PROPN"} or tree.heads[noun] == noun or tree.kid(noun, "cop") is not None:
            return False
        if tree.kid(noun, "nmod:poss") is not None:
            return True
        if any(tree.tags[c] == "VBN" and tree.kid(c, "obl:agent") is not None for c in tree.kids(noun, "acl")):
            return True  # "concerns expressed by Paris"
        return any(
            (tree.rels[c] == "amod" and tree.words[c].casefold() in _GOING_ON)
            or (tree.rels[c] == "compound" and tree.pos[c] == "PROPN")
            for c in tree.children[noun]
        )

    def _is_to_come(self, noun: int) -> bool:
        """ "will travel for his first summit with Trump", "before Putin's visit": what somebody goes to, or awaits."""
        verb, case = self.tree.heads[noun], self.tree.case(noun)
        if self.tree.rels[noun] != "obl" or self.tree.lemmas[noun] not in _ENCOUNTERS:
            return False
        return case in _COMING - {"for"} or (case == "for" and self.tree.lemmas[verb] in GOING)

    def _climb(self, start: int, profile: Profile) -> None:
        here = start
        while True:
            source = None if profile.cue else according_to(self.tree, here)
            if source is not None:
                profile.speakers, profile.cue = (source,), "according to"
            head = self.tree.heads[here]
            if head == here:
                return
            if self.modality.is_open(here):
                profile.see(Mood.POSSIBLE)
            self._step(here, head, profile)
            here = head

    def _step(self, here: int, head: int, profile: Profile) -> None:
        """What a word says of the one that hangs on it."""
        tree, rel = self.tree, self.tree.rels[here]
        if rel == "conj":
            self._coordinated(here, head, profile)
            return
        signature = self._governing(here)
        ungoverned = signature is None and rel in {"advcl", "obl"}
        if rel in _FREE or (rel == "acl" and tree.tags[here] in {"VBG", "VBN"} and not tree.case(here)):
            self._report(here, head, profile, signature)
            if tree.kid(head, "cop") is not None and tree.case(head) in {"against", "for"}:
                profile.see(Mood.POSSIBLE)  # "Greece is against Turkey joining"
            profile.free = True
        elif ungoverned and tree.pos[here] in {"NOUN", "PROPN"} and tree.case(here) in SETTINGS:
            self._setting(here, head, profile)
        elif tree.pos[here] in {"VERB", "AUX", "ADJ"} and (
            ungoverned or (rel in {"advcl", "obl"} and self.modality.is_conditional(here))
        ):
            self._adverbial(here, head, profile)
            profile.free = profile.free or tree.case(here) != "to"
        else:
            self._complement(here, head, profile, signature)

    def _coordinated(self, here: int, first: int, profile: Profile) -> None:
        """ "will visit Paris and meet Macron": the second verb stands under the first's `will`."""
        modal = self.modality.modal(first) if self._shares_auxiliaries(here, first) else None
        if modal is not None and self.modality.negation.is_alternative(here):  # "could neither confirm nor deny it"
            profile.see(modal.mood)
        elif modal is not None:
            profile.apply(modal)

    def _shares_auxiliaries(self, here: int, first: int) -> bool:
        tree = self.tree
        if tree.kid(here, "aux", "nsubj", "nsubj:pass") is not None:
            return False
        if tree.tags[here] == "VB":
            return any(tree.tags[c] == "MD" for c in tree.kids(first, "aux"))
        return tree.tags[here] == "VBN" and tree.tags[first] == "VBN"

    def _setting(self, here: int, head: int, profile: Profile) -> None:
        """An event noun that is the setting of a clause ("during talks"), not what its verb asks."""
        case = self.tree.case(here)
        if case in _COMING and not (case == "for" and self.tree.tags[head] == "VBD"):  # "travelled to Cairo for talks"
            profile.see(Mood.PLANNED)
        profile.free = profile.free or case not in {"for", "at", "in", "during"}
        self._through(here, head, profile)

    def _adverbial(self, clause: int, head: int, profile: Profile) -> None:
        """An adverbial clause: a condition, a purpose, a means, a time, or what was not done instead."""
        mark, tag = self.tree.opener(clause), self.tree.tags[clause]
        if self.modality.is_conditional(clause):
            profile.see(Mood.CONDITIONAL)
        elif self.modality.is_open(clause):
            return
        elif is_purpose(self.tree, clause):
            profile.see(None if is_carried_out(self.tree, clause) else Mood.PLANNED)
        elif mark in _MEANS and tag == "VBG":
            profile.see(self.judge(head, head).mood)  # "must act by providing"
        elif (mark or self._adverb(clause)) in _WHENEVER and tag in {"VBZ", "VBP"}:
            above = self.judge(head, head).mood
            open_yet = Mood.CONDITIONAL if mark in _AWAITED else None  # "refuses to return until Washington lifts"
            profile.see(above if above is not Mood.ACTUAL else open_yet)  # "expected to come up when Bush meets Abbas"
        elif mark in {"instead of", "rather than"}:
            profile.deny()

    def _adverb(self, clause: int) -> str:
        """The adverb that opens a clause: "when"."""
        first, _ = self.tree.clause(clause)
        return self.tree.words[first].casefold() if self.tree.rels[first] == "advmod" else ""

    def _complement(self, here: int, head: int, profile: Profile, signature: Signature | None) -> None:
        """What a governor asks for, or a word below it that it says nothing of."""
        self._govern(head, here, profile, signature)
        if profile.mood is Mood.REQUESTED and self.tree.lemmas[head] in _ACCEPTING:
            profile.see(Mood.PLANNED)  # "accepted an invitation to visit"
        if profile.mood is Mood.PLANNED and any(self.modality.is_conditional(c) for c in self.tree.kids(head, "advcl")):
            profile.see(Mood.CONDITIONAL)  # "threatened to impose tariffs unless"
        self._report(here, head, profile, signature)
        self._through(here, head, profile)
        if self._is_presupposed(head) and (signature is None or signature.kind not in _CONTENTS):
            profile.free = True

    def _governing(self, here: int) -> Signature | None:
        return governing(self.tree, self.lexicons.signatures, self.tree.heads[here], here)

    def _govern(self, governor: int, here: int, profile: Profile, signature: Signature | None) -> None:
        """What the governor's meaning does to its complement."""
        modal = semi_modal(self.tree, self.lexicons.signatures, governor, here)
        if modal is not None:
            profile.apply(modal.negated if self.denied(governor) else modal.plain)
        elif signature is not None and not self._is_done_anyway(governor, here, profile, signature):
            profile.apply(signature.negative if self.denied(governor) else signature.positive)
            if signature.negative is None and signature.positive is not None and signature.positive.negated:
                profile.settled = True  # who denies that he refused to meet has not said that he met

    def _is_done_anyway(self, governor: int, here: int, profile: Profile, signature: Signature) -> bool:
        """Has a stance been taken, or words been said, whatever the governor means?"""
        tree = self.tree
        if tree.lemmas[governor] == "vote" and tree.lemmas[here] in UTTERED:
            return True  # "voted to condemn"
        if profile.stance and signature.kind == "plan" and tree.pos[governor] == "NOUN":
            return True
        if profile.stance and signature.kind == "belief" and tree.rels[here] == "obj":
            return True  # who discusses his concern has it
        answers = signature.kind in {"prevention", "denial"} and tree.pos[governor] == "VERB"
        return answers and here == profile.head and tree.lemmas[here] in _SPEECH_ACTS

    def _through(self, here: int, head: int, profile: Profile) -> None:
        """The governor's own modality, where its complement hangs on it; its negation is in the signature."""
        rel = self.tree.rels[here]
        if rel in _THROUGH or (rel == "advcl" and self.tree.is_infinitive(here)):  # "must move to confirm"
            modal = self.modality.modal(head)
            if modal is not None:
                profile.see(modal.mood)
            self.modality.read_beside(head, profile)

    def _report(self, here: int, governor: int, profile: Profile, signature: Signature | None) -> None:
        """The nearest governor that reports or asks is the source; a doubted report without one is only possible."""
        if profile.cue:
            return
        voiced = signature is not None and (signature.attributed or signature.asks)
        if not voiced and not reports(self.tree, self.lexicons, governor, here):
            return
        voices = speakers(self.tree, governor)
        if voices and here not in voices:
            profile.speakers, profile.cue = tuple(voices), self.tree.words[governor]
        elif signature is not None and signature.doubt:
            profile.see(Mood.POSSIBLE)
