"""What the speakers of a dialogue state on foreign policy: whole sentences of their turns that name a foreign actor.

Of long remarks most sentences are greetings, stories and matters of one state; a sentence that names another state, an
alliance, a conflict or a foreign leader is what an analyst looks for, and what it says of them is the speaker's.
"""

from collections.abc import Iterator

from kg.model import Argument, Claim, Evidence, Literal, Span
from kg.nlp.quotes import MARKS
from kg.nlp.scene import Scene
from kg.nlp.voices import VOICE, is_formula

_LEAST_SAID = 7
"""Words of the shortest sentence of a turn that is kept as a statement."""
_STOPS = frozenset({".", "!", "”", "…"})
_FOREIGN = frozenset({
    "Country", "Government", "IntergovernmentalOrganization", "ArmedGroup", "Conflict", "Summit", "Agreement",
})  # fmt: skip
_DASHES = frozenset({"—", "–", "-"})


def _is_law(name: str) -> bool:
    """ "Inflation Reduction Act": a matter of one state."""
    return name.rsplit(maxsplit=1)[-1] in {"Act", "Law", "Bill", "Amendment", "Constitution", "Plan"}


class Statements:
    """Finds the statements in the turns of one article."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.tree, self.voices = scene, scene.tree, scene.voices

    def claims(self, reported: set[int]) -> Iterator[Claim]:
        """`says` claims, in text order.

        Args:
            reported: indices of sentences that report what others say; these have claims of their own.
        """
        for sent, (first, end) in enumerate(self.tree.bounds):
            if sent in reported or not self.voices.in_turn(first) or not self._is_statement(first, end):
                continue
            voice = self.voices.at(first)
            quoted = self.voices.is_quotation(first)
            if voice.speaker and (quoted or self._names_foreign(first, end, voice.actors)):
                yield self._claim(sent, voice.speaker, voice.cue)

    def _claim(self, sent: int, speaker: str, cue: str) -> Claim:
        tree = self.tree
        first, end = tree.bounds[sent]
        return Claim(
            article=self.scene.article,
            subject=Argument(speaker, cue, VOICE),
            relation="says",
            object=Literal(tree.line(first, end).strip(MARKS)),
            evidence=(Evidence(Span(self.scene.article, *tree.chars(first, end)), sent, "speech.turn@1", 0.8),),
        )

    def _is_statement(self, first: int, end: int) -> bool:
        """Is it a whole sentence that states something, and no greeting, question or demand?"""
        tree = self.tree
        if end - first < _LEAST_SAID or tree.words[end - 1] not in _STOPS or is_formula(tree.quote(first, end)):
            return False
        root = next((k for k in range(first, end) if tree.heads[k] == k), first)
        broken = sum(tree.words[k] in _DASHES and tree.words[k + 1 : k + 2] != [","] for k in range(first, end - 1))
        if broken > 1 or any(tree.lemmas[k] in self.scene.lexicons.strangers for k in range(first, end)):
            return False
        if any(tree.words[k].casefold() == "you" for k in tree.kids(root, "obj", "iobj")):
            return False  # "I would refer you to Japan"
        verbal = tree.pos[root] in {"VERB", "AUX"} or tree.kid(root, "cop") is not None
        return verbal and tree.kid(root, "nsubj", "nsubj:pass", "nsubj:outer", "csubj", "expl") is not None

    def _names_foreign(self, first: int, end: int, own: tuple[str, ...]) -> bool:
        entities = self.scene.referents.entities
        named = {entities.at[k].entity for k in range(first, end) if k in entities.at} - set(own)
        foreign = {e for e in named if entities.type_of(e) in _FOREIGN and not _is_law(entities.locals[e].name)}
        return bool(foreign) or any(self._is_foreigner(e, own) for e in named)

    def _is_foreigner(self, entity: str, own: tuple[str, ...]) -> bool:
        """Is somebody in office in another state, or known to be of one?"""
        referents = self.scene.referents
        local, state = referents.entities.locals[entity], self.voices.state(entity)
        if local.type != "Person" or state:
            return bool(state) and state not in own
        homes = {k.id for e in own for k in referents.lexicon.lookup(referents.entities.locals[e].name)}
        known = [k for k in referents.lexicon.lookup(local.name) if k.type == "Person"]
        return bool(homes) and bool(known) and known[0].country not in homes | {""}
