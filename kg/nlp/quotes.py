"""Quotations of an article: which of its words stand in quotation marks."""

from bisect import bisect_right

from kg.nlp.grammar import Tree
from kg.nlp.turns import find_quotes

MARKS = "\"“”'‘’ ,"
"""Characters around the words of a statement that are no part of it."""


class Quotes:
    """The quotations of one article, by number.

    Attributes:
        ranges: character ranges, in text order.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree, self.ranges = tree, find_quotes(tree.text)
        self._openings = [low for low, _ in self.ranges]

    def at(self, start: int) -> int:
        """Number of the quotation around a character, or -1."""
        k = bisect_right(self._openings, start) - 1
        return k if k >= 0 and start < self.ranges[k][1] else -1

    def of(self, i: int) -> int:
        """Number of the quotation around a word, or -1."""
        return self.at(self.tree.starts[i])

    def hold(self, i: int) -> bool:
        """Does the word stand in quotation marks?"""
        return self.of(i) >= 0

    def cover(self, first: int, end: int) -> bool:
        """Is a range of words one quotation, or a part of one?"""
        low, high = self.tree.chars(first, end)
        return any(a <= low + 1 and high - 1 <= b for a, b in self.ranges)

    def begin_with(self, clause: int) -> bool:
        """Does a phrase begin at a quotation mark? An infinitive with quoted words in it is no quotation."""
        tree = self.tree
        first, _ = tree.clause(clause)
        if tree.words[first].casefold() == "to":
            return False
        start = tree.starts[first]
        return any(low <= start <= low + 2 for low, _ in self.ranges)
