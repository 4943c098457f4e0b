"""Every store answers what analysts write, and all answer alike."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.graph.cypher import run_query
from kg.graph.embedded import build_embedded, open_embedded
from kg.graph.load import load
from kg.schema import Schema
from tests.graph.conftest import STORES, Store
from tests.graph.contract_queries import READS, SEED, WRITES, Read, Write
from tests.graph.crowd import View, crowd


@pytest.fixture(scope="module")
def view(schema: Schema) -> View:
    return View(crowd(), schema)


@pytest.fixture(scope="module", params=STORES)
def crowded(request: pytest.FixtureRequest, view: View, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "embedded":
        folder: Path = tmp_path_factory.mktemp("crowd")
        build_embedded(folder, view.graph, view.schema)
        with open_embedded(folder) as driver:
            yield Store("embedded", driver)
        return
    server: Store = request.getfixturevalue("neo4j")
    server.empty()
    load(server.driver, view.graph, view.schema)
    yield server
    server.empty()


def test_there_are_sixty_of_them_and_all_features_differ() -> None:
    assert len(READS) == 46
    assert len(WRITES) == 16
    assert len({r.feature for r in READS} | {w.feature for w in WRITES}) == 62


@pytest.mark.parametrize("query", READS, ids=str)
def test_reads(crowded: Store, view: View, query: Read) -> None:
    table = run_query(crowded.driver, query.cypher, query.params)
    rows = [tuple(_plain(cell) for cell in row) for row in table.rows]
    expected = query.expected(view)
    assert expected, "a query that finds nothing proves nothing"
    if query.feature == "UNION":
        rows.sort()
    assert _approximate(rows) == _approximate(expected)


@pytest.mark.parametrize("statement", WRITES, ids=str)
def test_writes(blank: Store, statement: Write) -> None:
    if statement.only and statement.only != blank.kind:
        pytest.skip(f"only {statement.only} has it")
    blank.write(SEED)
    answer = run_query(blank.driver, statement.cypher, statement.params, write=True)
    assert list(answer.rows) == statement.answer
    if statement.look:
        assert blank.ask(statement.look) == statement.seen


def _plain(cell: Any) -> Any:
    """Nodes, relationships and paths as what tells them apart."""
    if isinstance(cell, dict) and cell.keys() == {"labels", "properties"}:
        return ("node", cell["properties"]["name"])
    if isinstance(cell, dict) and cell.keys() == {"type", "start", "end", "properties"}:
        return ("edge", cell["properties"]["pid"])
    if isinstance(cell, dict) and cell.keys() == {"nodes", "relationships"}:
        (one, two), (edge,) = cell["nodes"], cell["relationships"]
        return ("path", one["properties"]["name"], edge["properties"]["pid"], two["properties"]["name"])
    return cell


def _approximate(rows: list[tuple[Any, ...]]) -> list[Any]:
    return [[pytest.approx(c, abs=1e-9) if isinstance(c, float) else c for c in row] for row in rows]
