"""Which time expression belongs to which predicate."""

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.model import Claim, When
from kg.nlp.dates import TimeMatch, find_times
from kg.nlp.grammar import Tree

ENCOUNTERS = frozenset({"met_with", "spoke_with", "participated_in", "negotiates_with", "visited", "hosted"})
CARRIED = frozenset({"pronoun", "group", "title", "quote.continued"})
"""Rules of subjects that go on from an earlier sentence: "They agreed", "The leaders condemned", "He added"."""
_CARRY = 6
"""Sentences over which the date of a meeting or statement is carried on."""
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_STOPS = frozenset({"VERB", "AUX"})


class Times:
    """The time expressions of one article, each bound to the word that it dates."""

    def __init__(self, tree: Tree, date: str, timeless: frozenset[int] = frozenset()) -> None:
        """`timeless`: heads of names of persons and places, which no time expression dates."""
        self.tree, self.date, self.timeless = tree, date, timeless
        self._by_word: dict[int, list[tuple[int, int]]] = {}
        self._done: set[int] = set()
        self._words: set[int] = set()

    def of(self, head: int, anchor: int, *others: int, future: bool) -> When:
        """Time of a predicate, of `others` where it has none; an empty `When` where the text gives none."""
        tree = self.tree
        self._bind(tree.sents[anchor])
        for i in dict.fromkeys((head, anchor, *others, *self._governors(anchor))):
            for first, end in self._by_word.get(i, ()):
                when = self._normalise(tree.text[first:end], future=future)
                if when is not None:
                    return when
        return When()

    def is_time(self, word: int) -> bool:
        """Is the word part of a time expression?"""
        self._bind(self.tree.sents[word])
        return word in self._words

    def _normalise(self, words: str, *, future: bool) -> When | None:
        matches = find_times(words, self.date, future=future)
        return matches[0].when if matches else None

    def _governors(self, anchor: int) -> list[int]:
        """Verbs whose infinitive the predicate is: "agreed on Monday to meet"; and a noun's verb."""
        tree, found, here = self.tree, list[int](), anchor
        while tree.heads[here] != here and (tree.rels[here] in {"xcomp", "conj"} or self._when_clause(here)):
            here = tree.heads[here]
            found.append(here)
        if here in self.timeless and tree.heads[here] != here:  # "to Warsaw on Tuesday, where she met"
            found.append(tree.heads[here])
        return found

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
        for match in find_times(tree.text[low:high], self.date):
            word = self._word(match, low, first, end)
            if match.kind == "time":
                start, stop = low + match.start, low + match.end
                self._words.update(k for k in range(first, end) if start <= tree.starts[k] < stop)
            if word is not None:
                self._by_word.setdefault(self._dated(word), []).append((low + match.start, low + match.end))

    def _word(self, match: TimeMatch, low: int, first: int, end: int) -> int | None:
        """Head of the words of a time expression."""
        tree = self.tree
        inside = [k for k in range(first, end) if low + match.start <= tree.starts[k] < low + match.end]
        outer = [k for k in inside if tree.heads[k] not in inside or tree.heads[k] == k]
        return outer[0] if outer else None

    def _dated(self, word: int) -> int:
        """The verb or noun that a time word modifies."""
        tree = self.tree
        here = word
        while tree.heads[here] != here:
            rel, here = tree.rels[here], tree.heads[here]
            if here in self.timeless and tree.heads[here] != here:  # "will travel to Panama next month"
                continue
            if tree.pos[here] in _STOPS or rel in {"nmod", "nmod:unmarked", "compound", "amod", "nmod:poss"}:
                return here
        return here


def years_in(text: str) -> list[int]:
    """All years from 1800 to 2099 that a text writes out, in order."""
    return [int(y) for y in _YEAR.findall(text)]


def carry_times(claims: Iterable[Claim], times: Times) -> list[Claim]:
    """Date what goes on from a dated meeting or statement: "They met on Monday. The leaders agreed ..." is of Monday.

    Only for subjects that are a pronoun or a group, for claims that are actual, and in sentences without a time of
    their own.
    """
    ordered = sorted(claims, key=lambda c: (c.evidence[0].sentence, c.evidence[0].span))
    dated: dict[tuple[str, bool], tuple[int, When]] = {}
    found: list[Claim] = []
    for claim in ordered:
        said = claim.relation == "says"
        sentence = claim.evidence[0].sentence
        if claim.when.start and (said or claim.relation in ENCOUNTERS) and claim.asserted:
            for person in (claim.subject, claim.object):
                dated.setdefault((getattr(person, "entity", ""), said), (sentence, claim.when))
        known = dated.get((claim.subject.entity, said))
        fresh = known is not None and 0 <= sentence - known[0] <= _CARRY
        carried = known and fresh and claim.asserted and claim.subject.rule in CARRIED and not times.timed(sentence)
        found.append(replace(claim, when=replace(known[1], text="")) if known and carried else claim)
    return found
