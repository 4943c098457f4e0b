"""Frames against predicates: from slots filled by words to claims about entities."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

from kg.model import Argument, Claim, Evidence, Literal, Mood, Qualifiers, Span, Tenure, When, key_of
from kg.nlp.coref import Referents
from kg.nlp.entities import EVENTS, last_name
from kg.nlp.factuality import Factuality, Judgement
from kg.nlp.frames import Frame, Frames
from kg.nlp.grammar import Predicate, Tree, clause_kind, find_predicate, measured, surface_subjects, verb_lemma, verdict
from kg.nlp.lexicons import Lexicons
from kg.nlp.occasions import OCCASION, Occasions, Told
from kg.nlp.posts import Posts
from kg.nlp.referent import Referent
from kg.nlp.times import Times
from kg.nlp.title_phrases import Phrase
from kg.nlp.voices import VOICE, Voices
from kg.schema import Schema

LONGEST_TOPIC = 30
"""Words of the longest topic or literal object; longer ones are cut at a phrase boundary before that."""

_OTHERWISE = frozenset({"give up", "give in", "back down", "back out", "back off", "hold back", "hold off", "let down"})
"""Verbs that mean with their particle what they do not mean alone."""
_PHYSICAL = frozenset({"attacks", "coerces"})
_SOURCE = ("source",)
_EARLIER = {"accuser": "accuses", "asker": "requests"}
"""Slots that are filled from what the text said before, and the relation that fills them."""
_BACK = 3
"""Sentences over which a charge or a demand is still the one that is answered."""
_FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll"})
OUGHT = frozenset({"must", "should"})
"""Auxiliaries of what somebody says that another is to do."""
_ACTING_PLACES = frozenset({"Country", "City"})
_MOST_ACTORS = 3
"""More than this at one event are kept as participants of the event, not as pairs (annotation guidelines)."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that matching looks at, for one article."""

    article: str
    tree: Tree
    referents: Referents
    factuality: Factuality
    times: Times
    lexicons: Lexicons
    schema: Schema
    voices: Voices

    def among(self, i: int, words: frozenset[str]) -> bool:
        """Is the word, or what it measures, one of these, or in a word group that they name with `@`?"""
        lemma, inner = self.tree.lemmas[i], measured(self.tree, i)
        if self.tree.pos[i] == "VERB" and verb_lemma(self.tree, i) in _OTHERWISE:
            return verb_lemma(self.tree, i) in words
        if lemma in words or any(w[0] == "@" and lemma in self.lexicons.word_sets.get(w[1:], ()) for w in words):
            return True
        return inner is not None and self.among(inner, words)

    def keeper(self, frame: Frame) -> Callable[[str, int], bool]:
        """Which fillers of a slot with a `where` count for the slots below it."""
        return lambda slot, filler: slot not in frame.where or self.among(filler, frame.where[slot])


class Matcher:
    """Applies frames to one article."""

    def __init__(self, scene: Scene, frames: Frames, posts: Posts, speakers: Callable[[int], list[Referent]]) -> None:
        """`speakers` says of a word in whose statement it is a main predicate."""
        self.scene, self.frames, self.tree, self.posts, self.speakers = scene, frames, scene.tree, posts, speakers
        self._directed: list[tuple[str, Referent, str, int]] = []
        self.occasions = Occasions(scene.tree, scene.referents)
        self._told: dict[str, Told] = {}
        self._struck: dict[tuple[int, str], set[int]] = {}

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
        if not self._holds(frame, predicate):
            return
        if frame.subject == _SOURCE:
            predicate = replace(predicate, light=verdict(self.tree, predicate.head) or predicate.light)
        subjects = self._holders(frame, predicate)
        if not subjects or (frame.same_agent and not self._same_agent(predicate, {s.entity for s in subjects})):
            return
        objects = self._unstruck(frame, predicate, self._objects(predicate, frame, {s.entity for s in subjects}))
        judgement = self._judged(frame, predicate)
        if judgement is None:
            return
        draft = _Draft(self.scene, frame, predicate, judgement, self.posts.phrase(frame, predicate))
        actors = self._met(draft, subjects, objects)
        if frame.relation == "holds_position":
            yield from draft.pairs(self._offices(draft, subjects, objects))
        elif len(actors) > _MOST_ACTORS:
            yield from draft.gathering(actors)
        elif objects:
            for event in (o for o in objects if frame.relation == "participated_in" and o.entity in self._told):
                yield from self._told.pop(event.entity).claims()
            pairs = [(s, o) for s in subjects for o in objects if s.entity != o.entity]
            self._directed += [(frame.relation, s, o.entity, self.tree.sents[predicate.head]) for s, o in pairs]
            yield from draft.pairs(pairs)
        elif (
            frame.pairs
            and not any(predicate.slot(s) for s in ("companion", *frame.object))
            and 2 <= len(subjects) <= _MOST_ACTORS
            and (frame.subject != ("agent",) or self._mutual(predicate))
        ):
            yield from draft.pairs(list(combinations(subjects, 2)))
        elif frame.literal and not self._named(predicate, frame.object[:1]):
            yield from draft.literals(subjects)

    def _judged(self, frame: Frame, predicate: Predicate) -> Judgement | None:
        """Whether the text says that it happened; None where it says nothing, or not what the frame wants."""
        judgement = self.scene.factuality.judge(
            predicate.head, predicate.anchor, mood=frame.mood, negated=frame.negated,
            stance=self.scene.schema.relations[frame.relation].family == "stance",
        )  # fmt: skip
        if judgement.void or (frame.speech_act and judgement.negated):
            return None
        if frame.denied:
            said = judgement.negated and self.scene.factuality.denied(predicate.anchor)  # not "failed to meet"
            open_yet = not said or self.tree.is_perfect(predicate.anchor)
            return None if open_yet else replace(judgement, negated=False)
        if frame.speech_act or frame.presupposed or self._describes(frame, predicate):
            return replace(judgement, mood=frame.mood, negated=frame.negated)
        return judgement

    def _unstruck(self, frame: Frame, predicate: Predicate, objects: list[Referent]) -> list[Referent]:
        """Objects whose words no earlier frame took: an attack on Turkish troops is not one on Turkey as well."""
        if frame.relation not in _PHYSICAL:
            return objects
        taken = self._struck.setdefault((predicate.head, frame.relation), set())
        left = [o for o in objects if taken.isdisjoint(range(o.first, o.end))]
        taken |= {k for o in left for k in range(o.first, o.end)}
        return left

    def _mutual(self, predicate: Predicate) -> bool:
        """Do coordinated subjects share the event: "A and B hold talks", not "A and B reject the call"?"""
        lemma = self.tree.lemmas[predicate.anchor]
        return predicate.light is None or lemma not in _ALONE

    def _holders(self, frame: Frame, predicate: Predicate) -> list[Referent]:
        """Fillers of the frame's subject: of its slots, or who says what the predicate tells."""
        if frame.subject == _SOURCE:
            return [s for s in self._sources(predicate) if self._fits(s, frame.subject_types)]
        found = self._referents(predicate, frame.subject, frame.subject_types, frame)
        return [s for s in found if s.rule != VOICE or not self._is_purpose(frame, predicate)]

    def _met(self, draft: "_Draft", subjects: list[Referent], objects: list[Referent]) -> list[Referent]:
        """Who took part in one meeting that the predicate tells of; [] where it tells of none. It is remembered."""
        frame, predicate = draft.frame, draft.predicate
        actors = list({r.entity: r for r in (*subjects, *objects)}.values())
        gathered = bool(objects) or (frame.pairs and not predicate.slot("patient"))
        agreed = frame.relation == "negotiates_with" and predicate.slot("patient")  # "negotiated deals with A, B and C"
        if frame.relation not in _GATHERINGS or not gathered or agreed or (objects and self._apart(predicate)):
            return []
        if len(actors) > 1 and draft.judgement.mood is Mood.ACTUAL:
            told = Told(predicate.head, frame.relation, partial(draft.event, actors), partial(draft.gathering, actors))
            self.occasions.tell(told)
        return actors

    def _apart(self, predicate: Predicate) -> bool:
        """ "met separately with A, B and C", "held bilateral talks with", "held meetings with": an event a pair."""
        tree = self.tree
        words = {tree.words[c].casefold() for k in {predicate.head, predicate.anchor} for c in tree.children[k]}
        plural = predicate.lemma != "talk" and tree.tags[predicate.head] == "NNS"
        return plural or bool(words & _ONE_BY_ONE)

    def _offices(
        self, draft: "_Draft", subjects: list[Referent], objects: list[Referent]
    ) -> list[tuple[Referent, Referent]]:
        """Who holds the office where: by the title's own words, else the frame's slots, else what the article tells."""
        if not draft.title():
            return []
        pairs: list[tuple[Referent, Referent]] = []
        for subject in subjects:
            stated = self.posts.employers(draft.phrase, subject, draft.predicate, stated=True) if draft.phrase else []
            found = stated or [o for o in objects if self.posts.employs(o, draft.phrase, draft.title())]
            if not found and draft.phrase is not None:
                found = self.posts.employers(draft.phrase, subject, draft.predicate, stated=False)
            pairs += [(subject, o) for o in found if o.entity != subject.entity]
        return pairs

    def _is_purpose(self, frame: Frame, predicate: Predicate) -> bool:
        """ "We will build it to promote justice" says what for, and takes no side."""
        tree, verb = self.tree, predicate.anchor
        while tree.rels[verb] == "conj" and tree.heads[verb] != verb:
            verb = tree.heads[verb]
        stance = self.scene.schema.relations[frame.relation].family == "stance"
        return stance and tree.tags[verb] == "VB" and tree.rels[verb] == "advcl" and tree.case(verb) == "to"

    def _holds(self, frame: Frame, predicate: Predicate) -> bool:
        if any(not predicate.slot(s) for s in frame.needs) or any(predicate.slot(s) for s in frame.absent):
            return False
        if frame.clause and not any(clause_kind(self.tree, k) in frame.clause for k in predicate.slot("complement")):
            return False
        if not self._stated(frame, predicate):
            return False
        for slot, words in frame.where.items():
            if not any(self.scene.among(k, words) for k in predicate.slot(slot)):
                return False
        barred = ((k, words) for slot, words in frame.where_not.items() for k in predicate.slot(slot))
        return not any(self.scene.among(k, words) for k, words in barred)

    def _describes(self, frame: Frame, predicate: Predicate) -> bool:
        """Does a noun say in passing what somebody is ("want to thank members of Congress, Senator X and ...")?"""
        head = predicate.head
        argument = self.tree.rels[head] in {"obj", "iobj", "nsubj", "nsubj:pass", "obl", "nmod"}
        return frame.subject == ("self",) and predicate.kind == "NOUN" and argument and (
            self.tree.kid(head, "cop") is None and self.tree.case(head) != "as"
        )  # fmt: skip

    def _stated(self, frame: Frame, predicate: Predicate) -> bool:
        """Is the complement denied, or yet to come, as the frame wants it?"""
        clauses = predicate.slot("complement")
        denied = [k for k in clauses if self.scene.factuality.denied(k)]
        if frame.refused and not denied:
            return False
        if frame.obliged and not any(self._is_duty(k, predicate, frame) for k in clauses):
            return False
        if frame.same_agent and len(denied) == len(clauses):
            return False
        stated = clauses if "complement" in frame.needs else [predicate.head]
        return not frame.future or any(self._is_future(k) for k in stated)

    def _is_future(self, clause: int) -> bool:
        """ "said it would attack", not "said it had attacked"."""
        return any(self.tree.words[c].casefold() in _FUTURE for c in self.tree.kids(clause, "aux"))

    def _is_duty(self, clause: int, predicate: Predicate, frame: Frame) -> bool:
        """Does a clause say that the object ought to do something: "reminded Serbia that it must"?"""
        if not any(self.tree.words[c].casefold() in OUGHT for c in self.tree.kids(clause, "aux")):
            return False
        told = {r.entity for s in frame.object for r in self.scene.referents.all_of(predicate.slot(s))}
        doers = surface_subjects(self.tree, clause)
        return any(
            self.tree.pos[d] == "PRON" and self.tree.words[d].casefold() in {"it", "he", "she", "they"} for d in doers
        ) or bool(told & {r.entity for r in self.scene.referents.all_of(doers)})

    def _same_agent(self, predicate: Predicate, subjects: set[str]) -> bool:
        """Does the complement clause leave its agent out, or name a subject of the frame: "it will", not "they may"?"""
        doers = predicate.slot("complement.agent")
        return not doers or any(r.entity in subjects for r in self.scene.referents.all_of(doers))

    def _referents(
        self, predicate: Predicate, slots: tuple[str, ...], types: tuple[str, ...], frame: Frame
    ) -> list[Referent]:
        keep, referents = self.scene.keeper(frame), self.scene.referents
        travels = frame.relation == "visited" and slots == frame.subject
        find = referents.travellers if travels else referents.all_of
        for slot in slots:
            heads = predicate.slot(slot, keep)
            named = self._meant(find(heads), frame.relation) or self._events(predicate, slot, heads)
            found = [r for r in named if self._fits(r, types)]
            if slot.endswith(".owner") and frame.relation in _PHYSICAL:
                found = [r for r in found if r.type not in {"City", "Region"}]  # "raided a Baghdad mosque"
            if found:
                return found
        return []

    def _meant(self, referents: list[Referent], relation: str) -> list[Referent]:
        """With "we" as the state that acts, where the relation is something that states do."""
        found: dict[str, Referent] = {}
        for referent in referents:
            for one in self.scene.referents.meant(referent, relation) if referent.rule == VOICE else (referent,):
                found.setdefault(one.entity, one)
        return list(found.values())

    def _sources(self, predicate: Predicate) -> list[Referent]:
        """Who says or finds what a predicative or a clause states."""
        heads = predicate.slot("source")
        if not heads:
            heads = list(self.scene.factuality.judge(predicate.head, predicate.anchor).speakers)
        return self.scene.referents.all_of(heads) if heads else self.speakers(predicate.head)

    def _events(self, predicate: Predicate, slot: str, heads: list[int]) -> list[Referent]:
        """Events told of before that a slot goes back to."""
        if slot == OCCASION:
            last = self.occasions.last(predicate.head)
            return [last] if last else []
        meant = [(h, self.occasions.meant(h)) for h in heads if self.tree.pos[h] == "NOUN"]
        for _, told in meant:
            if isinstance(told, Told):
                self._told[told.event().entity] = told
        return [m.event() if isinstance(m, Told) else m for _, m in meant if m]

    def _named(self, predicate: Predicate, slots: tuple[str, ...]) -> bool:
        """Does a slot hold a named person or body, which the relation does not take?"""
        found = [r for s in slots for r in self.scene.referents.all_of(predicate.slot(s))]
        named = (r for r in found if r.rule != "carrier")
        return any(r.type in {"Person", "Country", "City"} or r.rule == "people" for r in named)

    def _objects(self, predicate: Predicate, frame: Frame, subjects: set[str]) -> list[Referent]:
        """The first object slot that names somebody besides the subjects."""
        for slot in frame.object:
            if slot in _EARLIER:
                return self._earlier(_EARLIER[slot], subjects, self.tree.sents[predicate.head])
            found = self._referents(predicate, (slot,), frame.object_types, frame)
            others = [r for r in found if r.entity not in subjects]
            if frame.relation == "holds_position" and slot.rpartition(".")[2] == "to":  # an ambassador to Tokyo
                others = [r for r in others if not self.scene.referents.is_place(r)]
            if others:
                return others
        return self.posts.described(frame, predicate) if frame.relation in _APPOINTMENTS else []

    def _earlier(self, relation: str, subjects: set[str], sent: int) -> list[Referent]:
        """Who did this to a subject last, a few sentences back: whose charges they are that somebody denies."""
        referents = self.scene.referents
        states = {referents.state_of(e) for s in subjects for e in (s, *referents.roles.served(s))}
        for known, doer, target, where in reversed(self._directed):
            if known == relation and referents.state_of(target) in states and 0 <= sent - where <= _BACK:
                return [doer]
        return []

    def _fits(self, referent: Referent, types: tuple[str, ...]) -> bool:
        schema = self.scene.schema
        if referent.rule == "delegation":
            return "Person" in types
        if any(schema.is_a(referent.type, t) for t in types):
            return True
        return referent.type in _ACTING_PLACES and any(schema.is_a("Government", t) for t in types)


_ALONE = frozenset({
    "host", "attend", "convene", "chair", "organize", "organise", "reject", "refuse", "decline", "deny", "avoid",
    "demand", "urge", "request", "advocate", "want", "seek", "rule", "recommend", "call", "push", "press", "insist",
    "appeal", "consider", "block", "prevent", "veto", "withdraw",
})  # fmt: skip
"""Light verbs that each subject does for itself."""
_ONE_BY_ONE = frozenset(
    {"separately", "separate", "bilateral", "bilaterally", "individually", "individual", "one-on-one"}
)
_APPOINTMENTS = frozenset({"appoints", "nominates", "dismisses"})
_GATHERINGS = {"met_with": "meeting", "spoke_with": "call", "negotiates_with": "talks"}
"""Relations that are one event when many take part, and what such an event is called."""


_JOINT = frozenset(
    {"work", "partner", "cooperate", "collaborate", "coordinate", "meet", "discuss", "address", "continue"}
)
"""Infinitives that name no thing to be for or against ("commitment to work together")."""


_DANGLING = frozenset({"and", "or", "what", "which", "who", ","})
"""Words at the end of a phrase whose clause was cut: "free trade and what it calls order"."""


class _Draft:
    """Claims of one frame at one predicate."""

    def __init__(
        self, scene: Scene, frame: Frame, predicate: Predicate, judgement: Judgement, phrase: Phrase | None
    ) -> None:
        self.scene, self.frame, self.predicate, self.judgement = scene, frame, predicate, judgement
        self.phrase = phrase
        self.tree = scene.tree

    def pairs(self, pairs: list[tuple[Referent, Referent]]) -> Iterator[Claim]:
        """One claim a pair."""
        speakers = self._speakers()
        for subject, obj in pairs:
            text = self._text(obj)
            if self.phrase is not None and (obj.first, obj.end) == (self.phrase.first, self.phrase.end):
                text = self.scene.referents.entities.locals[obj.entity].name  # whose office it is stands elsewhere
            yield self._claim(subject, Argument(obj.entity, text, obj.rule), speakers, obj)

    def event(self, actors: list[Referent]) -> Referent:
        """The one event of many participants."""
        entities = self.scene.referents.entities
        place = self._place({a.entity for a in actors})
        known = [entities.locals[a.entity] for a in actors]
        known = [entities.locals[k.within] if k.within and k.type == "Government" else k for k in known]
        lasts = [last_name(k.name) if k.type == "Person" else k.name for k in known]
        name = f"{_GATHERINGS[self.frame.relation]} of {', '.join(lasts[:-1])} and {lasts[-1]}"
        local = entities.entity("Meeting", f"{place.text} {name}" if place else name)
        return Referent(local.id, "Meeting", self.predicate.head, self.predicate.head + 1, OCCASION)

    def gathering(self, actors: list[Referent]) -> Iterator[Claim]:
        """One event with many participants, instead of a pair for every two of them."""
        event = Argument(self.event(actors).entity, self.tree.line(self.predicate.head, self.predicate.head + 1),
                         "event.gathering")  # fmt: skip
        whole = (min(a.first for a in actors), max(a.end for a in actors))
        for actor in actors:
            claim = self._claim(actor, event, self._speakers(), None, whole)
            yield replace(claim, relation="participated_in")

    def literals(self, subjects: list[Referent]) -> Iterator[Claim]:
        """A stance on something that is no entity."""
        phrase = self._phrase(self.frame.object, literal=True)
        if not phrase:
            return
        speakers = self._speakers()
        for subject in subjects:
            yield self._claim(subject, Literal(phrase[0]), speakers, None, phrase[1])

    def _claim(self, subject: Referent, obj: Argument | Literal, speakers: list[Referent],
               referent: Referent | None, words: tuple[int, int] | None = None) -> Claim:  # fmt: skip
        topic = self._phrase(self.frame.topic)
        taken = {subject.entity} | ({referent.entity} if referent else set())
        ranges = [(subject.first, subject.end), words, (referent.first, referent.end) if referent else None,
                  topic[1] if topic else None, self._title_range()]  # fmt: skip
        speaker = speakers[0] if speakers else None
        return Claim(
            article=self.scene.article,
            subject=Argument(subject.entity, self._text(subject), subject.rule),
            relation=self.frame.relation,
            object=obj,
            evidence=(self._evidence([r for r in ranges if r]),),
            qualifiers=Qualifiers(
                title=self.title(), tenure=self._tenure(), topic=topic[0] if topic else "", place=self._place(taken)
            ),
            negated=self.judgement.negated,
            mood=self.judgement.mood,
            when=self._when(referent),
            attributed_to=Argument(speaker.entity, self._text(speaker), speaker.rule) if speaker else None,
            cue=self.judgement.cue if speaker else "",
        )

    def _speakers(self) -> list[Referent]:
        return self.scene.referents.all_of(list(self.judgement.speakers))

    def _text(self, referent: Referent) -> str:
        return self.tree.line(referent.first, referent.end)

    def _evidence(self, ranges: list[tuple[int, int]]) -> Evidence:
        tree, anchor = self.tree, self.predicate.anchor
        sent = tree.sents[anchor]
        low, high = tree.bounds[sent]
        words = [min(anchor, self.predicate.head), max(anchor, self.predicate.head)]
        words += [k for first, end in ranges for k in (first, end - 1) if low <= k < high]
        start, end = tree.chars(min(words), max(words) + 1)
        return Evidence(Span(self.scene.article, start, end), sent, self.frame.rule, self._confidence())

    def _confidence(self) -> float:
        """The frame's prior; less for pronouns, hedges and long distances would come from calibration."""
        return round(self.frame.confidence, 3)

    def _phrase(self, slots: tuple[str, ...], *, literal: bool = False) -> tuple[str, tuple[int, int]] | None:
        """The words of the first filled slot, cut to a readable length."""
        for slot in slots:
            for k in self.predicate.slot(slot, self.scene.keeper(self.frame))[:1]:
                if self.scene.times.is_time(k) or self.tree.pos[k] in {"PRON", "DET", "ADV"}:
                    continue
                if literal and self.tree.pos[k] == "ADJ" and self.tree.kid(k, "cop") is None:
                    continue
                if literal and self.tree.pos[k] == "VERB" and self.tree.lemmas[k] in _JOINT:
                    continue
                if literal and self.tree.rels[k] == "acl" and self.tree.tags[k] == "VBN":
                    continue  # "concerns expressed by Paris"
                first, end = self._literal_range(k) if literal else self._phrase_range(k)
                if end > first:
                    return self.tree.line(first, end), (first, end)
        return None

    def _literal_range(self, k: int) -> tuple[int, int]:
        """The whole phrase with its coordination, up to a comma that opens another thought; "to" stays."""
        tree = self.tree
        if tree.pos[k] in {"VERB", "AUX"}:
            first, end = tree.clause(k)
            while (
                first < end
                and tree.heads[first] == k
                and (tree.rels[first] in {"case", "cc"} or tree.words[first] == "not")
            ):
                first += 1
            if tree.tags[k] != "VB" and tree.rels[first] == "mark":
                first += 1
        else:
            left_out = ("case", "mark", "punct", "acl:relcl", "parataxis", "advcl", "appos", "dep")
            inside = [x for x in tree.subtree(k, skip=left_out) if tree.sents[x] == tree.sents[k]]
            first, end = self._phrase_range(k)[0], inside[-1] + 1
        for x in range(k + 1, min(end, first + LONGEST_TOPIC)):
            if tree.words[x] in {"–", "—", ";"} or (tree.words[x] == "," and tree.tags[min(x + 1, end - 1)] == "VBG"):
                end = x
                break
        end = min(end, first + LONGEST_TOPIC)
        while end > first + 1 and self.tree.words[end - 1].casefold() in _DANGLING:
            end -= 1
        return first, end

    def _phrase_range(self, k: int) -> tuple[int, int]:
        tree = self.tree
        first, end = tree.clause(k) if tree.pos[k] in {"VERB", "AUX"} else tree.phrase(k)
        while first < end and (tree.rels[first] in {"mark", "case", "cc"} and tree.heads[first] == k):
            first += 1
        if end - first > LONGEST_TOPIC:
            end = first + LONGEST_TOPIC
        return first, end

    def title(self) -> str:
        """The office: the title of a title slot, or what the trigger implies."""
        return self.phrase.title if self.phrase is not None else self.frame.title_text

    def _title_range(self) -> tuple[int, int] | None:
        return (self.phrase.first, self.phrase.end) if self.phrase is not None else None

    def _tenure(self) -> Tenure | None:
        if self.frame.relation != "holds_position":
            return None
        if self.frame.tenure is not None:
            return self.frame.tenure
        if self.frame.tense and self._is_past():
            return Tenure.FORMER
        return Tenure.FUTURE if self.judgement.mood is Mood.PLANNED else Tenure.CURRENT

    def _is_past(self) -> bool:
        """Simple past and past perfect: "served as", "had led"; not "has served"."""
        tree, verb = self.tree, self.predicate.anchor
        auxiliaries = {tree.words[c].casefold() for c in tree.kids(verb, "aux", "aux:pass", "cop")}
        return (tree.tags[verb] == "VBD" and not auxiliaries) or bool(auxiliaries & {"had", "was", "were"})

    def _place(self, taken: set[str]) -> Argument | None:
        for referent in self.scene.referents.all_of(self.predicate.slot("place")):
            if self.scene.referents.is_place(referent) and referent.entity not in taken:
                return Argument(referent.entity, self._text(referent), referent.rule)
        return None

    def _when(self, obj: Referent | None) -> When:
        """When it was, or else when the event was that it is about: "will host a meeting on Tuesday"."""
        put_off = self.predicate.light is not None and self._is_past()  # "the planned visit was postponed in May"
        future = self.judgement.mood is Mood.PLANNED and not put_off
        event = range(obj.first, obj.end) if obj is not None and obj.type in EVENTS and obj.rule == "event" else ()
        return self.scene.times.of(self.predicate.head, self.predicate.anchor, *event, future=future)
