"""Which time expression belongs to which predicate."""

import re
from dataclasses import replace

from kg.model import When
from kg.nlp.dates import TimeMatch, find_times
from kg.nlp.dates.words import WEEKDAYS
from kg.nlp.grammar import Tree

_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_OCCASION = frozenset({"for", "in", "at", "during"})
_GATHER = frozenset({
    "visit", "travel", "go", "come", "fly", "arrive", "head", "return", "meet", "gather", "convene", "hold", "host",
    "attend", "join", "call", "telephone", "send", "dispatch", "sit", "receive", "welcome", "invite", "stop", "be",
})  # fmt: skip
"""Verbs whose purpose is of their own day."""
_RANKED = frozenset({"first", "only", "last", "latest", "second", "third", "time"})
_MEASURE = 6
"""Words before "since 2018" among which "first" or a superlative makes it a measure."""
_RELATIVE = re.compile(
    r"\b(?:previous|following|preceding|same|that year|next (?:day|morning)|day (?:before|after))\b"
    r"|\b(?:earlier|later|before|after)$",
    re.IGNORECASE,
)
"""Words that count from a date told before."""
SPEECHES = frozenset({
    "interview", "speech", "address", "remark", "statement", "briefing", "conference", "testimony", "sermon", "talk",
    "broadcast", "message", "letter", "comment", "lecture",
})  # fmt: skip
"""Occasions at which somebody speaks, whose day is that of all that he says there."""
_STOPS = frozenset({"VERB", "AUX"})


class Times:
    """The time expressions of one article, each bound to the word that it dates."""

    def __init__(self, tree: Tree, date: str, timeless: frozenset[int] = frozenset(),
                 numbers: frozenset[int] = frozenset()) -> None:  # fmt: skip
        """Look for times in a tree.

        Args:
            tree: the article's words.
            date: of the article, or "".
            timeless: heads of names of persons and places, which no time expression dates.
            numbers: words that are no years but parts of names, as that of "Project 2025".
        """
        self.tree, self.date, self.timeless, self.numbers = tree, date, timeless, numbers
        self._by_word: dict[int, list[TimeMatch]] = {}
        self._done: set[int] = set()
        self._words: set[int] = set()

    def of(self, head: int, anchor: int, *others: int, future: bool) -> When:
        """Time of a predicate, of `others` where it has none; an empty `When` where the text gives none."""
        tree = self.tree
        self._bind(tree.sents[anchor])
        around = self._governors(anchor)
        for i in dict.fromkeys((head, anchor, *others, *self._settings(anchor), *around, *self._last(anchor))):
            for match in self._by_word.get(i, ()):
                when = self._normalise(match, future=future)
                if when is not None:
                    inside = i in around and match.when.text.casefold().startswith("since")
                    return replace(when, end=when.start) if inside else when  # "since May, when they met"
        return When()

    def named(self, word: int) -> When:
        """What the time expression around a word means; empty where there is none."""
        tree = self.tree
        self._bind(tree.sents[word])
        for match in (m for matches in self._by_word.values() for m in matches):
            if match.start <= tree.starts[word] < match.end:
                return self._normalise(match, future=False) or When()
        return When()

    def is_time(self, word: int) -> bool:
        """Is the word part of a time expression?"""
        self._bind(self.tree.sents[word])
        return word in self._words

    def _normalise(self, match: TimeMatch, *, future: bool) -> When | None:
        if _RELATIVE.search(match.when.text):
            return match.when
        matches = find_times(self.tree.text[match.start : match.end], self.date, future=future)
        return matches[0].when if matches else None

    def _governors(self, anchor: int) -> list[int]:
        """Verbs whose infinitive the predicate is: "agreed on Monday to meet"; and a noun's verb."""
        tree, found, here = self.tree, list[int](), anchor
        while tree.heads[here] != here and self._shares_time(here):
            here = tree.heads[here]
            found.append(here)
        if here in self.timeless and tree.heads[here] != here:  # "to Warsaw on Tuesday, where she met"
            found.append(tree.heads[here])
        return found

    def _last(self, anchor: int) -> list[int]:
        """ "flew to Lima and met the president there on Monday": the time behind the last of what is done on a trip."""
        tree = self.tree
        if tree.lemmas[anchor] not in _GATHER or tree.tags[anchor] != "VBD" or tree.kid(anchor, "obl:unmarked"):
            return []
        below = [c for c in tree.kids(anchor, "conj") if tree.tags[c] == "VBD" and tree.lemmas[c] in _GATHER]
        return [c for c in below if tree.kid(c, "nsubj", "nsubj:pass", "aux") is None]

    def _settings(self, anchor: int) -> list[int]:
        """Events at which something happens: "met on the sidelines of the July summit", "spoke at Monday's talks"."""
        tree, found = self.tree, list[int]()
        for c in tree.kids(anchor, "obl"):
            if tree.lemmas[c] in {"sideline", "margin"}:
                found += tree.kids(c, "nmod")
            elif tree.pos[c] == "NOUN" and (
                tree.case(c) in {"at", "during"} or (tree.case(c) == "in" and tree.lemmas[c] in SPEECHES)
            ):
                found.append(c)
        return found

    def _shares_time(self, here: int) -> bool:
        """Has a predicate the time of the one above it?"""
        tree, above = self.tree, self.tree.heads[here]
        if tree.rels[here] == "xcomp" or self._when_clause(here):
            return True
        if tree.rels[here] == "conj":
            if tree.tags[here] in {"VBZ", "VBP"} and tree.tags[above] == "VBD":
                return False  # "tested a bomb in October, and says it has several"
            return tree.kid(here, "nsubj", "nsubj:pass") is None or self._is_common(here)
        if tree.rels[here] == "advcl" and tree.is_infinitive(here):  # "will travel to Lima on Friday to meet"
            return tree.lemmas[above] in _GATHER
        talks = tree.rels[here] == "obl" and tree.pos[here] == "NOUN" and tree.case(here) in _OCCASION
        return talks and tree.lemmas[above] in _GATHER  # "joined him in Lima last week for talks"

    def _is_common(self, here: int) -> bool:
        """Is the time of two clauses with a subject each in front: "On Monday Oslo agreed and Bern refused"?"""
        tree, above = self.tree, self.tree.heads[here]
        subjects = tree.kids(above, "nsubj", "nsubj:pass")
        joined = any(tree.words[c].casefold() == "and" for c in tree.kids(here, "cc"))
        first = subjects[0] if subjects else above
        return joined and any(tree.rels[c] in {"obl", "obl:unmarked"} and c < first for c in tree.children[above])

    def _when_clause(self, here: int) -> bool:
        """ "was seen on June 25, when he received": the clause has the time of the verb above it."""
        tree = self.tree
        return (
            tree.rels[here] in {"advcl", "acl:relcl", "advcl:relcl"}
            and any(tree.words[c].casefold() in {"when", "where"} for c in tree.children[here])
            and not any(tree.words[c].casefold() in {"had", "will", "has"} for c in tree.kids(here, "aux"))
        )

    def timed(self, sent: int) -> bool:
        """Has a sentence a time expression?"""
        self._bind(sent)
        first, end = self.tree.bounds[sent]
        return any(first <= k < end for k in self._words)

    def _bind(self, sent: int) -> None:
        if sent in self._done:
            return
        self._done.add(sent)
        tree = self.tree
        first, end = tree.bounds[sent]
        low, high = tree.chars(first, end)
        before = tree.chars(*tree.bounds[sent - 1])[0] if sent else low
        dated = False
        for found in find_times(tree.text[before:high], self.date):
            match = replace(found, start=before + found.start, end=before + found.end)
            lost = bool(_RELATIVE.search(found.when.text)) and not dated  # "a day earlier": than what?
            dated = dated or not lost
            if match.start < low or lost or any(match.start == tree.starts[k] for k in self.numbers):
                continue
            self._note(match, first, end)

    def _note(self, match: TimeMatch, first: int, end: int) -> None:
        """Keep an expression of a sentence, whose words are `first` to `end`, with the word that it dates."""
        tree = self.tree
        if match.kind == "time":
            self._words.update(k for k in range(first, end) if match.start <= tree.starts[k] < match.end)
        word = self._word(match, first, end)
        if word is not None and not self._is_span(match, first):
            self._by_word.setdefault(self._dated(word), []).append(match)

    def _is_span(self, match: TimeMatch, first: int) -> bool:
        """ "for the first time since 2018": how long it had not happened, not when it did."""
        tree = self.tree
        if not match.when.text.casefold().startswith("since"):
            return False
        end = next((k for k in range(first, len(tree.words)) if tree.starts[k] >= match.start), first)
        near = range(max(first, end - _MEASURE), end)
        return any(tree.words[k].casefold() in _RANKED or tree.tags[k] in {"JJS", "RBS"} for k in near)

    def _word(self, match: TimeMatch, first: int, end: int) -> int | None:
        """Head of the words of a time expression."""
        tree = self.tree
        inside = [k for k in range(first, end) if match.start <= tree.starts[k] < match.end]
        outer = [k for k in inside if tree.heads[k] not in inside or tree.heads[k] == k]
        return outer[0] if outer else None

    def _dated(self, word: int) -> int:
        """The verb or noun that a time word modifies."""
        tree = self.tree
        here = word
        if self._opens(word):
            return [word, *tree.ancestors(word)][-1]
        while tree.heads[here] != here:
            rel, here = tree.rels[here], tree.heads[here]
            if here in self.timeless and tree.heads[here] != here:  # "will travel to Panama next month"
                continue
            if tree.pos[here] in _STOPS or rel in {"nmod", "nmod:unmarked", "compound", "amod", "nmod:poss"}:
                return here
        return here

    def _opens(self, word: int) -> bool:
        """ "Sunday Burma's state media said": a bare day before a phrase, of which it is no part?"""
        tree = self.tree
        first, end = tree.bounds[tree.sents[word]]
        if word != first or word + 2 >= end or tree.words[word].casefold() not in WEEKDAYS:
            return False
        named = tree.pos[word + 1] in {"PROPN", "DET", "PRON"} or tree.words[word + 1][:1].isupper()
        return named and tree.words[word + 1] not in {"'s", "’s"}


def years_in(text: str) -> list[int]:
    """All years from 1800 to 2099 that a text writes out, in order."""
    return [int(y) for y in _YEAR.findall(text)]
