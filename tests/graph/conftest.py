"""Stores to test against: the embedded one always, a Neo4j server where one is given.

`KG_NEO4J_URI`, `KG_NEO4J_USER` and `KG_NEO4J_PASSWORD` name the server, as `scripts/neo4j start` prints them; it must
be a throw-away one on loopback. `KG_REQUIRE_NEO4J=1` turns a skip into a failure.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest

from kg.graph.cypher import Table, connect, run_query
from kg.graph.embedded import build_embedded, open_embedded
from kg.graph.load import load
from kg.model import Graph
from kg.schema import Schema, load_schema
from tests.graph.corpus import world

SCRIPTS = Path(__file__).parents[2] / "scripts"
STORES = [pytest.param("embedded"), pytest.param("neo4j", marks=pytest.mark.neo4j)]


@dataclass(frozen=True)
class Store:
    """A driver and what kind of store is behind it."""

    kind: str
    driver: Any

    def ask(self, cypher: str, **params: object) -> list[tuple[Any, ...]]:
        return list(run_query(self.driver, cypher, params).rows)

    def table(self, cypher: str, **params: object) -> Table:
        return run_query(self.driver, cypher, params)

    def write(self, cypher: str, **params: object) -> list[tuple[Any, ...]]:
        return list(run_query(self.driver, cypher, params, write=True).rows)

    def empty(self) -> None:
        self.write("MATCH (n) DETACH DELETE n")


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="session")
def graph() -> Graph:
    return world()


@pytest.fixture(scope="session")
def neo4j() -> Iterator[Store]:
    uri = os.environ.get("KG_NEO4J_URI")
    if not uri:
        message = 'no Neo4j server: eval "$(scripts/neo4j start)"'
        if os.environ.get("KG_REQUIRE_NEO4J") == "1":
            pytest.fail(message)
        pytest.skip(message)
    assert urlsplit(uri).hostname in {"127.0.0.1", "localhost", "::1"}, (
        "tests empty the database: give a throw-away one"
    )
    login = os.environ.get("KG_NEO4J_USER", "neo4j"), os.environ.get("KG_NEO4J_PASSWORD", "")
    with connect(uri, user=login[0], password=login[1]) as driver:
        store = Store("neo4j", driver)
        assert store.ask("MATCH (n) RETURN count(n) AS n") == [(0,)], "the Neo4j database is not empty: restart it"
        yield store
        store.empty()


@pytest.fixture(scope="session")
def embedded_folder(tmp_path_factory: pytest.TempPathFactory, graph: Graph, schema: Schema) -> Path:
    folder = tmp_path_factory.mktemp("embedded") / "graph.kg"
    folder.mkdir()
    build_embedded(folder, graph, schema, state="state-1")
    return folder


@pytest.fixture(scope="module", params=STORES)
def store(request: pytest.FixtureRequest, graph: Graph, schema: Schema) -> Iterator[Store]:
    """Each store in turn with the graph of `corpus.world()`, for reading."""
    if request.param == "embedded":
        with open_embedded(request.getfixturevalue("embedded_folder")) as driver:
            yield Store("embedded", driver)
        return
    server: Store = request.getfixturevalue("neo4j")
    server.empty()
    load(server.driver, graph, schema)
    yield server
    server.empty()


@pytest.fixture(params=STORES)
def blank(request: pytest.FixtureRequest, tmp_path: Path, schema: Schema) -> Iterator[Store]:
    """Each store in turn, empty, for writing."""
    if request.param == "embedded":
        folder = tmp_path / "graph.kg"
        folder.mkdir()
        build_embedded(folder, Graph(), schema)
        with open_embedded(folder, write=True) as driver:
            yield Store("embedded", driver)
        return
    server: Store = request.getfixturevalue("neo4j")
    server.empty()
    yield server
    server.empty()


@pytest.fixture(scope="session")
def script() -> Iterator[ModuleType]:
    """scripts/neo4j, which is no module by its name, and imports one beside it."""
    loader = SourceFileLoader("neo4j_script", str(SCRIPTS / "neo4j"))
    module = module_from_spec(spec_from_loader(loader.name, loader))
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPTS)
        loader.exec_module(module)
        yield module


HOSTILE = (
    'O\'Brien "the" `Boss`',
    "back\\slash\\",
    "{curly} $dollar ${x} %s {0}",
    "nul\0byte",
    "lone \ud83d surrogate",
    "\u202eright to left\u202c",
    "line\nfeed\r\n\ttab \u2028 \u2029 \x85",
    '=HYPERLINK("http://x")',
    "'}) DETACH DELETE n //",
    "x" * 10_000,
    "ж" * 9_000,
    "\U0001f600 emoji \u0301",
    "<script>alert(1)</script>",
)
"""Names as an attacker, or a broken page, would write them."""


@pytest.fixture(scope="session")
def hostile() -> Graph:
    from kg.graph.project import project
    from kg.ids import content_id
    from kg.model import Argument, Article, Claim, Entity, Evidence, Literal, Policy, Qualifiers, Reading, Span

    article = Article(
        "ke\udcffy '\"\\ \0 " + "k" * 2000, "Words. " + "".join(HOSTILE), title=HOSTILE[0], source=HOSTILE[1]
    )
    entities = tuple(Entity(content_id("e", n), "Person", n, aliases=(n + "!",)) for n in HOSTILE)
    evidence = (Evidence(Span(article.key, 0, 5), 0, "test@1", 0.9),)
    claims = [
        Claim(
            article.key, Argument(a.id, a.name), "met_with", Argument(b.id, b.name), evidence, Qualifiers(topic=a.name)
        )
        for a, b in pairwise(entities)
    ]
    claims += [
        Claim(
            article.key, Argument(e.id, e.name), "says", Literal(e.name), evidence, Qualifiers(title=e.name), cue=e.name
        )
        for e in entities
    ]
    sentences = (Span(article.key, 0, 6),)
    reading = Reading(
        article.key, article.sha256, "r", sentences, tuple(sorted(entities, key=lambda e: e.id)), (), tuple(claims)
    )
    return project([(article, reading)], load_schema(), Policy())
