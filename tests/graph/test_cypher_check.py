"""All Cypher of the package and its documents, read by Neo4j's own checker: no error, no deprecated form, no slip.

The statements of our own code are recorded while it runs, and every piece of Cypher in it must have been seen.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from kg.graph import check, load
from kg.graph import cypher as send
from kg.graph.cypher import Table
from kg.graph.edges import STRUCTURE, edge_rows
from kg.graph.embedded import build_embedded, open_embedded
from kg.graph.queries import named_queries
from kg.graph.rows import NODE_LABELS, node_rows
from kg.model import Graph
from kg.schema import Schema
from tests.graph.corpus import PAGES, world
from tests.graph.test_queries import values

REPO = Path(__file__).parents[2]
CHECKER = REPO / "scripts" / "cypher-check"
SENDERS = {"run_query", "write_rows", "holding"}

_STATEMENT = re.compile(r"(MATCH|OPTIONAL|UNWIND|CREATE|MERGE|DROP|CALL|RETURN) (?!TABLE)[\[(:A-Z$]")
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
    """Passes on what is sent to the embedded store, and notes it; what only Neo4j understands is noted alone."""

    statements: dict[str, Statement] = field(default_factory=dict)

    def note(self, cypher: str, parameters: Mapping[str, object]) -> None:
        self.statements.setdefault(cypher, Statement(cypher, cypher, parameters))

    def run_query(self, driver: Any, cypher: str, params: Mapping[str, object] | None = None, **rest: Any) -> Table:
        self.note(cypher, params or {})
        return send.run_query(driver, cypher, params, **rest)

    def write_rows(self, driver: Any, cypher: str, rows: Any = (), *, database: str = "", **params: object) -> int:
        self.note(cypher, {"rows": rows, **params})
        return 0 if cypher.startswith("CREATE ") else send.write_rows(driver, cypher, rows, **params)

    def holding(self, driver: Any, cypher: str, *, database: str = "") -> AbstractContextManager[None]:
        self.note(cypher, {})
        return nullcontext()


@pytest.fixture(scope="module")
def recorder(graph: Graph, hostile: Graph, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Recorder:
    """What is sent when graphs are loaded, loaded again, checked and deleted."""
    recorder, folder = Recorder(), tmp_path_factory.mktemp("recorded")
    build_embedded(folder, Graph(), schema)
    with pytest.MonkeyPatch.context() as patch, open_embedded(folder, write=True) as driver:
        for module in (load, check):
            for sender in SENDERS & vars(module).keys():
                patch.setattr(module, sender, getattr(recorder, sender))
        patch.setattr(load, "is_neo4j", lambda driver: True)
        load.load(driver, graph, schema, fresh=True)
        renamed = replace(graph, entities=tuple(replace(e, aliases=(*e.aliases, "Changed")) for e in graph.entities))
        for each in (world(pages=PAGES[:2]), graph, renamed, hostile):
            load.load(driver, each, schema)
            check.check_store(driver, each, schema)
        load.unload(driver)
    return recorder


def literals() -> set[str]:
    """Beginnings of all Cypher in the code of the package: a literal's text up to the first value put into it."""
    found = set()
    for path in sorted((REPO / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and _STATEMENT.match(first.value):
                found.add(first.value)
    return found


def test_every_statement_of_the_code_was_recorded(recorder: Recorder) -> None:
    known = literals()
    assert len(known) >= 12
    assert {text for text in known if not any(text in sent for sent in recorder.statements)} == set()


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
