"""Rules for what is counted or pointed at from the day of writing: `last week`, `three days ago`, `later this year`."""

from collections.abc import Callable
from datetime import date, timedelta

from kg.nlp.dates import interval as cal
from kg.nlp.dates.calendar_rules import guess_year, month_name, weekday_name
from kg.nlp.dates.interval import Interval
from kg.nlp.dates.parser import Node, Parser
from kg.nlp.dates.words import DAYTIMES, DEICTIC_DAYS, EDGES, LAST, MODIFIED, NEXT, SEASON_NAMES, UNITS

_SAME = frozenset({"that", "same"})
_VAGUE_UNITS = frozenset({"days", "weeks", "months", "years", "decades"})


def deictic(p: Parser, i: int) -> Node | None:
    """`today`, `yesterday morning`, `earlier today`, `this morning`, `last night`, `overnight`."""
    if p.anchor is None:
        return None
    j = p.skip(i, "earlier", "later")
    low = p.low(j)
    if low in DEICTIC_DAYS:
        return Node(cal.day(p.anchor + timedelta(days=DEICTIC_DAYS[low])), p.skip(j + 1, *DAYTIMES), "day")
    if low == "this" and p.low(j + 1) in DAYTIMES:
        return Node(cal.day(p.anchor), j + 2, "day")
    if low == "last" and p.low(j + 1) == "night":
        return Node(cal.day(p.anchor - timedelta(days=1)), j + 2, "day")
    if low == "overnight" and j == i:
        return Node(cal.days(p.anchor - timedelta(days=1), p.anchor), i + 1, "day")
    return day_before(p, i)


def day_before(p: Parser, i: int) -> Node | None:
    """`the day before yesterday`, `the day after tomorrow`, `earlier in the day`."""
    words = [p.low(i + k) for k in range(4)]
    if p.anchor is None:
        return None
    if words == ["the", "day", "before", "yesterday"]:
        return Node(cal.day(p.anchor - timedelta(days=2)), i + 4, "day")
    if words == ["the", "day", "after", "tomorrow"]:
        return Node(cal.day(p.anchor + timedelta(days=2)), i + 4, "day")
    if words[0] in ("earlier", "later") and words[1:] == ["in", "the", "day"]:
        return Node(cal.day(p.anchor), i + 4, "day")
    return None


def pointed(p: Parser, i: int) -> Node | None:
    """`last week`, `this past summer`, `next Thursday`, `last June`, `the following month`, `that year`."""
    j = p.skip(i, "the")
    if p.low(j) == "this":
        j = p.skip(j, "this") if p.low(j + 1) in ("past", "coming") else j
    low = p.low(j)
    step = -1 if low in LAST else 1 if low in NEXT else 0
    if not step and low != "this" and low not in _SAME:
        return None
    origin = p.anchor
    if low in ("following", *_SAME) or (p.low(i) == "the" and low == "next"):
        origin = p.reference
    elif low in ("previous", "preceding"):
        origin = p.reference or p.anchor
    if origin is None or (p.low(i) == "the" and low in ("last", "past") and p.unit_at(j + 1)):
        return None
    j += p.low(j) == "that" and p.low(j + 1) == "same"
    return step_unit(p, j + 1, step, origin) or step_name(p, j + 1, step)


def step_unit(p: Parser, i: int, step: int, origin: date) -> Node | None:
    """The unit of time before, around or after a day."""
    j = p.skip(i, "fiscal", "calendar")
    unit = p.unit_at(j)
    if not unit or p.low(j) != unit or (origin is p.reference and p.grain < cal.grain(unit)):
        return None
    if p.low(j + 1) == "of":  # "the last quarter of 2023"
        return None
    span = whole_unit(origin, unit, step)
    return Node(span, j + 1, "day" if unit == "day" else "other") if span else None


def whole_unit(d: date, unit: str, step: int = 0) -> Interval | None:
    """The calendar unit that holds a day, or one of its neighbours; None for units without one."""
    first = d.year // 10 * 10 + 10 * step
    makers: dict[str, Callable[[], Interval]] = {
        "day": lambda: cal.day(d + timedelta(days=step)),
        "week": lambda: cal.week(d + timedelta(days=7 * step)),
        "weekend": lambda: cal.weekend(d + timedelta(days=7 * step)),
        "month": lambda: cal.month(d.year, d.month + step),
        "quarter": lambda: cal.quarter(d.year, (d.month + 2) // 3 + step),
        "year": lambda: cal.years(d.year + step),
        "decade": lambda: cal.years(first, first + 9),
        "century": lambda: cal.century((d.year - 1) // 100 + 1 + step),
    }
    return makers[unit]() if unit in makers else None


def weekend(p: Parser, i: int) -> Node | None:
    """`over the weekend`, `at the weekend`: the latest one that has begun, or the coming one."""
    spoken = p.low(i - 1) in ("over", "at", "on", "during", "for") or not p.strict
    if (p.low(i), p.low(i + 1)) != ("the", "weekend") or not spoken or p.anchor is None:
        return None
    back = 0 if p.future or p.anchor.weekday() >= 5 else 7
    return Node(cal.weekend(p.anchor - timedelta(days=back)), i + 2, "other")


def step_name(p: Parser, i: int, step: int) -> Node | None:
    """The named weekday, month or season before, around or after the anchor."""
    if p.anchor is None:
        return None
    if (named := weekday_name(p, i)) and not p.raw(named[1] - 1).isdigit():
        d = step_weekday(p.anchor, named[0], step)
        return Node(cal.day(d), p.skip(named[1], *DAYTIMES), "weekday")
    if (named := month_name(p, i)) and p.capital(i):
        y = guess_year(p, named[0], step=step) if step else p.anchor.year
        return Node(cal.month(y, named[0]), named[1], "month") if y else None
    if p.low(i) in SEASON_NAMES:
        return Node(step_season(p.anchor, p.low(i), step), i + 1, "season")
    return None


def step_weekday(d: date, n: int, step: int) -> date:
    """The weekday strictly before or after a day, or (0) the next from that day on."""
    if step < 0:
        return d - timedelta(days=(d.weekday() - n - 1) % 7 + 1)
    if step > 0:
        return d + timedelta(days=(n - d.weekday() - 1) % 7 + 1)
    return d + timedelta(days=(n - d.weekday()) % 7)


def step_season(d: date, name: str, step: int) -> Interval:
    """The season of that name that ended before a day (-1), begins after it (1), or is nearest in its year (0)."""
    if step == 0:
        return cal.season(d.year - (name == "winter" and d.month <= 2), name)
    order = range(d.year, d.year - 3, -1) if step < 0 else range(d.year, d.year + 2)
    for y in order:
        span = cal.season(y, name)
        first, last = cal.bounds(span)
        if (last < d) if step < 0 else (first > d):
            return span
    return cal.season(d.year + step, name)


def season(p: Parser, i: int) -> Node | None:
    """`summer 2022`, `the spring of 2023`, `in the fall`, `winter 2022-23`."""
    j = p.skip(i, "the")
    name = p.low(j)
    if name not in SEASON_NAMES:
        return None
    k = p.skip(j + 1, ",", "of")
    if (y := p.year_at(k)) is not None:
        return Node(cal.season(y, name), k + 1, "season", given=True)
    if name == "winter" and p.raw(k)[:4].isdigit() and len(p.raw(k)) in (7, 9):
        return Node(cal.season(int(p.raw(k)[:4]), name), k + 1, "season", given=True)
    step = {"last": -1, "this": 0, "next": 1}.get(p.low(k))
    if step is not None and p.low(k + 1) == "year" and p.anchor:
        return Node(cal.season(p.anchor.year + step, name), k + 2, "season")
    cued = p.low(i - 1) in ("in", "by", "since", "until", "during", "early", "mid", "late", "-") or not p.strict
    if p.anchor is None or not cued or p.low(j + 1) in ("of", "in", "'", "’") or (p.strict and p.capital(j + 1)):
        return None
    m = cal.SEASONS[name]
    passed = p.anchor.month < m if not p.future else False
    ahead = p.future and (name != "winter" or p.anchor.month > 2) and p.anchor.month > (m + 2 if m < 12 else 12)
    return Node(cal.season(p.anchor.year - passed + ahead, name), j + 1, "season")


def counted(p: Parser, i: int) -> Node | None:
    """`three days ago`, `two weeks later`, `a year earlier`, `ten years from now`, `in two weeks` (of the future)."""
    within = p.low(i) in ("in", "within") and p.future
    quantity = p.quantity_at(i + 1 if within else i)
    if not quantity:
        return None
    least, most, j = quantity
    unit = p.unit_at(j)
    if not unit:
        return None
    low, after = p.low(j + 1), p.low(j + 2)
    if low == "ago":
        origin, sign, j = p.anchor, -1, j + 2
    elif low == "earlier" or (low == "before" and not after.isalnum()):
        origin, sign, j = p.reference or p.anchor, -1, j + 2
    elif low == "later" or (low == "after" and not after.isalnum()):
        origin, sign, j = p.reference, 1, j + 2
    elif low == "from" and after == "now":
        origin, sign, j = p.anchor, 1, j + 3
    elif within:
        origin, sign, j = p.anchor, 1, j + 1
    else:
        return None
    if origin is None or (origin is p.reference and p.grain < cal.grain(unit)):
        return None
    near, far = cal.shift(origin, sign * least, unit), cal.shift(origin, sign * most, unit)
    if within and p.low(i) == "within":
        near = cal.Interval(origin.isoformat()[: len(near.start)], near.end)
    first, last = (far, near) if sign < 0 else (near, far)
    return Node(Interval(first.start, last.end), j, "day" if near == far and unit in ("day", "week") else "other")


def trailing(p: Parser, i: int) -> Node | None:
    """`the past decade`, `the last two years`, `the next six months`, `recent weeks`, `the coming days`."""
    j = p.skip(i, "the")
    low = p.low(j)
    sign = -1 if low in LAST or low == "recent" else 1 if low in NEXT else 0
    if not sign or p.anchor is None:
        return None
    if low in ("recent", "coming") and p.low(j + 1) in _VAGUE_UNITS:
        return Node(vague(p.anchor, UNITS[p.low(j + 1)], sign), j + 2, "other")
    quantity = p.quantity_at(j + 1)
    if not quantity and (low == "past" or (low == "last" and j > i)):
        quantity = (1, 1, j + 1) if p.low(j + 1) == p.unit_at(j + 1) else None
    if not quantity:
        return None
    n, (most, k) = quantity[0], quantity[1:]
    unit = p.unit_at(k)
    if not unit or unit == "weekend" or p.low(k + 1) == "of":
        return None
    far = cal.shift(p.anchor, sign * max(n, most), unit)
    here = p.anchor.isoformat()[: len(far.start)]
    span = Interval(far.start, here) if sign < 0 else Interval(here, far.end)
    return Node(span, k + 1, "other")


def vague(d: date, unit: str, sign: int) -> Interval:
    """Recent or coming days, weeks, months, years: as coarse as such words are."""
    reach = {"day": cal.shift(d, 7 * sign, "day"), "week": cal.shift(d, 3 * sign, "week"),
             "month": cal.shift(d, 6 * sign, "month")}.get(unit) or cal.shift(d, 5 * sign, unit)  # fmt: skip
    size = 7 if unit == "week" else len(reach.start)
    ends = sorted((reach.start[:size], d.isoformat()[:size]))
    return Interval(ends[0], ends[1])


def within_unit(p: Parser, i: int) -> Node | None:
    """`earlier this year`, `later this month`, `earlier in the week`: the part before or after the anchor."""
    low = p.low(i)
    j = i + 1
    if low not in ("earlier", "later") or p.anchor is None:
        return None
    if p.low(j) == "in" and p.low(j + 1) == "the":
        j += 1
    if p.low(j) not in ("this", "the"):
        return None
    unit = p.unit_at(j + 1)
    span = whole_unit(p.anchor, unit) if p.low(j + 1) == unit and unit in ("week", "month", "year", "decade") else None
    if not span:
        return None
    fine = p.anchor.isoformat()[: {"year": 7, "decade": 4}.get(unit, 10)]
    first, last = cal.bounds(span)
    ends = (first.isoformat()[: len(fine)], fine) if low == "earlier" else (fine, last.isoformat()[: len(fine)])
    return Node(Interval(*ends), j + 2, "other")


def modified_word(p: Parser, i: int) -> tuple[str, str, int] | None:
    """Which part, how it is cut (`part` or `edge`), and the index after `early`, `mid-`, `the end of`, `year-end`."""
    j = p.skip(i, "the")
    low = p.low(j)
    if low in MODIFIED and low != "middle":
        return MODIFIED[low], "part", p.skip(j + 1, "-", "\u2010", "\u2011", "in", "on")
    if low in EDGES and p.low(j + 1) == "of":
        return EDGES[low], "edge", j + 2
    return None
