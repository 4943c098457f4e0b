"""Every question of the cookbook finds something, on every store the same, and without a word of warning."""

import os
import re
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from kg.graph.cypher import Table
from kg.graph.queries import named_queries
from tests.graph.conftest import Store
from tests.graph.test_queries import values

TEXT = (Path(__file__).parents[2] / "docs" / "cypher-cookbook.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"^### (\d+)\. ([^\n]+)\n```cypher\n(.*?)```$", TEXT, re.MULTILINE | re.DOTALL)
ANSWERS: dict[str, Table] = {}


def test_there_are_thirty() -> None:
    assert [int(number) for number, _, _ in RECIPES] == list(range(1, 31))
    assert len(re.findall("^```cypher$", TEXT, re.MULTILINE)) == 30
    assert all(question.endswith("?") for _, question, _ in RECIPES)


@pytest.mark.parametrize(("number", "question", "cypher"), RECIPES, ids=[n for n, _, _ in RECIPES])
def test_each_finds_something_and_stores_agree(store: Store, number: str, question: str, cypher: str) -> None:
    table = store.table(cypher)
    assert table.rows, question
    assert ANSWERS.setdefault(number, table) == table


def test_the_server_has_no_word_of_warning(store: Store) -> None:
    if store.kind != "neo4j":
        pytest.skip("only Neo4j warns")
    login = os.environ.get("KG_NEO4J_USER", "neo4j"), os.environ["KG_NEO4J_PASSWORD"]
    queries = [(name, cypher, {}) for name, _, cypher in RECIPES]
    queries += [(q.name, q.cypher, values(q)) for q in named_queries().values()]
    said: dict[str, list[str]] = {}
    with GraphDatabase.driver(os.environ["KG_NEO4J_URI"], auth=login) as driver:
        for name, cypher, given in queries:
            _, summary, _ = driver.execute_query(cypher, given)
            said[name] = [s.raw_classification or "" for s in summary.gql_status_objects if s.is_notification]
    assert len(said) == 52
    deprecated = {name: kinds for name, kinds in said.items() if "DEPRECATION" in kinds}
    assert deprecated == {}
