"""The gate: our own annotated articles, read by the shipped pipeline, must score at least the pinned floors.

After a change that raises the figures, raise the floors; after a change of the articles, pin their new hash:
`kg build tests/eval/gold/*.md --out eval.kg; kg evaluate tests/eval/gold eval.kg --floors tests/eval/floors.toml`.
"""

from collections import Counter
from pathlib import Path

import pytest

from kg.build import build, load_graph
from kg.config import Settings
from kg.evaluate import corpus_hash, failures, read_floors, read_gold, score
from kg.evaluate.names import FAMILY_OF
from kg.graph.tables import claim_records
from kg.model import Mood
from kg.schema import load_schema

HERE = Path(__file__).parent
GOLD, FLOORS = HERE / "gold", HERE / "floors.toml"


def test_articles_cover_what_they_should() -> None:
    golds = read_gold(GOLD)
    claims = [claim for gold in golds for claim in gold.claims]
    assert len(golds) == 10
    assert len(claims) == 128
    assert sum(claim.required for claim in claims) == 92
    assert {claim.mood for claim in claims} == set(Mood)
    assert sum(claim.negated for claim in claims) == 7
    assert len(Counter(claim.relation for claim in claims)) >= 24
    assert {claim.relation for claim in claims} <= set(FAMILY_OF)
    assert all(text.isascii() for gold in golds if (text := gold.text))


def test_floors_are_for_these_articles() -> None:
    assert read_floors(FLOORS).corpus == corpus_hash(GOLD)


@pytest.mark.timeout(600)
def test_reading_reaches_the_floors(tmp_path: Path) -> None:
    paths = [str(path) for path in sorted(GOLD.glob("*.md"))]
    build(paths, tmp_path / "graph.kg", Settings())
    records = claim_records(load_graph(tmp_path / "graph.kg"), load_schema())
    figures = score(read_gold(GOLD), records)
    assert failures(figures, read_floors(FLOORS), corpus=corpus_hash(GOLD)) == []
    assert figures.strict.predicted > 0
