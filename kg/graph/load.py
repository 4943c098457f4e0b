"""Make a Cypher store hold a graph: delete what is stale, change what has changed, make what is missing.

A load first reads the marks (`kg.graph.marks`) of what is stored, and sends only the rest. So loading twice is loading
once, a load that broke off is finished by the next, and after a small change little is written. One load at a time
works on a database; a second one is refused.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from kg.errors import StoreError
from kg.graph.constraints import index_statements, key_statements
from kg.graph.cypher import holding, is_neo4j, run_query, write_rows
from kg.graph.edges import STRUCTURE, EdgeRows, edge_rows
from kg.graph.marks import MARK, PREFIX, edge_mark, node_mark
from kg.graph.rows import ENTITY, NODE_LABELS, SOURCE, NodeRows, Properties, node_rows
from kg.model import Graph
from kg.schema import Schema

if TYPE_CHECKING:
    from neo4j import Driver

T = TypeVar("T")
Progress: TypeAlias = Callable[[int, int], None]
"""Called with elements done and elements in all."""

BATCH = 2000
"""Rows a transaction: rates are flat from 500 to 10,000 rows, memory is not."""

_OURS = f"STARTS WITH '{PREFIX}'"
_LOCK = f"CREATE (:{SOURCE} {{id: 'load'}})"
"""Never committed. While its transaction is open, the constraint on `id` keeps others from making the same node; the
server ends the transaction when the connection is gone, however the load ends."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did.

    Attributes:
        nodes: that the store holds now.
        relationships: that the store holds now.
        written: elements that were made or changed; all others were there already.
        deleted: stale elements; relationships that went with their node are not counted.
    """

    nodes: int
    relationships: int
    written: int
    deleted: int


def load(
    driver: "Driver",
    graph: Graph,
    schema: Schema,
    *,
    database: str = "",
    fresh: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """Make the store hold this graph, and leave data of others alone.

    Args:
        driver: of the store.
        graph: what to load; an earlier load is replaced by it.
        schema: labels, types and constraints.
        database: name on the server; "" for its default.
        fresh: the database is empty and nobody else uses it: create without looking.
        progress: told after each batch.

    Raises:
        LockedError: another load works on this database.
        StoreError: the store cannot be reached or refuses, or holds nodes of our labels that are not ours.
    """
    neo4j = is_neo4j(driver)
    store = _Store(driver, database)
    if not fresh:
        store.refuse_strangers()
    store.run(key_statements())
    nodes, edges = list(node_rows(graph, schema)), list(edge_rows(graph, schema))
    counts = sum(len(g.rows) for g in nodes), sum(len(g.rows) for g in edges)
    tally = _Tally(sum(counts), progress)
    with store.alone() if neo4j else nullcontext():
        loader = _Loader(store, schema, tally, fresh)
        loader.nodes(nodes)
        loader.edges(edges)
    store.run(index_statements(schema, neo4j=neo4j))
    return Loaded(*counts, tally.written, tally.deleted)


def unload(driver: "Driver", *, database: str = "") -> int:
    """Delete all that `load` wrote, and nothing else.

    Returns:
        Number of deleted nodes and relationships.

    Raises:
        StoreError: the store cannot be reached or refuses.
    """
    store = _Store(driver, database)
    deleted = store.delete_edges()
    for label in NODE_LABELS:
        ours = f"MATCH (n:{label}) WHERE n.{MARK} {_OURS}"
        deleted += store.repeat(f"{ours} WITH n LIMIT $most DETACH DELETE n RETURN count(*) AS n")
    return deleted


@dataclass(frozen=True, slots=True)
class _Store:
    """Statements about marks."""

    driver: "Driver"
    database: str

    def run(self, statements: Iterable[str]) -> None:
        for statement in statements:
            self.write(statement)

    def ask(self, cypher: str) -> tuple[tuple[Any, ...], ...]:
        return run_query(self.driver, cypher, database=self.database).rows

    def write(self, cypher: str, rows: Sequence[object] = (), /, **params: object) -> int:
        return write_rows(self.driver, cypher, rows, database=self.database, **params)

    def alone(self) -> AbstractContextManager[None]:
        return holding(self.driver, _LOCK, database=self.database)

    def repeat(self, statement: str, **params: object) -> int:
        """Run a statement that takes `$most` elements at a time until it finds fewer."""
        total, n = 0, BATCH
        while n >= BATCH:
            n = self.write(statement, (), most=BATCH, **params)
            total += n
        return total

    def delete_edges(self, where: str = "true", *, kind: str = "", **params: object) -> int:
        """Delete those of our relationships that fulfil a condition; returns how many."""
        found = f"MATCH ()-[r{kind}]->() WHERE r.{MARK} {_OURS} AND {where}"
        return self.repeat(f"{found} WITH r LIMIT $most DELETE r RETURN count(*) AS n", **params)

    def refuse_strangers(self) -> None:
        """A node of our label and id that somebody else made would be taken over, and deleted by `unload`."""
        for label in NODE_LABELS:
            query = f"MATCH (n:{label}) WHERE NOT coalesce(n.{MARK} {_OURS}, false) RETURN count(n) AS n"
            if found := self.ask(query)[0][0]:
                raise StoreError(
                    f"the database holds {found!r} nodes labelled {label} that kg did not write",
                    hint="load into another database: --database NAME",
                )

    def nodes(self, label: str) -> dict[str, tuple[str, set[str]]]:
        """Mark and labels of each stored node, by id; labels only of entities: the others have one."""
        labels = "labels(n)" if label == ENTITY else "[]"
        ((found,),) = self.ask(f"MATCH (n:{label}) RETURN collect([n.id, n.{MARK}, {labels}]) AS nodes")
        return {ident: (mark, set(labels)) for ident, mark, labels in found}

    def edges(self, kind: str) -> list[str]:
        """Marks of all stored relationships of a type."""
        ((marks,),) = self.ask(f"MATCH ()-[r:{kind}]->() WHERE r.{MARK} {_OURS} RETURN collect(r.{MARK}) AS marks")
        return list(marks)


@dataclass(slots=True)
class _Tally:
    """What was done so far, of how much."""

    total: int
    progress: Progress | None
    done: int = 0
    written: int = 0
    deleted: int = 0

    def passed(self, count: int, *, written: bool) -> None:
        """So many elements more are as they should be."""
        self.done += count
        self.written += count if written else 0
        if self.progress is not None and count:
            self.progress(self.done, self.total)


@dataclass(frozen=True, slots=True)
class _Loader:
    """One load: what is wanted against what is stored."""

    store: _Store
    schema: Schema
    tally: _Tally
    fresh: bool

    def nodes(self, groups: Sequence[NodeRows]) -> None:
        """Bring all nodes up to date; with a node that goes, its relationships go."""
        for label in NODE_LABELS:
            members = [group for group in groups if group.labels[0] == label]
            stored = {} if self.fresh else self.store.nodes(label)
            stale = self._stale_nodes(members, stored)
            for batch in _batches(stale):
                self.store.write(f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n", batch)
            self.tally.deleted += len(stale)
            marks = {ident: mark for ident, (mark, _) in stored.items()}
            for ident in stale:
                del marks[ident]
            for group in members:
                self._write_nodes(group, marks)

    def _stale_nodes(self, groups: Sequence[NodeRows], stored: Mapping[str, tuple[str, set[str]]]) -> list[str]:
        """Ids of nodes to delete; an entity that changed its type is made anew, for the old labels would stay."""
        classes = {label for name in self.schema.classes for label in self.schema.labels(name)}
        wanted = {str(row["id"]): set(group.labels) for group in groups for row in group.rows}
        return [
            ident
            for ident, (_, labels) in stored.items()
            if ident not in wanted or (labels and labels & classes != wanted[ident])
        ]

    def _write_nodes(self, group: NodeRows, stored: Mapping[str, str]) -> None:
        new: list[Properties] = []
        changed: list[Properties] = []
        for row in group.rows:
            mark, ident = node_mark(group.labels, row), str(row["id"])
            if stored.get(ident) != mark:
                (changed if ident in stored else new).append({**row, MARK: mark})
        self.tally.passed(len(group.rows) - len(new) - len(changed), written=False)
        create = f"UNWIND $rows AS row CREATE (n:{':'.join(group.labels)}) SET n = row RETURN count(*) AS n"
        # The embedded store finds nodes by an index only if the pattern has no other label.
        change = f"UNWIND $rows AS row MATCH (n:{group.labels[0]} {{id: row.id}}) SET n = row RETURN count(*) AS n"
        self._write(create, new)
        self._write(change, changed)

    def edges(self, groups: Sequence[EdgeRows]) -> None:
        """Bring all relationships up to date; one that changed is deleted and made anew."""
        kinds = (*STRUCTURE, *(relation.cypher for relation in self.schema.relations.values()))
        for kind in kinds:
            members = [group for group in groups if group.type == kind]
            wanted = [[edge_mark(group, row) for row in group.rows] for group in members]
            kept = set() if self.fresh else self._kept_edges(kind, {mark for marks in wanted for mark in marks})
            for group, marks in zip(members, wanted, strict=True):
                self._write_edges(group, marks, kept)
        if not self.fresh:
            self.tally.deleted += self.store.delete_edges("NOT type(r) IN $kinds", kinds=kinds)

    def _kept_edges(self, kind: str, wanted: set[str]) -> set[str]:
        """Marks of relationships that may stay, when all others of the type have been deleted."""
        stored = Counter(self.store.edges(kind))
        kept = {mark for mark, times in stored.items() if times == 1 and mark in wanted}
        for batch in _batches(sorted(stored.keys() - kept)):
            self.tally.deleted += self.store.delete_edges(f"r.{MARK} IN $marks", kind=f":{kind}", marks=batch)
        return kept

    def _write_edges(self, group: EdgeRows, marks: Sequence[str], kept: set[str]) -> None:
        rows = [
            [row.start, row.end, {**row.properties, MARK: mark}]
            for row, mark in zip(group.rows, marks, strict=True)
            if mark not in kept
        ]
        self.tally.passed(len(marks) - len(rows), written=False)
        create = (
            f"UNWIND $rows AS row MATCH (a:{group.start_label} {{id: row[0]}}) "
            f"MATCH (b:{group.end_label} {{id: row[1]}}) CREATE (a)-[r:{group.type}]->(b) SET r = row[2] "
            "RETURN count(*) AS n"
        )
        self._write(create, rows)

    def _write(self, statement: str, rows: Sequence[object]) -> None:
        for batch in _batches(rows):
            if self.store.write(statement, batch) != len(batch):
                raise StoreError(
                    "the store lost nodes during the load", hint="does another program change it? load again"
                )
            self.tally.passed(len(batch), written=True)


def _batches(rows: Sequence[T]) -> Iterator[list[T]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch
