"""Seats of organizations by noun phrases: a table of sentences through the shipped reader."""

import pytest

from kg.model import Argument
from tests.nlp.trees import read

TABLE = {
    "The Moscow-based Valdai Club published an essay.": {("Valdai Club", "Moscow")},
    "Ann Lo joined the Stimson Center, a Washington think tank, in May.": {("Stimson Center", "Washington")},
    "The Crisis Group, a Brussels-based think tank, warned Iran.": {("Crisis Group", "Brussels")},
    "The London-based Syrian Observatory for Human Rights counted the dead.": {
        ("Syrian Observatory for Human Rights", "London")
    },
    "The U.S.-based company Boeing sold jets to Japan.": {("Boeing", "U.S.")},
    "Kenya-based analyst John Lo spoke.": set[tuple[str, str]](),
    "The report, based on talks in Geneva, named Boeing.": set[tuple[str, str]](),
    "Hamas met a Cairo newspaper.": set[tuple[str, str]](),
}


@pytest.mark.parametrize("text", TABLE)
def test_seats(text: str) -> None:
    found = {
        (c.subject.text, c.object.text)
        for c in read(text).claims
        if c.relation == "based_in" and isinstance(c.object, Argument)
    }
    assert found == TABLE[text]
