"""Verbs of appointment: whom the parser misplaces, and who is known only by the office."""

import pytest

from kg.model import Argument
from tests.nlp.trees import read

TABLE = {
    "Zambian President Hakainde Hichilema appointed Mutale Nalumango vice president.": {
        "appoints Hakainde Hichilema Mutale Nalumango vice president"
    },
    "Hipkins, previously education minister, named Carmel Sepuloni deputy premier.": {
        "appoints Hipkins Carmel Sepuloni deputy premier"
    },
    "Tunisia's President Kais Saied named Najla Bouden, a geologist, as prime minister.": {
        "appoints Kais Saied Najla Bouden prime minister"
    },
    "Ghana's government fired a police commander.": {"dismisses Ghana's government police commander"},
    "Kenya's cabinet appointed a new army chief on Monday.": {"appoints Kenya's cabinet new army chief"},
    "Ronald Reagan appointed him chief justice.": set[str](),
    "A man named John Smith met a woman named Ann Lo in Paris.": set[str](),
}


@pytest.mark.parametrize("text", TABLE)
def test_appointments(text: str) -> None:
    found = {
        " ".join(filter(None, (c.relation, c.subject.text, c.object.text, c.qualifiers.title)))
        for c in read(text).claims
        if c.relation in {"appoints", "dismisses"} and isinstance(c.object, Argument)
    }
    assert found == TABLE[text]
