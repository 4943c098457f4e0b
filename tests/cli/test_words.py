"""What users type: parameters, statements, prepared queries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.named import NamedQuery, find_query, named_queries, read_query
from kg.cli.parameters import parse_parameters
from kg.cli.statements import is_blank, split_statements
from kg.errors import DataError, NotFoundError, UsageError


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("x=2024", 2024),
        ("x=0.5", 0.5),
        ("x=true", True),
        ("x=null", None),
        ('x=["a", 1]', ["a", 1]),
        ('x="2024"', "2024"),
        ("x=Fred Fleitz", "Fred Fleitz"),
        ("x=a=b", "a=b"),
        ("x=", ""),
        ("x=NaN", "NaN"),
        ("x=" + "[" * 100_000, "[" * 100_000),
    ],
)
def test_a_parameter_is_json_where_it_can_be(word, value):
    assert parse_parameters([word]) == {"x": value}


@pytest.mark.parametrize("word", ["x", "=1", "1x=2", "a b=2", ""])
def test_a_word_that_is_no_parameter(word):
    with pytest.raises(UsageError, match="is not name=value"):
        parse_parameters([word])


def test_a_parameter_given_twice():
    with pytest.raises(UsageError, match="'x' is given twice"):
        parse_parameters(["x=1", "x=2"])


@pytest.mark.parametrize(
    ("text", "done", "rest"),
    [
        ("RETURN 1; RETURN 2", ["RETURN 1"], "RETURN 2"),
        ("RETURN ';' AS a; RETURN \";\"", ["RETURN ';' AS a"], 'RETURN ";"'),
        (r"RETURN 'it\';s' ;", [r"RETURN 'it\';s'"], ""),
        ("RETURN 1 AS `a;b`;", ["RETURN 1 AS `a;b`"], ""),
        ("// no; end\nRETURN 1;", ["// no; end\nRETURN 1"], ""),
        ("/* ; */ RETURN 1; // bye;", ["/* ; */ RETURN 1"], ""),
        (";; ;", [], ""),
        ("RETURN 'open ; string", [], "RETURN 'open ; string"),
        ("/* open ; comment", [], "/* open ; comment"),
    ],
)
def test_statements_end_with_a_semicolon_that_is_one(text, done, rest):
    assert split_statements(text) == (done, rest)


@given(st.text(alphabet="a';\"`/*\\\n ", max_size=40))
def test_splitting_loses_nothing_but_blanks_semicolons_and_comments(text):
    done, rest = split_statements(text)
    assert all(statement and not is_blank(statement) for statement in done)
    kept = "".join([*done, rest])
    assert len(kept) <= len(text)
    assert text.count("a") >= kept.count("a")
    if "/" not in text:
        assert kept.count("a") == text.count("a")


def test_prepared_queries_say_what_they_are():
    queries = named_queries()
    assert len(queries) >= 12
    assert {"offices", "encounters", "stances"} <= queries.keys()
    for query in queries.values():
        assert query.title
        assert query.description
        for parameter in query.parameters:
            assert f"${parameter.name}" in query.cypher, f"{query.name} does not use ${parameter.name}"
        assert query.cypher.count(";") == 0


def test_an_unknown_prepared_query_lists_those_that_are_known():
    with pytest.raises(NotFoundError, match="no prepared query 'office'") as caught:
        find_query("office")
    assert "offices" in caught.value.hint


TEXT = """\
// title: Who is it
// description: Somebody.
// param name: string — the name of somebody
// param limit: int = 10 — most rows
// param part: float = 0.5 — a share
RETURN $name;
"""


def test_a_prepared_query_is_read_from_its_comments():
    query = read_query("who", TEXT)
    assert isinstance(query, NamedQuery)
    assert (query.title, query.description, query.cypher) == ("Who is it", "Somebody.", "RETURN $name")
    assert query.signature == "name limit=10 part=0.5"
    assert query.values({"name": "007"}) == {"name": "007", "limit": 10, "part": 0.5}
    assert query.values({"name": '"x"', "limit": "3", "part": "1"}) == {"name": "x", "limit": 3, "part": 1}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "needs the parameter 'name'"),
        ({"name": "x", "nam": "y"}, "has no parameter 'nam'"),
        ({"name": "x", "limit": "many"}, "must be a value of type int"),
        ({"name": "x", "limit": "true"}, "must be a value of type int"),
        ({"name": "x", "limit": "1.5"}, "must be a value of type int"),
    ],
)
def test_parameters_of_a_prepared_query_are_checked(given, message):
    with pytest.raises(UsageError, match=message):
        read_query("who", TEXT).values(given)


@pytest.mark.parametrize(
    "text",
    [
        "RETURN 1",
        "// title: x\n",
        "// title: x\n// anything\nRETURN 1",
        "// title: x\n// param a: text — note\nRETURN $a",
        "// title: x\n// param a: int = one — note\nRETURN $a",
        "// title: x\n// param a: int = 1\nRETURN $a",
    ],
)
def test_a_file_that_does_not_say_what_it_is_is_a_fault_of_the_package(text):
    with pytest.raises(DataError):
        read_query("x", text)
