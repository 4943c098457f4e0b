"""A driver without a server: sessions over a graph in memory, which know the statements of our loader and no other.

It carries the part of the contract that is about writing: that a load, an interrupted load, a withdrawal and an unload
leave what they should, which `kg.graph.load` says in the dozen statements of `_STATEMENTS`. It is no engine for Cypher:
what analysts ask (`contract_queries.READS` and `WRITES`, the cookbook, the prepared queries) is tested on the embedded
store and on Neo4j only, and any other statement is an error here. A transaction is all or nothing; a constraint is
kept; a property that Neo4j would refuse is refused; while one transaction holds a lock, another is told so. What it
cannot show: that Cypher means what is done here, speed, types on the wire.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any, Self

from neo4j import Query
from neo4j.exceptions import Neo4jError

Rows = list[list[Any]]


@dataclass(frozen=True)
class Node:
    """A stored node; another one takes its place when it changes."""

    labels: frozenset[str]
    properties: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Edge:
    """A stored relationship, between the places of two nodes."""

    type: str
    start: int
    end: int
    properties: dict[str, Any]


@dataclass
class Content:
    """What is committed, or what a transaction sees; nodes by the place that they have while they are there."""

    nodes: dict[int, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    unique: frozenset[str] = frozenset()
    next: int = 0

    def copy(self) -> "Content":
        return Content(dict(self.nodes), list(self.edges), self.unique, self.next)

    def labelled(self, label: str) -> dict[int, Node]:
        return {place: node for place, node in self.nodes.items() if label in node.labels}

    def places(self, label: str) -> dict[str, int]:
        """Places of nodes by id; the constraint says that it is unique."""
        return {node.properties["id"]: place for place, node in self.labelled(label).items()}

    def of_type(self, kind: str | None) -> list[Edge]:
        return [edge for edge in self.edges if kind in (None, edge.type)]

    def add(self, node: Node) -> None:
        _refuse(node.properties)
        self.nodes[self.next] = node
        self.next += 1

    def detach_delete(self, gone: set[int]) -> None:
        self.nodes = {place: node for place, node in self.nodes.items() if place not in gone}
        self.edges = [edge for edge in self.edges if edge.start not in gone and edge.end not in gone]

    def check(self) -> None:
        for label in self.unique:
            if len(self.labelled(label)) != len(self.places(label)):
                raise _error("Schema.ConstraintValidationFailed", f"two nodes labelled {label} have one id")


def _error(code: str, message: str) -> Neo4jError:
    return Neo4jError._hydrate_neo4j(code=f"Neo.ClientError.{code}", message=message)


def _refuse(properties: dict[str, Any]) -> None:
    """What a server would not store."""
    for name, value in properties.items():
        for item in value if isinstance(value, list) else [value]:
            fits = isinstance(item, str) if isinstance(value, list) else isinstance(item, str | int | float | date)
            if not fits:
                raise _error("Statement.TypeError", f"property {name} is {value!r}")
            if isinstance(item, str):
                item.encode("utf-8")


def _mark(element: Node | Edge) -> str | None:
    mark = element.properties.get("kg")
    return mark if isinstance(mark, str) and mark.startswith("g:") else None


_STATEMENTS: dict[str, Callable[..., Rows]] = {}


def _statement(pattern: str) -> Callable[[Callable[..., Rows]], Callable[..., Rows]]:
    def register(work: Callable[..., Rows]) -> Callable[..., Rows]:
        _STATEMENTS[pattern] = work
        return work

    return register


@_statement(r"CREATE CONSTRAINT \w+ IF NOT EXISTS FOR \(n:(?P<label>\w+)\) REQUIRE n.id IS UNIQUE")
def _constraint(content: Content, label: str) -> Rows:
    content.unique |= {label}
    return []


@_statement(r"CREATE (FULLTEXT )?INDEX \w+ IF NOT EXISTS FOR \(n:\w+\) ON .*")
def _index(content: Content) -> Rows:
    return []


@_statement(r"MATCH \(n:(?P<label>\w+)\) WHERE NOT coalesce\(n.kg STARTS WITH 'g:', false\) RETURN count\(n\) AS n")
def _strangers(content: Content, label: str) -> Rows:
    return [[sum(_mark(node) is None for node in content.labelled(label).values())]]


@_statement(r"MATCH \(n:(?P<label>\w+)\) RETURN collect\(\[n.id, n.kg, (?P<labels>labels\(n\)|\[\])\]\) AS nodes")
def _node_marks(content: Content, label: str, labels: str) -> Rows:
    nodes = content.labelled(label).values()
    return [[[[n.properties["id"], n.properties["kg"], [] if labels == "[]" else list(n.labels)] for n in nodes]]]


@_statement(r"MATCH \(\)-\[r:(?P<kind>\w+)\]->\(\) WHERE r.kg STARTS WITH 'g:' RETURN collect\(r.kg\) AS marks")
def _edge_marks(content: Content, kind: str) -> Rows:
    return [[[edge.properties["kg"] for edge in content.of_type(kind) if _mark(edge)]]]


@_statement(r"UNWIND \$rows AS id MATCH \(n:(?P<label>\w+) \{id: id\}\) DETACH DELETE n")
def _delete_nodes(content: Content, rows: list[str], label: str) -> Rows:
    places = content.places(label)
    content.detach_delete({places[ident] for ident in rows if ident in places})
    return []


@_statement(r"UNWIND \$rows AS row CREATE \(n:(?P<labels>[\w:]+)\) SET n = row RETURN count\(\*\) AS n")
def _create_nodes(content: Content, rows: list[dict[str, Any]], labels: str) -> Rows:
    for row in rows:
        content.add(Node(frozenset(labels.split(":")), dict(row)))
    return [[len(rows)]]


@_statement(r"UNWIND \$rows AS row MATCH \(n:(?P<label>\w+) \{id: row.id\}\) SET n = row RETURN count\(\*\) AS n")
def _change_nodes(content: Content, rows: list[dict[str, Any]], label: str) -> Rows:
    places = content.places(label)
    found = [row for row in rows if row["id"] in places]
    for row in found:
        _refuse(row)
        place = places[row["id"]]
        content.nodes[place] = Node(content.nodes[place].labels, dict(row))
    return [[len(found)]]


@_statement(
    r"UNWIND \$rows AS row MATCH \(a:(?P<one>\w+) \{id: row\[0\]\}\) MATCH \(b:(?P<other>\w+) \{id: row\[1\]\}\) "
    r"CREATE \(a\)-\[r:(?P<kind>\w+)\]->\(b\) SET r = row\[2\] RETURN count\(\*\) AS n"
)
def _create_edges(content: Content, rows: list[list[Any]], one: str, other: str, kind: str) -> Rows:
    starts, ends = content.places(one), content.places(other)
    made = [Edge(kind, starts[a], ends[b], dict(row)) for a, b, row in rows if a in starts and b in ends]
    for edge in made:
        _refuse(edge.properties)
    content.edges += made
    return [[len(made)]]


@_statement(
    r"MATCH \(\)-\[r(:(?P<kind>\w+))?\]->\(\) WHERE r.kg STARTS WITH 'g:' AND "
    r"(?P<where>true|r.kg IN \$marks|NOT type\(r\) IN \$kinds) "
    r"WITH r LIMIT \$most DELETE r RETURN count\(\*\) AS n"
)
def _delete_edges(
    content: Content, rows: object, most: int, kind: str | None, where: str,
    marks: Sequence[str] = (), kinds: Sequence[str] = (),
) -> Rows:  # fmt: skip
    tests: dict[str, Callable[[Edge], bool]] = {
        "true": lambda edge: True,
        "r.kg IN $marks": lambda edge: edge.properties["kg"] in marks,
        "NOT type(r) IN $kinds": lambda edge: edge.type not in kinds,
    }
    gone = [edge for edge in content.of_type(kind) if _mark(edge) and tests[where](edge)][:most]
    ids = {id(edge) for edge in gone}
    content.edges = [edge for edge in content.edges if id(edge) not in ids]
    return [[len(gone)]]


@_statement(
    r"MATCH \(n:(?P<label>\w+)\) WHERE n.kg STARTS WITH 'g:' WITH n LIMIT \$most DETACH DELETE n "
    r"RETURN count\(\*\) AS n"
)
def _delete_ours(content: Content, rows: object, most: int, label: str) -> Rows:
    gone = [place for place, node in content.labelled(label).items() if _mark(node)][:most]
    content.detach_delete(set(gone))
    return [[len(gone)]]


@_statement(r"MATCH \(n\) RETURN labels\(n\) AS labels, properties\(n\) AS properties")
def _all_nodes(content: Content) -> Rows:
    return [[sorted(node.labels), dict(node.properties)] for node in content.nodes.values()]


@_statement(
    r"MATCH \(a\)-\[r\]->\(b\) RETURN type\(r\) AS type, a.id AS start, b.id AS end, properties\(r\) AS properties"
)
def _all_edges(content: Content) -> Rows:
    ids = {place: node.properties.get("id") for place, node in content.nodes.items()}
    return [[e.type, ids[e.start], ids[e.end], dict(e.properties)] for e in content.edges]


_LOCK = "CREATE (:Source {id: 'load'})"


class FakeDriver:
    """As `neo4j.Driver`, as far as `kg.graph.cypher` uses it."""

    def __init__(self) -> None:
        self.content = Content()
        self.lock: object = None
        self.statements: list[str] = []

    def get_server_info(self) -> SimpleNamespace:
        return SimpleNamespace(agent="Neo4j/0 (a fake)")

    def session(self, **_: object) -> "FakeSession":
        return FakeSession(self)


class FakeSession:
    """As `neo4j.Session`."""

    def __init__(self, driver: FakeDriver) -> None:
        self.driver = driver

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def execute_write(self, work: Callable[[Any], Any], *values: object) -> Any:
        with self.begin_transaction() as transaction:
            result = work(transaction, *values)
            transaction.commit()
        return result

    def execute_read(self, work: Callable[[Any], Any], *values: object) -> Any:
        with self.begin_transaction() as transaction:
            return work(transaction, *values)

    def run(self, query: str | Query, parameters: dict[str, Any] | None = None) -> "FakeResult":
        with self.begin_transaction() as transaction:
            result = transaction.run(query, parameters)
            transaction.commit()
        return result

    def begin_transaction(self, timeout: float | None = None) -> "FakeTransaction":
        return FakeTransaction(self.driver)


class FakeTransaction:
    """As `neo4j.Transaction`: it works on a copy, which `commit` puts in place."""

    def __init__(self, driver: FakeDriver) -> None:
        self.driver, self.content = driver, driver.content.copy()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, query: str | Query, parameters: dict[str, Any] | None = None, **more: Any) -> "FakeResult":
        text = query.text if isinstance(query, Query) else query
        self.driver.statements.append(text)
        if text == _LOCK:
            return self._take_lock()
        given = {**(parameters or {}), **more}
        for pattern, work in _STATEMENTS.items():
            if match := re.fullmatch(pattern, text):
                wanted = {**match.groupdict(), **{k: v for k, v in given.items() if k != "rows" or "$" in text}}
                return FakeResult(work(self.content, **wanted))
        raise _error("Statement.SyntaxError", f"this fake knows no such statement: {text}")

    def _take_lock(self) -> "FakeResult":
        if self.driver.lock not in (None, self):
            raise _error("Transaction.LockClientStopped", "another transaction has it")
        self.driver.lock = self
        return FakeResult([])

    def commit(self) -> None:
        self.content.check()
        self.driver.content = self.content

    def rollback(self) -> None:
        self.close()

    def close(self) -> None:
        if self.driver.lock is self:
            self.driver.lock = None


class FakeResult:
    """As `neo4j.Result`."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def __iter__(self) -> Iterator["FakeRecord"]:
        return (FakeRecord(row) for row in self.rows)

    def keys(self) -> list[str]:
        return [f"column {i}" for i in range(len(self.rows[0]))] if self.rows else []

    def single(self) -> "FakeRecord | None":
        return FakeRecord(self.rows[0]) if self.rows else None

    def consume(self) -> None:
        pass


class FakeRecord(list[Any]):
    """As `neo4j.Record`."""

    def values(self) -> list[Any]:
        return list(self)
