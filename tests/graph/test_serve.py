"""A served graph behaves like a Neo4j server that may only be read."""

import asyncio
import datetime as dt
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncGraphDatabase, Driver, GraphDatabase, Session
from neo4j.exceptions import AuthError, ClientError, CypherSyntaxError, Neo4jError
from neo4j.time import Date

from kg.errors import NotFoundError, QueryError, QueryTimeoutError, StoreError
from kg.graph.cypher import connect, run_query
from kg.graph.embedded import SERVED, Served, build_embedded, embedded_state, open_embedded, serve_embedded
from kg.model import Graph
from kg.schema import Schema
from tests.graph.corpus import PAGES, world

PASSWORD = "a password for tests"
ENDLESS = "MATCH p = (a)-[*]-(b) RETURN count(p) AS n"
"""Trails of any length: more than anybody can wait for, even in a small graph."""

KILLED = """
import os, signal, sys
from neo4j import GraphDatabase
sessions = [GraphDatabase.driver(sys.argv[1], auth=tuple(sys.argv[2:])).session(fetch_size=10) for _ in range(20)]
for session in sessions:
    next(iter(session.run("UNWIND range(1, 1000000) AS n RETURN n")))
os.kill(os.getpid(), signal.SIGKILL)
"""
"""A client with twenty connections that dies while all of them have answers to come."""


@pytest.fixture(scope="module")
def served(embedded_folder: Path) -> Iterator[Served]:
    with serve_embedded(embedded_folder, PASSWORD) as server:
        yield server


@pytest.fixture(params=["bolt", "neo4j"])
def driver(served: Served, request: pytest.FixtureRequest) -> Iterator[Driver]:
    """With and without a routing table."""
    with GraphDatabase.driver(served.uri.replace("bolt", request.param), auth=(SERVED, PASSWORD)) as each:
        yield each


def test_it_is_found_where_clients_look(served: Served, driver: Driver, graph: Graph) -> None:
    assert (served.user.name, served.state) == ("neo4j", "state-1")
    for database in (None, "neo4j"):
        (record,) = driver.execute_query("MATCH (c:Claim) RETURN count(c) AS n", database_=database).records
        assert record["n"] == len(graph.claims) == 39


def test_what_browsers_ask_first(driver: Driver) -> None:
    for query in ("CALL dbms.components()", "SHOW DATABASES", "CALL db.labels()", "CALL db.relationshipTypes()"):
        assert driver.execute_query(query).records, query


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (n:Mine)",
        "MATCH (a:Person), (b:Person) CREATE (a)-[:MET_WITH]->(b)",
        "MATCH (n:Claim) DETACH DELETE n",
        "MATCH (n:Claim) SET n.mood = 'actual'",
        "MATCH (n:Claim) SET n:Mine",
        "MATCH (n:Claim) REMOVE n.mood",
        "MATCH (n:Claim) REMOVE n:Claim",
        "MERGE (n:Entity {id: 'x'})",
        "FOREACH (x IN [1] | CREATE (:Claim {id: 'x'}))",
        "MATCH (n:Claim) CALL (n) { CREATE (:Mine) } RETURN count(n)",
        "MATCH (n:Claim) CALL (n) { DETACH DELETE n } IN TRANSACTIONS",
        "CREATE INDEX mine FOR (n:Claim) ON (n.rule)",
        "CREATE CONSTRAINT mine FOR (n:Claim) REQUIRE n.rule IS NOT NULL",
        "DROP CONSTRAINT claim_id",
        "DROP INDEX claim_pid",
        "CREATE DATABASE mine",
        "DROP DATABASE neo4j",
        "CREATE USER mine SET PASSWORD 'abcdefgh'",
        "ALTER USER root SET PASSWORD 'abcdefgh'",
        "ALTER CURRENT USER SET PASSWORD FROM 'a password for tests' TO 'abcdefgh'",
        "DROP USER root",
        "SHOW USERS",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "LOAD CSV FROM 'http://127.0.0.1:1/x' AS line RETURN line",
        "CALL db.createLabel('Mine')",
        "CALL apoc.merge.node(['Mine'], {a: 1})",
        "CALL apoc.create.node(['Mine'], {})",
        "CALL apoc.cypher.doIt('CREATE (:Mine)', {})",
        "CALL apoc.load.json('file:///etc/passwd')",
        "CALL dbms.security.createUser('mine', 'abcdefgh')",
        "DELETE FROM Claim",
    ],
)
def test_changes_are_refused(driver: Driver, statement: str) -> None:
    look = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r), count(DISTINCT n.mood)"
    before = driver.execute_query(look).records
    with pytest.raises(Neo4jError):
        driver.execute_query(statement)
    with driver.session() as session, pytest.raises(Neo4jError):
        session.run(statement).consume()
    with driver.session() as session, pytest.raises(Neo4jError):
        in_transaction(session, statement)
    assert driver.execute_query(look).records == before
    assert driver.execute_query("SHOW INDEXES").records


def in_transaction(session: Session, statement: str) -> None:
    """Some changes are refused only when they are committed."""
    transaction = session.begin_transaction()
    try:
        assert transaction.run("RETURN 1 AS n").single(strict=True)["n"] == 1
        transaction.run(statement).consume()
        transaction.commit()
    finally:
        transaction.close()


def test_values_go_both_ways(driver: Driver) -> None:
    given: dict[str, Any] = {
        "day": dt.date(2024, 2, 29),
        "moment": dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC),
        "list": [1, 2.5, True, None, "…\0"],
        "map": {"a": {"b": [1]}},
        "bytes": b"\0\xff",
        "large": 2**63 - 1,
    }
    answer = "RETURN " + ", ".join(f"${name} AS {name}" for name in given)
    (record,) = driver.execute_query(answer, given).records
    got = record.data()
    assert got.pop("day") == Date(2024, 2, 29)
    assert got.pop("moment").to_native() == given["moment"]
    assert got == {name: value for name, value in given.items() if name not in {"day", "moment"}}


def test_dates_nodes_and_paths_are_those_of_the_graph(driver: Driver) -> None:
    query = "MATCH p = (a:Person {name: 'Wang Yi'})-[r:MET_WITH]-(b) RETURN a, r, p, r.first AS first"
    for record in driver.execute_query(query).records:
        assert record["a"].labels == {"Entity", "Person"}
        assert record["a"]["name"] == "Wang Yi"
        assert record["r"].type == "MET_WITH"
        assert isinstance(record["first"], Date)
        assert record["p"].start_node["name"] == "Wang Yi"
        assert [each.type for each in record["p"].relationships] == ["MET_WITH"]


def test_a_large_answer_arrives_whole_or_is_left(driver: Driver) -> None:
    query = "UNWIND range(1, 100000) AS n RETURN n, 'word ' + n AS word"
    with driver.session(fetch_size=500) as session:
        numbers = [record["n"] for record in session.run(query)]
    assert numbers == list(range(1, 100_001))
    with driver.session(fetch_size=10) as session:
        assert next(iter(session.run(query)))["n"] == 1
    assert driver.execute_query("RETURN 1 AS n").records[0]["n"] == 1


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("MATCH (n RETURN n", CypherSyntaxError),
        ("MATCH (n) RETURN m", ClientError),
        ("RETURN $missing", ClientError),
        ("RETURN 1 / 0", ClientError),
        ("RETURN no_such_function(1)", ClientError),
    ],
)
def test_a_wrong_query_is_told_and_the_session_goes_on(driver: Driver, query: str, kind: type[Neo4jError]) -> None:
    with driver.session() as session:
        with pytest.raises(kind):
            session.run(query).consume()
        assert session.run("RETURN 1 AS n").single(strict=True)["n"] == 1


def test_many_clients_at_once(served: Served) -> None:
    def ask(number: int, found: list[tuple[int, int, int]]) -> None:
        with GraphDatabase.driver(served.uri, auth=(SERVED, PASSWORD)) as mine:
            for turn in range(5):
                with mine.session() as one, mine.session() as two, one.begin_transaction() as open_one:
                    own = open_one.run("RETURN $n AS n", n=number * 100 + turn).single(strict=True)["n"]
                    with two.begin_transaction() as open_two:
                        claims = open_two.run("MATCH (c:Claim) RETURN count(c) AS n").single(strict=True)["n"]
                    rows = len(list(open_one.run("UNWIND range(1, 3000) AS x RETURN x")))
                    found.append((own - turn, claims, rows))

    answers: list[list[tuple[int, int, int]]] = [[] for _ in range(8)]
    threads = [threading.Thread(target=ask, args=(n, found)) for n, found in enumerate(answers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [[(n * 100, 39, 3000)] * 5 for n in range(8)]


def test_the_asynchronous_driver(served: Served) -> None:
    async def ask() -> list[int]:
        async with AsyncGraphDatabase.driver(served.uri, auth=(SERVED, PASSWORD)) as each:
            results = await asyncio.gather(*(each.execute_query("RETURN $n AS n", n=n) for n in range(20)))
        return [result.records[0]["n"] for result in results]

    assert asyncio.run(ask()) == list(range(20))


def test_a_client_that_goes_away_harms_nobody(served: Served) -> None:
    hello = bytes.fromhex("6060b017 00000405 00000004 00000000 00000000")
    for rubbish in (b"", b"GET / HTTP/1.1\r\n\r\n", b"\0" * 999, hello, hello + b"\xff\xff" + b"\0" * 70_000):
        host, port = served.uri.removeprefix("bolt://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as client:
            client.sendall(rubbish)
    killed = subprocess.run([sys.executable, "-c", KILLED, served.uri, SERVED, PASSWORD], check=False, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    with connect(served.uri, user=SERVED, password=PASSWORD) as each:
        assert run_query(each, "MATCH (c:Claim) RETURN count(c) AS n").rows == ((39,),)


@pytest.mark.parametrize(
    "login", [(SERVED, "wrong password"), ("root", PASSWORD), ("reader", PASSWORD), (SERVED, ""), None]
)
def test_strangers_are_refused(served: Served, login: tuple[str, str] | None) -> None:
    with GraphDatabase.driver(served.uri, auth=login) as each, pytest.raises(AuthError):
        each.verify_connectivity()


def test_other_databases_are_not_to_be_seen(driver: Driver) -> None:
    for name in ("kg", "mine"):
        with pytest.raises(Neo4jError):
            driver.execute_query("MATCH (n) RETURN count(n)", database_=name)


def test_queries_that_never_end_are_ended(embedded_folder: Path) -> None:
    with (
        serve_embedded(embedded_folder, PASSWORD, timeout=1) as server,
        connect(server.uri, user=SERVED, password=PASSWORD) as each,
    ):
        ended: list[str] = []

        def wait() -> None:
            with pytest.raises(QueryTimeoutError, match="longer") as info:
                run_query(each, ENDLESS)
            ended.append(info.value.message)

        threads = [threading.Thread(target=wait) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(ended) == 10
        assert run_query(each, "RETURN 1 AS n").rows == ((1,),)


@pytest.mark.parametrize("write", [False, True])
def test_a_query_that_never_ends_is_ended_without_a_server_too(embedded_folder: Path, *, write: bool) -> None:
    with open_embedded(embedded_folder, write=write, timeout=0.5) as each:
        for _ in range(2):
            with pytest.raises(QueryTimeoutError):
                run_query(each, ENDLESS, timeout=0.5, write=write)
        assert run_query(each, "RETURN 1 AS n").rows == ((1,),)


def test_the_graph_can_be_asked_and_built_meanwhile(tmp_path: Path, graph: Graph, schema: Schema) -> None:
    build_embedded(tmp_path, graph, schema, state="old")
    with (
        serve_embedded(tmp_path, PASSWORD) as server,
        connect(server.uri, user=SERVED, password=PASSWORD) as each,
    ):
        ask = "MATCH (c:Claim) RETURN count(c) AS n"
        with open_embedded(tmp_path) as own:
            assert run_query(own, ask).rows == run_query(each, ask).rows == ((39,),)
            build_embedded(tmp_path, world(pages=PAGES[:2]), schema, state="new")
            assert run_query(own, ask).rows == run_query(each, ask).rows == ((39,),)
        assert embedded_state(tmp_path) == "new"
        build_embedded(tmp_path, world(pages=PAGES[:2]), schema, state="new")
        assert run_query(each, ask).rows == ((39,),)
        with open_embedded(tmp_path, write=True) as own:
            assert run_query(own, ask).rows == ((7,),)
            run_query(own, "MATCH (c:Claim) DETACH DELETE c", write=True)
    build_embedded(tmp_path, graph, schema, state="old")
    assert len(list((tmp_path / "embedded").glob("*g-*"))) == 2, "one graph and its lock"


def test_a_copy_that_was_left_behind_goes_with_the_next_build(tmp_path: Path, graph: Graph, schema: Schema) -> None:
    build_embedded(tmp_path, graph, schema)
    left = tmp_path / "embedded" / "g-left"
    left.mkdir()
    (tmp_path / "embedded" / "lock-g-left").touch()
    (tmp_path / "embedded" / "lock-g-gone").touch()
    build_embedded(tmp_path, graph, schema)
    assert len(list((tmp_path / "embedded").glob("*g-*"))) == 2, "one graph and its lock"


def test_a_port_that_is_taken_is_told(embedded_folder: Path, served: Served) -> None:
    port = int(served.uri.rpartition(":")[2])
    with pytest.raises(StoreError, match=f"port {port} is taken"), serve_embedded(embedded_folder, PASSWORD, port=port):
        pass
    assert len(list((embedded_folder / "embedded").glob("g-*"))) == 2, "the graph, and the copy of the fixture"


def test_without_a_graph_there_is_nothing_to_serve(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError), serve_embedded(tmp_path, PASSWORD):
        pass
    assert list(tmp_path.iterdir()) == []


def test_readers_of_the_own_graph_may_not_write_either(embedded_folder: Path) -> None:
    with open_embedded(embedded_folder) as own, pytest.raises(QueryError):
        run_query(own, "CREATE (:Mine)", write=True)
