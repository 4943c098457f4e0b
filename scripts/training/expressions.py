"""Dates, times, money and other numbers by rule: one convention over all corpora, whatever each of them annotates.

Every word becomes one letter; patterns over these letters find the expressions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .sentences import NameSpan
from .words import WORDS

_LETTERS: dict[str, str] = {}
for _letter, _words in WORDS["letters"].items():
    for _word in _words:
        _LETTERS.setdefault(_word, _letter)

_NUM = r"(?:[dy1]w*|w[w\-]*w|w|1)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("MONEY", rf"C(?:[dy]w*|w+)|{_NUM}c"),
    ("PERCENT", rf"(?:{_NUM}|d-d)-?P"),
    ("TIME", r"[dt]m|h(?:m)?|T|(?:[LWD])K|(?:(?:[dyw1]|x)-?)+N(?:a)?"),
    (
        "DATE",
        (
            r"eW|L?W(?:,?M[dyO],?y?)?|[dO]M,?y?|e?M[dO](?:-[d])?,y|e?M[dO](?:-[d])?|e?Mf?y|L[MS]|(?<=[iftLe])M"
            r"|e-?[sy]|et?[sMU]|s|Sf?y"
        ),
    ),
    (
        "DATE",
        rf"(?:Ef)?t?e?L(?:{_NUM}|x)?U|(?:{_NUM}|x)-?U(?:-?a)?|EfM?[yU]|tEft?[LU]U?|D|J|(?<=[iM,f])y|(?<=[ig,~\-])y",
    ),
    ("QUANTITY", rf"{_NUM}-?q"),
    ("ORDINAL", r"[oO]"),
    ("CARDINAL", r"[dy]w*|w(?:[w\-]*w)?|1"),
)  # fmt: skip
_COMPILED = [(label, re.compile(pattern)) for label, pattern in _PATTERNS]
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d$")
_DECADE = re.compile(r"(?:(?:1[6-9]|20)\d0|'?\d0)s$")
_DIGITS = re.compile(r"[+-]?\d[\d,.]*$|\d*[.]\d+$")
_CLOCK = re.compile(r"\d{1,2}:\d\d$")
_NTH = re.compile(r"\d+(?:st|nd|rd|th)$")


def _letter_of(word: str, tag: str) -> str:
    low = word.lower()
    if _YEAR.match(word):
        return "y"
    for pattern, letter in ((_DECADE, "s"), (_CLOCK, "h"), (_NTH, "O"), (_DIGITS, "d")):
        if pattern.match(word):
            return letter
    letter = _LETTERS.get(low, ".")
    return "." if _is_common(word, low, letter, tag) else letter


def _is_common(word: str, low: str, letter: str, tag: str) -> bool:
    """Is it an ordinary word that only looks like one of time or number?"""
    match letter:
        case "M" if low in {"may", "march", "mar", "sep", "nov", "dec", "jan"}:
            return word.islower() or tag in {"MD", "VB", "VBP", "NN"}
        case "1":
            return tag not in {"CD", "NUM"}
        case "W":
            return word.islower() and tag != "NNP"
        case "o":
            return low == "second" and tag == "NN"
        case "S":
            return low == "spring" and tag.startswith("V")
    return False


def find_expressions(words: Sequence[str], tags: Sequence[str], taken: Sequence[NameSpan] = ()) -> list[NameSpan]:
    """Numeric and time expressions of a sentence that do not overlap `taken`, leftmost and first pattern first.

    Args:
        words: the words.
        tags: their PTB tags, or empty strings where unknown.
        taken: spans that are names already.
    """
    letters = [_letter_of(word, tag) for word, tag in zip(words, tags, strict=True)]
    for span in taken:
        letters[span.start : span.end] = "~" * (span.end - span.start)
    found: list[NameSpan] = []
    for label, pattern in _COMPILED:
        for match in pattern.finditer("".join(letters)):
            start, end = match.span()
            while start < end and letters[start] == "t":
                start += 1
            if start == end:
                continue
            if label == "CARDINAL" and _stands_for_year(letters, tags, start, end):
                label = "DATE"  # noqa: PLW2901 - a bare number that is a year
            found.append(NameSpan(start, end, frozenset({label})))
            letters[start:end] = "~" * (end - start)
    return found


def _stands_for_year(letters: Sequence[str], tags: Sequence[str], start: int, end: int) -> bool:
    """A bare number that looks like a year and counts nothing: "the 2024 election"."""
    if end - start != 1 or letters[start] != "y":
        return False
    return end == len(letters) or (letters[end] not in "wUNqcP" and tags[end] != "NNS")
