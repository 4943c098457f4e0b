"""Parquet tables: complete, typed as declared, read by Arrow, and by pandas and DuckDB where those are installed."""

import re
from datetime import date
from pathlib import Path

import pytest

from kg.graph.parquet import TABLES, arrow_table, table_rows, write_parquet
from kg.model import Argument, Literal

PAGE = Path(__file__).parent.parent.parent / "docs" / "other-tools.md"
pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")


@pytest.fixture(scope="module")
def tables(graph, schema, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    write_parquet(graph, schema, folder)
    return folder


def read(folder, name):
    return pq.read_table(folder / f"{name}.parquet")


def test_each_table_has_a_row_for_each_of_its_things(graph, schema, tmp_path):
    counts = write_parquet(graph, schema, tmp_path)
    assert counts == {name: len(getattr(graph, name)) for name in TABLES}
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.parquet" for name in TABLES}
    for name, number in counts.items():
        assert read(tmp_path, name).num_rows == number > 10


def test_columns_and_types_are_those_that_are_declared(tables):
    shown = {"string": "string", "strings": "list<element: string>", "int": "int32", "float": "double", "bool": "bool",
             "date": "date32[day]"}  # fmt: skip
    for name, columns in TABLES.items():
        found = read(tables, name).schema
        assert found.names == list(columns)
        for column, kind in columns.items():
            if kind != "evidence":
                assert str(found.field(column).type).replace("item:", "element:") == shown[kind], (name, column)
    evidence = read(tables, "claims").schema.field("evidence").type.value_type
    assert [field.name for field in evidence] == ["sentence", "start", "end", "text", "rule", "confidence"]


def test_no_row_has_a_column_that_the_table_lacks(graph, hostile, schema):
    for name, columns in TABLES.items():
        seen = {column for g in (graph, hostile) for row in table_rows(g, schema, name) for column in row}
        assert seen <= set(columns)
        assert len(seen) >= len(columns) - 2


def test_every_column_is_filled_somewhere_but_for_those_that_this_world_lacks(graph, schema):
    empty = set()
    for name in TABLES:
        table = arrow_table(graph, schema, name)
        empty |= {f"{name}.{c}" for c in table.column_names if table[c].null_count == table.num_rows}
    assert empty == {"entities.within", "claims.addressee", "claims.addressee_name"}


def test_a_claim_and_its_words(graph, tables):
    texts = {a.key: a.text for a in graph.articles}
    rows = {row["id"]: row for row in read(tables, "claims").to_pylist()}
    assert sorted(rows) == [claim.id for claim in graph.claims]
    for claim in graph.claims:
        row = rows[claim.id]
        assert (row["subject"], row["relation"], row["negated"]) == (
            claim.subject.entity,
            claim.relation,
            claim.negated,
        )
        if isinstance(claim.object, Argument):
            assert (row["object"], row["literal"]) == (claim.object.entity, None)
        else:
            assert (row["object"], row["literal"]) == (None, claim.object.text)
        for words in row["evidence"]:
            assert texts[claim.article][words["start"] : words["end"]] == words["text"] != ""


def test_dates_have_their_precision_and_their_days(tables):
    rows = read(tables, "claims").to_pylist()
    row = next(r for r in rows if r["relation"] == "hosted")
    assert (row["when_start"], row["when_end"], row["when_text"]) == ("2023-05", "2023-05", "in May 2023")
    assert (row["first_day"], row["last_day"]) == (date(2023, 5, 1), date(2023, 5, 31))
    undated = next(r for r in rows if r["relation"] == "party_to")
    assert (undated["when_start"], undated["first_day"]) == (None, None)


def test_a_proposition_counts_its_sources(graph, tables):
    rows = read(tables, "propositions").to_pylist()
    (row,) = (r for r in rows if (r["subject"], r["object"]) == ("Q701393", "Q7821917"))
    assert row["sources"] == ["Nordblick", "Reuters", "The Courier"]
    assert (row["independent_sources"], len(row["claims"]), row["contested"]) == (3, 4, False)
    literal = next(p for p in graph.propositions if isinstance(p.object, Literal))
    row = next(r for r in rows if r["id"] == literal.id)
    assert (row["literal"], row["object"], row["object_name"]) == (literal.object.text, None, None)


def test_any_text_can_be_held(hostile, schema, tmp_path):
    write_parquet(hostile, schema, tmp_path)
    names = {row["name"] for row in read(tmp_path, "entities").to_pylist()}
    assert {"nul\0byte", "lone \ufffd surrogate", "x" * 10_000} < names


def test_an_empty_graph_has_tables_too(schema, tmp_path):
    from kg.model import Graph

    assert set(write_parquet(Graph(), schema, tmp_path).values()) == {0}
    assert read(tmp_path, "claims").schema.names == list(TABLES["claims"])


def test_the_same_graph_gives_the_same_bytes(graph, schema, tables, tmp_path):
    write_parquet(graph, schema, tmp_path)
    for name in TABLES:
        assert (tmp_path / f"{name}.parquet").read_bytes() == (tables / f"{name}.parquet").read_bytes()


def test_pandas_reads_them(graph, tables):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    claims = pandas.read_parquet(tables / "claims.parquet")
    assert len(claims) == len(graph.claims)
    assert claims["negated"].dtype == bool
    joined = claims.merge(pandas.read_parquet(tables / "articles.parquet"), left_on="article", right_on="key")
    assert len(joined) == len(graph.claims)


def test_duckdb_reads_them(graph, tables):
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    with duckdb.connect() as database:
        answer = database.execute(
            """SELECT c.subject_name, e.text, a.day FROM read_parquet($claims) c, unnest(c.evidence) u(e),
            read_parquet($articles) a WHERE a.key = c.article AND c.relation = 'met_with' AND c.asserted
            ORDER BY a.day, a.key""",
            {name: str(tables / f"{name}.parquet") for name in ("claims", "articles")},
        ).fetchall()
    assert len(answer) == 5
    assert answer[0] == ("Antony Blinken", "Antony Blinken met Wang Yi in Beijing", date(2023, 6, 20))


def test_the_documentation_lists_all_columns():
    page = PAGE.read_text(encoding="utf-8")
    sections = re.findall(r"^### (\w+)\n(.*?)(?=^##)", page, re.MULTILINE | re.DOTALL)
    shown = {name: dict(re.findall(r"^\| (\w+) \| (\w+) \|", text, re.MULTILINE)) for name, text in sections}
    for columns in shown.values():
        assert columns.pop("column") == "type"
    assert shown == TABLES


def test_the_query_of_the_documentation_runs(tables, monkeypatch):
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    query = re.search(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1]
    with duckdb.connect() as database:
        assert len(database.execute(query.replace("'tables/", f"'{tables}/")).fetchall()) == 5
