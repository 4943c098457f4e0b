"""Whether a predicate is said to have happened: negation, modality, governors and conditions, each in its own scope.

The walk starts at the predicate and climbs to the root of its sentence. Each governor changes the answer as its
signature in `kg/data/factuality.toml` says; relative clauses and appositions end the influence of moods, since what
they say is asserted on its own. The nearest reporting governor is the claim's source.
"""

from dataclasses import dataclass

from kg.model import Mood
from kg.nlp.grammar import OBLIQUE_CONTROL, SETTINGS, Tree, is_passive, light_lemma, surface_subjects, verb_lemma
from kg.nlp.lexicons import Lexicons
from kg.nlp.signatures import Outcome, Signature

_FREE = frozenset({"acl:relcl", "advcl:relcl", "appos", "parataxis", "vocative", "dislocated", "list"})
_GOING_ON = frozenset({"continuing", "continued", "ongoing", "existing", "current", "recent", "unprovoked", "illegal"})
_BYGONE = frozenset({"recent", "last", "latest", "past", "previous", "earlier", "historic", "first"})
"""What is called so has been, also where it is only discussed: "discussed his recent visit"."""
_GOING = frozenset({"travel", "visit", "journey", "stop", "sit", "fly", "go"})
_ENCOUNTERS = frozenset({"meet", "hold", "attend", "speak", "confer", "participate", "join", "sign", "take", "consult"})
_UTTERED = frozenset({
    "thank", "condemn", "honor", "honour", "highlight", "welcome", "express", "reaffirm", "congratulate", "underscore",
    "discuss", "mark", "celebrate", "praise", "commemorate", "reiterate", "emphasize", "emphasise", "affirm", "protest",
    "denounce", "criticize", "criticise", "stress", "demand",
})  # fmt: skip
"""What people meet, call or vote to say, they say: "met on Monday to discuss", "voted to condemn"."""
_PROTESTED = frozenset({"protest", "demand"})
_ACCEPTING = frozenset({"accept", "approve", "grant", "agree", "honor", "honour"})
_QUOTING = frozenset({"quote", "cite"})
_COMING = frozenset({"before", "for", "ahead of", "prior to"})
"""What an event noun behind these names is still to come."""
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
_SHORTLY = frozenset({"soon", "shortly"})
"""Adverbs of a time to come, or of a past: "soon met", "shortly after troops attacked"."""
_NOBODY = frozenset({"nobody", "none", "neither", "nothing"})
_PAST = frozenset({"VBD", "VBN"})
_QUESTION = "?"
_THROUGH = frozenset({
    "xcomp", "csubj", "obj", "nsubj", "nsubj:pass", "obl", "nmod", "nmod:poss", "compound", "amod", "acl",
})  # fmt: skip
"""Relations through which a governor's modality reaches what it governs."""


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
class _State:
    negated: bool = False
    mood: Mood = Mood.ACTUAL
    stance: bool = False
    free: bool = False
    void: bool = False
    speakers: tuple[int, ...] = ()
    cue: str = ""
    judged: int = -1
    settled: bool = False

    def see(self, mood: Mood | None) -> None:
        """An outer mood replaces an inner one; a condition stays, a wish is not weakened; a fact changes nothing."""
        if mood is None or mood is Mood.ACTUAL or self.free or self.mood is Mood.CONDITIONAL:
            return
        if mood is Mood.POSSIBLE and self.mood is Mood.REQUESTED:
            return
        self.mood = mood

    def deny(self, *, negated: bool) -> None:
        if negated and not self.free:
            self.negated = not self.negated
            self.void = self.void or self.settled


class Factuality:
    """Judges predicates of one tree."""

    def __init__(self, tree: Tree, lexicons: Lexicons) -> None:
        self.tree = tree
        self.lexicons = lexicons

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
        state = _State(negated, mood, stance=stance, judged=head)
        self._local(head, state)
        if anchor == head and self._presupposed(head):
            if not any(self.tree.words[c].casefold() in _BYGONE for c in self.tree.kids(head, "amod")):
                above = self.tree.heads[head]
                self._signature(above, head, state, self._governing(above, head))
            state.free = True
        if anchor != head:
            self._local(anchor, state, carried=head)
            carrier = light_lemma(self.tree, anchor, head)
            light = self.lexicons.light_moods.get((carrier, self.tree.lemmas[head]))
            if light is not None:
                self._apply(light, state)
                if carrier == "rule out" and self.denied(anchor):
                    state.see(Mood.POSSIBLE)
        if self.tree.words[self.tree.bounds[self.tree.sents[anchor]][1] - 1] == _QUESTION:
            state.see(Mood.POSSIBLE)
        self._climb(anchor, state)
        return Judgement(state.negated, state.mood, state.speakers, state.cue, state.void)

    def _climb(self, start: int, state: _State) -> None:
        tree, here = self.tree, start
        while tree.heads[here] != here:
            rel, head = tree.rels[here], tree.heads[here]
            self._according_to(here, state)
            if self._is_open(here):
                state.see(Mood.POSSIBLE)
            if rel == "conj":
                modal = self._modal(head) if self._shares_auxiliaries(here, head) else None
                if modal is not None and self._is_alternative(here):  # "could neither confirm nor deny it"
                    state.see(modal.mood)
                elif modal is not None:
                    self._apply(modal, state)
                here = head
                continue
            if rel in _FREE or (rel == "acl" and tree.tags[here] in {"VBG", "VBN"} and not tree.case(here)):
                self._report(here, head, state, self._governing(head, here))
                if tree.kid(head, "cop") is not None and tree.case(head) in {"against", "for"}:
                    state.see(Mood.POSSIBLE)  # "Greece is against Turkey joining"
                state.free = True
            elif self._sets_scene(here, head):
                past = tree.case(here) == "for" and tree.tags[head] == "VBD"  # "travelled to Cairo for talks"
                state.see(Mood.PLANNED if tree.case(here) in _COMING and not past else None)
                state.free = state.free or tree.case(here) not in {"for", "at", "in", "during"}
                self._through(here, head, state)
            elif (
                rel in {"advcl", "obl"}
                and tree.pos[here] in {"VERB", "AUX", "ADJ"}
                and (self._conditional(here) or self._governing(head, here) is None)
            ):
                self._adverbial(here, state)
                state.free = state.free or tree.case(here) != "to"
            else:
                signature = self._governing(head, here)
                self._signature(head, here, state, signature)
                self._accepted(head, state)
                self._report(here, head, state, signature)
                self._through(here, head, state)
                if self._presupposed(head) and (signature is None or signature.kind not in _CONTENTS):
                    state.free = True
            here = head
        self._according_to(here, state)

    def _is_open(self, clause: int) -> bool:
        """ "unclear whether Putin will come", "divided over whether to send troops"."""
        return any(self.tree.words[c].casefold() == "whether" for c in self.tree.kids(clause, "mark"))

    def _through(self, here: int, head: int, state: _State) -> None:
        """The governor's own modality, where its complement hangs on it; its negation is in the signature."""
        rel = self.tree.rels[here]
        if rel in _THROUGH or (rel == "advcl" and self.tree.is_infinitive(here)):  # "must move to confirm"
            modal = self._modal(head)
            if modal is not None:
                state.see(modal.mood)
            self._modality(head, state)

    def _presupposed(self, noun: int) -> bool:
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

    def unsaid(self, verb: int) -> bool:
        """Is a verb of saying denied, wanted or only possible ("did not say that", "should explain")?"""
        state = _State()
        self._local(verb, state)
        return state.negated or state.mood is not Mood.ACTUAL

    def _local(self, i: int, state: _State, *, carried: int = -1) -> None:
        """The predicate's own negation, auxiliaries, adverbs and conditions; `carried` is a light verb's noun."""
        denied = self.denied(i, carried=carried)
        modal = self._modal(i)
        if modal is None:
            state.deny(negated=denied)
        else:
            self._apply(modal, state)
        self._modality(i, state)

    def _modal(self, i: int) -> Outcome | None:
        """What a predicate's modal auxiliary says, its negation included; None without one."""
        tree, signatures = self.tree, self.lexicons.signatures
        denied = self.denied(i)
        be = any(tree.lemmas[c] == "be" for c in tree.kids(i, "cop", "aux"))
        passive = any(tree.words[c].casefold() == "be" for c in tree.kids(i, "aux:pass"))
        if (tree.tags[i] == "VB" or passive) and be and tree.is_infinitive(i):  # "is to visit", "is to be received"
            planned = signatures.modals["be to"]
            return planned.negated if denied else planned.plain
        for c in tree.kids(i, "aux"):
            word = tree.words[c].casefold()
            perfect = tree.is_perfect(i)
            if word in signatures.backshift and not perfect and self._reported_in_past(i):
                word = signatures.backshift[word]
            modal = signatures.modals.get(word)
            if modal is None:
                continue
            if perfect:
                return Outcome(modal.perfect, denied)
            if not denied:
                return modal.plain
            return modal.negated or Outcome(Mood.ACTUAL)
        return None

    def denied(self, i: int, *, carried: int = -1) -> bool:
        """Does the predicate itself carry a negation ("vowed not to attack")? `carried` is a light verb's noun."""
        tree, signatures = self.tree, self.lexicons.signatures
        count = sum(
            1
            for c in tree.children[i]
            if (tree.rels[c] in {"advmod", "neg"} and self._negation(c))
            or (tree.rels[c] == "det" and tree.words[c].casefold() in signatures.no_determiners)
            or (tree.rels[c] in {"mark", "case"} and tree.words[c].casefold() == "without")
            or (tree.rels[c] in {"nsubj", "nsubj:pass", "obj"} and c != carried and self._nobody(c))
            or (tree.rels[c] == "cc:preconj" and tree.words[c].casefold() == "neither")
        )
        return (count + self._is_alternative(i)) % 2 == 1

    def _is_alternative(self, i: int) -> bool:
        """ "nor recognised Kosovo"."""
        return any(self.tree.words[c].casefold() == "nor" for c in self.tree.kids(i, "cc"))

    def _negation(self, c: int) -> bool:
        """ "not", but not the "not" of "not only"."""
        word = self.tree.words[c].casefold()
        phrase = " ".join(self.tree.words[k].casefold() for k in self.tree.subtree(c))
        if not {word, phrase} & self.lexicons.signatures.negations:
            return False
        following = self.tree.words[c + 1].casefold() if c + 1 < len(self.tree.words) else ""
        return following not in {"only", "just", "merely", "simply", "least"}

    def _nobody(self, subject: int) -> bool:
        tree = self.tree
        if tree.words[subject].casefold() in _NOBODY:
            return True
        determiners = {tree.words[c].casefold() for c in tree.kids(subject, "det", "cc:preconj")}
        return bool(determiners & self.lexicons.signatures.no_determiners)

    def _modality(self, i: int, state: _State) -> None:
        """Adverbs, adjectives and conditions beside a predicate."""
        tree, signatures = self.tree, self.lexicons.signatures
        for c in tree.children[i]:
            word, rel = tree.words[c].casefold(), tree.rels[c]
            if rel == "advmod" and not (word in _SHORTLY and self._is_over(i, c)):
                state.see(Mood.POSSIBLE if word in signatures.hearsay else signatures.hedges.get(word))
            elif rel in {"amod", "acl"} and tree.pos[i] in {"NOUN", "PROPN"}:
                self._modifier(word, state)
            elif (rel == "advcl" and self._conditional(c) and self._unreal(i)) or (
                rel == "obl" and tree.case(c) in signatures.condition_prepositions and self._unreal(i)
            ):
                state.see(Mood.CONDITIONAL)
            elif rel == "det" and word == "any" and tree.pos[i] == "NOUN":
                state.see(Mood.POSSIBLE)

    def _is_over(self, verb: int, adverb: int) -> bool:
        """Does "soon" speak of a past: "soon met", "shortly after meeting Putin"?"""
        following = self.tree.words[adverb + 1].casefold() if adverb + 1 < len(self.tree.words) else ""
        return self.tree.tags[verb] == "VBD" or following in {"after", "before", "afterwards", "thereafter"}

    def _modifier(self, word: str, state: _State) -> None:
        mood, denies = self.lexicons.modifiers.get(word, (None, False))
        state.see(mood)
        state.deny(negated=denies)

    def _apply(self, outcome: Outcome | None, state: _State) -> None:
        if outcome is None:
            state.void = state.void or not state.free
            return
        state.see(outcome.mood)
        state.deny(negated=outcome.negated)

    def _reported_in_past(self, i: int) -> bool:
        """ "said it would visit" is a plan told in the past, unless a condition stands with it."""
        tree = self.tree
        top = i
        while tree.rels[top] in {"conj", "xcomp"} and tree.heads[top] != top:
            top = tree.heads[top]
        if any(self._conditional(c) for c in tree.kids(i, "advcl")):
            return False
        head = tree.heads[top]
        return tree.rels[top] == "ccomp" and tree.tags[head] in _PAST

    def _unreal(self, i: int) -> bool:
        """Does the main clause of an `if` speak of the future or of a supposed case?"""
        tree = self.tree
        return any(tree.words[c].casefold() in self.lexicons.signatures.modals for c in tree.kids(i, "aux"))

    def _conditional(self, clause: int) -> bool:
        return self.tree.case(clause) in self.lexicons.signatures.conditionals or self._inverted(clause)

    def _inverted(self, clause: int) -> bool:
        """ "Should Iran attack, ..."."""
        tree = self.tree
        first = tree.clause(clause)[0]
        if tree.words[first].casefold() not in self.lexicons.signatures.inversions or tree.heads[first] != clause:
            return False
        return any(tree.rels[c] == "nsubj" and c > first for c in tree.children[clause])

    def _adverbial(self, clause: int, state: _State) -> None:
        mark = self.tree.opener(clause)
        if self._conditional(clause):
            state.see(Mood.CONDITIONAL)
        elif self._is_open(clause):
            return
        elif mark in {"to", "in order", "so as", "in order to", "so as to"} and self.tree.tags[clause] == "VB":
            head, lemma = self.tree.heads[clause], self.tree.lemmas[clause]
            placed = self.tree.lemmas[head] == "visit" or self.tree.kid(head, "obl") is not None
            went = placed and self.tree.lemmas[head] in _GOING and lemma in _ENCOUNTERS  # "travelled to Doha to meet"
            done = self.tree.tags[head] == "VBD" or (self.tree.is_perfect(head) and self.tree.tags[head] == "VBN")
            under_way = lemma in _PROTESTED and self.tree.tags[head] != "VB"  # "have marched to protest", not "will"
            if not (under_way or (done and (lemma in _UTTERED or went))):
                state.see(Mood.PLANNED)
        elif mark in {"by", "before", "after", "while", "when"} and self.tree.tags[clause] == "VBG":
            state.see(self.judge(self.tree.heads[clause], self.tree.heads[clause]).mood)  # "must act by providing"
        elif (mark or self._adverb(clause)) in _WHENEVER and self.tree.tags[clause] in {"VBZ", "VBP"}:
            above = self.judge(self.tree.heads[clause], self.tree.heads[clause]).mood
            open_yet = Mood.CONDITIONAL if mark in _AWAITED else None  # "refuses to return until Washington lifts"
            state.see(above if above is not Mood.ACTUAL else open_yet)  # "expected to come up when Bush meets Abbas"
        elif mark in {"instead of", "rather than"}:
            state.deny(negated=True)

    def _adverb(self, clause: int) -> str:
        """The adverb that opens a clause: "when"."""
        first, _ = self.tree.clause(clause)
        return self.tree.words[first].casefold() if self.tree.rels[first] == "advmod" else ""

    def _shares_auxiliaries(self, here: int, head: int) -> bool:
        """ "will visit Paris and meet Macron": the second verb stands under the first's `will`."""
        tree = self.tree
        if tree.kid(here, "aux", "nsubj", "nsubj:pass") is not None:
            return False
        if tree.tags[here] == "VB":
            return any(tree.tags[c] == "MD" for c in tree.kids(head, "aux"))
        return tree.tags[here] == "VBN" and tree.tags[head] == "VBN"

    def _sets_scene(self, here: int, head: int) -> bool:
        """Is an event noun the setting of a clause ("during talks"), not what its verb asks ("called for talks")?"""
        tree = self.tree
        if tree.rels[here] not in {"advcl", "obl"} or tree.pos[here] not in {"NOUN", "PROPN"}:
            return False
        return tree.case(here) in SETTINGS and self._governing(head, here) is None

    def _governing(self, governor: int, here: int) -> Signature | None:
        """The signature of a governor for this complement."""
        tree = self.tree
        complements = _complements(tree, here)
        if not complements:
            return None
        lemma, find = verb_lemma(tree, governor), self.lexicons.signatures.find
        own = tree.kid(governor, "obj", "iobj", "nsubj:pass", "aux:pass") is not None
        agent = "object" if own else "subject"
        if lemma in OBLIQUE_CONTROL:  # "called on Paris to act"
            asked = [tree.case(c) for c in tree.kids(governor, "obl") if c < here]
            found = (find(f"{lemma} {case}", "VERB", complements, agent="object") for case in asked)
            return next((s for s in found if s), None) or find(lemma, "VERB", complements, agent=agent)
        return find(lemma, _kind_of(tree, governor), complements, agent=agent)

    def _signature(self, governor: int, here: int, state: _State, signature: Signature | None) -> None:
        """What the governor's meaning does to its complement."""
        tree, signatures = self.tree, self.lexicons.signatures
        semi = self._semi_modal(governor, here)
        if semi:
            modal = signatures.modals[semi]
            self._apply(modal.negated if self.denied(governor) else modal.plain, state)
            return
        if signature is None or (tree.lemmas[governor] == "vote" and tree.lemmas[here] in _UTTERED):
            return  # "voted to condemn"
        if state.stance and signature.kind == "plan" and tree.pos[governor] == "NOUN":
            return
        if state.stance and signature.kind == "belief" and tree.rels[here] == "obj":
            return  # who discusses his concern has it
        answers = signature.kind in {"prevention", "denial"} and tree.pos[governor] == "VERB"
        if answers and here == state.judged and tree.lemmas[here] in _SPEECH_ACTS:
            return
        self._apply(signature.negative if self.denied(governor) else signature.positive, state)
        if signature.negative is None and signature.positive is not None and signature.positive.negated:
            state.settled = True  # who denies that he refused to meet has not said that he met

    def _accepted(self, governor: int, state: _State) -> None:
        """What is asked for and accepted is planned: "accepted an invitation to visit"."""
        if state.mood is Mood.REQUESTED and self.tree.lemmas[governor] in _ACCEPTING:
            state.see(Mood.PLANNED)

    def _semi_modal(self, governor: int, here: int) -> str:
        """ "is going to", "have to", "was to": name of the semi-auxiliary, or ""."""
        tree = self.tree
        if tree.rels[here] not in {"xcomp", "advcl", "ccomp"} or tree.case(here) != "to":
            return ""
        lemma = tree.lemmas[governor]
        if lemma == "go" and tree.tags[governor] == "VBG":
            return "be going to"
        if lemma == "be":
            return "be to"
        name = f"{lemma} to"
        return name if name in self.lexicons.signatures.modals else ""

    def _report(self, here: int, governor: int, state: _State, signature: Signature | None) -> None:
        """The nearest governor that reports or asks is the source; a doubted report without one is only possible."""
        if state.cue:
            return
        voiced = signature is not None and (signature.attributed or signature.asks)
        if not voiced and not self._reports(here, governor):
            return
        speakers = self._voice(governor)
        if speakers and here not in speakers:
            state.speakers, state.cue = tuple(speakers), self.tree.words[governor]
        elif signature is not None and signature.doubt:
            state.see(Mood.POSSIBLE)

    def _reports(self, here: int, governor: int) -> bool:
        """Is it a clause of a verb or noun of saying?"""
        tree = self.tree
        if tree.rels[here] not in {"ccomp", "parataxis", "xcomp", "acl", "csubj"}:
            return False
        if verb_lemma(tree, governor) not in self.lexicons.reporting:
            return False
        if tree.rels[here] == "acl" and tree.opener(here) == "to":
            return False  # "the decision to deny"
        return tree.rels[here] != "xcomp" or tree.lemmas[governor] in self.lexicons.reporting_infinitives

    def _voice(self, governor: int) -> list[int]:
        """Who speaks: subject of a verb, its agent in the passive, owner of a noun."""
        tree = self.tree
        if tree.pos[governor] in {"NOUN", "PROPN"}:
            named = [c for c in tree.kids(governor, "compound", "amod") if tree.words[c][:1].isupper()]
            return tree.kids(governor, "nmod:poss") or named
        if is_passive(tree, governor):
            return tree.kids(governor, "obl:agent")
        above = tree.heads[governor]
        if tree.tags[governor] == "VBG" and tree.lemmas[above] in _QUOTING:  # "Reuters quotes Ma as saying"
            return tree.kids(above, "obj", "nsubj:pass") or surface_subjects(tree, governor)
        return surface_subjects(tree, governor)

    def _according_to(self, clause: int, state: _State) -> None:
        if state.cue:
            return
        tree = self.tree
        for c in tree.kids(clause, "obl", "advmod", "nmod"):
            if tree.case(c) == "according to":
                state.speakers, state.cue = (c,), "according to"
                return


def _kind_of(tree: Tree, governor: int) -> str:
    pos = tree.pos[governor]
    return {"PROPN": "NOUN", "AUX": "VERB"}.get(pos, pos)


def _complements(tree: Tree, here: int) -> tuple[str, ...]:
    """Kinds of complement that the word is to its governor, best first: `to that ing nominal` or a preposition."""
    rel, case = tree.rels[here], tree.opener(here)
    clause = tree.pos[here] in {"VERB", "AUX"} or tree.kid(here, "cop") is not None
    if rel in {"xcomp", "ccomp", "acl", "csubj", "advcl"} and clause:
        if case == "to":
            return ("to",)
        if tree.tags[here] == "VBG" and (case or tree.kid(here, "aux", "nsubj") is None):
            beside = not case and rel == "advcl"  # "rejected the remarks, accusing the union of bias"
            return () if beside else tuple(c for c in (case, "ing") if c)
        return ("that",) if rel in {"ccomp", "csubj"} or case == "that" else ()
    if rel in {"obj", "nsubj:pass", "iobj", "xcomp"}:
        return ("nominal",)
    if rel in {"obl", "nmod", "obl:agent"}:
        return (case, "nominal") if case == "of" else (case,)
    return ()
