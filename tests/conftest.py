"""What all tests share: a graph that a toy reader made, and the rule that CI may require what a laptop may lack."""

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings

from kg.build import build_from
from kg.config import Settings
from kg.model import Article
from tests.readers import make_toy

REQUIRED = {
    "neo4j": "KG_REQUIRE_NEO4J",
    "shared": "KG_REQUIRE_SHARED",
    "jena": "KG_REQUIRE_JENA",
    "cypher_check": "KG_REQUIRE_CYPHER_CHECK",
    "rapper": "KG_REQUIRE_RAPPER",
}
"""Markers whose tests must not be skipped where the variable is set."""

# No test depends on how long something takes.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

ARTICLES = (
    Article(
        "one.md",
        "Fred Fleitz met Takeo Akiba in Tokyo. Bill Hagerty did not meet Takeo Akiba.",
        title="A visit",
        source="Voice of America",
        date="2024-06-27",
        url="https://example.org/one",
    ),
    Article("two.md", "It rained. Takeo Akiba met Fred Fleitz.", source="Kyodo", date="2024-07-01"),
    Article("three.txt", "Robert Gray may meet Chris LaCivita.", source="=HYPERLINK()", date="2024-05-02"),
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    variables = [name for marker, name in REQUIRED.items() if item.get_closest_marker(marker) and os.environ.get(name)]
    if report.skipped and variables and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but {variables[0]} is set: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def toy_graph(tmp_path_factory):
    """A small graph; not to be changed."""
    folder = tmp_path_factory.mktemp("toy") / "graph.kg"
    build_from(iter(ARTICLES), folder, Settings(), make_reader=make_toy)
    return folder


@pytest.fixture
def own_graph(toy_graph, tmp_path):
    """A copy of it that a test may change."""
    return shutil.copytree(toy_graph, tmp_path / "graph.kg")


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch):
    """Settings of whoever runs the tests do not count."""
    kept = set(REQUIRED.values())
    for name in [name for name in os.environ if name.startswith("KG_") and not name.startswith("KG_NEO4J_")]:
        if name not in kept:
            monkeypatch.delenv(name)
    monkeypatch.delenv("NO_COLOR", raising=False)
