"""What users type: parameters and statements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.parameters import parse_parameters
from kg.cli.statements import is_blank, split_statements
from kg.errors import UsageError


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
