"""ISO dates of any precision as calendar days: first and last day of what they mean."""

import re
from calendar import monthrange
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?\Z", re.ASCII)


def first_day(iso: str) -> date | None:
    """First day of a year, month or day (`2024-06` gives 1 June 2024); None when it is no date."""
    days = _days(iso)
    return days[0] if days else None


def last_day(iso: str) -> date | None:
    """Last day of a year, month or day (`2024-06` gives 30 June 2024); None when it is no date."""
    days = _days(iso)
    return days[1] if days else None


def _days(iso: str) -> tuple[date, date] | None:
    match = _ISO.match(iso)
    if match is None:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    try:
        if day:
            exact = date(year, int(month), int(day))
            return exact, exact
        if month:
            return date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:  # the 31st of June, month 13, year 0
        return None
