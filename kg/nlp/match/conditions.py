"""What a frame wants of a predicate: its slots and their words, its clause, and whether the text says that it was."""

from collections.abc import Callable
from dataclasses import replace

from kg.nlp.factuality import Judgement
from kg.nlp.frames import Frame
from kg.nlp.grammar import Predicate, clause_kind, measured, surface_subjects, verb_lemma
from kg.nlp.scene import Scene

_OTHERWISE = frozenset({"give up", "give in", "back down", "back out", "back off", "hold back", "hold off", "let down"})
"""Verbs that mean with their particle what they do not mean alone."""
_FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll"})
OUGHT = frozenset({"must", "should"})
"""Auxiliaries of what somebody says that another is to do."""
_THIRD_PERSON = frozenset({"it", "he", "she", "they"})


def keeper(scene: Scene, frame: Frame) -> Callable[[str, int], bool]:
    """Which fillers of a slot with a `where` count for the slots below it."""
    return lambda slot, filler: slot not in frame.where or _among(scene, filler, frame.where[slot])


def holds(scene: Scene, frame: Frame, predicate: Predicate) -> bool:
    """Has a predicate the slots, words and clause that the frame wants?"""
    if any(not predicate.slot(s) for s in frame.needs) or any(predicate.slot(s) for s in frame.absent):
        return False
    if frame.clause and not any(clause_kind(scene.tree, k) in frame.clause for k in predicate.slot("complement")):
        return False
    if not _stated(scene, frame, predicate):
        return False
    for slot, words in frame.where.items():
        if not any(_among(scene, k, words) for k in predicate.slot(slot)):
            return False
    barred = ((k, words) for slot, words in frame.where_not.items() for k in predicate.slot(slot))
    return not any(_among(scene, k, words) for k, words in barred)


def _among(scene: Scene, i: int, words: frozenset[str]) -> bool:
    """Is the word, or what it measures, one of these, or in a word group that they name with `@`?"""
    lemma, inner = scene.tree.lemmas[i], measured(scene.tree, i)
    if scene.tree.pos[i] == "VERB" and verb_lemma(scene.tree, i) in _OTHERWISE:
        return verb_lemma(scene.tree, i) in words
    if lemma in words or any(w[0] == "@" and lemma in scene.lexicons.word_sets.get(w[1:], ()) for w in words):
        return True
    return inner is not None and _among(scene, inner, words)


def _stated(scene: Scene, frame: Frame, predicate: Predicate) -> bool:
    """Is the complement denied, or yet to come, as the frame wants it?"""
    clauses = predicate.slot("complement")
    denied = [k for k in clauses if scene.factuality.denied(k)]
    if frame.refused and not denied:
        return False
    if frame.obliged and not any(_is_duty(scene, frame, predicate, k) for k in clauses):
        return False
    if frame.same_agent and len(denied) == len(clauses):
        return False
    stated = clauses if "complement" in frame.needs else [predicate.head]
    return not frame.future or any(_is_future(scene, k) for k in stated)


def _is_future(scene: Scene, clause: int) -> bool:
    """ "said it would attack", not "said it had attacked"."""
    return any(scene.tree.words[c].casefold() in _FUTURE for c in scene.tree.kids(clause, "aux"))


def _is_duty(scene: Scene, frame: Frame, predicate: Predicate, clause: int) -> bool:
    """Does a clause say that the object ought to do something: "reminded Serbia that it must"?"""
    if not any(scene.tree.words[c].casefold() in OUGHT for c in scene.tree.kids(clause, "aux")):
        return False
    told = {r.entity for s in frame.object for r in scene.referents.all_of(predicate.slot(s))}
    doers = surface_subjects(scene.tree, clause)
    named = {r.entity for r in scene.referents.all_of(doers)}
    return not told.isdisjoint(named) or any(
        scene.tree.pos[d] == "PRON" and scene.tree.words[d].casefold() in _THIRD_PERSON for d in doers
    )


def same_agent(scene: Scene, predicate: Predicate, subjects: set[str]) -> bool:
    """Does the complement clause leave its agent out, or name a subject of the frame: "it will", not "they may"?"""
    doers = predicate.slot("complement.agent")
    return not doers or any(r.entity in subjects for r in scene.referents.all_of(doers))


def judged(scene: Scene, frame: Frame, predicate: Predicate) -> Judgement | None:
    """Whether the text says that it happened; None where it says nothing, or not what the frame wants."""
    judgement = scene.factuality.judge(
        predicate.head, predicate.anchor, mood=frame.mood, negated=frame.negated,
        stance=scene.schema.relations[frame.relation].family == "stance",
    )  # fmt: skip
    if judgement.void or (frame.speech_act and judgement.negated):
        return None
    if frame.denied:
        said = judgement.negated and scene.factuality.denied(predicate.anchor)  # not "failed to meet"
        open_yet = not said or scene.tree.is_perfect(predicate.anchor)
        return None if open_yet else replace(judgement, negated=False)
    if frame.speech_act or frame.presupposed or _describes(scene, frame, predicate):
        return replace(judgement, mood=frame.mood, negated=frame.negated)
    return judgement


def _describes(scene: Scene, frame: Frame, predicate: Predicate) -> bool:
    """Does a noun say in passing what somebody is ("want to thank members of Congress, Senator X and ...")?"""
    head = predicate.head
    argument = scene.tree.rels[head] in {"obj", "iobj", "nsubj", "nsubj:pass", "obl", "nmod"}
    return frame.subject == ("self",) and predicate.kind == "NOUN" and argument and (
        scene.tree.kid(head, "cop") is None and scene.tree.case(head) != "as"
    )  # fmt: skip
