"""Who says something: the verbs of saying and "according to" of an article, their speakers, and whom they tell."""

from dataclasses import dataclass

from kg.model import Argument
from kg.nlp.contents import TELLING, Contents
from kg.nlp.factuality import QUOTING
from kg.nlp.grammar import is_passive, surface_subjects
from kg.nlp.indirect import VOICING, Indirect
from kg.nlp.referent import Referent
from kg.nlp.scene import Scene
from kg.nlp.voices import VOICE

_QUOTED = frozenset({"advcl", "acl", "xcomp", "ccomp"})
_EVENTS = frozenset({"Summit", "Conflict", "Election", "Agreement", "Topic"})
_NOMINAL = frozenset({"DET", "PRON", "NOUN", "PROPN", "NUM", "ADJ"})


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody is reported to say.

    Attributes:
        cue: the word that reports it.
        speakers: at least one.
        content: word range of what is said.
    """

    cue: int
    speakers: list[Referent]
    content: tuple[int, int]


class Cues:
    """Finds the reports of one article."""

    def __init__(self, scene: Scene, contents: Contents) -> None:
        self.scene, self.tree, self.referents, self.contents = scene, scene.tree, scene.referents, contents
        self.indirect = Indirect(scene.tree, contents)

    def at(self, i: int) -> Report | None:
        """The report whose cue is the word `i`."""
        if self.tree.case(i) == "according to":
            speakers = list(self.referents.of(i))
            content = self.contents.according_to(i) if speakers else None
            return None if content is None else Report(i, speakers, content)
        if self.tree.pos[i] != "VERB" or self._is_unsaid(i):
            return None
        if self.tree.lemmas[i] not in self.scene.lexicons.saying:
            return self._indirect(i)
        inverted = self._behind_clause(i)
        heads = self._heads(i, inverted)
        speakers = self._speakers(heads)
        content = self._content(i, inverted) or self.indirect.of(i)
        if not speakers or content is None or self._is_inside(i, heads, content):
            return None
        return Report(i, speakers, content)

    def phrase(self, i: int) -> Report | None:
        """What somebody speaks of in a noun phrase: "Brown stressed the UK's commitment to NATO"."""
        tree = self.tree
        noun = tree.kid(i, "obj")
        speaking = tree.lemmas[i] in self.scene.lexicons.saying | VOICING and tree.lemmas[i] not in TELLING
        if not speaking or noun is None or noun < i or tree.pos[i] != "VERB" or self._is_unsaid(i):
            return None
        speakers = self._speakers(surface_subjects(tree, i))
        return (
            Report(i, speakers, (i, tree.clause(noun)[1])) if len(speakers) == 1 and not is_passive(tree, i) else None
        )

    def quoter(self, cue: int, speaker: Referent) -> Argument | None:
        """ "Reuters quotes the minister as saying": who tells of a statement; None where the text itself does."""
        verb = self.tree.heads[cue]
        if not self._is_quoted(cue) or is_passive(self.tree, verb):
            return None
        quoting = [r for r in self.referents.all_of(surface_subjects(self.tree, verb)) if r.rule != VOICE]
        if len(quoting) != 1 or quoting[0].entity == speaker.entity:
            return None
        return self.argument(quoting[0])

    def addressee(self, cue: int, speaker: Referent) -> Argument | None:
        """ "told Reuters that ..."."""
        tree = self.tree
        heads = tree.kids(cue, "iobj", "obj") if tree.lemmas[cue] in TELLING else []
        heads = heads or [c for c in tree.kids(cue, "obl") if tree.case(c) == "to"]
        told = (r for r in self.referents.all_of(heads) if r.entity != speaker.entity)
        return next((self.argument(r) for r in told), None)

    def argument(self, referent: Referent) -> Argument:
        """Somebody by the words that mean him."""
        return Argument(referent.entity, self.tree.line(referent.first, referent.end), referent.rule)

    def _indirect(self, i: int) -> Report | None:
        """A report of a verb that is none of saying: "described the talks as useful"."""
        content = self.indirect.of(i)
        if content is None or is_passive(self.tree, i):
            return None
        speakers = self._speakers(surface_subjects(self.tree, i))
        return Report(i, speakers, content) if speakers else None

    def _speakers(self, heads: list[int]) -> list[Referent]:
        return [s for s in self.referents.all_of(heads) if s.type not in _EVENTS and s.rule != VOICE]

    def _is_unsaid(self, i: int) -> bool:
        """Has a verb told nothing that was said: "may explain", "a pledge to announce"?"""
        tree = self.tree
        return self.scene.factuality.unsaid(i) or (tree.rels[i] == "acl" and tree.tags[i] == "VB")

    def _is_quoted(self, cue: int) -> bool:
        """ "quotes the minister as saying"."""
        return self.tree.rels[cue] in _QUOTED and self.tree.lemmas[self.tree.heads[cue]] in QUOTING

    def _heads(self, verb: int, inverted: int | None) -> list[int]:
        """Heads of the phrases that name who speaks."""
        tree = self.tree
        heads = surface_subjects(tree, verb) if inverted is None else [inverted]
        if is_passive(tree, verb):  # "Chavez was told that": he says nothing
            heads = [c for c in tree.kids(verb, "obl:agent", "obl") if tree.case(c) == "by"]
        if self._is_quoted(verb):
            heads = tree.kids(tree.heads[verb], "obj", "nsubj:pass") or heads  # "quoted Ma as saying"
        return heads

    def _behind_clause(self, verb: int) -> int | None:
        """The speaker of "the talks failed, argues X", where the parser took him for an object."""
        tree = self.tree
        speaker = tree.kid(verb, "obj")
        closed = verb > 0 and tree.words[verb - 1] in {",", "”", '"'} and tree.rels[verb] == "conj"
        if speaker != verb + 1 or not closed or tree.kid(verb, "cc", "nsubj", "ccomp", "mark") is not None:
            return None
        return speaker if speaker in self.referents.entities.at else None

    def _content(self, verb: int, inverted: int | None) -> tuple[int, int] | None:
        """What is said; it may stand around the verb only where commas part it."""
        content = self.contents.of(verb) if inverted is None else self.contents.around(verb)
        if content is not None and self.tree.lemmas[verb] == "tell" and verb < content[0]:
            content = self._behind_addressee(verb, content)
        around = content is not None and content[0] <= verb < content[1]
        return None if around and self.contents.parting(verb) is None else content

    def _behind_addressee(self, verb: int, content: tuple[int, int]) -> tuple[int, int] | None:
        """What is said, where the parser took who is told for a part of it: "told the Post the report was wrong"."""
        tree, names = self.tree, self.referents.entities.at
        if tree.kid(verb, "iobj", "obj", "obl", "nsubj:pass") is not None or content[0] != verb + 1:
            return content
        first = content[0] + (tree.words[content[0]].casefold() == "the")
        name = names.get(first)
        if name is None or name.end >= content[1] or tree.pos[name.end] not in _NOMINAL:
            return None
        return name.end, content[1]

    @staticmethod
    def _is_inside(verb: int, heads: list[int], content: tuple[int, int]) -> bool:
        """Is the subject that of what is said: "aides say Abbas will ask", "Denmark accepted it, aides said"?"""
        return (verb < min(heads) and content[0] > max(heads)) or (max(heads) < content[0] and content[1] <= verb)
