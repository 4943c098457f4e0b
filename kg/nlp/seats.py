"""Where organizations have their seat: "the Moscow-based Valdai Club", "X, a Washington think tank"."""

from collections.abc import Iterator

from kg.model import Argument, Claim, Evidence, Span
from kg.nlp.entities import PLACES, Name
from kg.nlp.scene import Scene

_CONFIDENCE = 0.85
_SEATED = frozenset({
    "Organization", "PublicBody", "ThinkTank", "IntergovernmentalOrganization", "ArmedGroup", "Company",
    "MediaOrganization", "PoliticalParty",
})  # fmt: skip
_HOUSES = frozenset({
    "tank", "institute", "newspaper", "daily", "institution", "university", "nonprofit", "non-profit", "broadcaster",
    "ngo", "consultancy", "firm", "company", "agency", "foundation", "charity", "watchdog",
})  # fmt: skip
"""Nouns for organizations that a city or state before them locates."""
_REACH = 8
"""Words between "based" and the name or noun that it says it of."""


class Seats:
    """Finds such seats in one article."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.tree, self.entities = scene, scene.tree, scene.referents.entities

    def claims(self) -> Iterator[Claim]:
        """One claim for each organization and seat, in text order."""
        for k, word in enumerate(self.tree.words):
            if word.casefold() in {"based", "headquartered"}:
                place = self._place(k - 2)
                if place is not None and self.tree.words[k - 1] in {"-", "–"}:
                    yield from self._claim(self._seated(k + 1, place.first), place)
            elif self.tree.lemmas[k] in _HOUSES and k not in self.entities.at:
                place = self._before(k)
                if place is not None:
                    yield from self._claim(self._apposed(place.first), place)

    def _place(self, k: int) -> Name | None:
        name = self.entities.at.get(k) if k >= 0 else None
        return name if name is not None and self.entities.type_of(name.entity) in PLACES else None

    def _before(self, noun: int) -> Name | None:
        """The place before "think tank", with nothing but adjectives and nouns between."""
        for k in range(noun - 1, max(-1, noun - 5), -1):
            if k in self.entities.at:
                return self._place(k)
            if self.tree.pos[k] not in {"NOUN", "ADJ", "PROPN"} and self.tree.words[k] != "think":
                return None
        return None

    def _seated(self, start: int, first: int) -> Name | None:
        """The organization that the phrase names, or whose description it is."""
        for k in range(start, min(start + _REACH, len(self.tree.words))):
            name = self.entities.at.get(k)
            if name is not None:
                return name if self._is_seated(name) else None
            if self.tree.pos[k] not in {"NOUN", "ADJ", "PROPN", "VERB"} and self.tree.words[k] not in {"-", "–"}:
                break
        return self._apposed(first)

    def _apposed(self, first: int) -> Name | None:
        """The organization before ", a Brussels-based think tank"."""
        words, k = self.tree.words, first - 1
        while k > 0 and (words[k].casefold() in {"a", "an", "the"} or self.tree.pos[k] == "ADJ"):
            k -= 1
        name = self.entities.at.get(k - 1)
        opens = k > 0 and words[k] in {",", "(", "–", "—"} and words[k + 1].casefold() in {"a", "an", "the"}
        if opens and self.tree.words[k - 1] == ")":  # "Crisis Group (ICG), a Brussels-based ..."
            name = self.entities.at.get(k - 2)
        return name if opens and name is not None and self._is_seated(name) else None

    def _is_seated(self, name: Name) -> bool:
        return self.entities.type_of(name.entity) in _SEATED

    def _claim(self, body: Name | None, place: Name) -> Iterator[Claim]:
        if body is None:
            return
        tree, first, end = self.tree, min(body.first, place.first), max(body.end, place.end)
        evidence = Evidence(
            Span(self.scene.article, *tree.chars(first, end)), tree.sents[first], "seats.phrase@1", _CONFIDENCE
        )
        yield Claim(
            article=self.scene.article,
            subject=Argument(body.entity, tree.line(body.first, body.end), body.rule),
            relation="based_in",
            object=Argument(place.entity, tree.line(place.first, place.end), place.rule),
            evidence=(evidence,),
        )
