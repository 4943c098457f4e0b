"""Frames against predicates: from slots filled by words to claims about entities."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import product

from kg.model import Claim, Mood, key_of
from kg.nlp.frames import Frame, Frames
from kg.nlp.grammar import Predicate, find_predicate, verdict
from kg.nlp.match.conditions import holds, judged, same_agent
from kg.nlp.match.draft import GATHERINGS, Draft
from kg.nlp.match.participants import SOURCE, Participants
from kg.nlp.occasions import Occasions, Told
from kg.nlp.posts import Posts
from kg.nlp.referent import Referent
from kg.nlp.scene import Scene

_MOST_ACTORS = 3
"""More than this at one event are kept as participants of the event, not as pairs (annotation guidelines)."""
_ALONE = frozenset({
    "host", "attend", "convene", "chair", "organize", "organise", "reject", "refuse", "decline", "deny", "avoid",
    "demand", "urge", "request", "advocate", "want", "seek", "rule", "recommend", "call", "push", "press", "insist",
    "appeal", "consider", "block", "prevent", "veto", "withdraw",
})  # fmt: skip
"""Light verbs that each subject does for itself."""
_ONE_BY_ONE = frozenset(
    {"separately", "separate", "bilateral", "bilaterally", "individually", "individual", "one-on-one"}
)


class Matcher:
    """Applies frames to one article."""

    def __init__(self, scene: Scene, frames: Frames, posts: Posts, speakers: Callable[[int], list[Referent]]) -> None:
        """`speakers` says of a word in whose statement it is a main predicate."""
        self.scene, self.frames, self.tree, self.posts = scene, frames, scene.tree, posts
        self.occasions = Occasions(scene.tree, scene.referents)
        self.participants = Participants(scene, self.occasions, posts, speakers)
        self._attended: set[int] = set()

    def claims(self) -> Iterator[Claim]:
        """Claims of all frames, in text order of their triggers; a light verb and its noun say a thing once."""
        said: set[tuple[str, str, str, int]] = set()
        for i in range(len(self.tree.words)):
            if self.tree.pos[i] not in {"VERB", "NOUN", "ADJ", "PROPN"} or i in self.scene.referents.entities.at:
                continue
            predicate = find_predicate(self.tree, i, self.scene.lexicons.light_verbs)
            if predicate is None:
                continue
            for name in sorted(self._names(predicate) & self.frames.lemmas):
                for frame in self.frames.of(predicate.kind, name):
                    for claim in self._fire(frame, predicate):
                        key = (claim.relation, claim.subject.entity, key_of(claim.object), predicate.anchor)
                        if key not in said or predicate.light is None:
                            yield claim
                        said.add(key)

    def _names(self, predicate: Predicate) -> set[str]:
        """Lemmas by which frames may ask for a predicate: alone, with its particle, object, modifier or preposition."""
        tree, i = self.tree, predicate.head
        lemma = tree.lemmas[i]
        if predicate.kind == "VERB":
            more = {f"{lemma} {tree.lemmas[o]}" for o in tree.kids(i, "obj")}
        elif predicate.kind == "NOUN":
            more = {f"{tree.lemmas[c]} {lemma}" for c in tree.kids(i, "amod", "compound")} | {f"{tree.case(i)} {lemma}"}
            more |= {f"be {tree.case(i)}"} if tree.kid(i, "cop") is not None else set()
        else:
            more = {tree.words[i].casefold()}
        return {predicate.lemma, lemma, *more}

    def _fire(self, frame: Frame, predicate: Predicate) -> Iterator[Claim]:
        """Claims of one frame at one predicate."""
        if not holds(self.scene, frame, predicate):
            return
        if frame.subject == SOURCE:
            predicate = replace(predicate, light=verdict(self.tree, predicate.head) or predicate.light)
        subjects = self.participants.subjects(frame, predicate)
        who = {s.entity for s in subjects}
        if not subjects or (frame.same_agent and not same_agent(self.scene, predicate, who)):
            return
        objects = self.participants.objects(frame, predicate, who)
        judgement = judged(self.scene, frame, predicate)
        if judgement is not None:
            draft = Draft(self.scene, frame, predicate, judgement, self.posts.phrase(frame, predicate))
            yield from self._drawn(draft, subjects, objects)

    def _drawn(self, draft: Draft, subjects: list[Referent], objects: list[Referent]) -> Iterator[Claim]:
        """The claims of a draft: offices, pairs, participants of one event, or a stance on what is no entity."""
        frame, predicate = draft.frame, draft.predicate
        actors = self._met(draft, subjects, objects)
        if frame.relation == "holds_position":
            yield from draft.pairs(self._offices(draft, subjects, objects))
        elif len(actors) > _MOST_ACTORS:
            if predicate.head not in self._attended:  # one event is told once, as talks or as what many attend
                self._attended.add(predicate.head)
                yield from draft.gathering(actors)
        elif objects:
            if frame.relation == "participated_in":
                self._attended |= {k for o in objects for k in range(o.first, o.end)}
            for event in objects if frame.relation == "participated_in" else ():
                yield from self.occasions.participations(event.entity)
            pairs = self._pairs(frame, subjects, objects)
            self.participants.remember(frame.relation, pairs, self.tree.sents[predicate.head])
            yield from draft.pairs(pairs)
        elif frame.pairs and 2 <= len(subjects) <= _MOST_ACTORS and self._is_mutual(frame, predicate):
            yield from draft.pairs(self._pairs(frame, subjects, subjects))
        elif frame.literal and not self.participants.names_somebody(predicate, frame.object[:1]):
            yield from draft.literals(subjects)

    def _pairs(
        self, frame: Frame, subjects: list[Referent], objects: list[Referent]
    ) -> list[tuple[Referent, Referent]]:
        """Who does it to whom; "met each other" is one meeting, "attacked each other" are two attacks."""
        symmetric = self.scene.schema.relations[frame.relation].symmetric
        found: dict[tuple[str, str], tuple[Referent, Referent]] = {}
        for s, o in product(subjects, objects):
            if s.entity != o.entity and not (symmetric and (o.entity, s.entity) in found):
                found.setdefault((s.entity, o.entity), (s, o))
        return list(found.values())

    def _is_mutual(self, frame: Frame, predicate: Predicate) -> bool:
        """Do coordinated subjects share the event: "A and B hold talks", not "A and B reject the call"?"""
        if any(predicate.slot(s) for s in ("companion", *frame.object)):
            return False
        alone = predicate.light is not None and self.tree.lemmas[predicate.anchor] in _ALONE
        return not (alone and frame.subject[0] == "agent" and predicate.slot("agent"))

    def _met(self, draft: Draft, subjects: list[Referent], objects: list[Referent]) -> list[Referent]:
        """Who took part in one meeting that the predicate tells of; [] where it tells of none. It is remembered."""
        frame, predicate = draft.frame, draft.predicate
        actors = list({r.entity: r for r in (*subjects, *objects)}.values())
        gathered = bool(objects) or (frame.pairs and not predicate.slot("patient"))
        agreed = frame.relation == "negotiates_with" and predicate.slot("patient")  # "negotiated deals with A, B and C"
        if frame.relation not in GATHERINGS or not gathered or agreed or (objects and self._apart(predicate)):
            return []
        if len(actors) > 1 and draft.judgement.mood is Mood.ACTUAL:
            told = Told(predicate.head, frame.relation, partial(draft.event, actors), partial(draft.gathering, actors))
            self.occasions.tell(told)
        return actors

    def _apart(self, predicate: Predicate) -> bool:
        """ "met separately with A, B and C", "held bilateral talks with", "has been talking to": an event a pair."""
        tree = self.tree
        words = {tree.words[c].casefold() for k in {predicate.head, predicate.anchor} for c in tree.children[k]}
        plural = predicate.lemma != "talk" and tree.tags[predicate.head] == "NNS"
        for_long = tree.tags[predicate.head] == "VBG" and tree.is_perfect(predicate.head)
        return plural or for_long or bool(words & _ONE_BY_ONE)

    def _offices(
        self, draft: Draft, subjects: list[Referent], objects: list[Referent]
    ) -> list[tuple[Referent, Referent]]:
        """Who holds the office where: by the title's own words, else the frame's slots, else what the article tells."""
        if not draft.title:
            return []
        pairs: list[tuple[Referent, Referent]] = []
        for subject in subjects:
            stated = self.posts.employers(draft.phrase, subject, draft.predicate, stated=True) if draft.phrase else []
            found = stated or [o for o in objects if self.posts.employs(o, draft.phrase, draft.title)]
            if not found and draft.phrase is not None:
                found = self.posts.employers(draft.phrase, subject, draft.predicate, stated=False)
            pairs += [(subject, o) for o in found if o.entity != subject.entity]
        return pairs
