"""Predicate-argument frames over a tree: who fills which slot of a verb, an event noun or an adjective.

Slots (see docs/frames.md): `agent patient recipient complement companion place owner self this modifier` and any
preposition by its word; `a.b` is slot `b` of whatever fills slot `a` (`patient.owner`: whose diplomats were expelled).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.nlp.grammar.fillers import first_conjunct, spread
from kg.nlp.grammar.light_verbs import light_verb
from kg.nlp.grammar.measures import counted
from kg.nlp.grammar.nouns import noun_agents, noun_slot
from kg.nlp.grammar.subjects import described, listed, surface_subjects
from kg.nlp.grammar.tree import SUBJECTS, VERDICTS, Tree
from kg.nlp.grammar.verb_forms import is_passive, verb_lemma
from kg.nlp.grammar.verbs import verb_slot

SETTINGS = frozenset({
    "following", "after", "during", "in", "at", "on", "before", "for", "throughout", "ahead of", "prior to",
})  # fmt: skip
"""Prepositions that make an event noun the setting of its clause."""

_OCCASIONS = frozenset(
    {"talk", "meeting", "visit", "trip", "call", "conversation", "discussion", "negotiation", "consultation", "tour"}
    | {"summit", "stop", "mission", "journey", "interview", "dinner", "lunch"}
)
"""Event nouns whose participants the subject of the clause joins; nobody joins the attack after which he spoke."""

_SIDES = frozenset({"against", "for", "behind"})
_TOGETHER = frozenset({"discuss", "agree", "exchange", "review", "reaffirm", "address", "explore", "pledge"})
_DURING = frozenset({"in", "during", "at", "on"})


@dataclass(frozen=True, slots=True)
class Predicate:
    """A trigger in the text.

    Attributes:
        head: word index.
        lemma: lower case, with its particle (`back down`).
        kind: `VERB`, `NOUN` or `ADJ`.
        light: index of the light verb that carries a noun ("held" of "held talks"), or None.
        tree: where it stands.
    """

    head: int
    lemma: str
    kind: str
    light: int | None
    tree: Tree

    @property
    def anchor(self) -> int:
        """The word whose negation, modality and governors decide about it: the light verb, else itself."""
        return self.head if self.light is None else self.light

    def slot(self, name: str, keep: Callable[[str, int], bool] | None = None) -> list[int]:
        """Heads that fill a slot, coordination spelled out, in text order; [] when empty.

        Args:
            name: slot, or slots joined by dots.
            keep: says of the first slot's name and filler whether it counts.
        """
        first, _, rest = name.partition(".")
        fillers = [f for f in self._simple(first) if keep is None or not rest or keep(first, f)]
        for part in rest.split(".") if rest else ():
            fillers = [x for f in fillers for x in _slot(self.tree, f, part)]
        return sorted(set(fillers))

    def _simple(self, name: str) -> list[int]:
        if name == "self":
            return listed(self.tree, self.head) or described(self.tree, self.head)
        if name == "this":
            return [self.head]
        if name == "source":
            verb = verdict(self.tree, self.head)
            return [] if verb is None else verb_slot(self.tree, verb, "agent")
        if name == "modifier":
            return self.tree.kids(self.head, "amod", "compound", "advmod", "nmod:poss")
        if self.kind == "NOUN":
            return self._of_event_noun(name)
        return verb_slot(self.tree, self.head, name)

    def _of_event_noun(self, name: str) -> list[int]:
        tree, noun = self.tree, self.head
        if name == "agent":
            return self._noun_agents()
        own = noun_slot(tree, noun, name)
        measure = counted(tree, noun)
        if not own and measure != noun and name != "of":
            own = [k for k in noun_slot(tree, measure, name) if k != noun]
        if self.light is None or own:
            return own
        if name in {"patient", "complement"}:
            return [k for k in verb_slot(tree, self.light, name) if k != noun and noun not in tree.conjuncts(k)]
        return [k for k in verb_slot(tree, self.light, name) if k != noun]

    def _noun_agents(self) -> list[int]:
        tree, noun = self.tree, self.head
        if self.light is not None and tree.lemmas[self.light] == "host" and is_passive(tree, self.light):
            return []  # "talks were hosted by Oman": it need not talk itself
        if self.light is not None:
            named = [c for c in tree.kids(noun, "nmod:poss") if tree.pos[c] != "PRON"]
            if named:  # "underscored the Vice President's commitment"
                return spread(tree, named)
            return [k for k in verb_slot(tree, self.light, "agent") if k != noun]
        subjects = [c for s in SUBJECTS for c in tree.kids(noun, s)] if tree.kid(noun, "cop") is not None else []
        if subjects and tree.case(noun) in _SIDES:
            return []  # who is against a ban has not banned anything
        if subjects:
            return spread(tree, subjects)
        own = noun_agents(tree, noun)
        telling = any(tree.rels[k] == "nmod:poss" or not tree.words[k].islower() for k in own)  # not "phone"
        return own if telling else self._setting_subjects() or own

    def _setting_subjects(self) -> list[int]:
        """ "Following talks with Abbas, Hamas said": a noun that sets the scene has the clause's subject as its own."""
        tree, noun = self.tree, self.head
        verb = tree.heads[noun]
        if tree.rels[noun] not in {"obl", "advcl"} or tree.pos[verb] != "VERB" or tree.case(noun) not in SETTINGS:
            return []
        if tree.lemmas[noun] not in _OCCASIONS:
            return []
        if any(tree.case(c) in {"with", "to", "in", "through"} for c in tree.kids(noun, "nmod")):
            return surface_subjects(tree, verb)
        together = surface_subjects(tree, verb) if tree.lemmas[verb] in _TOGETHER and tree.case(noun) in _DURING else []
        return together if len(together) > 1 else []  # "In a call, Macron and Abbas discussed Gaza"


def find_predicate(tree: Tree, i: int, light_verbs: Mapping[str, frozenset[str]]) -> Predicate | None:
    """The predicate at word `i`, or None where the word can be none.

    Args:
        tree: where it stands.
        i: word index.
        light_verbs: lemma of each light verb to the nouns that it carries.
    """
    pos = tree.pos[i]
    if pos == "VERB":
        return Predicate(i, verb_lemma(tree, i), "VERB", None, tree)
    if pos == "NOUN" or (pos == "PROPN" and tree.words[i][:1].islower()):
        return Predicate(i, tree.lemmas[i], "NOUN", light_verb(tree, i, light_verbs), tree)
    if pos == "ADJ":
        return Predicate(i, tree.lemmas[i], "ADJ", None, tree)
    return None


def verdict(tree: Tree, predicative: int) -> int | None:
    """The verb by which somebody calls or finds something so ("called it absurd", "described it as a mistake")."""
    top = first_conjunct(tree, predicative)
    verb = tree.heads[top]
    if verb == top or tree.pos[verb] != "VERB" or tree.lemmas[verb] not in VERDICTS or tree.kid(top, "cop") is not None:
        return None
    return verb if tree.rels[top] == "xcomp" or tree.case(top) == "as" else None


def _slot(tree: Tree, i: int, name: str) -> list[int]:
    """Slot of any word: of a clause's verb, or of a noun."""
    return verb_slot(tree, i, name) if tree.pos[i] in {"VERB", "AUX"} else noun_slot(tree, i, name)
