"""From the participants of a frame to claims."""

from collections.abc import Iterator
from dataclasses import replace

from kg.model import Argument, Claim, Evidence, Literal, Mood, Qualifiers, Span, Tenure, When
from kg.nlp.entities import EVENTS, last_name
from kg.nlp.factuality import Judgement
from kg.nlp.frames import Frame
from kg.nlp.grammar import Predicate
from kg.nlp.match.conditions import keeper
from kg.nlp.match.topics import literal_range, thing, topic_range
from kg.nlp.occasions import OCCASION
from kg.nlp.referent import Referent
from kg.nlp.scene import Scene
from kg.nlp.titles import Phrase

GATHERINGS = {"met_with": "meeting", "spoke_with": "call", "negotiates_with": "talks"}
"""Relations that are one event when many take part, and what such an event is called."""


class Draft:
    """Claims of one frame at one predicate."""

    def __init__(
        self, scene: Scene, frame: Frame, predicate: Predicate, judgement: Judgement, phrase: Phrase | None
    ) -> None:
        self.scene, self.frame, self.predicate, self.judgement = scene, frame, predicate, judgement
        self.phrase = phrase
        self.tree = scene.tree

    def pairs(self, pairs: list[tuple[Referent, Referent]]) -> Iterator[Claim]:
        """One claim a pair."""
        for subject, obj in pairs:
            text = self._text(obj)
            if self.phrase is not None and (obj.first, obj.end) == (self.phrase.first, self.phrase.end):
                text = self.scene.referents.entities.locals[obj.entity].name  # whose office it is stands elsewhere
            yield self._claim(subject, Argument(obj.entity, text, obj.rule), (obj.first, obj.end), obj)

    def event(self, actors: list[Referent]) -> Referent:
        """The one event of many participants."""
        entities = self.scene.referents.entities
        place = self._place({a.entity for a in actors})
        known = [entities.locals[a.entity] for a in actors]
        known = [entities.locals[k.within] if k.within and k.type == "Government" else k for k in known]
        lasts = [last_name(k.name) if k.type == "Person" else k.name for k in known]
        name = f"{GATHERINGS[self.frame.relation]} of {', '.join(lasts[:-1])} and {lasts[-1]}"
        local = entities.entity("Meeting", f"{place.text} {name}" if place else name)
        return Referent(local.id, "Meeting", self.predicate.head, self.predicate.head + 1, OCCASION)

    def gathering(self, actors: list[Referent]) -> Iterator[Claim]:
        """One event with many participants, instead of a pair for every two of them."""
        event = self.event(actors)
        argument = Argument(event.entity, self._text(event), "event.gathering")
        whole = (min(a.first for a in actors), max(a.end for a in actors))
        for actor in actors:
            yield replace(self._claim(actor, argument, whole), relation="participated_in")

    def literals(self, subjects: list[Referent]) -> Iterator[Claim]:
        """A stance on something that is no entity."""
        words = self._first_phrase(self.frame.object, literal=True)
        if words is not None:
            for subject in subjects:
                yield self._claim(subject, Literal(self.tree.line(*words)), words)

    def _claim(
        self, subject: Referent, obj: Argument | Literal, words: tuple[int, int], referent: Referent | None = None
    ) -> Claim:
        """A claim with all that the predicate says of it.

        Args:
            subject: who.
            obj: whom or what.
            words: word range of the object.
            referent: the object, where it is an entity of its own words.
        """
        topic = self._first_phrase(self.frame.topic)
        title = (self.phrase.first, self.phrase.end) if self.phrase is not None else None
        speakers = self.scene.referents.all_of(list(self.judgement.speakers))
        speaker = Argument(speakers[0].entity, self._text(speakers[0]), speakers[0].rule) if speakers else None
        return Claim(
            article=self.scene.article,
            subject=Argument(subject.entity, self._text(subject), subject.rule),
            relation=self.frame.relation,
            object=obj,
            evidence=(self._evidence([r for r in ((subject.first, subject.end), words, topic, title) if r]),),
            qualifiers=Qualifiers(
                title=self.title,
                tenure=self._tenure(),
                topic=self.tree.line(*topic) if topic else "",
                place=self._place({subject.entity, referent.entity if referent else ""}),
            ),
            negated=self.judgement.negated,
            mood=self.judgement.mood,
            when=self._when(referent),
            attributed_to=speaker,
            cue=self.judgement.cue if speaker else "",
        )

    def _text(self, referent: Referent) -> str:
        return self.tree.line(referent.first, referent.end)

    def _evidence(self, ranges: list[tuple[int, int]]) -> Evidence:
        tree, anchor = self.tree, self.predicate.anchor
        sent = tree.sents[anchor]
        low, high = tree.bounds[sent]
        words = [min(anchor, self.predicate.head), max(anchor, self.predicate.head)]
        words += [k for first, end in ranges for k in (first, end - 1) if low <= k < high]
        start, end = tree.chars(min(words), max(words) + 1)
        return Evidence(Span(self.scene.article, start, end), sent, self.frame.rule, round(self.frame.confidence, 3))

    def _first_phrase(self, slots: tuple[str, ...], *, literal: bool = False) -> tuple[int, int] | None:
        """Word range of the first filled slot that says what it is about."""
        for slot in slots:
            for k in self.predicate.slot(slot, keeper(self.scene, self.frame))[:1]:
                if self.scene.times.is_time(k) or self.tree.pos[k] in {"PRON", "DET", "ADV"}:
                    continue
                what = thing(self.tree, k) if literal else k
                if what is None:
                    continue
                first, end = literal_range(self.tree, what) if literal else topic_range(self.tree, what)
                if end > first:
                    return first, end
        return None

    @property
    def title(self) -> str:
        """The office: the title of a title slot, or what the trigger implies."""
        return self.phrase.title if self.phrase is not None else self.frame.title_text

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
