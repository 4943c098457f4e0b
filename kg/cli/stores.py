"""Where questions go: the embedded graph of a folder, or a Neo4j server. Both are asked through one driver."""

import os
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import on_terminal, say
from kg.cli.options import Login
from kg.errors import StoreAuthError, UsageError

if TYPE_CHECKING:
    from neo4j import Driver

    from kg.graph.cypher import Table

Ask = Callable[[str, Mapping[str, object]], "Table"]

PASSWORD = "KG_NEO4J_PASSWORD"  # noqa: S105 - the name of a variable

SCHEMES = tuple(f"{name}{security}://" for name in ("neo4j", "bolt") for security in ("", "+s", "+ssc"))


def is_server(target: str) -> bool:
    """Is it the address of a server, and no folder?"""
    return "://" in target


@contextmanager
def open_store(target: str, login: Login, *, write: bool = False, timeout: float = 0) -> Generator[Ask, None, None]:
    """Open a store for questions.

    Args:
        target: a graph's folder, or `neo4j://...`, `bolt://...`.
        login: for a server.
        write: may questions change the store?
        timeout: seconds that one may take; 0: no limit.

    Yields:
        A function from a Cypher statement and its parameters to a table.

    Raises:
        KgError: no graph there, or the store cannot be reached.
    """
    from kg.graph.cypher import run_query

    if is_server(target):
        with open_server(target, login) as driver:
            yield partial(run_query, driver, write=write, database=login.database, timeout=timeout)
        return

    from kg.graph.embedded import open_embedded

    folder = Path(target)
    make_ready(folder)
    with open_embedded(folder, write=write, timeout=timeout) as driver:
        yield partial(run_query, driver, write=write, timeout=timeout)


@contextmanager
def open_server(uri: str, login: Login) -> "Generator[Driver, None, None]":
    """Connect to a Neo4j server; the password comes from the environment, or is asked for.

    Raises:
        UsageError: no address of a server.
    """
    from kg.graph.cypher import connect

    if not uri.startswith(SCHEMES):
        raise UsageError(f"{uri} is no address of a Neo4j server", hint="it looks like neo4j://localhost:7687")

    with connect(uri, user=login.user, password=_password(login.user) if login.user else "") as driver:
        yield driver


def make_ready(folder: Path) -> None:
    """See that a folder holds a graph, and make the embedded one if it was deleted or never finished."""
    from kg.build import refresh
    from kg.graph.embedded import embedded_state
    from kg.graph.record import Record

    with Record.open(folder, readonly=True) as record:
        state = record.state()
    made_from = embedded_state(folder)
    if not made_from:
        say(f"making the embedded graph of {folder} ...")
        refresh(folder)
    elif made_from != state:
        say(f"the graph is older than the record of {folder}: `kg build` brings it up to date")


def _password(user: str) -> str:
    if (known := os.environ.get(PASSWORD)) is not None:
        return known
    if not on_terminal(sys.stdin):
        raise StoreAuthError(f"no password for user {user}", hint=f"set {PASSWORD}, or --user '' for a server without")
    return str(click.prompt(f"Password of {user}", hide_input=True, err=True))
