"""`kg load`, `unload`, `query` and `check` on a Neo4j server."""

import os

import pytest

pytestmark = pytest.mark.neo4j


@pytest.fixture
def server(kg):
    """Address of a server that holds nothing of ours."""
    uri = os.environ.get("KG_NEO4J_URI")
    if uri is None:
        pytest.skip('no Neo4j server: eval "$(scripts/neo4j start)"')
    kg("-q", "unload", uri)
    yield uri
    kg("-q", "unload", uri)


def count(kg, server):
    return kg("query", server, "MATCH (a:Article) RETURN count(a) AS n", "-f", "csv").stdout.split()


def test_a_graph_is_loaded_asked_checked_and_unloaded(kg, toy_graph, server):
    assert "of them written, 0 stale ones deleted" in kg("load", toy_graph, server).stderr
    assert count(kg, server) == ["n", "3"]
    assert "and server agree" in kg("check", toy_graph, "--against", server).stderr
    named = ("--named", "encounters", "--format", "jsonl")
    assert kg("query", server, *named).stdout == kg("query", toy_graph, *named).stdout
    assert "nodes and relationships deleted" in kg("unload", server).stderr
    assert count(kg, server) == ["n", "0"]
    assert "store" in kg("check", toy_graph, "--server", server, code=10).stdout


def test_loading_again_follows_the_graph(kg, own_graph, server):
    kg("load", own_graph, server)
    kg("withdraw", own_graph, "one.md")
    kg("load", own_graph, server)
    assert count(kg, server) == ["n", "2"]
    kg("check", own_graph, "--server", server)


def test_questions_change_nothing_on_a_server(kg, server):
    assert "not allowed" in kg("query", server, "CREATE (n:Mine)", code=8).stderr


def test_a_wrong_password_has_its_code(kg, server):
    result = kg("query", server, "RETURN 1", env={"KG_NEO4J_PASSWORD": "wrong"}, code=7)
    assert "refuses user or password" in result.stderr


def test_a_query_that_never_ends_is_ended_by_a_server(kg, server):
    endless = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a * b AS c WHERE c < 0 RETURN count(c)"
    assert "longer" in kg("query", server, endless, "--timeout", "0.2", code=11).stderr
    assert "longer" in kg("query", server, endless, "--timeout", "0.2", "--write", code=11).stderr
