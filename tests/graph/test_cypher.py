import logging
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import neo4j.exceptions
import pytest

from kg.errors import KgError, QueryError, StoreAuthError, StoreError
from kg.graph.cypher import connect, mapped, run_query
from tests.graph.conftest import Store

NOBODY = "bolt://127.0.0.1:1"


def test_values_are_plain_python(store: Store) -> None:
    table = store.table(
        "RETURN 1 AS whole, 1.5 AS part, 'x' AS words, true AS yes, null AS nothing, [1, [2]] AS list, "
        "{a: {b: 1}} AS map, date('2024-02-29') AS day, localdatetime('2024-02-29T12:30:00') AS local, "
        "datetime('2024-02-29T12:30:00+02:00') AS at, "
        "localtime('12:30') AS clock, duration({days: 2}) AS span"
    )
    at = datetime(2024, 2, 29, 12, 30, tzinfo=timezone(timedelta(hours=2)))
    assert table.columns == (
        "whole", "part", "words", "yes", "nothing", "list", "map", "day", "local", "at", "clock", "span",
    )  # fmt: skip
    assert table.rows == (
        (1, 1.5, "x", True, None, [1, [2]], {"a": {"b": 1}}, date(2024, 2, 29), datetime(2024, 2, 29, 12, 30), at,  # noqa: DTZ001
         time(12, 30), "P2D"),
    )  # fmt: skip


def test_elements_are_plain_python(store: Store) -> None:
    ((path, node, edge),) = store.ask(
        "MATCH p = (a:Person {name: 'Olga Marin'})-[r:SAYS]->(s:Statement) "
        "WHERE s.text STARTS WITH 'the' RETURN p, a, r"
    )
    assert node["labels"] == ["Entity", "Person"]
    assert node["properties"]["name"] == "Olga Marin"
    assert (edge["type"], edge["start"]) == ("SAYS", node["properties"]["id"])
    assert edge["properties"]["first"] == date(2025, 1, 10)
    assert [n["labels"] for n in path["nodes"]] == [["Entity", "Person"], ["Statement"]]
    assert path["relationships"][0]["properties"] == edge["properties"]


def test_parameters_of_all_kinds_arrive(store: Store) -> None:
    words = "a'b\"c\\d\0 \ud800"
    given: dict[str, Any] = {"text": words, "list": [1, "x", None], "map": {"k": [True]}, "day": date(2024, 1, 2)}
    (row,) = store.ask("RETURN $text AS t, $list AS l, $map AS m, $day AS d, $tuple AS u", tuple=(1, 2), **given)
    assert row == ("a'b\"c\\d\0 \ufffd", [1, "x", None], {"k": [True]}, date(2024, 1, 2), [1, 2])


WRONG = (
    "MATCH (n RETURN n", "RETURN $missing", "RETURN nothing", "CALL db.nope()", "RETURN 1/0", "",
    "RETURN toInteger({})",
)  # fmt: skip


@pytest.mark.parametrize("cypher", WRONG)
def test_a_wrong_query_is_an_error_of_the_query(store: Store, cypher: str) -> None:
    with pytest.raises(QueryError) as info:
        store.ask(cypher)
    assert info.value.exit_code == 8
    assert len(str(info.value)) > 5


@pytest.mark.parametrize("value", [{1, 2}, 2**70, object()])
def test_a_value_that_cannot_be_sent_is_an_error_of_the_query(store: Store, value: object) -> None:
    with pytest.raises(QueryError, match="cannot be sent"):
        store.ask("RETURN $x AS x", x=value)


def test_reading_does_not_write(store: Store) -> None:
    with pytest.raises(QueryError, match="not allowed") as info:
        store.ask("CREATE (n:Mine) RETURN n")
    assert "--write" in info.value.hint
    assert store.ask("MATCH (n:Mine) RETURN n") == []


def test_writing_writes(blank: Store) -> None:
    blank.write("CREATE (:Mine {a: $a})", a=date(2024, 1, 1))
    assert blank.ask("MATCH (n:Mine) RETURN n.a AS a") == [(date(2024, 1, 1),)]


def test_batches_of_the_user_may_commit_as_they_go(blank: Store) -> None:
    blank.write("UNWIND range(1, 10) AS i CALL (i) { CREATE (:Mine {i: i}) } IN TRANSACTIONS OF 3 ROWS")
    assert blank.ask("MATCH (n:Mine) RETURN count(n) AS n") == [(10,)]


@pytest.mark.parametrize("uri", [NOBODY, "neo4j://127.0.0.1:1", "bolt://no-such-host.invalid:7687"])
def test_a_dead_server_is_told_at_once_and_once(
    uri: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL), pytest.raises(StoreError, match="does not answer") as info:
        connect(uri, user="neo4j", password="x")
    assert not isinstance(info.value, QueryError | StoreAuthError)
    assert info.value.hint
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("uri", ["", "nonsense", "foo://localhost", "bolt://localhost:port", "bolt://:::"])
def test_an_address_that_is_none_is_told(uri: str) -> None:
    with pytest.raises(KgError):
        connect(uri, user="neo4j", password="x")


@pytest.mark.neo4j
def test_a_wrong_password_is_told(neo4j: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    with pytest.raises(StoreAuthError, match="user or password") as info:
        connect(os.environ["KG_NEO4J_URI"], user="neo4j", password="wrong")
    assert info.value.exit_code == 7


@pytest.mark.neo4j
def test_a_database_that_is_not_there_is_told(neo4j: Store) -> None:
    with pytest.raises(StoreError) as info:
        run_query(neo4j.driver, "RETURN 1", database="nope")
    assert "--database" in info.value.hint


@pytest.mark.neo4j
def test_files_of_the_server_are_out_of_reach(neo4j: Store) -> None:
    with pytest.raises(KgError):
        neo4j.ask("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line")


def exceptions() -> Iterator[type[Exception]]:
    for name in dir(neo4j.exceptions):
        kind = getattr(neo4j.exceptions, name)
        if isinstance(kind, type) and issubclass(kind, neo4j.exceptions.DriverError | neo4j.exceptions.Neo4jError):
            yield kind


@pytest.mark.parametrize("kind", list(exceptions()), ids=lambda k: k.__name__)
def test_every_error_of_the_driver_becomes_one_of_ours(kind: type[Exception]) -> None:
    needs_result = issubclass(kind, neo4j.exceptions.ResultError)
    error = kind(None, "something") if needs_result else kind("something")
    with pytest.raises(StoreError) as info, mapped():
        raise error
    assert info.value.__cause__ is error


def test_a_bug_of_ours_stays_a_bug() -> None:
    with pytest.raises(ValueError, match="ours"), mapped():
        raise ValueError("ours")
