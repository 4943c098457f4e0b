"""Modality of a predicate by the words below it: auxiliaries, adverbs, adjectives and conditions."""

from kg.model import Mood
from kg.nlp.factuality.judgement import Profile
from kg.nlp.factuality.negation import Negation
from kg.nlp.grammar import Tree
from kg.nlp.lexicons import Lexicons
from kg.nlp.signatures import Outcome

_SHORTLY = frozenset({"soon", "shortly"})
"""Adverbs of a time to come, or of a past: "soon met", "shortly after troops attacked"."""
_PAST = frozenset({"VBD", "VBN"})
_SOME = frozenset({"little", "few"})
"""Words for almost nothing, and with "a" before them for something."""


class Modality:
    """Reads the moods of one tree's predicates."""

    def __init__(self, tree: Tree, lexicons: Lexicons) -> None:
        self.tree, self.lexicons, self.signatures = tree, lexicons, lexicons.signatures
        self.negation = Negation(tree, lexicons.signatures)

    def read(self, i: int, profile: Profile, *, carried: int = -1) -> None:
        """Note a predicate's negation, auxiliaries, adverbs and conditions; `carried` is a light verb's noun."""
        modal = self.modal(i)
        if modal is None:
            profile.deny(negated=self.negation.denies(i, carried=carried))
        else:
            profile.apply(modal)
        self.read_beside(i, profile)

    def read_beside(self, i: int, profile: Profile) -> None:
        """Note the adverbs, adjectives and conditions beside a predicate."""
        tree, signatures = self.tree, self.signatures
        for c in tree.children[i]:
            word, rel = tree.words[c].casefold(), tree.rels[c]
            if rel == "advmod" and not (word in _SHORTLY and self._is_over(i, c)):
                profile.see(Mood.POSSIBLE if word in signatures.hearsay else signatures.hedges.get(word))
            elif rel in {"amod", "acl"} and tree.pos[i] in {"NOUN", "PROPN"}:
                some = word in _SOME and tree.words[c - 1].casefold() == "a"
                mood, denies = (None, False) if some else self.lexicons.modifiers.get(word, (None, False))
                profile.see(mood)
                profile.deny(negated=denies)
            elif self._is_condition(c) and self._is_unreal(i):
                profile.see(Mood.CONDITIONAL)
            elif rel == "det" and word == "any" and tree.pos[i] == "NOUN":
                profile.see(Mood.POSSIBLE)

    def modal(self, i: int) -> Outcome | None:
        """What a predicate's modal auxiliary says, its negation included; None without one."""
        tree, signatures = self.tree, self.signatures
        denied, perfect = self.negation.denies(i), tree.is_perfect(i)
        if self._is_to_be(i):
            planned = signatures.modals["be to"]
            return planned.negated if denied else planned.plain
        for c in tree.kids(i, "aux"):
            word = tree.words[c].casefold()
            if word in signatures.backshift and not perfect and self._is_reported_in_past(i):
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

    def is_open(self, clause: int) -> bool:
        """ "unclear whether Putin will come", "divided over whether to send troops"."""
        return any(self.tree.words[c].casefold() == "whether" for c in self.tree.kids(clause, "mark"))

    def is_conditional(self, clause: int) -> bool:
        """ "if Iran attacks", "should Iran attack"."""
        return self.tree.case(clause) in self.signatures.conditionals or self._is_inverted(clause)

    def _is_condition(self, i: int) -> bool:
        """ "in case of an attack", and conditional clauses."""
        if self.tree.rels[i] == "obl":
            return self.tree.case(i) in self.signatures.condition_prepositions
        return self.tree.rels[i] == "advcl" and self.is_conditional(i)

    def _is_to_be(self, i: int) -> bool:
        """ "is to visit", "is to be received"."""
        tree = self.tree
        passive = any(tree.words[c].casefold() == "be" for c in tree.kids(i, "aux:pass"))
        be = any(tree.lemmas[c] == "be" for c in tree.kids(i, "cop", "aux"))
        return (tree.tags[i] == "VB" or passive) and be and tree.is_infinitive(i)

    def _is_over(self, verb: int, adverb: int) -> bool:
        """Does "soon" speak of a past: "soon met", "shortly after meeting Putin"?"""
        following = self.tree.words[adverb + 1].casefold() if adverb + 1 < len(self.tree.words) else ""
        return self.tree.tags[verb] == "VBD" or following in {"after", "before", "afterwards", "thereafter"}

    def _is_reported_in_past(self, i: int) -> bool:
        """ "said it would visit" is a plan told in the past, unless a condition stands with it."""
        tree = self.tree
        top = i
        while tree.rels[top] in {"conj", "xcomp"} and tree.heads[top] != top:
            top = tree.heads[top]
        if any(self.is_conditional(c) for c in tree.kids(i, "advcl")):
            return False
        return tree.rels[top] == "ccomp" and tree.tags[tree.heads[top]] in _PAST

    def _is_unreal(self, i: int) -> bool:
        """Does the main clause of an `if` speak of the future or of a supposed case?"""
        tree = self.tree
        modal = any(tree.words[c].casefold() in self.signatures.modals for c in tree.kids(i, "aux"))
        return modal or (tree.rels[i] == "xcomp" and tree.is_infinitive(i))  # "threatened to strike unless"

    def _is_inverted(self, clause: int) -> bool:
        """ "Should Iran attack, ..."."""
        tree = self.tree
        first = tree.clause(clause)[0]
        if tree.words[first].casefold() not in self.signatures.inversions or tree.heads[first] != clause:
            return False
        return any(tree.rels[c] == "nsubj" and c > first for c in tree.children[clause])
