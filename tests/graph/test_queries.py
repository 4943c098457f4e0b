import re
from pathlib import Path

import pytest

from kg.errors import DataError, NotFoundError, UsageError
from kg.graph.cypher import Table
from kg.graph.queries import NamedQuery, find_query, named_queries, read_queries
from kg.model import Graph
from kg.schema import Schema
from tests.graph.conftest import Store
from tests.graph.test_contract import crowded, view  # noqa: F401 - fixtures

QUERIES = list(named_queries().values())
GIVEN = {
    "statements": {"name": "Marin"},
    "path": {"from": "Kishida", "to": "Government of the United States"},
    "timeline": {"name": "Blinken"},
    "between": {"one": "Blinken", "other": "Wang"},
    "evidence": {"pid": "p:4e0a89cabb5e723d95a6"},
}
MET = "p:22efd481377e409133f7"


def values(query: NamedQuery) -> dict[str, object]:
    return {**query.bind(GIVEN.get(query.name, {}))}


def ask(store: Store, title: str, /, **given: object) -> Table:
    query = find_query(title)
    return store.table(query.cypher, **query.bind({**GIVEN.get(title, {}), **given}))


def answer(store: Store, title: str, /, **given: object) -> list[tuple[object, ...]]:
    return list(ask(store, title, **given).rows)


def column(store: Store, title: str, wanted: str, /, **given: object) -> list[object]:
    table = ask(store, title, **given)
    return [row[table.columns.index(wanted)] for row in table.rows]


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, object]]:
    return {}


def test_there_are_enough_and_each_explains_itself() -> None:
    assert len(QUERIES) == 22
    for query in QUERIES:
        assert query.title[0].isupper()
        assert not query.title.endswith(".")
        assert query.description.endswith(".")
        assert all(len(p.meaning) > 5 for p in query.parameters.values())
        assert "ORDER BY" in query.cypher, "an answer without order differs from run to run"


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_each_finds_something_and_stores_agree(
    store: Store, query: NamedQuery, answers: dict[str, dict[str, object]]
) -> None:
    table = store.table(query.cypher, **values(query))
    assert table.rows
    returned = query.cypher.rpartition("RETURN ")[2].partition("ORDER BY")[0]
    names = re.findall(r"(?:AS |^|, )(\w+)(?=,|\s*$)", " ".join(returned.split()))
    assert [c for c in table.columns if c in names] == list(table.columns)
    assert len(set(table.columns)) == len(table.columns)
    seen = answers.setdefault(query.name, {})
    seen[store.kind] = table
    assert len({repr(t) for t in seen.values()}) == 1


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_each_filters_by_each_of_its_parameters(store: Store, query: NamedQuery) -> None:
    for parameter in query.parameters.values():
        if parameter.name == "limit":
            few = query.bind({**GIVEN.get(query.name, {}), "limit": 1})
            assert len(store.table(query.cypher, **few).rows) == 1
        elif parameter.name in {"since", "sources"}:
            high: object = "2999-01-01" if parameter.name == "since" else 99
            assert store.table(query.cypher, **query.bind({parameter.name: high})).rows == ()
        else:
            nothing = query.bind({**GIVEN.get(query.name, {}), parameter.name: "no such thing"})
            assert store.table(query.cypher, **nothing).rows == ()


def test_offices(store: Store) -> None:
    assert column(store, "offices", "person", tenure="former") == ["Fred Fleitz", "Fumio Kishida"]
    assert column(store, "offices", "title", name="blinken") == ["secretary of state"]
    assert column(store, "offices", "person", body="NSC") == ["Fred Fleitz"]


def test_encounters(store: Store) -> None:
    rows = answer(store, "encounters", name="Blinken", other="Wang")
    assert [(str(day), places, articles) for _, _, _, day, _, _, places, articles, _ in rows] == [
        ("2024-02-16", ["Munich"], 3),
        ("2023-06-18", ["Beijing (city)"], 1),
    ]
    assert answer(store, "encounters", name="Wang", other="Blinken") == rows
    assert len(answer(store, "encounters", name="Wang", since="2024-01-01")) == 1


def test_denials_and_contradictions(store: Store) -> None:
    assert len(answer(store, "denials")) == 3
    assert column(store, "denials", "speaker", relation="sanctions") == ["Olga Marin"]
    assert column(store, "contested", "relation") == ["SANCTIONS"]
    assert column(store, "evidence", "mood") == ["actual", "conditional", "actual"]
    assert column(store, "evidence", "negated") == [False, False, True]


def test_plans_are_no_facts(store: Store) -> None:
    assert column(store, "plans", "mood", name="Kishida") == ["possible", "planned"]
    assert column(store, "participants", "events") == [["G7 summit in Hiroshima"]]


def test_paths_and_neighbourhoods(store: Store) -> None:
    (row,) = answer(store, "path")
    assert row[0] == 2
    assert row[1] == ["Fumio Kishida", "Government of Japan", "Government of the United States"]
    assert row[2] == ["HOLDS_POSITION", "ALLIED_WITH"]
    assert column(store, "between", "pid", one="Wang", other="Antony Blinken") == [MET]
    assert column(store, "corroborated", "pid") == [MET]
    assert set(column(store, "actors", "type", type="Person")) == {"Person"}


def test_stances(store: Store) -> None:
    assert column(store, "stances", "stance", topic="taiwan") == ["IS_CONCERNED_ABOUT"]
    assert column(store, "stance_changes", "stances") == [["OPPOSES", "SUPPORTS"]]
    assert column(store, "opponents", "opponent") == ["Government of the United States"]


def test_the_timeline_is_in_order(store: Store) -> None:
    days = [str(d) for d in column(store, "timeline", "day")]
    assert days == sorted(days)
    assert len(days) == 7


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_they_run_on_a_larger_graph(crowded: Store, query: NamedQuery) -> None:  # noqa: F811
    crowded.table(query.cypher, **values(query))


def test_the_path_query_knows_all_relations(schema: Schema) -> None:
    (types,) = re.findall(r"\[:([A-Z_|\s]+)\*", find_query("path").cypher)
    assert "".join(types.split()).split("|") == [r.cypher for r in schema.relations.values()]


def test_the_example_ids_are_those_of_the_graph(graph: Graph) -> None:
    assert {MET, GIVEN["evidence"]["pid"]} <= {p.id for p in graph.propositions}


def test_an_unknown_query_names_the_others() -> None:
    with pytest.raises(NotFoundError, match="no prepared query 'x'") as info:
        find_query("x")
    assert "offices" in info.value.hint


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"nope": 1}, "no parameter nope"),
        ({"limit": "many"}, "must be of type int"),
        ({"limit": True}, "must be of type int"),
        ({"name": ["a"]}, "must be of type string"),
    ],
)
def test_wrong_values_are_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        find_query("offices").bind(given)


def test_missing_values_are_asked_for() -> None:
    with pytest.raises(UsageError, match="needs name") as info:
        find_query("timeline").bind({})
    assert info.value.hint == "give it: -p name=VALUE"
    assert find_query("timeline").bind({"name": 7}) == {"name": "7", "limit": 100}


def test_words_of_people_are_read_in_the_type_of_the_parameter() -> None:
    query = find_query("timeline")
    assert query.signature == "name limit=100"
    assert query.bind_words({"name": "007", "limit": "3"}) == {"name": "007", "limit": 3}
    assert query.bind_words({"name": "1.50"})["name"] == "1.50"
    assert query.bind_words({"name": '"x"'})["name"] == "x"
    assert query.bind_words({"name": "[" * 100_000})["name"] == "[" * 100_000
    for given in ({"name": "x", "limit": "many"}, {"name": "x", "limit": "true"}, {"name": "x", "limt": "1"}):
        with pytest.raises(UsageError):
            query.bind_words(given)


GOOD = "// title: T\n// description: D.\n// param n: int = 3 — how many\n\nRETURN $n AS n\n"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("// title: T\n", "", "has no title"),
        ("// title: T\n", "// title:\n", "has no title"),
        ("// description: D.\n", "", "has no description"),
        ("// description", "// descriptoin", "line 2: neither"),
        ("int = 3", "int = x", "default is no int"),
        ("int = 3", "int = 3.5", "default is no int"),
        ("int = 3", "integer = 3", "line 3"),
        (" — how many", "", "line 3"),
        ("$n", "$m", "differ: m, n"),
        ("// param n: int = 3 — how many\n", "", "differ: n"),
    ],
)
def test_a_wrong_header_is_an_error_of_the_data(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "q.cypher"
    path.write_text(GOOD)
    assert read_queries(tmp_path)["q"].bind({}) == {"n": 3}
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(DataError, match=message):
        read_queries(tmp_path)
