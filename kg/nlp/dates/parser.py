"""State and vocabulary tests that the rules of the grammar share."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from kg.nlp.dates.interval import Interval
from kg.nlp.dates.words import BREAK, HYPHENS, MODIFIED, NUMBERED, NUMBERS, ORDINALS, UNITS, VAGUE, Token

_DAY = re.compile(r"([0-9]{1,2})(st|nd|rd|th)?\Z", re.IGNORECASE)
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)\Z", re.IGNORECASE)
_YEAR = re.compile(r"[0-9]{4}\Z")
_GLUE = frozenset("$€£¥#/@№.,_&+") | HYPHENS


@dataclass(frozen=True, slots=True)
class Node:
    """A parsed expression.

    Attributes:
        span: the interval it means.
        next: index of the token after it.
        kind: `day` `weekday` `month` `season` `year` `decade` `other`.
        given: it names its year, or has a date of its own: no anchor is needed.
    """

    span: Interval
    next: int
    kind: str
    given: bool = False


@dataclass(frozen=True, slots=True)
class Parser:
    """Tokens, and what the expressions in them are relative to.

    Attributes:
        tokens: of the text.
        anchor: day on which the text was written, or None.
        reference: day that "three days later" counts from, or None.
        grain: length of the reference's ISO text: 4, 7 or 10; nothing finer can be counted from it.
        future: read "on Thursday" and "in June" as what comes next.
        strict: the text is running prose, where "May" may be a name or a verb.
        year: year that a yearless date takes ("between March and June 2023").
    """

    tokens: list[Token]
    anchor: date | None
    reference: date | None = None
    grain: int = 10
    future: bool = False
    strict: bool = True
    year: int | None = None

    def low(self, i: int) -> str:
        """Lower-cased token, or "" outside the text."""
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def raw(self, i: int) -> str:
        """Token as written, or "" outside the text."""
        return self.tokens[i].raw if 0 <= i < len(self.tokens) else ""

    def glued(self, i: int) -> bool:
        """Does the token touch a letter, a currency sign or a hyphen before it?"""
        if i == 0 or self.tokens[i - 1].end != self.tokens[i].start:
            return False
        before = self.tokens[i - 1].raw[-1]
        if before in HYPHENS and self.low(i - 2) in MODIFIED:
            return False
        return before.isalnum() or before in _GLUE

    def skip(self, i: int, *words: str) -> int:
        """Index after a token if it is one of these."""
        return i + 1 if self.low(i) in words else i

    def capital(self, i: int) -> bool:
        """Is the token written with a capital?"""
        return self.raw(i)[:1].isupper()

    def year_at(self, i: int) -> int | None:
        """The year a four-digit token names, from 1500 to 2199."""
        raw = self.raw(i)
        if not _YEAR.match(raw) or self.glued(i) or self.low(i - 1) in NUMBERED:
            return None
        if self.low(i - 1) == "." and self.low(i - 2) in NUMBERED:
            return None
        y = int(raw)
        return y if 1500 <= y <= 2199 and self.low(i + 1) not in ("%", "°") else None

    def day_at(self, i: int) -> int | None:
        """The day of a month that a token names: `27`, `27th`."""
        m = _DAY.match(self.raw(i))
        return int(m[1]) if m and 1 <= int(m[1]) <= 31 and not self.glued(i) else None

    def ordinal_at(self, i: int) -> int | None:
        """1 for `first` or `1st`, and so on."""
        m = _ORDINAL.match(self.raw(i))
        return int(m[1]) if m else ORDINALS.get(self.low(i))

    def quantity_at(self, i: int) -> tuple[int, int, int] | None:
        """Least and greatest number, and the index after it: `three`, `a few`, `a couple of`, `20`."""
        low = self.low(i)
        j = self.skip(i, "a")
        if self.low(j) in VAGUE:
            least, most = VAGUE[self.low(j)]
            return least, most, self.skip(j + 1, "of")
        if low in NUMBERS:
            return NUMBERS[low], NUMBERS[low], i + 1
        if low.isascii() and low.isdigit() and len(low) <= 4 and not self.glued(i):
            return int(low), int(low), i + 1
        return None

    def unit_at(self, i: int) -> str:
        """Name of a unit of time in the singular, or ""."""
        return UNITS.get(self.low(i), "")

    def broken(self, i: int, j: int) -> bool:
        """Is there a paragraph's end among the tokens from i to j?"""
        return any(t.low == BREAK for t in self.tokens[i:j])


Rule = Callable[[Parser, int], Node | None]


def longest(rules: Iterable[Rule], p: Parser, i: int) -> Node | None:
    """The rule that reads most; of equals, the first."""
    best: Node | None = None
    for rule in rules:
        node = rule(p, i)
        if node and (best is None or node.next > best.next):
            best = node
    return best
