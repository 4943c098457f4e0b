"""Dates of publication, as they are written, to ISO 8601 days; impossible and ambiguous ones are no dates."""

import re
from datetime import UTC, date, datetime, timedelta

FIRST_YEAR = 1600
"""Older than the oldest newspaper: an earlier year is a slip."""

FUTURE = timedelta(days=366)
"""How far ahead a date may lie: an issue may be dated ahead, but not by more than a year."""

_NAMES = "january february march april may june july august september october november december"
_MONTHS = {name[:length]: number for number, name in enumerate(_NAMES.split(), 1) for length in (3, len(name))} | {
    "sept": 9
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})"

# Most explicit first. All may stand inside a longer string, but not inside a longer number or word.
_FORMS = tuple(
    re.compile(rf"(?<![\w.-]){form}(?![\d])", re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<month>[01]?\d)-(?P<day>[0-3]?\d)",
        rf"{_YEAR}[/.](?P<month>[01]?\d)[/.](?P<day>[0-3]?\d)",
        rf"{_YEAR}年\s?(?P<month>[01]?\d)月\s?(?P<day>[0-3]?\d)",
        rf"{_MONTH}\s{{0,3}}{_DAY}\s?,?\s{{1,3}}{_YEAR}",
        rf"{_DAY}(?:\s+of)?[\s-]{{1,3}}{_MONTH},?[\s-]{{1,3}}{_YEAR}",
        rf"{_YEAR}[\s,-]{{1,3}}{_MONTH}[\s-]{{1,3}}{_DAY}",
    )
)
_COMPACT = re.compile(r"(?P<year>[12]\d{3})(?P<month>[01]\d)(?P<day>[0-3]\d)(?:T?\d{4,6}Z?)?")
_SLASHED = re.compile(r"(?<![\w./-])(\d{1,2})[/.](\d{1,2})[/.]([12]\d{3})(?![\w/-])")
_EPOCH = re.compile(r"\d{9,10}|\d{12,13}")


def parse_date(raw: object) -> str:
    """ISO day of a date as metadata give it.

    Args:
        raw: text in ISO, RFC 822, English long or short form, `2024/06/27`, `20240627`; seconds or milliseconds since
            1970; a date. Anything else has no date.

    Returns:
        `YYYY-MM-DD`, or "" when there is no full, possible and unambiguous date.
    """
    if isinstance(raw, date):
        return _checked(raw.year, raw.month, raw.day)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _of_epoch(float(raw))
    text = raw.strip()[:200] if isinstance(raw, str) else ""
    if found := _COMPACT.fullmatch(text):
        return _checked(int(found["year"]), int(found["month"]), int(found["day"]))
    if _EPOCH.fullmatch(text):
        return _of_epoch(float(text))
    return next(iter(find_dates(text)), "")


def find_dates(text: str) -> list[str]:
    """ISO days of all full dates that a short text names, in text order."""
    found: dict[int, str] = {}
    for form in _FORMS:
        for match in form.finditer(text):
            month = _MONTHS.get(match["month"].lower()) or int(match["month"])
            if day := _checked(int(match["year"]), month, int(match["day"])):
                found.setdefault(match.end(), day)
    for match in _SLASHED.finditer(text):
        if day := _of_slashed(int(match[1]), int(match[2]), int(match[3])):
            found.setdefault(match.end(), day)
    return [found[end] for end in sorted(found)]


def _of_slashed(first: int, second: int, year: int) -> str:
    """`27/06/2024` and `06/27/2024` have one reading; `06/07/2024` has two, so none."""
    if first > 12:
        return _checked(year, second, first)
    if second > 12 or first == second:
        return _checked(year, first, second)
    return ""


def _of_epoch(seconds: float) -> str:
    if seconds > 1e11:
        seconds /= 1000
    if not 0 < seconds < 1e11:
        return ""
    day = datetime.fromtimestamp(seconds, UTC)
    return _checked(day.year, day.month, day.day)


def _checked(year: int, month: int, day: int) -> str:
    try:
        value = date(year, month, day)
    except ValueError:
        return ""
    if value.year < FIRST_YEAR or value > datetime.now(UTC).date() + FUTURE:
        return ""
    return value.isoformat()
