"""Meetings and summits that an article has told of, for what goes back to them: "Putin did not attend"."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.model import Claim
from kg.nlp.coref import Referents
from kg.nlp.grammar import Tree
from kg.nlp.referent import Referent

OCCASION = "occasion"
"""Slot of the meeting or summit that the text told of last."""

_KINDS = frozenset({"Summit", "Meeting"})
_REACH = 2
"""Sentences over which a word goes back to an event."""
_TALKS = frozenset({"meeting", "talk", "discussion", "session", "negotiation", "encounter", "sit-down", "consultation"})
_ANY = frozenset({"gathering", "event", "meeting", "conference", "forum", "session", "summit"})


@dataclass(frozen=True, slots=True)
class Told:
    """A meeting that a sentence has told of without naming it.

    Attributes:
        word: its trigger. relation: what was read. event: makes the entity of the meeting. claims: makes one claim a
            participant.
    """

    word: int
    relation: str
    event: Callable[[], Referent]
    claims: Callable[[], Iterator[Claim]]


class Occasions:
    """The events of one article, in the order in which they are told."""

    def __init__(self, tree: Tree, referents: Referents) -> None:
        self.tree, self.referents = tree, referents
        self._told: list[Told] = []
        self._meant: dict[int, Told] = {}
        self._untold: dict[str, Told] = {}

    def tell(self, told: Told) -> None:
        """Remember a meeting of several actors."""
        self._told.append(told)

    def last(self, word: int) -> Referent | None:
        """The summit or meeting nearest before a word, in its own or the last sentences."""
        named = self._named(word, _KINDS)
        back = [k for k in self._meant if k < word and self.tree.sents[word] == self.tree.sents[k]]
        return self._meant[back[-1]].event() if back and (named is None or named.first < back[-1]) else named

    def participations(self, event: str) -> Iterator[Claim]:
        """Who took part in a meeting that a noun went back to; said once."""
        told = self._untold.pop(event, None)
        if told is not None:
            yield from told.claims()

    def meant(self, noun: int) -> Referent | None:
        """What a definite noun such as "the gathering" or "the talks" goes back to."""
        tree, lemma = self.tree, self.tree.lemmas[noun]
        definite = any(tree.words[c].casefold() in {"the", "this", "that", "these"} for c in tree.kids(noun, "det"))
        if not definite or tree.kid(noun, "amod", "compound", "nmod", "nmod:poss", "acl:relcl") is not None:
            return None
        told = self._meeting(noun) if lemma in _TALKS else None
        if told is None:
            return self._named(noun, {"Summit"} if lemma == "summit" else _KINDS) if lemma in _ANY else None
        event = told.event()
        self._meant[noun] = self._untold[event.entity] = told
        return event

    def _meeting(self, word: int) -> Told | None:
        sent = self.tree.sents[word]
        near = [t for t in self._told if t.word < word and sent - self.tree.sents[t.word] <= _REACH]
        return near[-1] if near and near[-1].relation != "spoke_with" else None

    def _named(self, word: int, kinds: frozenset[str] | set[str]) -> Referent | None:
        tree, entities = self.tree, self.referents.entities
        first = tree.bounds[max(0, tree.sents[word] - _REACH)][0]
        for k in range(word - 1, first - 1, -1):
            name = entities.at.get(k)
            if name is None and tree.lemmas[k] not in self.referents.lexicons.described_events:
                continue
            if tree.case(name.head if name else k) in {"ahead of", "before", "prior to"}:
                continue
            for found in self.referents.of(k):
                if found.type in kinds and word not in range(found.first, found.end):
                    return Referent(found.entity, found.type, found.first, found.end, OCCASION)
        return None
