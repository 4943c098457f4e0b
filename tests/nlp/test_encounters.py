"""Meetings, visits and summits: what sentences say of who met whom, who went where, and when (`encounters.txt`)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model import Argument, Article, Claim
from tests.nlp.trees import shipped

_DATE = "2024-06-27"
"""A Thursday."""


def _cases() -> Iterator[tuple[str, str, str]]:
    """(mark, sentence, what is below it), one for each line below a sentence."""
    mark = text = ""
    for line in (Path(__file__).parent / "encounters.txt").read_text(encoding="utf-8").splitlines():
        if line[:2] in {"+ ", "- "}:
            mark, text = line[0], line[2:]
        elif line.startswith("  "):
            yield mark, text, line.strip()


CASES = list(_cases())


def _shown(text: str) -> list[str]:
    reading = shipped().read(Article("a", text, date=_DATE))
    names = {e.id: e.name for e in reading.entities}

    def show(claim: Claim) -> str:
        obj = names[claim.object.entity] if isinstance(claim.object, Argument) else claim.object.text
        mood = "negated" if claim.negated else claim.mood
        return f"{claim.relation} {names[claim.subject.entity]} | {obj} | {mood} {claim.when.start}".strip()

    return [show(c) for c in reading.claims]


def test_number_of_cases() -> None:
    assert len(CASES) >= 25
    assert {mark for mark, _, _ in CASES} == {"+", "-"}


@pytest.mark.parametrize(("mark", "text", "below"), CASES)
def test_sentence(mark: str, text: str, below: str) -> None:
    shown = _shown(text)
    if mark == "+":
        assert any(line.startswith(below) for line in shown), shown
    else:
        assert not any(below in line for line in shown), shown


def test_a_meeting_with_a_third_is_one_event() -> None:
    """Who attended a meeting told of before joins its participants."""
    shown = _shown("Joe Biden met Yoon Suk Yeol in Seoul. Fumio Kishida attended the meeting.")
    event = "Seoul meeting of Biden and Yeol"
    joined = {line for line in shown if line.startswith("participated_in")}
    everybody = ("Joe Biden", "Yoon Suk Yeol", "Fumio Kishida")
    assert joined == {f"participated_in {who} | {event} | actual" for who in everybody}
