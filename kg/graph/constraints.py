"""Constraints and indexes of a property graph, as Cypher statements that can be run twice."""

from collections.abc import Iterator

from kg.graph.rows import CLAIM, ENTITY, NODE_LABELS, SENTENCE
from kg.schema import Schema, constraint_statements


def key_statements() -> tuple[str, ...]:
    """What a load finds its nodes by; all stores have it."""
    return tuple(
        f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in NODE_LABELS
    )


def index_statements(schema: Schema, *, neo4j: bool) -> tuple[str, ...]:
    """What queries find nodes by besides; cheapest to make when the nodes are there.

    Args:
        schema: its classes have an index each.
        neo4j: not the embedded store: its constraint on entities serves their classes too, and it has no full-text
            indexes in Cypher.
    """
    return tuple(_indexes(schema, neo4j=neo4j))


def schema_statements(schema: Schema) -> tuple[str, ...]:
    """All that `kg load` makes on a Neo4j server."""
    return tuple(dict.fromkeys((*key_statements(), *index_statements(schema, neo4j=True))))


def _indexes(schema: Schema, *, neo4j: bool) -> Iterator[str]:
    for label, name in ((ENTITY, "name"), (CLAIM, "pid")):
        yield f"CREATE INDEX {label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
    if not neo4j:
        return
    yield from constraint_statements(schema)
    for label, name in ((ENTITY, "name"), (SENTENCE, "text")):
        yield f"CREATE FULLTEXT INDEX {label.lower()}_words IF NOT EXISTS FOR (n:{label}) ON EACH [n.{name}]"
