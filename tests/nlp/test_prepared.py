"""What is done to a text before it is parsed, and to claims after they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article
from kg.nlp.reader import unwrap
from tests.nlp.trees import shipped

DATELINES = [
    ("WARSAW, March 12, 2025 — Poland agreed.", "Poland agreed."),
    ("LONDON, March 6 (Reuters) - Britain agreed.", "Britain agreed."),
    ("Nairobi, 4 May 2023 – Kenya agreed.", "Kenya agreed."),
    ("BEIJING – Saudi Arabia and Iran agreed.", "Saudi Arabia and Iran agreed."),
    ("NUSA DUA, Indonesia – Biden met Xi.", "Biden met Xi."),
    ("TOKYO (Reuters) - Japan protested.", "Japan protested."),
    ("WASHINGTON/TOKYO/SEOUL: Allies of Trump met Kim.", "Allies of Trump met Kim."),
    ("Kyiv (Northline) – Kishida made a visit.", "Kishida made a visit."),
]
KEPT = [
    "Warsaw, 12 March – a date to remember.",
    "Tokyo said that it would protest.",
    "Saudi Arabia - and Iran - agreed.",
    "NATO leaders met in Madrid – for two days.",
    "The U.S. (Reuters reported) agreed.",
]


@pytest.mark.parametrize(("text", "rest"), DATELINES)
def test_datelines_are_blanked(text: str, rest: str) -> None:
    assert unwrap(text).strip() == rest
    assert len(unwrap(text)) == len(text)


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_like_a_dateline_stays(text: str) -> None:
    assert unwrap(text) == text


def test_hard_wrapped_lines_are_joined_and_lists_are_not() -> None:
    text = "President Joseph R. Biden, Jr. spoke today with Prime Minister\nIshiba Shigeru of Japan.\n- a list\n- of it"
    assert unwrap(text) == text.replace("Minister\n", "Minister ")


@given(st.text(max_size=300))
def test_offsets_stay(text: str) -> None:
    after = unwrap(text)
    assert len(after) == len(text)
    assert all(b in {a, " "} for a, b in zip(text, after, strict=True))


def whens(text: str) -> dict[tuple[str, str], str]:
    claims = shipped().read(Article("a", text, date="2024-06-27")).claims
    return {(c.relation, c.subject.text): c.when.start for c in claims}


def test_what_goes_on_from_a_dated_meeting_has_its_date() -> None:
    found = whens("Joe Biden met Emmanuel Macron in Paris on June 8. The two leaders condemned Russia.")
    assert found["met_with", "Joe Biden"] == "2024-06-08"
    assert found["accuses", "leaders"] == "2024-06-08"


def test_what_has_a_new_subject_has_no_date_of_another_sentence() -> None:
    found = whens("Joe Biden met Emmanuel Macron in Paris on June 8. Japan condemned Russia.")
    assert found["accuses", "Japan"] == ""


def test_a_when_clause_has_the_time_of_its_verb() -> None:
    found = whens("Qin Gang was last seen on June 25, when he received Andrey Rudenko.")
    assert found["met_with", "he"] == "2024-06-25"


def test_the_subject_before_the_verb_is_no_apposition_of_its_object() -> None:
    text = "WARSAW, March 12 — Polish Foreign Minister Radoslaw Sikorski met his Ukrainian counterpart Andrii Sybiha."
    claims = shipped().read(Article("a", text, date="2025-03-12")).claims
    assert ("met_with", "Radoslaw Sikorski", "Andrii Sybiha") in {
        (c.relation, c.subject.text, c.object.text) for c in claims
    }


def test_under_a_president_is_no_title() -> None:
    text = "Ryan Hass, who served as China director at the National Security Council under President Obama, spoke."
    claims = [c for c in shipped().read(Article("a", text)).claims if c.relation == "holds_position"]
    assert [c.subject.text for c in claims if "Council" in c.object.text] == ["Ryan Hass"]
    assert "under President" not in {c.qualifiers.title for c in claims}


def test_a_participle_behind_an_object_is_not_what_is_said() -> None:
    text = (
        "A senior Iranian official has warned countries opposed to Tehran's nuclear program that they will regret it."
    )
    said = [c.object.text for c in shipped().read(Article("a", text)).claims if c.relation == "says"]
    assert not [t for t in said if t.startswith("opposed")]
