"""Time expressions of news English, against an anchor date."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import When
from kg.nlp.dates import TimeMatch, find_times, normalise

ANCHOR = "2024-06-28"  # a Friday

PAST = [
    ("today", "2024-06-28", "2024-06-28"),
    ("yesterday", "2024-06-27", "2024-06-27"),
    ("tomorrow", "2024-06-29", "2024-06-29"),
    ("tonight", "2024-06-28", "2024-06-28"),
    ("yesterday morning", "2024-06-27", "2024-06-27"),
    ("earlier today", "2024-06-28", "2024-06-28"),
    ("this morning", "2024-06-28", "2024-06-28"),
    ("last night", "2024-06-27", "2024-06-27"),
    ("overnight", "2024-06-27", "2024-06-28"),
    ("the day before yesterday", "2024-06-26", "2024-06-26"),
    ("the day after tomorrow", "2024-06-30", "2024-06-30"),
    ("Thursday", "2024-06-27", "2024-06-27"),
    ("on Tuesday", "2024-06-25", "2024-06-25"),
    ("Friday", "2024-06-28", "2024-06-28"),
    ("Saturday", "2024-06-22", "2024-06-22"),
    ("on Monday morning", "2024-06-24", "2024-06-24"),
    ("late Tuesday", "2024-06-25", "2024-06-25"),
    ("last Friday", "2024-06-21", "2024-06-21"),
    ("last Thursday", "2024-06-27", "2024-06-27"),
    ("next Thursday", "2024-07-04", "2024-07-04"),
    ("next Friday", "2024-07-05", "2024-07-05"),
    ("this coming Monday", "2024-07-01", "2024-07-01"),
    ("Thursday of last week", "2024-06-20", "2024-06-20"),
    ("Monday next week", "2024-07-01", "2024-07-01"),
    ("from Thursday to Saturday", "2024-06-27", "2024-06-29"),
    ("between Monday and Wednesday", "2024-06-24", "2024-06-26"),
    ("Thursday, June 27", "2024-06-27", "2024-06-27"),
    ("Monday, July 1", "2024-07-01", "2024-07-01"),
    ("this week", "2024-06-24", "2024-06-30"),
    ("last week", "2024-06-17", "2024-06-23"),
    ("next week", "2024-07-01", "2024-07-07"),
    ("the week of June 10", "2024-06-10", "2024-06-16"),
    ("last weekend", "2024-06-22", "2024-06-23"),
    ("over the weekend", "2024-06-22", "2024-06-23"),
    ("this month", "2024-06", "2024-06"),
    ("last month", "2024-05", "2024-05"),
    ("next month", "2024-07", "2024-07"),
    ("the previous month", "2024-05", "2024-05"),
    ("last quarter", "2024-01", "2024-03"),
    ("this year", "2024", "2024"),
    ("last year", "2023", "2023"),
    ("next year", "2025", "2025"),
    ("last decade", "2010", "2019"),
    ("last century", "1901", "2000"),
    ("last summer", "2023-06", "2023-08"),
    ("this summer", "2024-06", "2024-08"),
    ("this past winter", "2023-12", "2024-02"),
    ("next spring", "2025-03", "2025-05"),
    ("in the fall", "2023-09", "2023-11"),
    ("in spring", "2024-03", "2024-05"),
    ("earlier this year", "2024-01", "2024-06"),
    ("earlier this month", "2024-06-01", "2024-06-28"),
    ("earlier this week", "2024-06-24", "2024-06-28"),
    ("later this year", "2024-06", "2024-12"),
    ("later this month", "2024-06-28", "2024-06-30"),
    ("earlier in the week", "2024-06-24", "2024-06-28"),
    ("late last year", "2023-09", "2023-12"),
    ("early next year", "2025-01", "2025-04"),
    ("since late last year", "2023-09", ""),
    ("the end of the year", "2024-12", "2024-12"),
    ("by the end of the year", "", "2024-12"),
    ("by the end of the decade", "", "2029"),
    ("year-end", "2024-12", "2024-12"),
    ("in June", "2024-06", "2024-06"),
    ("in July", "2023-07", "2023-07"),
    ("in May", "2024-05", "2024-05"),
    ("last April", "2024-04", "2024-04"),
    ("last June", "2023-06", "2023-06"),
    ("next June", "2025-06", "2025-06"),
    ("late June", "2024-06-21", "2024-06-30"),
    ("mid-June", "2024-06-11", "2024-06-20"),
    ("early March", "2024-03-01", "2024-03-10"),
    ("the first week of June", "2024-06-01", "2024-06-07"),
    ("June 27", "2024-06-27", "2024-06-27"),
    ("June 27th", "2024-06-27", "2024-06-27"),
    ("27 June", "2024-06-27", "2024-06-27"),
    ("the 27th of June", "2024-06-27", "2024-06-27"),
    ("June 30", "2023-06-30", "2023-06-30"),
    ("Feb. 29", "2024-02-29", "2024-02-29"),
    ("June 27 of last year", "2023-06-27", "2023-06-27"),
    ("June last year", "2023-06", "2023-06"),
    ("November 3 through 5", "2023-11-03", "2023-11-05"),
    ("November 5 and 6", "2023-11-05", "2023-11-06"),
    ("June 27 to July 2", "2024-06-27", "2024-07-02"),
    ("from November to March", "2023-11", "2024-03"),
    ("three days ago", "2024-06-25", "2024-06-25"),
    ("three days earlier", "2024-06-25", "2024-06-25"),
    ("three days later", "2024-07-01", "2024-07-01"),
    ("two weeks ago", "2024-06-14", "2024-06-14"),
    ("a couple of weeks ago", "2024-06-14", "2024-06-14"),
    ("a few days ago", "2024-06-23", "2024-06-26"),
    ("48 hours ago", "2024-06-26", "2024-06-26"),
    ("six months ago", "2023-12", "2023-12"),
    ("twenty years ago", "2004", "2004"),
    ("three decades ago", "1994", "1994"),
    ("several years ago", "2015", "2021"),
    ("ten years from now", "2034", "2034"),
    ("over the past decade", "2014", "2024"),
    ("the last two years", "2022", "2024"),
    ("in the past six months", "2023-12", "2024-06"),
    ("the past week", "2024-06-21", "2024-06-28"),
    ("the next six months", "2024-06", "2024-12"),
    ("in recent weeks", "2024-06", "2024-06"),
    ("in recent years", "2019", "2024"),
    ("in the coming months", "2024-06", "2024-12"),
    ("the first half of this year", "2024-01", "2024-06"),
    ("the third quarter", "2023-07", "2023-09"),
    ("as early as this month", "2024-06", ""),
    ("no later than June 30", "", "2024-06-30"),
    ("until Friday", "", "2024-06-28"),
    ("as of Friday", "2024-06-28", ""),
    ("from June onward", "2024-06", ""),
]

ABSOLUTE = [
    ("June 27, 2024", "2024-06-27", "2024-06-27"),
    ("27 June 2024", "2024-06-27", "2024-06-27"),
    ("September 8, 1954", "1954-09-08", "1954-09-08"),
    ("Sept. 8, 1954", "1954-09-08", "1954-09-08"),
    ("2024-06-27", "2024-06-27", "2024-06-27"),
    ("2024-06-27T10:00:00Z", "2024-06-27", "2024-06-27"),
    ("2024-06", "2024-06", "2024-06"),
    ("27/06/2024", "2024-06-27", "2024-06-27"),
    ("06/27/2024", "2024-06-27", "2024-06-27"),
    ("27.06.2024", "2024-06-27", "2024-06-27"),
    ("06/07/2024", "2024", "2024"),
    ("Feb. 29, 2024", "2024-02-29", "2024-02-29"),
    ("Sunday, 30 June 2024", "2024-06-30", "2024-06-30"),
    ("Thu, 27 Jun 2024", "2024-06-27", "2024-06-27"),
    ("June 28-29, 2019", "2019-06-28", "2019-06-29"),
    ("28–29 June 2019", "2019-06-28", "2019-06-29"),
    ("28 to 29 June 2019", "2019-06-28", "2019-06-29"),
    ("from June 28 to July 2, 2019", "2019-06-28", "2019-07-02"),
    ("in June 2024", "2024-06", "2024-06"),
    ("September of 1954", "1954-09", "1954-09"),
    ("between March and June 2023", "2023-03", "2023-06"),
    ("from November 2022 to March 2023", "2022-11", "2023-03"),
    ("between November and March 2023", "2022-11", "2023-03"),
    ("in June and July 2023", "2023-06", "2023-07"),
    ("in 2025", "2025", "2025"),
    ("the 2015", "2015", "2015"),
    ("since 2014", "2014", ""),
    ("ever since 1999", "1999", ""),
    ("by 2030", "", "2030"),
    ("until 2021", "", "2021"),
    ("up to 2027", "", "2027"),
    ("before 2014", "", "2014"),
    ("after 2014", "2014", ""),
    ("between 2014 and 2016", "2014", "2016"),
    ("from 1949 to 1954", "1949", "1954"),
    ("1949-54", "1949", "1954"),
    ("2014–2016", "2014", "2016"),
    ("2023/24", "2023", "2024"),
    ("mid-2023", "2023-05", "2023-08"),
    ("early 2024", "2024-01", "2024-04"),
    ("late 2021", "2021-09", "2021-12"),
    ("by mid-2025", "", "2025-08"),
    ("from late 2021 until early 2023", "2021-09", "2023-04"),
    ("by the end of 2025", "", "2025-12"),
    ("the third quarter of 2023", "2023-07", "2023-09"),
    ("Q3 2023", "2023-07", "2023-09"),
    ("the second half of 2023", "2023-07", "2023-12"),
    ("the last quarter of 2023", "2023-10", "2023-12"),
    ("the last three months of 2023", "2023-10", "2023-12"),
    ("in the 1990s", "1990", "1999"),
    ("the 1990's", "1990", "1999"),
    ("the early 1970s", "1970", "1973"),
    ("by the late 1980s", "", "1989"),
    ("the nineties", "1990", "1999"),
    ("the 19th century", "1801", "1900"),
    ("the twenty-first century", "2001", "2100"),
    ("spring 2022", "2022-03", "2022-05"),
    ("winter 2022-23", "2022-12", "2023-02"),
    ("fiscal 2025", "2025", "2025"),
    ("fiscal year 2025", "2025", "2025"),
    ("FY2025", "2025", "2025"),
    ("the summer of 2022", "2022-06", "2022-08"),
]

FUTURE = [
    ("on Thursday", "2024-07-04"),
    ("Friday", "2024-06-28"),
    ("in July", "2024-07"),
    ("in June", "2024-06"),
    ("in May", "2025-05"),
    ("June 30", "2024-06-30"),
    ("June 27", "2025-06-27"),
    ("Feb. 29", "2028-02-29"),
    ("in the fall", "2024-09"),
    ("in two weeks", "2024-07-12"),
    ("within 48 hours", "2024-06-28"),
    ("over the weekend", "2024-06-29"),
    ("November 3 through 5", "2024-11-03"),
    ("the third quarter", "2024-07"),
]

NOTHING = [
    "", " ", "Mr. May", "1,000", "G20", "F-16", "two years", "two-year", "$2024", "Resolution 2231",
    "February 30, 2024", "99999 years ago", "9999 years ago", "13/13/2024", "2024%", "the summit", "decades",
    "the fall of Kabul",     "the 35th of June",
    "June 2024 summit", "the 32nd century", "0000-00-00", "May 40", "\u0662\u0660\u0662\u0664", "march on Moscow",
]  # fmt: skip


@pytest.mark.parametrize(("words", "start", "end"), PAST + ABSOLUTE)
def test_normalise(words: str, start: str, end: str) -> None:
    assert normalise(words, ANCHOR) == When(start, end, words)


@pytest.mark.parametrize(("words", "start", "end"), ABSOLUTE)
def test_normalise_needs_no_anchor_for_absolute_expressions(words: str, start: str, end: str) -> None:
    assert normalise(words, "") == When(start, end, words)


@pytest.mark.parametrize("words", [words for words, _, _ in PAST])
def test_normalise_without_anchor_gives_nothing_for_relative_expressions(words: str) -> None:
    assert normalise(words, "") is None


@pytest.mark.parametrize(("words", "start"), FUTURE)
def test_normalise_future(words: str, start: str) -> None:
    when = normalise(words, ANCHOR, future=True)
    assert when is not None
    assert when.start == start


@pytest.mark.parametrize("words", NOTHING)
def test_normalise_refuses(words: str) -> None:
    assert normalise(words, ANCHOR) is None


def test_table_is_complete() -> None:
    assert len(PAST) + len(ABSOLUTE) + len(FUTURE) + len(NOTHING) >= 200


def test_anchor_of_another_form_is_no_anchor() -> None:
    assert normalise("yesterday", "June 2024") is None
    assert normalise("yesterday", "2024-06-28T23:10:00Z") == When("2024-06-27", "2024-06-27", "yesterday")


PROSE = [
    ("In September of 1954, the United States signed.", [("In September of 1954", "1954-09", "time")]),
    ("Iran left the 2015 nuclear deal.", [("2015", "2015", "modifier")]),
    ("a landmark 2015 deal between them", [("2015", "2015", "modifier")]),
    ("Thursday's talks ended.", [("Thursday", "2024-06-27", "modifier")]),
    ("They spoke at yesterday's meeting.", [("yesterday", "2024-06-27", "modifier")]),
    ("on the sidelines of the July summit", [("July", "2023-07", "modifier")]),
    ("in the 2024 race for Agenda 2030", [("2024", "2024", "modifier"), ("2030", "2030", "modifier")]),
    ("Theresa May said Mr. May may visit.", []),
    ("Theresa May may visit in May.", [("in May", "2024-05", "time")]),
    ("They march on Moscow; a March on Rome.", []),
    ("Judge April Smith met April Glaspie.", []),
    ("the fall of Kabul, a spring in his step", []),
    ("the G20 sent 1,000 or 2000 troops, $2024 and 1950 people under Resolution 2231", []),
    ("Sunday Times, Good Friday Agreement, the Sun", []),
    ("Taiwan's 2,300 firms; room 2014; No. 1999; version 2.2024", []),
    ("Two days later he left.", []),
    ("On June 20 he left. Two days later he came.",
     [("On June 20", "2024-06-20", "time"), ("Two days later", "2024-06-22", "time")]),
    ("In 1954 it began. Two years later it ended; three days later",
     [("In 1954", "1954", "time"), ("Two years later", "1956", "time")]),
    ("He came on May 2, 2022 and left the following month.",
     [("on May 2, 2022", "2022-05-02", "time"), ("the following month", "2022-06", "time")]),
    ("Japan will host it on Thursday, Kishida said on Tuesday.",
     [("on Thursday", "2024-07-04", "time"), ("on Tuesday", "2024-06-25", "time")]),
    ("On February 12, we will join a session.", [("On February 12", "2025-02-12", "time")]),
    ("On Thursday, Biden asked if they will join.", [("On Thursday", "2024-06-27", "time")]),
    ("On February 12, he said Japan will join.", [("On February 12", "2024-02-12", "time")]),
    ("They will meet. He left on Thursday.", [("on Thursday", "2024-06-27", "time")]),
    ("elections set for July 25", [("for July 25", "2024-07-25", "time")]),
    ("The summit ending Monday will focus on aid.", [("Monday", "2024-07-01", "time")]),
    ("if he wins in November", [("in November", "2024-11", "time")]),
    ("the September 11 attacks and the October 7th attack",
     [("September 11", "2001-09-11", "modifier"),
      ("October 7th", "2023-10-07", "modifier")]),
    ("met in\n\nJune saw", [("June", "2024-06", "time")]),
    ("They met in June\n2023.", [("in June\n2023", "2023-06", "time")]),
    ("the treaty (2014-2020) and COP28", [("2014-2020", "2014", "time")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_find_times(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(m.when.text, m.when.start, m.kind) for m in find_times(text, ANCHOR)] == expected


def test_find_times_future_can_be_fixed() -> None:
    text = "They will meet on Thursday."
    starts = [find_times(text, ANCHOR, future=f)[0].when.start for f in (None, True, False)]
    assert starts == ["2024-07-04", "2024-07-04", "2024-06-27"]


def test_find_times_without_anchor_keeps_absolute_dates() -> None:
    text = "On Thursday, June 27, 2024 and again on Friday, as in May and in 1998."
    assert [m.when.start for m in find_times(text, "")] == ["2024-06-27", "1998"]


WORDS = st.sampled_from(
    re.split(
        " ",
        "in on the of by since until between and from to last next this early mid - – , . 's ’ two a few several "
        "27 27th 2024 2024-06-27 1990s Q3 FY2025 May March June Thursday week weeks month year decade century quarter "
        "first ago later earlier summer fall end weekend past recent 9999 00 0000 will 31 February "
        "\n\n half days $ 5-7 2014-16",
    )
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(WORDS, max_size=24).map(" ".join), st.lists(WORDS, max_size=12).map("".join)
)
ANCHORS = st.one_of(st.just(""), st.dates().map(str), st.text(max_size=12))
ISO = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?\Z")


@settings(max_examples=400, deadline=None)
@given(TEXTS, ANCHORS, st.sampled_from([None, True, False]))
def test_matches_are_slices_in_order_with_iso_ends(text: str, anchor: str, future: bool | None) -> None:
    matches = find_times(text, anchor, future=future)
    at = 0
    for m in matches:
        assert isinstance(m, TimeMatch)
        assert at <= m.start < m.end <= len(text)
        assert text[m.start : m.end] == m.when.text
        assert ISO.match(m.when.start)
        assert ISO.match(m.when.end)
        assert m.when.start or m.when.end
        shorter = min(len(m.when.start), len(m.when.end))
        assert m.when.start[:shorter] <= m.when.end[:shorter]
        at = m.end


@settings(max_examples=200, deadline=None)
@given(TEXTS, ANCHORS)
def test_normalise_never_fails_and_agrees_with_itself(text: str, anchor: str) -> None:
    when = normalise(text, anchor)
    assert when == normalise(f" {text}\n", anchor)
    assert when is None or when.text == text.strip()


@pytest.mark.parametrize(
    "unit", ["in ", "June ", "the ", "2024 ", "between ", "last ", "-", "1,", "\n ", "Thursday, ", "until "]
)
def test_work_grows_linearly_with_hostile_text(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import kg.nlp.dates as dates

    calls = 0
    read = dates._read

    def counted(*args: object) -> object:
        nonlocal calls
        calls += 1
        return read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(dates, "_read", counted)
    find_times(unit * 2000, ANCHOR)
    assert calls <= 9 * 2000 + 9


def test_nested_prefixes_do_not_recurse_without_bound() -> None:
    for unit in ("early the end of ", "the first week of ", "since early ", "from between "):
        assert find_times(unit * 3000 + "2024", ANCHOR)[-1].when.text.endswith("2024")
