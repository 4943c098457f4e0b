"""The grammar: how simple expressions combine into parts, ranges and bounded intervals."""

from dataclasses import replace
from datetime import date, timedelta

from kg.nlp.dates import calendar_rules as cr
from kg.nlp.dates import interval as cal
from kg.nlp.dates import relative_rules as rr
from kg.nlp.dates.interval import Interval
from kg.nlp.dates.parser import Node, Parser, Rule, longest
from kg.nlp.dates.words import PLAIN_PREPOSITIONS

_RANGE_WORDS = frozenset({"to", "through", "until", "till", "-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014"})
_RANGE_KINDS = frozenset({"day", "weekday", "month", "year", "season", "decade"})
_LISTED_KINDS = frozenset({"weekday", "year"})
_LEAP_YEAR = 2000
"""Stands for a year still unknown; every date exists in it."""
_BACKWARD = frozenset({"until", "till", "by", "before", "through"})
_ONWARD = frozenset({"since", "after"})
_NUMBERED_PARTS = {"quarter": (cal.quarter, 4), "half": (cal.half, 2)}


def quarter(p: Parser, i: int) -> Node | None:
    """`the third quarter of 2023`, `Q3 2023`, `the first half of this year`."""
    j = p.skip(i, "the")
    if p.low(j) == "q" and p.raw(j + 1) in ("1", "2", "3", "4") and p.tokens[j].end == p.tokens[j + 1].start:
        unit, n, j = "quarter", int(p.raw(j + 1)), j + 2
    else:
        ordinal, unit = p.ordinal_at(j), p.low(j + 1)
        if ordinal is None or unit not in _NUMBERED_PARTS:
            return None
        n, j = ordinal, j + 2
    make, most = _NUMBERED_PARTS[unit]
    k = p.skip(j, "of", "in", ",")
    of_year = cr.given_year(p, k)
    if not 1 <= n <= most or (of_year is None and (p.anchor is None or p.low(k - 1) == "of")):
        return None
    if of_year:
        return Node(make(of_year[0], n), of_year[1], "other", given=True)
    y = p.anchor.year if p.anchor else 0
    span = make(y, n)
    return Node(make(y - 1, n) if p.anchor and not p.future and cal.bounds(span)[0] > p.anchor else span, j, "other")


def century(p: Parser, i: int) -> Node | None:
    """`the 19th century`, `the twenty-first century`."""
    j = p.skip(i, "the")
    tens = 0
    if p.low(j) == "twenty" and p.low(j + 1) == "-":
        tens, j = 20, j + 2
    n = p.ordinal_at(j)
    if n is None or p.unit_at(j + 1) != "century" or not 1 <= n + tens <= 30:
        return None
    return Node(cal.century(n + tens), j + 2, "other", given=True)


def slice_of(p: Parser, i: int) -> Node | None:
    """`the last three months of 2023`, `the first week of June`, `the final days of the year`."""
    j = p.skip(i, "the")
    if p.low(j) == "week" and p.low(j + 1) in ("of", "beginning"):
        day = longest(SIMPLE, p, p.skip(j + 2, "of"))
        single = day if day and len(day.span.start) == 10 and day.span.start == day.span.end else None
        return replace(single, span=cal.week(date.fromisoformat(single.span.start)), kind="other") if single else None
    low, ordinal = p.low(j), p.ordinal_at(j)
    from_end = low in ("last", "final", "closing")
    if not from_end and low != "opening" and ordinal is None:
        return None
    quantity = p.quantity_at(j + 1)
    n, k = (quantity[1], quantity[2]) if quantity else (1 if p.low(j + 1) == p.unit_at(j + 1) else 3, j + 1)
    unit = p.unit_at(k)
    whole = (longest((*SIMPLE, modified), p, k + 2) or the_unit(p, k + 2)) if unit and p.low(k + 1) == "of" else None
    if not whole or not whole.span.start or not whole.span.end:
        return None
    skipped = (ordinal - 1) * n if ordinal and not from_end else 0
    span = cut(whole.span, unit, (skipped, n), from_end=from_end)
    return replace(whole, span=span, kind="other") if span else None


def cut(whole: Interval, unit: str, run: tuple[int, int], *, from_end: bool) -> Interval | None:
    """Some units at the beginning or end of an interval.

    Args:
        whole: the interval.
        unit: of time.
        run: how many units to pass over, and how many to take.
        from_end: count from the end.
    """
    first, last = cal.bounds(whole)
    passed, n = run
    if unit not in ("day", "week", "month", "quarter", "year"):
        return None
    if unit in ("day", "week"):
        size = 7 if unit == "week" else 1
        begin = last - timedelta(days=size * n - 1) if from_end else first + timedelta(days=size * passed)
        span = cal.days(begin, begin + timedelta(days=size * n - 1))
    elif unit == "year":
        y = last.year - n + 1 if from_end else first.year + passed
        span = cal.years(y, y + n - 1)
    else:
        size = 3 if unit == "quarter" else 1
        m = last.month - size * n + 1 if from_end else first.month + size * passed
        y = last.year if from_end else first.year
        span = cal.months(y, m, m + size * n - 1)
    begin, finish = cal.bounds(span)
    return span if first <= begin and finish <= last else None


def modified(p: Parser, i: int) -> Node | None:
    """`early 2024`, `mid-June`, `late last year`, `the end of the decade`, `the early 1990s`, `year-end`."""
    if p.low(i) == "year" and p.low(i + 1) in ("-", "'", "’") and p.anchor:
        j = p.skip(p.skip(i + 1, "-", "'", "’"), "s")
        return Node(cal.month(p.anchor.year, 12), j + 1, "month") if p.low(j) == "end" else None
    found = rr.modified_word(p, i)
    if not found:
        return None
    which, how, j = found
    node = longest(SIMPLE, p, j) or the_unit(p, j)
    if not node or not node.span.start or not node.span.end:
        return None
    span = cal.part(node.span, which) if how == "part" else cal.edge(node.span, which)
    return replace(node, span=span, kind="other" if node.kind != "month" else "day")


def the_unit(p: Parser, i: int) -> Node | None:
    """`the year` in "the end of the year": the current one."""
    unit = p.unit_at(i + 1)
    if p.low(i) != "the" or p.low(i + 1) != unit or p.anchor is None:
        return None
    span = rr.whole_unit(p.anchor, unit)
    return Node(span, i + 2, "other") if span else None


SIMPLE: tuple[Rule, ...] = (
    cr.numeric_date, cr.year_range, cr.weekday, cr.month_first, cr.day_first, cr.month, cr.decade, cr.year, rr.season,
    quarter, century, rr.deictic, rr.within_unit, rr.pointed, rr.weekend, rr.trailing, rr.counted,
)  # fmt: skip


def simple(p: Parser, i: int) -> Node | None:
    """One expression without preposition."""
    return longest((*SIMPLE, modified, slice_of), p, i)


def ranged(p: Parser, i: int) -> Node | None:
    """`1949 to 1954`, `March through June 2023`, `June 27 – July 2`, or one expression."""
    first = leading(p, i)
    if not first or first.kind not in _RANGE_KINDS:
        return simple(p, i)
    both_months = p.low(first.next) == "and" and first.kind == "month" and not first.given
    both = p.low(first.next) == "and" and first.kind in _LISTED_KINDS
    if p.low(first.next) not in _RANGE_WORDS and not both_months and not both:
        return simple(p, i)
    second = leading(p, first.next + 1)
    if both and not (second and second.kind == first.kind and adjoining(first, second)):
        return simple(p, i)
    if both_months and not (second and second.kind == "month" and second.given):
        return simple(p, i)
    joined = join(p, i, first, second) if second and second.kind in _RANGE_KINDS else None
    return joined or simple(p, i)


def adjoining(first: Node, second: Node) -> bool:
    """Does one weekday or year follow the other: `Tuesday and Wednesday`, `2021 and 2022`?"""
    if first.kind == "year":
        return cal.bounds(second.span)[0] == cal.bounds(first.span)[1] + timedelta(days=1)
    step = cal.bounds(second.span)[0].weekday() - cal.bounds(first.span)[0].weekday()
    return step % 7 == 1


def leading(p: Parser, i: int) -> Node | None:
    """An expression that may take its year from the one it is joined with: `March` in "March to June 2023"."""
    return simple(p, i) or (simple(replace(p, year=_LEAP_YEAR), i) if p.year is None else None)


def join(p: Parser, i: int, first: Node, second: Node) -> Node | None:
    """Interval from one expression to another; a missing year is taken from the other, or from the order of both."""
    start, end = first.span.start, second.span.end
    given = first.given and second.given
    if not start or not end or not (first.given or second.given or p.anchor):
        return None
    if first.given != second.given or (not first.given and start > end and first.kind in ("day", "month")):
        known = end if second.given else start
        for hint in (int(known[:4]), int(known[:4]) + (-1 if second.given else 1)):
            q = replace(p, year=hint)
            again = simple(q, i if second.given else first.next + 1)
            if not again:
                continue
            if second.given and again.next == first.next and again.span.start <= end:
                return Node(Interval(again.span.start, end), second.next, "other", given=True)
            if not second.given and again.next == second.next and again.span.end >= start:
                return Node(Interval(start, again.span.end), second.next, "other", first.given)
    if first.kind == second.kind == "weekday" and start > end:
        end = (date.fromisoformat(end) + timedelta(days=7)).isoformat()
    if start > end or not (given or p.anchor):
        return None
    return Node(Interval(start, end), second.next, "other", given)


def between(p: Parser, i: int) -> Node | None:
    """`between 2014 and 2016`, `from 1949 to 1954`, `from June onward`."""
    low = p.low(i)
    if low not in ("between", "from"):
        return None
    first = leading(p, i + 1)
    if not first:
        return None
    j = first.next
    if low == "from" and (p.low(j) in ("onward", "onwards") or (p.low(j) == "on" and not p.low(j + 1).isalnum())):
        alone = simple(p, i + 1)
        return replace(alone, span=Interval(alone.span.start, ""), next=j + 1, kind="other") if alone else None
    linked = p.low(j) == "and" if low == "between" else p.low(j) in _RANGE_WORDS
    second = leading(p, j + 1) if linked else None
    joined = join(p, i + 1, first, second) if second else None
    if joined or low == "between":
        return joined
    alone = simple(p, i + 1)
    return replace(alone, kind="other") if alone else None


def bounded(p: Parser, i: int) -> Node | None:
    """`since 2014`, `by 2030`, `until last year`, `before June`, `as early as this month`, `no later than Friday`."""
    j = p.skip(i, "ever") if p.low(i + 1) == "since" else i
    words = (p.low(j), p.low(j + 1), p.low(j + 2))
    if words in (("no", "later", "than"), ("as", "late", "as")):
        cue, j = "by", j + 3
    elif words in (("as", "early", "as"), ("as", "soon", "as")) or words[:2] == ("as", "of"):
        cue, j = "since", j + (2 if words[1] == "of" else 3)
    elif words[0] in ("starting", "beginning", "effective"):
        cue, j = "since", p.skip(j + 1, "in", "on", "from")
    elif words[:2] in (("prior", "to"), ("up", "to")):
        cue, j = "before" if words[0] == "prior" else "until", j + 2
    elif words[0] in _BACKWARD or words[0] in _ONWARD:
        cue, j = words[0], j + 1
    else:
        return None
    j = p.skip(j, "in", "on") if cue in ("since", "until", "before") else j
    coming = (p.future or words[:2] == ("no", "later")) and "since" not in words[:2]
    node = ranged(replace(p, future=coming), j) or the_unit(p, j)
    if not node or (p.low(node.next) in ("'", "’") and cue in ("after", "before")):
        return None
    if cue in _ONWARD:
        span = Interval(node.span.end if cue == "after" else node.span.start, "")
    else:
        span = Interval("", node.span.start if cue == "before" else node.span.end)
    return replace(node, span=span, kind="other") if span.start or span.end else None


def plain(p: Parser, i: int) -> Node | None:
    """`in June`, `on Thursday`, `over the past decade`, or the bare expression."""
    low = p.low(i)
    if low in PLAIN_PREPOSITIONS:
        if low in ("in", "within") and (node := rr.counted(p, i)):
            return node
        return ranged(p, i + 1) if low != "of" else None
    return ranged(p, i)


def expression(p: Parser, i: int) -> Node | None:
    """The longest time expression that begins at a token and crosses no paragraph's end."""
    try:
        node = longest((between, bounded, plain), p, i)
    except (OverflowError, ValueError):  # a date outside the calendar
        return None
    return node if node and not p.broken(i, node.next) else None
