"""Parties of persons by the words around their names: a table of sentences through the shipped reader."""

import pytest

from kg.model import Argument
from tests.nlp.trees import read

TABLE = {
    "The delegation was led by Ohio Republican Rob Portman.": {("Rob Portman", "Republican")},
    "Mark Warner, a Virginia Democrat, disagreed.": {("Mark Warner", "Democrat")},
    "Sen. Chris Coons (D-Del.) spoke to Sen. Jim Risch (R-Idaho).": {("Chris Coons", "D"), ("Jim Risch", "R")},
    "Likud lawmaker Danny Danon spoke.": {("Danny Danon", "Likud")},
    "Eric Chu of the Kuomintang lost.": {("Eric Chu", "Kuomintang")},
    "Manon Aubry, a lawmaker from the leftist France Unbowed party, spoke.": {("Manon Aubry", "France Unbowed")},
    "Republican Senator Lindsey Graham spoke.": {("Lindsey Graham", "Republican")},
    "Hamas leader Yahya Sinwar spoke.": set[tuple[str, str]](),
    "Likud spokesman Guy Levy spoke.": set[tuple[str, str]](),
    "Mark Warner met a Virginia Democrat in Richmond.": set[tuple[str, str]](),
    "Gen. Mark Milley (Ret.) spoke.": set[tuple[str, str]](),
}


@pytest.mark.parametrize("text", TABLE)
def test_parties(text: str) -> None:
    found = {
        (c.subject.text, c.object.text)
        for c in read(text).claims
        if c.relation == "member_of" and isinstance(c.object, Argument)
    }
    assert found == TABLE[text]


@pytest.mark.parametrize(
    ("text", "parliament"),
    [("Likud lawmaker Danny Danon spoke.", "Israel"), ("Labour MP Diane Abbott spoke.", "United Kingdom")],
)
def test_lawmakers_sit_in_the_parliament_of_their_party(text: str, parliament: str) -> None:
    reading = read(text)
    seats = [c for c in reading.claims if c.relation == "holds_position" and isinstance(c.object, Argument)]
    bodies = [reading.entity(c.object.entity) for c in seats if isinstance(c.object, Argument)]
    assert [reading.entity(b.within).name for b in bodies] == [parliament]
