"""Calendar arithmetic on closed intervals; ends are ISO 8601 of any precision (`2024`, `2024-06`, `2024-06-27`)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of the meteorological seasons of the northern hemisphere, as English-language news uses them."""

PARTS = ("early", "mid", "late")


@dataclass(frozen=True, slots=True)
class Interval:
    """Closed interval; an end that is "" is open."""

    start: str
    end: str


def day(d: date) -> Interval:
    """One day."""
    return Interval(d.isoformat(), d.isoformat())


def days(first: date, last: date) -> Interval:
    """From one day to another."""
    return Interval(first.isoformat(), last.isoformat())


def month(y: int, m: int) -> Interval:
    """One month; a month number outside 1 to 12 runs into the neighbouring years."""
    text = iso_month(y, m)
    return Interval(text, text)


def months(y: int, first: int, last: int) -> Interval:
    """From one month of year `y` to another; both may run into other years."""
    return Interval(iso_month(y, first), iso_month(y, last))


def years(first: int, last: int | None = None) -> Interval:
    """One year, or from one to another."""
    return Interval(iso_year(first), iso_year(first if last is None else last))


def iso_year(y: int) -> str:
    """Four digits.

    Raises:
        OverflowError: not a year of the calendar.
    """
    if not date.min.year <= y <= date.max.year:
        raise OverflowError(f"year {y}")
    return f"{y:04d}"


def iso_month(y: int, m: int) -> str:
    """`2024-06`; months outside 1 to 12 run into other years."""
    shifted = y * 12 + m - 1
    return f"{iso_year(shifted // 12)}-{shifted % 12 + 1:02d}"


def week(d: date) -> Interval:
    """Monday to Sunday around a day."""
    monday = d - timedelta(days=d.weekday())
    return days(monday, monday + timedelta(days=6))


def weekend(d: date) -> Interval:
    """Saturday and Sunday of the week around a day."""
    monday = d - timedelta(days=d.weekday())
    return days(monday + timedelta(days=5), monday + timedelta(days=6))


def quarter(y: int, n: int) -> Interval:
    """Quarter `n`, 1 to 4, of the calendar year; others run into other years."""
    return months(y, 3 * n - 2, 3 * n)


def half(y: int, n: int) -> Interval:
    """First or second half of a year."""
    return months(y, 6 * n - 5, 6 * n)


def season(y: int, name: str) -> Interval:
    """The season that begins in year `y`."""
    first = SEASONS[name]
    return months(y, first, first + 2)


def century(n: int) -> Interval:
    """The `n`-th century: the 20th is 1901 to 2000."""
    return years(100 * n - 99, 100 * n)


def last_day(y: int, m: int) -> date:
    """Last day of a month."""
    return date(y, m, monthrange(y, m)[1])


def part(span: Interval, which: str) -> Interval:
    """The early, middle or late part of a year, month, decade, century, season or week; others stay whole."""
    third = PARTS.index(which)
    start, end = span.start, span.end
    if len(start) == len(end) == 4:
        y, width = int(start), int(end) - int(start) + 1
        if width == 1:
            return months(y, 4 * third + 1, 4 * third + 4)
        cuts = {10: ((0, 3), (4, 6), (7, 9)), 100: ((0, 32), (33, 65), (66, 99))}.get(width)
        return years(y + cuts[third][0], y + cuts[third][1]) if cuts else span
    if len(start) == len(end) == 7:
        y, m = int(start[:4]), int(start[5:])
        if start == end:
            ends = (10, 20, last_day(y, m).day)
            return days(date(y, m, (1, 11, 21)[third]), date(y, m, ends[third]))
        return month(y, m + third) if iso_month(y, m + 2) == end else span
    if len(start) == len(end) == 10 and week(date.fromisoformat(start)) == span:
        monday = date.fromisoformat(start)
        first, last = ((0, 1), (2, 2), (3, 4))[third]
        return days(monday + timedelta(days=first), monday + timedelta(days=last))
    return span


def edge(span: Interval, which: str) -> Interval:
    """The beginning or end of a span: first or last month of a year, year of a decade, third of anything else."""
    if len(span.start) == len(span.end) == 4:
        y = int(span.start if which == "early" else span.end)
        if span.start == span.end:
            return month(y, 1 if which == "early" else 12)
        return years(y)
    return part(span, which)


def bounds(span: Interval) -> tuple[date, date]:
    """First and last day of a closed interval.

    Raises:
        ValueError: an end is open.
    """
    first = date.fromisoformat(f"{span.start}-01-01"[:10])
    if len(span.end) == 10:
        return first, date.fromisoformat(span.end)
    if len(span.end) == 7:
        return first, last_day(int(span.end[:4]), int(span.end[5:]))
    return first, date(int(span.end), 12, 31)


def shift(d: date, n: int, unit: str) -> Interval:
    """The day, month or year `n` units after a day (before it when negative), as precise as the unit.

    Args:
        d: where to count from.
        n: how many.
        unit: `hour` `day` `week` `month` `quarter` `year` `decade` `century`.
    """
    if unit in ("minute", "hour"):
        return day(d + timedelta(days=int(n / 24) if unit == "hour" else 0))
    if unit in ("day", "week", "weekend", "fortnight"):
        factor = {"day": 1, "fortnight": 14}.get(unit, 7)
        return day(d + timedelta(days=factor * n))
    if unit in ("month", "quarter"):
        return month(d.year, d.month + n * (3 if unit == "quarter" else 1))
    return years(d.year + n * {"decade": 10, "century": 100}.get(unit, 1))


def grain(unit: str) -> int:
    """Length of the ISO text that `shift` gives for a unit: 10, 7 or 4."""
    if unit in ("month", "quarter"):
        return 7
    return 10 if unit in ("minute", "hour", "day", "week", "weekend", "fortnight") else 4
