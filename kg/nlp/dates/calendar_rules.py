"""Rules for dates, months, years, decades and weekdays: what a calendar names."""

import re
from datetime import date, timedelta

from kg.nlp.dates import interval as cal
from kg.nlp.dates.interval import Interval
from kg.nlp.dates.parser import Node, Parser
from kg.nlp.dates.words import (
    AMBIGUOUS_MONTHS,
    DAYTIMES,
    DECADE_NAMES,
    HYPHENS,
    MONTHS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    listed,
)

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:t[0-9:.]*z?)?\Z", re.IGNORECASE)
_SLASHED = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})\Z")
_YEARS = re.compile(r"([0-9]{4})([-/\u2010-\u2014])([0-9]{4}|[0-9]{2})\Z")
_DAYS = re.compile(r"([0-9]{1,2})[-\u2010-\u2014]([0-9]{1,2})\Z")
_DECADE = re.compile(r"([0-9]{3}0)s\Z")
_SHORT_DECADE = re.compile(r"([2-9]0)s\Z")
_MONTH_CUES = frozenset(
    listed("in since until till last next this early late mid and to through during between ago - of")
)


def day_of(y: int, m: int, d: int) -> Interval | None:
    """The day, or None where the month has no such day."""
    try:
        return cal.day(date(y, m, d))
    except ValueError:
        return None


def numeric_date(p: Parser, i: int) -> Node | None:
    """`2024-06-27`, `27/06/2024`; the year alone where day and month could be exchanged."""
    raw = p.raw(i)
    if not raw[:1].isdigit() or p.glued(i):
        return None
    if m := _ISO_DAY.match(raw):
        span = day_of(int(m[1]), int(m[2]), int(m[3]))
    elif m := _SLASHED.match(raw):
        a, b, y = int(m[1]), int(m[2]), int(m[3])
        if y < 1500 or max(a, b) > 31 or min(a, b) < 1:
            return None
        known = a == b or max(a, b) > 12 or "." in raw
        first_is_month = "." not in raw and b > 12
        span = day_of(y, *((a, b) if first_is_month else (b, a))) if known else cal.years(y)
    else:
        return None
    return Node(span, i + 1, "day", given=True) if span else None


def year_range(p: Parser, i: int) -> Node | None:
    """`2014-16`, `2014–2016`, `2023/24`; and the ISO month `2024-06` where it can be no range."""
    m = _YEARS.match(p.raw(i))
    if not m or p.glued(i):
        return None
    y, mark, tail = int(m[1]), m[2], m[3]
    if not 1500 <= y <= 2199:
        return None
    last = int(tail) if len(tail) == 4 else y - y % 100 + int(tail)
    if y < last <= 2199:
        return Node(cal.years(y, last), i + 1, "year", given=True)
    if mark == "-" and len(tail) == 2 and 1 <= int(tail) <= 12:
        return Node(cal.month(y, int(tail)), i + 1, "month", given=True)
    return None


def year(p: Parser, i: int) -> Node | None:
    """`2024`, `fiscal 2025`, `FY2025`, `AD 79` not; a fiscal year is taken as the year that it is named after."""
    j = i
    if p.low(i) == "fiscal":
        j = p.skip(i + 1, "year")
    elif p.low(i) == "fy":
        y = int(p.raw(i + 1)) if re.match(r"[0-9]{4}\Z", p.raw(i + 1)) else 0
        return Node(cal.years(y), i + 2, "year", given=True) if 1900 <= y <= 2199 else None
    y_at = p.year_at(j)
    return Node(cal.years(y_at), j + 1, "year", given=True) if y_at else None


def decade(p: Parser, i: int) -> Node | None:
    """`1990s`, `the 1990s`, `1990's`, `the nineties`."""
    j = p.skip(i, "the")
    raw = p.raw(j)
    named = DECADE_NAMES.get(p.low(j)) if j > i else None
    if named is not None:
        return Node(cal.years(1900 + named, 1909 + named), j + 1, "decade", given=True)
    if j >= len(p.tokens) or p.glued(j):
        return None
    if (m := _DECADE.match(raw)) and int(m[1]) >= 1500:
        return Node(cal.years(int(m[1]), int(m[1]) + 9), j + 1, "decade", given=True)
    cued = p.low(j - 1) in ("the", "early", "late", "'", "’", *HYPHENS)
    if cued and (m := _SHORT_DECADE.match(raw)):
        return Node(cal.years(1900 + int(m[1]), 1909 + int(m[1])), j + 1, "decade", given=True)
    y = p.year_at(j)
    if cued and y and y % 10 == 0 and p.low(j + 1) in ("'", "’") and p.low(j + 2) == "s":
        return Node(cal.years(y, y + 9), j + 3, "decade", given=True)
    return None


def month_name(p: Parser, i: int) -> tuple[int, int] | None:
    """Number of the month and index after its name; abbreviations need a capital, and a point or a number after."""
    low = p.low(i)
    if low in MONTHS:
        return MONTHS[low], i + 1
    if low in SHORT_MONTHS and p.capital(i):
        j = p.skip(i + 1, ".")
        if j > i + 1 or p.raw(j)[:1].isdigit() or p.day_at(i - 1) is not None:
            return SHORT_MONTHS[low], j
    return None


def given_year(p: Parser, i: int) -> tuple[int, int] | None:
    """Year after a date or month, and the index after it: `, 2024`, `of 2024`, `last year`, `of that year`."""
    j = p.skip(i, ",", "of")
    if (y := p.year_at(j)) is not None:
        return y, j + 1
    j = p.skip(i, "of")
    step = {"last": -1, "this": 0, "next": 1, "the": 0}.get(p.low(j))
    if step is not None and p.low(j + 1) == "year" and p.anchor:
        return p.anchor.year + step, j + 2
    same = j + 1 if p.low(j) == "that" else j + 2 if (p.low(j), p.low(j + 1)) == ("the", "same") else len(p.tokens)
    if p.low(same) == "year" and p.reference:
        return p.reference.year, same + 1
    if p.low(j) == "the" and p.low(j + 1) in ("previous", "following") and p.low(j + 2) == "year" and p.reference:
        return p.reference.year + (1 if p.low(j + 1) == "following" else -1), j + 3
    return None


def guess_year(p: Parser, m: int, d: int | None = None, *, step: int = 0) -> int | None:
    """Year of a yearless month or date: the nearest past one, or the coming one in the future.

    Args:
        p: the parser, with its anchor.
        m: month.
        d: day, or None.
        step: -1 for "last", which is never the current one; 1 for "next".
    """
    if p.year is not None:
        return p.year
    if p.anchor is None:
        return None
    here, there = (p.anchor.month, p.anchor.day if d else 0), (m, d or 0)
    if step:
        passed = there < here if step < 0 else there > here
        return p.anchor.year if passed else p.anchor.year + step
    if p.future:
        return p.anchor.year + (there < here)
    return p.anchor.year - (there > here)


def dated(p: Parser, m: int, first: int, last: int, i: int) -> Node | None:
    """Node of one or more days of a month, with the year after them or the one that is meant."""
    found = given_year(p, i)
    y = found[0] if found else guess_year(p, m, first)
    if y is None:
        return None
    if not found and (m, last) == (2, 29) and p.year is None:
        step = 1 if p.future else -1
        while not day_of(y, m, last) and 1500 < y < 2200:
            y += step
    a, b = day_of(y, m, first), day_of(y, m, last)
    if not a or not b or first > last:
        return None
    return Node(Interval(a.start, b.end), found[1] if found else i, "day", given=bool(found))


def second_day(p: Parser, i: int) -> tuple[int, int] | None:
    """The second day of `5 - 7`, `5 through 7`, `5 and 6`, and the index after it."""
    link, raw, after = p.low(i), p.raw(i + 1), i + 2
    if link in HYPHENS:
        return (int(raw), after) if re.match(r"[0-9]{1,2}\Z", raw) else None
    if link not in ("to", "through", "until", "and", "&") or month_name(p, after):
        return None
    d = p.day_at(i + 1)
    counted = p.low(after).isalpha() and p.low(after) not in _AFTER_DAYS
    return (d, after) if d and not (counted and link != "through") else None


_AFTER_DAYS = frozenset(listed("in at of for with to that the on by as when where after before said during"))
"""Words that may follow "June 5 and 6", where another noun would be counted by the 6."""


def month_first(p: Parser, i: int) -> Node | None:
    """`June 27`, `June 27th, 2024`, `June 27-28`, `November 3 through 5`."""
    named = month_name(p, i)
    if not named or (p.low(i) in AMBIGUOUS_MONTHS and not p.capital(i)):
        return None
    m, j = named
    j = p.skip(j, "the") if p.ordinal_at(j + 1) else j
    if pair := _DAYS.match(p.raw(j)):
        return dated(p, m, int(pair[1]), int(pair[2]), j + 1)
    first = p.day_at(j)
    if first is None:
        return None
    if second := second_day(p, j + 1):
        return dated(p, m, first, second[0], second[1]) or dated(p, m, first, first, j + 1)
    return dated(p, m, first, first, j + 1)


def day_first(p: Parser, i: int) -> Node | None:
    """`27 June 2024`, `the 27th of June`, `27-28 June`, `27 to 29 June`."""
    j = p.skip(i, "the")
    if pair := _DAYS.match(p.raw(j)):
        first, last, j = int(pair[1]), int(pair[2]), j + 1
    else:
        day = p.day_at(j)
        if day is None:
            return None
        first = last = day
        j += 1
        linked = p.day_at(j + 1) if p.low(j) in ("to", "through", "and", "until") else None
        if linked and month_name(p, p.skip(j + 2, "of")):
            last, j = linked, j + 2
    named = month_name(p, p.skip(j, "of"))
    if not named or first < 1:
        return None
    return dated(p, named[0], first, last, named[1])


def month(p: Parser, i: int) -> Node | None:
    """`June`, `June 2024`, `September of 1954`, `June last year`."""
    named = month_name(p, i)
    if not named:
        return None
    m, j = named
    if found := given_year(p, j):
        return Node(cal.month(found[0], m), found[1], "month", given=True)
    if p.strict and not bare_month_allowed(p, i):
        return None
    y = guess_year(p, m)
    return Node(cal.month(y, m), j, "month") if y is not None else None


def bare_month_allowed(p: Parser, i: int) -> bool:
    """May a month's name without day and year be a month here, and not a person or a verb?"""
    cue = p.low(i - 1) in _MONTH_CUES
    if p.low(i) in AMBIGUOUS_MONTHS:
        possessive = p.low(i + 1) in ("'", "’")
        by_march = p.low(i) == "march" and p.low(i - 1) in ("by", "the", "from")
        return p.capital(i) and (cue or by_march) and not (possessive and p.low(i) == "may")
    if not p.capital(i):
        return False
    return cue or not (p.capital(i + 1) or (p.capital(i - 1) and p.low(i - 1) not in MONTHS))


def weekday_name(p: Parser, i: int) -> tuple[int, int] | None:
    """Weekday, 0 for Monday, and index after it; abbreviations only before a date."""
    low = p.low(i)
    if low in WEEKDAYS:
        return WEEKDAYS[low], i + 1
    if low in SHORT_WEEKDAYS and p.capital(i):
        j = p.skip(p.skip(i + 1, "."), ",")
        if p.raw(j)[:1].isdigit() or month_name(p, j):
            return SHORT_WEEKDAYS[low], j
    return None


def weekday(p: Parser, i: int) -> Node | None:
    """`Thursday`, `Thursday evening`, `Thursday, June 27`, `Thursday of last week`."""
    named = weekday_name(p, i)
    if not named:
        return None
    n, j = named
    after = p.skip(p.skip(j, ","), "the") if p.low(j) == "," else j
    date_node = month_first(p, after) or day_first(p, after) or numeric_date(p, after)
    if date_node:
        return date_node if date_node.given else agreeing(p, date_node, n)
    if p.low(i) not in WEEKDAYS or p.anchor is None:
        return None
    j = p.skip(j, *DAYTIMES)
    k = p.skip(j, "of")
    step = {"last": -7, "this": 0, "next": 7}.get(p.low(k))
    if step is not None and p.low(k + 1) == "week":
        monday = p.anchor - timedelta(days=p.anchor.weekday())
        return Node(cal.day(monday + timedelta(days=n + step)), k + 2, "weekday")
    back = (p.anchor.weekday() - n) % 7
    d = p.anchor + timedelta(days=-back % 7) if p.future else p.anchor - timedelta(days=back)
    return Node(cal.day(d), j, "weekday")


def agreeing(p: Parser, node: Node, n: int) -> Node:
    """A yearless date in the year, of the anchor's and its neighbours, in which it falls on weekday `n`."""
    if p.anchor is None or p.year is not None or node.span.start != node.span.end:
        return node
    _, m, d = (int(part) for part in node.span.start.split("-"))
    for y in (p.anchor.year, p.anchor.year - 1, p.anchor.year + 1):
        span = day_of(y, m, d)
        if span and date(y, m, d).weekday() == n:
            return Node(span, node.next, node.kind)
    return node
