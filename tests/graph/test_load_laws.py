"""After any history of builds, corrections, withdrawals and loads, all views are those of a fresh build.

Each law holds over three stores: a fake in memory (which says in `fake.py` what it can show), the embedded one, Neo4j.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.errors import LockedError, StoreError
from kg.graph import load as load_module
from kg.graph.edges import edge_rows
from kg.graph.load import Loaded, load, unload
from kg.graph.marks import edge_mark, node_mark
from kg.graph.project import project
from kg.graph.rdf import quads
from kg.graph.record import Record
from kg.graph.rows import node_rows
from kg.model import Graph, Policy
from kg.schema import load_schema
from tests.graph.conftest import STORES, Store
from tests.graph.corpus import PAGES, Page, world
from tests.graph.fake import FakeDriver

SCHEMA = load_schema()
BATCH = 25
"""Rows a transaction here: small, so that there are many places to break off at."""

Step = tuple[Any, ...]


@pytest.fixture(params=[pytest.param("fake"), *STORES])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Each store in turn, empty."""
    monkeypatch.setattr(load_module, "BATCH", BATCH)
    if request.param == "fake":
        yield Store("fake", FakeDriver())
    elif request.param == "embedded":
        yield request.getfixturevalue("embedded_store")
    else:
        server: Store = request.getfixturevalue("neo4j")
        server.empty()
        yield server
        server.empty()


@pytest.fixture(scope="module")
def embedded_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    from kg.graph.embedded import build_embedded, open_embedded

    folder = tmp_path_factory.mktemp("laws")
    build_embedded(folder, Graph(), SCHEMA)
    with open_embedded(folder, write=True) as driver:
        yield Store("embedded", driver)


def contents(store: Store) -> Counter[str]:
    """All that a store holds, one line an element."""
    nodes = store.ask("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties")
    edges = store.ask(
        "MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS properties"
    )
    lines = Counter(repr((sorted(labels), sorted(p.items()))) for labels, p in nodes)
    lines.update(repr((kind, start, end, sorted(p.items()))) for kind, start, end, p in edges)
    return lines


def elements(graph: Graph) -> Counter[str]:
    """All that a store of this graph should hold."""
    lines: Counter[str] = Counter()
    for nodes in node_rows(graph, SCHEMA):
        for row in nodes.rows:
            properties = {**row, "kg": node_mark(nodes.labels, row)}
            lines[repr((sorted(nodes.labels), sorted(properties.items())))] += 1
    for edges in edge_rows(graph, SCHEMA):
        for edge in edges.rows:
            properties = {**edge.properties, "kg": edge_mark(edges, edge)}
            lines[repr((edges.type, edge.start, edge.end, sorted(properties.items())))] += 1
    return lines


@contextmanager
def broken(after: int, *, committed: bool) -> Iterator[None]:
    """The connection is lost at one of the statements that write, before or after it was carried out."""
    write, left = load_module.write_rows, [after]

    def failing(*args: Any, **params: Any) -> int:
        left[0] -= 1
        if left[0] < 0 and committed:
            write(*args, **params)
        if left[0] < 0:
            raise StoreError("the connection is lost")
        return write(*args, **params)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load_module, "write_rows", failing)
        yield


def corrected(page: Page) -> Page:
    """The same article as published anew: another title and date, one claim less, one more sure."""
    article = replace(page.article, title=f"{page.article.title} (corrected)", date="2025-03-02")
    said = [replace(s, confidence=0.97, topic="the matter") if not i else s for i, s in enumerate(page.said[:-1])]
    return Page(article, said)


VERSIONS = tuple((page, corrected(page)) for page in PAGES)


def replay(history: list[Step], store: Store) -> list[str]:
    """Go through a history, load once more, and list how any view differs from that of a fresh build."""
    unload(store.driver)
    differences = [f"unload left {line}" for line in contents(store)]
    kept: dict[int, Page] = {}
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        with Record.open(Path(one), create=True) as record:
            for step in history:
                _take(step, record, kept, store)
            graph = project(record.pairs(), SCHEMA, Policy())
        with Record.open(Path(other), create=True) as record:
            for number in sorted(kept):
                record.put(*kept[number].pair)
            fresh = project(record.pairs(), SCHEMA, Policy())
    load(store.driver, graph, SCHEMA)
    differences += ["the record differs"] if graph != fresh else []
    differences += ["RDF differs"] if set(quads(graph, SCHEMA)) != set(quads(fresh, SCHEMA)) else []
    got, wanted = contents(store), elements(fresh)
    return [*differences, *(f"more: {line}" for line in got - wanted), *(f"less: {line}" for line in wanted - got)]


def _take(step: Step, record: Record, kept: dict[int, Page], store: Store) -> None:
    if step[0] == "put":
        kept[step[1]] = VERSIONS[step[1]][step[2]]
        record.put(*kept[step[1]].pair)
    elif step[0] == "withdraw":
        if kept.pop(step[1], None):
            record.withdraw(PAGES[step[1]].article.key)
    else:
        graph = project(record.pairs(), SCHEMA, Policy())
        breaking = broken(step[1], committed=step[2]) if step[0] == "broken" else nullcontext()
        try:
            with breaking:
                load(store.driver, graph, SCHEMA)
        except StoreError as exc:
            assert exc.message == "the connection is lost"  # noqa: PT017 - a break beyond the last statement is none


NUMBERS = st.integers(0, len(PAGES) - 1)
STEPS = st.one_of(
    st.tuples(st.just("put"), NUMBERS, st.integers(0, 1)),
    st.tuples(st.just("withdraw"), NUMBERS),
    st.tuples(st.just("load")),
    st.tuples(st.just("broken"), st.integers(7, 70), st.booleans()),
)
ALL: list[Step] = [("put", i, 0) for i in range(len(PAGES))]
HISTORIES = st.lists(STEPS, max_size=12).map(lambda steps: [*ALL[:6], *steps])
WITHDRAWN: list[Step] = [*ALL, ("broken", 30, True), ("withdraw", 0), ("withdraw", 8)]
REPLACED: list[Step] = [*ALL, ("load",), ("put", 0, 1), ("put", 4, 1), ("broken", 12, False), ("withdraw", 1)]
EXAMPLES = {"fake": 40, "embedded": 8, "neo4j": 8}


@pytest.mark.parametrize("history", [WITHDRAWN, REPLACED, [*ALL, ("load",), ("withdraw", 3)]])
def test_after_a_withdrawal_every_view_is_that_of_a_build_without_it(store: Store, history: list[Step]) -> None:
    assert replay(history, store) == []


def test_after_any_history_every_view_is_that_of_a_fresh_build(store: Store) -> None:
    @given(HISTORIES)
    @example(WITHDRAWN)
    @settings(max_examples=EXAMPLES[store.kind], deadline=None, suppress_health_check=list(HealthCheck))
    def law(history: list[Step]) -> None:
        assert replay(history, store) == []

    law()


def _first_only(labels: Any, row: Any) -> str:
    return f"g:{row['id']}"


PLANTED: dict[str, tuple[str, Callable[..., Any]]] = {
    "stale relationships stay": ("_Store.delete_edges", lambda *_, **__: 0),
    "stale nodes stay": ("_Loader._stale_nodes", lambda *_: []),
    "a mark that does not follow the content": ("node_mark", _first_only),
    "a load that is not looked at again": ("_Store.edges", lambda self, kind: []),
}


@pytest.mark.parametrize("bug", PLANTED)
def test_the_law_sees_a_planted_bug(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_module, "BATCH", BATCH)
    assert replay(REPLACED, Store("fake", FakeDriver())) == []
    place, wrong = PLANTED[bug]
    monkeypatch.setattr(f"kg.graph.load.{place}", wrong)
    assert replay(REPLACED, Store("fake", FakeDriver())) != []


def test_the_law_sees_a_record_that_forgets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Record, "withdraw", lambda self, key: None)
    assert {"the record differs", "RDF differs"} <= set(replay(WITHDRAWN, Store("fake", FakeDriver())))


@pytest.mark.parametrize("committed", [False, True])
def test_a_load_may_break_off_at_any_statement(committed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_module, "BATCH", BATCH)
    before, after = world(pages=PAGES[1::2]), world(pages=[corrected(p) for p in PAGES])
    places = 0
    while True:
        driver = FakeDriver()
        load(driver, before, SCHEMA)  # type: ignore[arg-type]
        try:
            with broken(places, committed=committed):
                load(driver, after, SCHEMA)  # type: ignore[arg-type]
        except StoreError:
            places += 1
        else:
            break
        again = load(driver, after, SCHEMA)  # type: ignore[arg-type]
        assert contents(Store("fake", driver)) == elements(after)
        assert load(driver, after, SCHEMA) == replace(again, written=0, deleted=0)  # type: ignore[arg-type]
    assert places > 60


def test_loading_twice_is_loading_once(store: Store, graph: Graph) -> None:
    unload(store.driver)
    assert load(store.driver, graph, SCHEMA) == Loaded(117, 220, 337, 0)
    assert contents(store) == elements(graph)
    assert load(store.driver, graph, SCHEMA) == Loaded(117, 220, 0, 0)
    assert contents(store) == elements(graph)


def test_names_of_any_kind_arrive(store: Store, hostile: Graph) -> None:
    unload(store.driver)
    load(store.driver, hostile, SCHEMA)
    assert contents(store) == elements(hostile)
    assert load(store.driver, hostile, SCHEMA).written == 0


def test_no_word_of_an_article_is_part_of_a_statement(graph: Graph, hostile: Graph) -> None:
    statements = []
    for each in (graph, hostile):
        driver = FakeDriver()
        load(driver, each, SCHEMA)  # type: ignore[arg-type]
        load(driver, Graph(), SCHEMA)  # type: ignore[arg-type]
        statements.append(set(driver.statements))
    common = statements[0] | statements[1]
    assert len(common) > 80
    assert all(text.isascii() and "'" not in text.replace("'g:'", "").replace("'load'", "") for text in common)
    assert not any(e.name in text for text in common for e in hostile.entities)


def test_a_second_load_is_refused_while_one_works(graph: Graph) -> None:
    driver, told = FakeDriver(), []

    def second(done: int, total: int) -> None:
        with pytest.raises(LockedError, match="another load works"):
            load(driver, Graph(), SCHEMA)  # type: ignore[arg-type]
        told.append(done)

    load(driver, graph, SCHEMA, progress=second)  # type: ignore[arg-type]
    assert told[-1] == 337
    assert contents(Store("fake", driver)) == elements(graph)
    assert load(driver, Graph(), SCHEMA).deleted >= 117  # type: ignore[arg-type]
