"""Who takes part in what a frame tells: by the slots of a predicate, or by what the article told before."""

from collections.abc import Callable

from kg.nlp.frames import Frame
from kg.nlp.grammar import Predicate
from kg.nlp.match.conditions import keeper
from kg.nlp.occasions import OCCASION, Occasions
from kg.nlp.posts import Posts
from kg.nlp.referent import RECIPROCAL, Referent
from kg.nlp.scene import Scene
from kg.nlp.voices import VOICE

SOURCE = ("source",)
"""Subject slot of who says what a predicate tells, in its own clause or above."""
_PHYSICAL = frozenset({"attacks", "coerces"})
_EARLIER = {"accuser": "accuses", "asker": "requests"}
"""Slots that are filled from what the text said before, and the relation that fills them."""
_BACK = 3
"""Sentences over which a charge or a demand is still the one that is answered."""
_ACTING_PLACES = frozenset({"Country", "City"})
_TALKS = frozenset({"met_with", "spoke_with", "negotiates_with"})
_APPOINTMENTS = frozenset({"appoints", "nominates", "dismisses"})


class Participants:
    """Subjects and objects of frames in one article, asked for in text order of the predicates."""

    def __init__(
        self, scene: Scene, occasions: Occasions, posts: Posts, speakers: Callable[[int], list[Referent]]
    ) -> None:
        """`speakers` says of a word in whose statement it is a main predicate."""
        self.scene, self.tree = scene, scene.tree
        self.occasions, self.posts, self.speakers = occasions, posts, speakers
        self._directed: list[tuple[str, Referent, str, int]] = []
        self._struck: dict[tuple[int, str], set[int]] = {}

    def subjects(self, frame: Frame, predicate: Predicate) -> list[Referent]:
        """Who fills the frame's subject: its slots, or who says what the predicate tells."""
        if frame.subject == SOURCE:
            return [s for s in self._sources(predicate) if self._fits(s, frame.subject_types)]
        found = self._referents(frame, predicate, frame.subject, frame.subject_types)
        return [s for s in found if s.rule != VOICE or not self._is_purpose(frame, predicate)]

    def objects(self, frame: Frame, predicate: Predicate, subjects: set[str]) -> list[Referent]:
        """Who fills the frame's object; asked once for a frame and a predicate.

        Args:
            frame: the rule.
            predicate: what it is tried on.
            subjects: local ids of the frame's subjects.
        """
        found = self._first_besides(frame, predicate, subjects)
        if frame.relation in _TALKS:
            found = [self._officials(r) if self._is_own_state(r, subjects) else r for r in found]
        return self._unstruck(frame, predicate, found) if frame.relation in _PHYSICAL else found

    def _is_own_state(self, referent: Referent, subjects: set[str]) -> bool:
        """Are they officials of no named state that somebody serves himself, who are not that state to him?"""
        locals_ = self.scene.referents.entities.locals
        state = locals_[referent.entity].within
        if referent.rule != "home" or referent.type != "Government" or not state:
            return False
        serves = self.scene.referents.serves
        return any(locals_[s].type == "Person" and serves(s, state) for s in subjects)

    def _officials(self, referent: Referent) -> Referent:
        """Officials as the people they are: "top officials"."""
        entities = self.scene.referents.entities
        first = referent.first
        while first > 0 and self.tree.rels[first - 1] == "amod" and self.tree.heads[first - 1] == referent.end - 1:
            first -= 1
        text = self.tree.line(first, referent.end)
        local = entities.entity("Organization", text, within=entities.locals[referent.entity].within)
        local.forms.add(text)
        return Referent(local.id, "Organization", first, referent.end, "description")

    def remember(self, relation: str, pairs: list[tuple[Referent, Referent]], sent: int) -> None:
        """Keep who did what to whom, for what answers it."""
        self._directed += [(relation, doer, target.entity, sent) for doer, target in pairs]

    def names_somebody(self, predicate: Predicate, slots: tuple[str, ...]) -> bool:
        """Does a slot hold a named person or body, which the relation does not take?"""
        found = [r for s in slots for r in self.scene.referents.all_of(predicate.slot(s))]
        named = (r for r in found if r.rule != "carrier")
        return any(r.type in {"Person", "Country", "City"} or r.rule == "people" for r in named)

    def _first_besides(self, frame: Frame, predicate: Predicate, subjects: set[str]) -> list[Referent]:
        """The first object slot that names somebody besides the subjects."""
        for slot in frame.object:
            if slot in _EARLIER:
                return self._earlier(_EARLIER[slot], subjects, self.tree.sents[predicate.head])
            found = self._referents(frame, predicate, (slot,), frame.object_types)
            others = [r for r in found if r.entity not in subjects or r.rule == RECIPROCAL]
            if frame.relation == "holds_position" and slot.rpartition(".")[2] == "to":  # an ambassador to Tokyo
                others = [r for r in others if not self.scene.referents.is_place(r)]
            if others:
                return others
        return self.posts.described(frame, predicate) if frame.relation in _APPOINTMENTS else []

    def _unstruck(self, frame: Frame, predicate: Predicate, objects: list[Referent]) -> list[Referent]:
        """Objects whose words no earlier frame took: an attack on Turkish troops is not one on Turkey as well."""
        taken = self._struck.setdefault((predicate.head, frame.relation), set())
        left = [o for o in objects if taken.isdisjoint(range(o.first, o.end))]
        taken |= {k for o in left for k in range(o.first, o.end)}
        return left

    def _referents(
        self, frame: Frame, predicate: Predicate, slots: tuple[str, ...], types: tuple[str, ...]
    ) -> list[Referent]:
        """The first of these slots that names somebody of these types."""
        keep, referents = keeper(self.scene, frame), self.scene.referents
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
        meant = (self.occasions.meant(h) for h in heads if self.tree.pos[h] == "NOUN")
        return [event for event in meant if event is not None]

    def _earlier(self, relation: str, subjects: set[str], sent: int) -> list[Referent]:
        """Who did this to a subject last, a few sentences back: whose charges they are that somebody denies."""
        referents = self.scene.referents
        states = {referents.state_of(e) for s in subjects for e in (s, *referents.roles.served(s))}
        for known, doer, target, where in reversed(self._directed):
            if known == relation and referents.state_of(target) in states and 0 <= sent - where <= _BACK:
                return [doer]
        return []

    def _is_purpose(self, frame: Frame, predicate: Predicate) -> bool:
        """ "We will build it to promote justice" says what for, and takes no side."""
        tree, verb = self.tree, predicate.anchor
        while tree.rels[verb] == "conj" and tree.heads[verb] != verb:
            verb = tree.heads[verb]
        stance = self.scene.schema.relations[frame.relation].family == "stance"
        return stance and tree.tags[verb] == "VB" and tree.rels[verb] == "advcl" and tree.case(verb) == "to"

    def _fits(self, referent: Referent, types: tuple[str, ...]) -> bool:
        """Is the referent of one of these types, or a place whose government acts under its name?"""
        schema = self.scene.schema
        if referent.rule == "delegation":
            return "Person" in types
        if any(schema.is_a(referent.type, t) for t in types):
            return True
        return referent.type in _ACTING_PLACES and any(schema.is_a("Government", t) for t in types)
