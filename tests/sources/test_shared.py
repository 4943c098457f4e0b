"""The annotated pages and corpora that are not part of the repository."""

import json
import lzma
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from kg.config import Settings
from kg.model import Article
from kg.sources import read_paths
from kg.sources.boilerplate import keep_units
from kg.sources.jsonl import record_text
from kg.sources.markdown import strip_inline
from kg.sources.text import read_text
from kg.sources.units import split_units

SHARED = Path(os.environ.get("KG_SHARED", Path(__file__).parents[2].parent / "shared"))
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SHARED.is_dir(), reason="../shared (or KG_SHARED) is absent")]

MENUS = {
    "seed_000.txt": (
        "subscribe",
        "Naija247news",
        "Share post",
        "More like this",
        "Rising landing costs",
        "Conscripted",
        "conscripted",
        "ngCERT",
        "help you",
    ),
    "seed_001.txt": ("Leave a Comment",),
    "seed_002.txt": (
        "Skip to",
        "Epaper",
        "Panorama",
        "Sign In",
        "May 22",
        "MAY 22",
        "Related News",
        "Golden Dome",
        "luxury jet",
        "Ramaphosa",
        "USAID",
        "Google",
        "Last modified",
        "Lamarque",
        "Photo",
        "October 7, 2019",
        "Marcos Jr",
        "shakes hands",
        "World+Biz /",
        "moderation",
        "Hasina",
        "Mansur",
        "Rahman",
        "Renata",
        "Taekwondo",
        "Lineker",
        "Shahbagh",
        "Musk",
        "tbsnews",
        "Copyright",
        "RSI Lab",
        "Eskaton",
    ),
    "seed_003.txt": (
        "Free Trial",
        "POLITICAL RISK",
        "230 words",
        "full story",
        "Why MNI",
        "leading provider",
        "Our Head Office",
        "Close",
    ),
    "seed_004.txt": ("Read the full article", "View All"),
}
BODIES = {
    "seed_000.txt": (
        "WASHINGTON/TOKYO/SEOUL, June 28 (Reuters) – Allies",
        "said Fred Fleitz, a former chief of staff",
        "said Alexander Gray",
        "because Joe Biden was involved in them.”",
    ),
    "seed_001.txt": (
        "WASHINGTON/TOKYO/SEOUL: Donald Trump’s",
        "Trump’s second term plans",
        "Welcome sign",
        "because Joe Biden was involved in them.”",
    ),
    "seed_002.txt": (
        "Donald Trump's allies are assuring",
        "WELCOME SIGNAL",
        "said Chris LaCivita",
        "did not respond to a request",
        'because Joe Biden was involved in them."',
    ),
    "seed_003.txt": ("Reuters reporting that", "  • The stronger links", "with regards to North Korea."),
    "seed_004.txt": ("Over the past two years", "With Kamala Harris now", "ideological isolationism in U.S. politics."),
}
PARAGRAPHS = {"seed_000.txt": 17, "seed_001.txt": 32, "seed_002.txt": 32, "seed_003.txt": 4, "seed_004.txt": 5}
HEADS = {
    "seed_000.txt": (
        "Trump’s Allies Reassure Japan and South Korea on Continued U.S. Support Amid Biden Debate Fallout",
        "",
    ),
    "seed_001.txt": ("Philippines, Japan move for stronger security ties in face of rising China threat", ""),
    "seed_002.txt": ("Trump will encourage Japan, South Korea ties, allies tell foreign officials", "2024-06-29"),
    "seed_003.txt": ("Trump Allies Assure Japan & SK On Cooperation In Any 2nd Term", ""),
    "seed_004.txt": ("On Alliances in Northeast Asia", "2024-10-02"),
}


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    found = read_paths([str(SHARED / "articles")], settings=Settings())
    return {one.key: one for one in found if isinstance(one, Article)}


@pytest.mark.parametrize("name", MENUS)
def test_page_dumps(articles: dict[str, Article], name: str) -> None:
    article = articles[name]
    assert [phrase for phrase in MENUS[name] if phrase in article.text] == []
    assert [phrase for phrase in BODIES[name] if article.text.count(phrase) != 1] == []
    assert len(article.text.split("\n\n")) == PARAGRAPHS[name]
    assert (article.title, article.date) == HEADS[name]
    page = (SHARED / "articles" / name).read_text(encoding="utf-8")
    assert all(paragraph in page for paragraph in article.text.split("\n\n"))


def test_annotated_evidence_is_in_the_text() -> None:
    found = read_paths([str(SHARED / "gold/dev/*.md")], settings=Settings())
    articles = {one.key: one for one in found if isinstance(one, Article)}
    assert len(articles) >= 27
    total, missing = 0, []
    for key, article in articles.items():
        for claim in json.loads((SHARED / "gold/dev" / key).with_suffix(".gold.json").read_text())["claims"]:
            plain = strip_inline(claim["evidence"])
            total += 1
            if plain not in article.text and "](" not in plain:  # evidence may end inside a link
                missing.append((key, plain))
    assert total > 900
    assert missing == []
    assert "subscribe" not in articles["seed_000.md"].text
    assert articles["seed_003.md"].text.count("Reuters reporting") == 1


def sample(name: str, step: int, number: int) -> Iterator[dict[str, str]]:
    with lzma.open(SHARED / "data/corpora" / name, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in islice(lines, 0, step * number, step))


@pytest.mark.parametrize(("name", "step"), [("whitehouse.jsonl.xz", 100), ("office_of_the_historian.jsonl.xz", 8)])
def test_clean_documents_survive(name: str, step: int) -> None:
    total = lost = number = 0
    for record in sample(name, step, 100):
        units = split_units(record_text(record["text"]))
        kept = {" ".join(unit.words) for unit in split_units(read_text(record_text(record["text"]), "k").text)}
        head = max((index for index, unit in enumerate(units[:8]) if not unit.prose), default=-1)
        number += 1
        for index, unit in enumerate(units):
            total += len(unit.words)
            if " ".join(unit.words) not in kept and index > head:
                lost += len(unit.words)
        assert len(keep_units(units, gentle=True)) > 0
    assert number == 100
    assert lost <= 0.001 * total
