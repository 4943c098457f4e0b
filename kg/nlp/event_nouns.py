"""Events by a description: "the peace conference in Geneva", and the bare "summit" that was named before."""

import re

from kg.ids import fold
from kg.nlp.noun_phrases import BREAKS, NounPhrases
from kg.nlp.referent import LONGEST, Referent

_OCCASIONS = frozenset({
    "first", "second", "third", "recent", "latest", "historic", "upcoming", "annual", "last", "next", "previous",
})  # fmt: skip
"""Words before an event noun that tell which one for the reader of the day, and are no part of its name."""
_WEEKDAY = re.compile(r"\b(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:['’]s)?\b")


class EventNouns:
    """Finds the events that such nouns of one article stand for."""

    def __init__(self, phrases: NounPhrases) -> None:
        self.tree, self.entities, self.lexicons = phrases.tree, phrases.entities, phrases.lexicons

    def of(self, i: int, lemma: str) -> tuple[Referent, ...]:
        """ "the peace conference in Geneva"; a bare "the summit" is the one summit named before."""
        kind = self.lexicons.described_events.get(lemma)
        if kind is None:
            return ()
        first, end = self.tree.phrase(i)
        while first < i and (
            self.tree.pos[first] in {"DET", "PRON", "PART", "PUNCT"}
            or self.tree.tags[first] == "PRP$"
            or self.tree.words[first].casefold() in _OCCASIONS
        ):
            first += 1
        end = next((k for k in range(i + 1, end) if self._ends_event_name(k)), end)
        if end - first > LONGEST:
            end = i + 1
        if not self._is_distinct(first, i, end, kind):
            known = [e for e in self.entities.locals.values() if e.type == kind and lemma in fold(e.name).split()]
            return (Referent(known[0].id, kind, first, end, "event"),) if len(known) == 1 else ()
        text = _undated(self.tree.line(first, end))
        local = self.entities.entity(kind, text)
        local.forms.add(text)
        return (Referent(local.id, kind, first, end, "event"),)

    def _ends_event_name(self, k: int) -> bool:
        """Participants, clauses and commas behind an event noun are no part of its name."""
        tree = self.tree
        return (
            tree.pos[k] in {"VERB", "AUX", "SCONJ"}
            or tree.words[k] in BREAKS
            or tree.words[k].casefold() in {"with", "between", "among", "and", "by", "after", "before"}
        )

    def _is_distinct(self, first: int, head: int, end: int, kind: str) -> bool:
        """Do its modifiers tell this event from others: a name, a number, or a noun ("peace talks")?"""
        tree = self.tree
        if any(k in self.entities.at or tree.pos[k] in {"PROPN", "NUM"} for k in range(first, end)):
            return True
        telling = {"compound"} if kind == "Meeting" else {"compound", "amod"}  # "parliamentary elections"
        return any(tree.rels[k] in telling and tree.heads[k] == head for k in range(first, head))


def _undated(name: str) -> str:
    """A description without the weekday in it: "meeting Tuesday of ministers"."""
    return " ".join(_WEEKDAY.sub(" ", name).split()) or name
