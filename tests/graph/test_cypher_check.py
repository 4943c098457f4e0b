"""All Cypher of the package and its documents, read by Neo4j's own checker: no error, no deprecated form, no slip.

The statements of our own code are recorded while it runs, and every place that sends one must have been seen.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from kg.graph import check, cypher, load
from kg.graph.cypher import Table
from kg.graph.edges import STRUCTURE, edge_rows
from kg.graph.queries import named_queries
from kg.graph.rows import NODE_LABELS, node_rows
from kg.model import Graph
from kg.schema import Schema
from tests.graph.test_queries import values

REPO = Path(__file__).parents[2]
CHECKER = REPO / "scripts" / "cypher-check"
SENDERS = {"run_query", "write_rows"}
PASS_ON = {"kg.api:KnowledgeGraph.query", "kg.cli.stores:open_store"}
"""Send what users ask, and nothing of ours."""

_FENCE = re.compile(r"^```cypher\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"""(["'])((?:MATCH|UNWIND|CALL|RETURN|CREATE|MERGE)\s(?:(?!\1).)*)\1""", re.DOTALL)


@dataclass(frozen=True)
class Statement:
    name: str
    cypher: str
    parameters: Mapping[str, object] = field(default_factory=dict)


def said(statements: list[Statement], schema: Mapping[str, object]) -> list[dict[str, Any]]:
    """What the checker finds fault with."""
    given = {"schema": schema, "statements": [vars(statement) for statement in statements]}
    done = subprocess.run(
        [sys.executable, str(CHECKER)],
        input=json.dumps(given, default=str),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode == 3:
        pytest.skip(done.stderr.strip())
    assert done.returncode in {0, 1}, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert bool(found) == bool(done.returncode)
    return found


@pytest.fixture(scope="module")
def names(graph: Graph, hostile: Graph, schema: Schema) -> dict[str, list[str]]:
    """Labels, relationship types and property keys that a store can have."""
    labels = {label for name in schema.classes for label in schema.labels(name)} | set(NODE_LABELS)
    types = {*STRUCTURE, *(relation.cypher for relation in schema.relations.values())}
    keys = {"kg", "year"}  # a component of dates
    for each in (graph, hostile):
        keys.update(key for group in node_rows(each, schema) for row in group.rows for key in row)
        keys.update(key for group in edge_rows(each, schema) for row in group.rows for key in row.properties)
    return {"labels": sorted(labels), "relationshipTypes": sorted(types), "propertyKeys": sorted(keys)}


@pytest.mark.cypher_check
def test_prepared_queries(names: dict[str, list[str]]) -> None:
    statements = [Statement(q.name, q.cypher, values(q)) for q in named_queries().values()]
    assert len(statements) == 22
    assert said(statements, names) == []


@pytest.mark.cypher_check
def test_documents(names: dict[str, list[str]]) -> None:
    statements = list(documented())
    assert len(statements) >= 40
    assert said(statements, names) == []


def documented() -> Iterator[Statement]:
    """Blocks of Cypher, and what stands in quotation marks: commands, calls from Python, help texts."""
    for page in (REPO / "README.md", *sorted((REPO / "docs").glob("*.md"))):
        text = page.read_text(encoding="utf-8")
        found = [*_FENCE.findall(text), *(words for _, words in _QUOTED.findall(_FENCE.sub("", text)))]
        for number, words in enumerate(found):
            yield Statement(f"{page.name} {number}", words, dict.fromkeys(re.findall(r"\$(\w+)", words), ""))


@dataclass
class Recorder:
    """Stands for a store; notes what is sent, and from where."""

    statements: dict[str, Statement] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)

    def note(self, cypher: str, parameters: Mapping[str, object], frame: FrameType) -> None:
        place = f"{frame.f_globals['__name__']}:{frame.f_code.co_qualname}"
        self.places.add(place)
        self.statements.setdefault(cypher, Statement(place, cypher, parameters))

    def run_query(self, driver: object, cypher: str, params: Mapping[str, object] | None = None, **_: object) -> Table:
        self.note(cypher, params or {}, sys._getframe(1))
        return Table((), ((0,),) if "count(n)" in cypher else ())

    def write_rows(self, driver: object, cypher: str, rows: object, *, database: str = "", **params: object) -> int:
        self.note(cypher, {"rows": rows, **params}, sys._getframe(1))
        return 0


@pytest.fixture
def recorder(graph: Graph, hostile: Graph, schema: Schema, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """What is sent when graphs are loaded, loaded again, checked and deleted."""
    recorder = Recorder()
    for module in (load, check):
        for sender in SENDERS & vars(module).keys():
            monkeypatch.setattr(module, sender, getattr(recorder, sender))
    monkeypatch.setattr(load, "is_neo4j", lambda driver: True)
    driver: Any = None
    for each in (graph, hostile):
        for fresh in (True, False):
            load.load(driver, each, schema, fresh=fresh)
        check.check_store(driver, each, schema)
    load.unload(driver, schema)
    return recorder


@cache
def places() -> frozenset[str]:
    """Every function of the package that names one of the functions which send statements."""
    found = set()
    for path in sorted((REPO / "kg").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            name.asname or name.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == cypher.__name__
            for name in node.names
            if name.name in SENDERS
        }
        module = ".".join(path.relative_to(REPO).with_suffix("").parts)
        found.update(f"{module}:{place}" for place in _uses(tree, imported))
    return frozenset(found)


def _uses(node: ast.AST, wanted: set[str], place: str = "") -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            inner = f"{place}.<locals>.{child.name}" if isinstance(node, ast.FunctionDef) else f"{place}.{child.name}"
            yield from _uses(child, wanted, inner.lstrip("."))
            continue
        if isinstance(child, ast.Name) and child.id in wanted:
            yield place
        yield from _uses(child, wanted, place)


def test_every_place_that_sends_statements_was_seen(recorder: Recorder) -> None:
    assert recorder.places >= {"kg.graph.load:_Loader.edges", "kg.graph.check:_Store.ask"}
    assert places() - PASS_ON == recorder.places
    assert places() >= PASS_ON


@pytest.mark.cypher_check
def test_statements_of_the_loader_and_the_check(recorder: Recorder, names: dict[str, list[str]]) -> None:
    statements = [
        Statement(each.name, each.cypher, dict.fromkeys(each.parameters, [] if "rows" in each.parameters else ""))
        for each in recorder.statements.values()
    ]
    assert len(statements) >= 150
    rows = ["row", "start", "end", "properties"]
    schema = {**names, "propertyKeys": [*names["propertyKeys"], *rows]}
    assert said(statements, schema) == []


@pytest.mark.cypher_check
@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("MATCH (n RETURN n", "Invalid input"),
        ("MATCH (n) RETURN m", "not defined"),
        ("MATCH (n) WHERE n.name = $missing RETURN n", "$missing is not defined"),
        ("MATCH (n) CALL { WITH n MATCH (n)--(m) RETURN m } RETURN m", "deprecated"),
        ("MATCH (n) RETURN id(n)", "deprecated"),
        ("MATCH (n:Persn) RETURN n", "Persn is not present"),
        ("MATCH (:Person)-[r:MET]->() RETURN r", "MET is not present"),
        ("MATCH (n:Person) RETURN n.nmae", "nmae is not present"),
        ("MATCH (n:Person) RETURN n.name; MATCH (m:Person) RETURN o", "not defined"),
    ],
)
def test_what_is_wrong_is_found(names: dict[str, list[str]], bad: str, words: str) -> None:
    good = Statement("good", "MATCH (n:Person {name: $name})-[r:MET_WITH]-(m) RETURN m.name, r.first", {"name": ""})
    found = said([good, Statement("bad", bad)], names)
    assert {fault["name"] for fault in found} == {"bad"}
    assert any(words in fault["message"] for fault in found)


def test_without_node_it_says_what_to_install(tmp_path: Path) -> None:
    environ = {"PATH": str(tmp_path), "KG_CYPHER_CACHE": str(tmp_path), "HOME": str(tmp_path)}
    command = [sys.executable, "-S", str(CHECKER)]
    done = subprocess.run(command, input="{}", capture_output=True, text=True, env=environ, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert "pip install --group node" in done.stderr
