"""The shipped pipeline on news of our own that it never saw in training: no figure falls below its floor."""

import pytest
import spacy

from kg.nlp.pipeline import shipped_folder
from tests.nlp.heldout.scoring import KINDS, Score, read_reports, score

FLOORS = {"sentences": 96.5, "names": 84.5, "bounds": 94.0, "PERSON": 91.0, "GPE": 90.0, "ORG": 79.0, "NORP": 88.0}


@pytest.fixture(scope="module")
def found() -> Score:
    return score(spacy.load(shipped_folder()))


def test_the_annotation_is_whole() -> None:
    reports = read_reports()
    assert len(reports) == 40
    assert sum(len(report.sentences) for report in reports) == 207
    assert sum(len(report.names) for report in reports) == 453
    assert {name[2] for report in reports for name in report.names} == set(KINDS)
    first = reports[0]
    assert first.text.startswith(
        "Ankara Envoy Returns Empty-Handed From Tripoli\n\nTRIPOLI (Reuters) - A Turkish envoy"
    )
    assert (0, 46) in first.sentences
    assert (0, 6, "GPE") in first.names


@pytest.mark.parametrize("kind", FLOORS)
def test_no_score_is_below_its_floor(found: Score, kind: str) -> None:
    listing = "\n".join(found.errors)
    assert found.f(kind) >= FLOORS[kind], f"{kind}: F {found.f(kind):.1f}\n{listing}"
