"""What is read of an article depends on that article alone: not on its neighbours, their order, or the processes."""

from pathlib import Path

import pytest

from kg.config import Settings
from kg.engine import map_articles
from kg.model import Article, Reading
from kg.nlp.reader import Reader, load_reader
from kg.resolve import load_gazetteer
from kg.schema import load_schema
from kg.sources import read_paths

FOLDER = Path(__file__).parents[2] / "examples" / "articles"


def make_reader() -> Reader:
    return load_reader(Settings(), load_gazetteer(), load_schema())


def articles() -> list[Article]:
    """Some short ones, and one of many windows that repeats the others."""
    short = [a for a in read_paths([str(FOLDER)], settings=Settings()) if isinstance(a, Article)][:5]
    text = "\n\n".join(a.text for a in short * 3)
    return [*short, Article("long", text, date="2024-06-30")]


@pytest.fixture(scope="module")
def alone() -> dict[str, Reading]:
    """Each article read by a reader that has read nothing else."""
    return {a.key: make_reader().read(a) for a in articles()}


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("backwards", [False, True])
def test_company_order_and_processes_change_no_reading(alone, workers, backwards) -> None:
    given = articles()[::-1] if backwards else articles()
    found = {article.key: reading for article, reading in map_articles(make_reader, given, workers=workers)}
    assert len(found) == 6
    assert found == alone
    assert len(found["long"].claims) >= 30
