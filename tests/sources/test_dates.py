from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.dates import find_dates, parse_date

DAY = "2024-06-27"


@pytest.mark.parametrize(
    "raw",
    [
        "2024-06-27",
        "2024-06-27T23:59:59-05:00",
        "2024-06-27 14:42:41-04:00",
        "2024-6-27",
        "20240627",
        "20240627T101500Z",
        "2024/06/27",
        "2024.06.27",
        "June 27, 2024",
        "june 27 2024",
        "Jun. 27, 2024",
        "27 June 2024",
        "27 June, 2024, 09:30 am",
        "27th of June 2024",
        "June 27th, 2024",
        "Thu, 27 Jun 2024 23:10:00 -0500",
        "Thursday, June 27, 2024",
        "27-Jun-2024",
        "2024, June 27",
        "27/06/2024",
        "06/27/2024",
        "27.06.2024",
        "2024年6月27日",
        "Published: June 27, 2024",
        1719446400,
        1719446400000,
        "1719446400",
        date(2024, 6, 27),
        datetime(2024, 6, 27, 23, 0, tzinfo=UTC),
    ],
)
def test_forms(raw: object) -> None:
    assert parse_date(raw) == DAY


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "2024",
        "June 2024",
        "2024-06",
        "2024-02-30",
        "February 29, 2023",
        "31 June 2024",
        "06/07/2024",
        "1066-10-14",
        "2024-13-01",
        "(c) 2024",
        "May 2024 be good",
        "12024-06-27",
        "2024-06-270",
        "tomorrow",
        None,
        True,
        [],
        {},
        float("nan"),
        float("inf"),
        -5,
        10**40,
        "0000-00-00",
        "June 00, 2024",
        "the 2015 deal of 3 May",
    ],
)
def test_no_dates(raw: object) -> None:
    assert parse_date(raw) == ""


def test_the_far_future_is_a_slip() -> None:
    today = datetime.now(UTC).date()
    assert parse_date((today + timedelta(days=300)).isoformat())
    assert parse_date((today + timedelta(days=800)).isoformat()) == ""


def test_dates_are_found_in_text_order() -> None:
    assert find_dates("Updated 3 July 2024; published 2024-06-27, on 06/28/2024") == ["2024-07-03", DAY, "2024-06-28"]


@given(st.dates(date(1700, 1, 1), date(2025, 12, 31)))
def test_every_day_in_every_long_form(day: date) -> None:
    month = f"{day:%B}"
    for form in (
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{month[:3]} {day.day:02} {day.year}",
    ):
        assert parse_date(form) == day.isoformat()


@given(st.text() | st.floats() | st.integers())
def test_nothing_raises(raw: object) -> None:
    found = parse_date(raw)
    assert found == "" or date.fromisoformat(found)
