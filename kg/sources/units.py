"""A text as units: paragraphs, headings and list items, with the features that tell prose from page furniture."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kg.sources.phrases import STOP_WORDS

BULLET = re.compile(r"[ \t\xa0]*(?:[•●▪◦‣·►»*+–-]|\d{1,2}[.)])[ \t\xa0]+")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_TERMINAL = re.compile(r"[.!?…।。]['\"”’»)\]*]*\Z|[:;,]\Z")
_INITIAL = re.compile(r"[ \t\xa0]*[\"“‘'(]?([^\W\d_])")

PROSE_WORDS = 10
PROSE_STOPS = 0.2
"""Least length and share of stop words of prose; news prose has a share of 0.35 to 0.5, menus under 0.1."""

LONG_WORDS = 30
"""A unit of so many words is prose even without a full stop at its end (standfirsts)."""

FULL_ITEM = 50
"""Characters of a line of a list item that may have been wrapped behind its last word."""

MIN_WRAP, WRAP_WIDTH = 40, 110
"""Least and greatest width, in characters, of hard-wrapped text."""


@dataclass(frozen=True)
class Unit:
    """A paragraph, heading or list item: `text[start:end]` of the page."""

    start: int
    end: int
    text: str

    @cached_property
    def words(self) -> list[str]:
        """Its words, without punctuation."""
        return _WORD.findall(self.text)

    @cached_property
    def plain(self) -> str:
        """Its text without bullet and outer white space."""
        return self.text[found.end() :].strip() if (found := BULLET.match(self.text)) else self.text.strip()

    @cached_property
    def bullet(self) -> bool:
        """Whether it is a list item."""
        return bool(BULLET.match(self.text))

    @cached_property
    def terminal(self) -> bool:
        """Whether it ends as a sentence, or as the start of a list, does."""
        return bool(_TERMINAL.search(self.text.rstrip()))

    @cached_property
    def stops(self) -> float:
        """Share of stop words."""
        return sum(word.lower() in STOP_WORDS for word in self.words) / max(1, len(self.words))

    @cached_property
    def prose(self) -> bool:
        """Whether it is running text."""
        long = len(self.words) >= LONG_WORDS
        return len(self.words) >= PROSE_WORDS and self.stops >= PROSE_STOPS and (self.terminal or long)

    @cached_property
    def norm(self) -> str:
        """Its words, folded: equal for repetitions of a unit."""
        return " ".join(self.words).casefold()


def folded(text: str) -> str:
    """Words of a line without case and punctuation: equal for a headline and its repetition."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def split_units(text: str) -> list[Unit]:
    """Units of a text, in order: blank lines end one; so does a line break, unless the lines are hard-wrapped."""
    units: list[Unit] = []
    block: list[tuple[int, int]] = []
    for found in _LINE.finditer(text):
        if not found[0].strip():
            continue
        if block and text.count("\n", block[-1][1], found.start()) > 1:
            units += _units_of(text, block)
            block = []
        block.append(found.span())
    return units + _units_of(text, block)


def _units_of(text: str, block: list[tuple[int, int]]) -> list[Unit]:
    lines = [text[start:end] for start, end in block]
    width = sorted(map(len, lines))[int(0.9 * (len(lines) - 1))] if lines else 0
    joined = _is_wrapped(lines, width)
    spans: list[tuple[int, int]] = []
    first = last = ""  # lines of the unit that is being gathered
    for (start, end), line in zip(block, lines, strict=True):
        goes_on = joined or _runs_on(last, line) or _hangs(first, last, line) or _fills(last, width)
        if spans and goes_on and not BULLET.match(line):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
            first = line
        last = line
    return [Unit(start, end, text[start:end]) for start, end in spans]


def _is_wrapped(lines: list[str], width: int) -> bool:
    """Hard-wrapped prose: lines of like length, many of which start in the middle of a sentence."""
    followers = [line for line in lines[1:] if not BULLET.match(line)]
    breaks = [line for line, after in pairwise(lines) if not BULLET.match(after)]
    if not followers or not MIN_WRAP <= width <= WRAP_WIDTH:
        return False
    full = sum(len(line) >= 0.6 * width for line in breaks) / len(breaks)
    middle = sum(_starts_inside(line) for line in followers) / len(followers)
    return full >= 0.6 and middle >= 0.3


def _fills(line: str, width: int) -> bool:
    """Whether a line is prose up to the margin of its block, so that the next one goes on with it."""
    if not MIN_WRAP <= width <= WRAP_WIDTH or len(line) < 0.75 * width or line.rstrip()[-1:] in ".!?:;":
        return False
    words = _WORD.findall(line)
    return len(words) >= 6 and sum(word.lower() in STOP_WORDS for word in words) >= 0.15 * len(words)


def _runs_on(before: str, line: str) -> bool:
    """Whether a line goes on with the sentence of the one before it."""
    found = _INITIAL.match(line)
    return bool(found and found[1].islower() and before.rstrip()[-1:] not in ".!?:;")


def _hangs(first: str, last: str, line: str) -> bool:
    """Whether a line goes on with a list item: it is indented as the item's text is, and the item's line is full."""
    found = BULLET.match(first)
    full = len(last) >= FULL_ITEM and last.rstrip()[-1:] not in ".!?"
    return bool(found and full and len(line) - len(line.lstrip()) == found.end())


def _starts_inside(line: str) -> bool:
    found = _INITIAL.match(line)
    return not found or found[1].islower()
