"""Load a graph into a Cypher store: constraints, nodes, relationships, then away with what is no longer in it.

Loading twice is loading once, and a load that broke off is finished by the next. All that we write carries `kg`, a hash
of the graph it belongs to: it tells ours from other data in the same database, and stale from current.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from kg.errors import StoreError
from kg.graph.cypher import is_neo4j, run_query, write_rows
from kg.graph.edges import STRUCTURE, EdgeRows, edge_rows
from kg.graph.rows import CLAIM, ENTITY, NODE_LABELS, SENTENCE, NodeRows, node_rows
from kg.model import Graph
from kg.schema import Schema, constraint_statements

if TYPE_CHECKING:
    from neo4j import Driver

T = TypeVar("T")
Progress: TypeAlias = Callable[[int, int], None]
"""Called with elements done and elements in all."""

BATCH = 2000
"""Rows a transaction: rates are flat from 500 to 10,000 rows, memory is not."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Elements that a load wrote, and stale ones that it deleted."""

    nodes: int
    relationships: int
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
        StoreError: the store cannot be reached or refuses, or holds nodes of our labels that are not ours.
    """
    loader = _Loader(driver, database, stamp(graph), fresh)
    if not fresh:
        loader.refuse_strangers()
    loader.prepare(schema)
    nodes, edges = list(node_rows(graph, schema)), list(edge_rows(graph, schema))
    counts = sum(len(g.rows) for g in nodes), sum(len(g.rows) for g in edges)
    done = 0
    if not fresh:
        loader.remove_retyped(nodes, schema)
    for step in (*(loader.nodes(g) for g in nodes), *(loader.edges(g) for g in edges)):
        for written in step:
            done += written
            if progress is not None:
                progress(done, sum(counts))
    deleted = 0 if fresh else loader.remove_stale(schema)
    return Loaded(*counts, deleted)


def unload(driver: "Driver", schema: Schema, *, database: str = "") -> int:
    """Delete all that `load` wrote, and nothing else.

    Returns:
        Number of deleted nodes and relationships.

    Raises:
        StoreError: the store cannot be reached or refuses.
    """
    return _Loader(driver, database, "", fresh=False).remove_stale(schema)


def stamp(graph: Graph) -> str:
    """Short hash of what the graph holds."""
    digest = hashlib.sha256()
    for part in (graph.entities, graph.mentions, graph.propositions):
        for item in part:
            digest.update(repr(item).encode("utf-8", "surrogatepass"))
    for ident in (*(c.id for c in graph.claims), *(a.sha256 for a in graph.articles)):
        digest.update(ident.encode("ascii"))
    return f"g:{digest.hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class _Loader:
    driver: "Driver"
    database: str
    stamp: str
    fresh: bool

    def prepare(self, schema: Schema) -> None:
        """Constraints first: they are also the indexes that all else is found by."""
        for statement in self._statements(schema):
            run_query(self.driver, statement, write=True, database=self.database)

    def _statements(self, schema: Schema) -> Iterator[str]:
        for label in NODE_LABELS:
            yield f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label, name in ((ENTITY, "name"), (CLAIM, "pid")):
            yield f"CREATE INDEX {label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
        if not is_neo4j(self.driver):
            return  # the constraint on Entity serves its subclasses too, and there are no full-text indexes in Cypher
        yield from constraint_statements(schema)
        for label, name in ((ENTITY, "name"), (SENTENCE, "text")):
            yield f"CREATE FULLTEXT INDEX {label.lower()}_words IF NOT EXISTS FOR (n:{label}) ON EACH [n.{name}]"

    def refuse_strangers(self) -> None:
        """A node of our label and id that somebody else made would be taken over, and deleted by `unload`."""
        for label in NODE_LABELS:
            query = f"MATCH (n:{label}) WHERE n.kg IS NULL RETURN count(n) AS n"
            if found := run_query(self.driver, query, database=self.database).rows[0][0]:
                raise StoreError(
                    f"the database holds {found!r} nodes labelled {label} that kg did not write",
                    hint="load into another database: --database NAME",
                )

    def nodes(self, group: NodeRows) -> Iterator[int]:
        """Write nodes of one set of labels; yields how many, batch by batch."""
        labels, key = ":".join(group.labels), group.labels[0]
        create = f"UNWIND $rows AS row CREATE (n:{labels}) SET n = row, n.kg = $stamp"
        # MERGE on several labels scans in the embedded store; OPTIONAL MATCH on the constrained one uses its index.
        add = (
            f"UNWIND $rows AS row OPTIONAL MATCH (n:{key} {{id: row.id}}) WITH row, n WHERE n IS NULL "
            f"CREATE (m:{labels} {{id: row.id, kg: $stamp}})"
        )
        update = f"UNWIND $rows AS row MATCH (n:{key} {{id: row.id}}) SET n = row, n.kg = $stamp"
        for batch in _batches(group.rows):
            for statement in (create,) if self.fresh else (add, update):
                write_rows(self.driver, statement, batch, database=self.database, stamp=self.stamp)
            yield len(batch)

    def edges(self, group: EdgeRows) -> Iterator[int]:
        """Write relationships of one type; yields how many, batch by batch."""
        keys = ", ".join(f"{k}: row.properties.{k}" for k in group.keys)
        same = f" {{{keys}}}" if keys and not self.fresh else ""
        verb = "CREATE" if self.fresh else "MERGE"
        pattern = f"(a)-[r:{group.type}{same}]->(b)"
        statement = (
            f"UNWIND $rows AS row MATCH (a:{group.start_label} {{id: row.start}}) "
            f"MATCH (b:{group.end_label} {{id: row.end}}) {verb} {pattern} SET r = row.properties, r.kg = $stamp"
        )
        for batch in _batches(group.rows):
            rows = [{"start": r.start, "end": r.end, "properties": r.properties} for r in batch]
            write_rows(self.driver, statement, rows, database=self.database, stamp=self.stamp)
            yield len(batch)

    def remove_retyped(self, groups: Sequence[NodeRows], schema: Schema) -> None:
        """An entity that changed its type is made anew: the labels of the old one would stay."""
        every = {label for c in schema.classes for label in schema.labels(c)}
        for group in groups:
            if group.labels[0] != ENTITY:
                continue
            statement = (
                f"UNWIND $rows AS row MATCH (n:{ENTITY} {{id: row.id}}) WHERE any(l IN labels(n) WHERE l IN $others) "
                "OR NOT all(l IN $labels WHERE l IN labels(n)) DETACH DELETE n"
            )
            others = sorted(every - set(group.labels))
            for batch in _batches(group.rows):
                ids = [{"id": row["id"]} for row in batch]
                write_rows(
                    self.driver, statement, ids, database=self.database, others=others, labels=list(group.labels)
                )

    def remove_stale(self, schema: Schema) -> int:
        """Delete what carries another stamp than this graph's."""
        deleted = 0
        for kind in (*STRUCTURE, *(r.cypher for r in schema.relations.values())):
            query = f"MATCH ()-[r:{kind}]->() WHERE r.kg <> $stamp WITH r LIMIT {BATCH} DELETE r RETURN count(*) AS n"
            deleted += self._repeat(query)
        for label in NODE_LABELS:
            query = f"MATCH (n:{label}) WHERE n.kg <> $stamp WITH n LIMIT {BATCH} DETACH DELETE n RETURN count(*) AS n"
            deleted += self._repeat(query)
        return deleted

    def _repeat(self, statement: str) -> int:
        total = 0
        while n := write_rows(self.driver, statement, (), database=self.database, stamp=self.stamp):
            total += n
        return total


def _batches(rows: Sequence[T]) -> Iterator[list[T]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch
