"""Speak to a Cypher store through the official neo4j driver; its only home.

The embedded graph and a Neo4j server differ in how a driver is obtained, and in nothing else.
"""

import logging
import re
from asyncio import CancelledError
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.errors import LockedError, QueryError, QueryTimeoutError, StoreAuthError, StoreError
from kg.graph.strings import storable

if TYPE_CHECKING:
    from typing import LiteralString

    from neo4j import Driver, ManagedTransaction, Record, Session
    from neo4j.exceptions import Neo4jError

Cell: TypeAlias = str | int | float | bool | bytes | date | datetime | time | list[Any] | dict[str, Any] | None

_FAULTS_OF_QUERIES = (
    "Neo.ClientError.Statement.", "Neo.ClientError.Procedure.", "Neo.ClientError.General.",
    "Neo.ClientError.Transaction.", "Neo.DatabaseError.Statement.", "Neo.DatabaseError.General.",
)  # fmt: skip

_EXPECTED = re.compile(r", expected: one of [^\n]*? or \d+ more$")
"""The embedded store lists a dozen names of its grammar."""
_RESOLVED = re.compile(r" \(resolved to [^\n]*\)\):$|:$")
_LATE = "Neo.ClientError.Transaction.TransactionTimedOut"
"""Begins the codes of queries that took too long."""

CONNECT_SECONDS = 10
"""How long a server may take to accept a connection before it counts as down."""

LOCK_SECONDS = 3
"""How long to wait for a lock; a server looks at its clock every two seconds."""


@dataclass(frozen=True, slots=True)
class Table:
    """Answer of a query.

    Attributes:
        columns: names, in the query's order; the embedded store tells none where there are no rows.
        rows: plain Python values; a node is `{"labels", "properties"}`, a relationship `{"type", "start", "end",
            "properties"}` (ends by `id`), a path `{"nodes", "relationships"}`.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def connect(uri: str, *, user: str = "", password: str = "") -> "Driver":
    """Driver of a server that answers; the caller closes it (it is a context manager).

    Args:
        uri: `neo4j://`, `bolt://`, or their `+s` and `+ssc` forms.
        user: "" where the server asks for none.
        password: of that user.

    Raises:
        StoreError: nothing answers there, or the address is malformed.
        StoreAuthError: user or password refused.
    """
    from neo4j import GraphDatabase

    # What the driver would log is raised as an error too; without a handler it would be printed on stderr as well.
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    with mapped():
        driver = GraphDatabase.driver(
            uri,
            auth=(user, password) if user else None,
            connection_acquisition_timeout=CONNECT_SECONDS,
            connection_timeout=CONNECT_SECONDS,
            user_agent="foreign-policy-kg",
            notifications_min_severity="OFF",
        )
        try:
            driver.verify_connectivity()  # without it a dead server is noticed after 30 s of retries
        except BaseException:
            driver.close()
            raise
    return driver


def run_query(
    driver: "Driver",
    cypher: str,
    params: Mapping[str, object] | None = None,
    *,
    write: bool = False,
    database: str = "",
    timeout: float = 0,
) -> Table:
    """Run one query and fetch its answer.

    Args:
        driver: from `connect` or `kg.graph.embedded.open_embedded`.
        cypher: one statement.
        params: values of its `$parameters`.
        write: may it change the store? A Neo4j server refuses otherwise; the embedded store by the user logged in.
        database: name on the server; "" for its default.
        timeout: seconds that it may take; 0: no limit. A server keeps it; the embedded store by what `open_embedded`
            was given.

    Raises:
        QueryError: the statement is wrong, or not allowed.
        QueryTimeoutError: it took longer than `timeout`.
        StoreError: the store cannot be reached.
    """
    from neo4j import Query, unit_of_work

    values = {name: _storable(value) for name, value in (params or {}).items()}

    def fetch(runner: "ManagedTransaction | Session", statement: Any) -> Table:
        result = runner.run(statement, values)
        columns = tuple(result.keys())
        return Table(columns, tuple(_row(record) for record in result))

    with mapped(), _session(driver, database, write=write) as session:
        # Writing goes without a managed transaction, so that CALL ... IN TRANSACTIONS works.
        limit = timeout or None
        if write:
            return fetch(session, Query(cypher, timeout=limit))  # pyright: ignore[reportArgumentType]
        return session.execute_read(unit_of_work(timeout=limit)(fetch), cypher)


def write_rows(
    driver: "Driver", cypher: str, rows: Sequence[object] = (), *, database: str = "", **params: object
) -> int:
    """Run a statement of our own over `$rows` in one transaction, again if the store asks for that.

    It is not run again if the connection is lost while it is committed: nobody knows then whether it was.

    Returns:
        What the statement returns as its only cell, or 0.

    Raises:
        StoreError: the store cannot be reached, or refuses.
    """

    def work(transaction: "ManagedTransaction") -> int:
        record = transaction.run(cypher, rows=rows, **params).single()  # type: ignore[arg-type]
        return int(record[0]) if record else 0

    try:
        with mapped(), _session(driver, database, write=True) as session:
            return session.execute_write(work)
    except QueryError as exc:
        hint = "is the database read-only, its disk full, or may this user not write? another one: --user, --database"
        raise StoreError(f"the store refuses to be changed: {exc.message}", hint=hint) from exc


@contextmanager
def holding(driver: "Driver", cypher: "LiteralString", *, database: str = "") -> Generator[None]:
    """Keep what a statement locks in a Neo4j server while the block runs; then the statement is undone.

    Raises:
        LockedError: another one keeps it.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    with mapped(), _session(driver, database, write=True) as session:
        try:
            # A lock is waited for without end, but for the time that a transaction may take: so the first is a trial.
            with session.begin_transaction(timeout=LOCK_SECONDS) as trial:
                trial.run(cypher).consume()
                trial.rollback()
        except Neo4jError as exc:
            if "Transaction" not in (exc.code or ""):
                raise
            hint = "wait until it has finished, then load again"
            raise LockedError("another load works on this database", hint=hint) from exc
        transaction = session.begin_transaction()
        try:
            transaction.run(cypher).consume()
            yield
        finally:
            with suppress(DriverError, Neo4jError):  # the server frees it too when it loses the connection
                transaction.close()


def is_neo4j(driver: "Driver") -> bool:
    """Is it Neo4j itself, with full-text indexes?"""
    with mapped():
        return "ArcadeDB" not in driver.get_server_info().agent


@contextmanager
def mapped() -> Generator[None]:
    """Turn the driver's errors into ours.

    Raises:
        QueryError, StoreAuthError, StoreError
    """
    from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError, ServiceUnavailable

    try:
        yield
    except AuthError as exc:
        raise StoreAuthError(
            "the store refuses user or password", hint="give --user, and the password in KG_NEO4J_PASSWORD"
        ) from exc
    except ServiceUnavailable as exc:
        raise StoreError(f"the store does not answer: {_first_line(exc)}", hint="is the server running?") from exc
    except ConfigurationError as exc:
        raise StoreError(f"the address is not usable: {_first_line(exc)}", hint="e.g. neo4j://localhost:7687") from exc
    except Neo4jError as exc:
        raise _answered(exc) from exc
    except DriverError as exc:
        raise StoreError(f"the store failed: {_first_line(exc)}") from exc
    except (TypeError, ValueError, OverflowError) as exc:
        if not _raised_by_driver(exc):
            raise
        raise QueryError(f"a parameter or the address cannot be sent to the store: {exc}") from exc


def _answered(exc: "Neo4jError") -> StoreError:
    """What a server said, by its code; the embedded store calls most faults of a query UnknownError."""
    code, message = exc.code or "", exc.message or str(exc)
    if code.endswith((".Security.Forbidden", ".Statement.AccessMode")):
        return QueryError(
            f"the query is not allowed: {message}", hint="only reading is allowed; to change the graph: --write"
        )
    if code.endswith(".DatabaseNotFound"):
        return StoreError(message, hint="name another one: --database")
    if code.startswith(_LATE):
        return QueryTimeoutError("the query took longer than it may", hint="allow it more: --timeout SECONDS")
    if code.startswith(_FAULTS_OF_QUERIES):
        return QueryError(_EXPECTED.sub("", message))
    return StoreError(f"the store failed: {message}", hint=f"its code: {code}")


def _raised_by_driver(exc: BaseException) -> bool:
    """Was it the driver that found fault with a value? Anything else is a bug of ours."""
    trace = exc.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and str(trace.tb_frame.f_globals.get("__name__", "")).startswith("neo4j")


def _first_line(exc: BaseException) -> str:
    return _RESOLVED.sub("", str(exc).partition("\n")[0])


@contextmanager
def _session(driver: "Driver", database: str, *, write: bool) -> "Generator[Session]":
    """A session that Ctrl-C ends at once, also while the server is busy."""
    from neo4j import READ_ACCESS, WRITE_ACCESS

    mode = WRITE_ACCESS if write else READ_ACCESS
    try:
        with driver.session(database=database or None, default_access_mode=mode) as session:
            try:
                yield session
            except KeyboardInterrupt as exc:
                # On any other exception the session waits for the answer before it closes; on this one it hangs up.
                raise CancelledError from exc
    except CancelledError as exc:
        raise KeyboardInterrupt from exc


def _storable(value: object) -> object:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {storable(str(k)): _storable(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(v) for v in value]
    return value


def _row(record: "Record") -> tuple[Cell, ...]:
    return tuple(_native(value) for value in record.values())


def _native(value: Any) -> Cell:
    """A driver's value as plain Python."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list):
        return [_native(v) for v in value]
    if isinstance(value, dict):
        return {k: _native(v) for k, v in value.items()}
    return next((make(value) for kind, make in _converters() if isinstance(value, kind)), value)


@cache
def _converters() -> tuple[tuple[type | tuple[type, ...], Callable[[Any], Cell]], ...]:
    from neo4j.graph import Node, Path, Relationship
    from neo4j.spatial import Point
    from neo4j.time import Date, DateTime, Duration, Time

    return (
        (Node, _node),
        (Relationship, _relationship),
        (Path, lambda v: {"nodes": [_node(n) for n in v.nodes], "relationships": [_relationship(r) for r in v]}),
        ((Date, DateTime, Time), lambda v: v.to_native()),
        (Duration, lambda v: v.iso_format()),
        (Point, lambda v: {"srid": v.srid, "coordinates": list(v)}),
    )


def _node(node: Any) -> dict[str, Any]:
    return {"labels": sorted(node.labels), "properties": {k: _native(v) for k, v in sorted(node.items())}}


def _relationship(edge: Any) -> dict[str, Any]:
    ends = {"start": edge.start_node, "end": edge.end_node}
    return {
        "type": edge.type,
        **{role: node.get("id") if node is not None else None for role, node in ends.items()},
        "properties": {k: _native(v) for k, v in sorted(edge.items())},
    }
