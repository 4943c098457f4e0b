"""`kg query` and `kg shell`: the same store, asked once or many times."""

import csv
import gzip
import io
import json

import pyarrow.parquet
import pytest

from kg.cli.verbs.shell import history_file

MEETINGS = "MATCH (a:Person)-[r:MET_WITH]->(b:Person) RETURN a.name AS a, b.name AS b ORDER BY a, b"


def test_a_table_in_a_pipe(kg, toy_graph):
    result = kg("query", toy_graph, "MATCH (n:Article) RETURN n.id AS id, n.date AS date ORDER BY id")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["id", "date"]
    assert lines[2:] == [["one.md", "2024-06-27"], ["three.txt", "2024-05-02"], ["two.md", "2024-07-01"]]
    assert result.stderr == "3 rows\n"


def test_json_jsonl_and_csv_hold_the_same(kg, toy_graph):
    query = "MATCH (n:Article) RETURN n.id AS id, n.date AS date, n.authors AS authors, 1.5 AS x, true AS y ORDER BY id"
    rows = json.loads(kg("query", toy_graph, query, "--format", "json").stdout)
    assert rows[0] == {"id": "one.md", "date": "2024-06-27", "authors": None, "x": 1.5, "y": True}
    lines = kg("query", toy_graph, query, "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows
    table = list(csv.DictReader(io.StringIO(kg("query", toy_graph, query, "-f", "csv").stdout)))
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    assert table[0] == {"id": "one.md", "date": "2024-06-27", "authors": "", "x": "1.5", "y": "true"}


def test_no_cell_of_a_csv_is_a_formula(kg, toy_graph):
    out = kg("query", toy_graph, "MATCH (s:Source) RETURN s.name AS name ORDER BY name", "-f", "csv").stdout
    assert out.splitlines() == ["name", "'=HYPERLINK()", "Kyodo", "Voice of America"]
    numbers = kg("query", toy_graph, "RETURN -1 AS n", "-f", "csv").stdout
    assert numbers.splitlines() == ["n", "-1"]


def test_parquet(kg, toy_graph, tmp_path):
    file = tmp_path / "out.parquet"
    query = "UNWIND [1, 2] AS n RETURN n, date('2024-06-27') AS d, CASE n WHEN 1 THEN 'x' ELSE 2 END AS mixed, [n] AS l"
    kg("query", toy_graph, query, "-f", "parquet", "-o", file)
    table = pyarrow.parquet.read_table(file)
    assert table.column("n").to_pylist() == [1, 2]
    assert str(table.schema.field("d").type) == "date32[day]"
    assert table.column("mixed").to_pylist() == ["x", "2"]
    assert table.column("l").to_pylist() == [[1], [2]]


def test_a_file_appears_whole_and_compressed_by_name(kg, toy_graph, tmp_path):
    file = tmp_path / "out.csv.gz"
    assert kg("query", toy_graph, "RETURN 1 AS n", "-f", "csv", "-o", file).stdout == ""
    assert gzip.decompress(file.read_bytes()) == b"n\n1\n"
    again = tmp_path / "again.csv.gz"
    kg("query", toy_graph, "RETURN 1 AS n", "-f", "csv", "-o", again)
    assert again.read_bytes() == file.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["again.csv.gz", "out.csv.gz"]
    assert (
        "cannot be written"
        in kg("query", toy_graph, "RETURN 1 AS n", "-f", "csv", "-o", tmp_path / "no" / "f", code=2).stderr
    )


def test_parameters(kg, toy_graph):
    out = kg(
        "query", toy_graph, "RETURN $a AS a, $b + 1 AS b", "-p", "a=Fred Fleitz", "-p", "b=2", "-f", "jsonl"
    ).stdout
    assert json.loads(out) == {"a": "Fred Fleitz", "b": 3}


def test_only_asserted_claims_draw_edges(kg, toy_graph):
    out = kg("query", toy_graph, MEETINGS, "-f", "jsonl").stdout
    assert [set(json.loads(line).values()) for line in out.splitlines()] == [{"Fred Fleitz", "Takeo Akiba"}]


def test_nodes_and_paths_are_json(kg, toy_graph):
    query = "MATCH p = (a:Article)-[:PUBLISHED_BY]->(s) RETURN a, p ORDER BY a.id LIMIT 1"
    row = json.loads(kg("query", toy_graph, query, "-f", "jsonl").stdout)
    assert row["a"]["labels"] == ["Article"]
    assert row["a"]["properties"]["id"] == "one.md"
    assert len(row["p"]["nodes"]) == 2
    assert '"labels"' in kg("query", toy_graph, query).stdout


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:X)",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n:Article) SET n.title = ''",
        "CREATE INDEX FOR (n:X) ON (n.y)",
    ],
)
def test_a_question_changes_nothing(kg, own_graph, cypher):
    assert "not allowed" in kg("query", own_graph, cypher, code=8).stderr
    assert kg("query", own_graph, "MATCH (n:Article) RETURN count(n) AS n", "-f", "csv").stdout.split() == ["n", "3"]


def test_write_is_for_those_who_mean_it(kg, own_graph):
    kg("query", own_graph, "CREATE (n:Note {text: 'mine'})", "--write")
    assert kg("query", own_graph, "MATCH (n:Note) RETURN n.text AS t", "-f", "csv").stdout.split() == ["t", "mine"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["MATCH (n"], 8, "kg: "),
        (["RETURN $x"], 8, "kg: "),
        ([], 2, "no query is given"),
        (["RETURN 1", "--named", "offices"], 2, "one is enough"),
        (["--named", "nobody"], 9, "no prepared query 'nobody'"),
        (["--named", "offices", "-p", "nobody=1"], 2, "has no parameter nobody"),
        (["RETURN 1 AS n", "-p", "x"], 2, "is not name=value"),
        (["RETURN 1 AS n", "-o", "x.txt"], 2, "a table is for reading here"),
    ],
)
def test_wrong_calls_have_their_message_and_code(kg, toy_graph, words, code, message):
    result = kg("query", toy_graph, *words, code=code)
    assert message in result.stderr
    assert len(result.stderr.splitlines()) <= 2
    assert result.stdout == ""


def test_a_folder_without_a_graph(kg, tmp_path):
    assert "holds no graph" in kg("query", tmp_path / "none", "RETURN 1", code=6).stderr


def test_a_server_that_does_not_answer(kg):
    result = kg("query", "bolt://127.0.0.1:1", "RETURN 1", env={"KG_NEO4J_PASSWORD": "x"}, code=7)
    assert "does not answer" in result.stderr


def test_no_password_is_asked_for_in_a_script(kg, monkeypatch):
    monkeypatch.delenv("KG_NEO4J_PASSWORD", raising=False)
    assert "KG_NEO4J_PASSWORD" in kg("query", "bolt://127.0.0.1:1", "RETURN 1", code=7).stderr


def test_prepared_queries(kg, toy_graph):
    listed = kg("query", toy_graph, "--list").stdout
    assert "encounters" in listed
    assert 'name=""' in listed
    rows = [
        json.loads(line) for line in kg("query", toy_graph, "--named", "encounters", "-f", "jsonl").stdout.splitlines()
    ]
    assert [(row["start"], row["reported"], row["articles"]) for row in rows] == [(None, "2024-07-01", 2)]
    none = kg("query", toy_graph, "--named", "encounters", "-p", "name=Hagerty", "-f", "jsonl").stdout
    assert none == ""


def test_a_deleted_embedded_graph_is_made_again(kg, own_graph):
    import shutil

    shutil.rmtree(own_graph / "embedded")
    result = kg("query", own_graph, MEETINGS)
    assert "making the embedded graph" in result.stderr
    assert "Akiba" in result.stdout


def test_the_shell_runs_a_script(kg, toy_graph):
    script = (
        "RETURN 1 AS n;\n"
        "RETURN ';' AS semicolon,\n  2 AS m; // two lines\n"
        "\\format jsonl\n"
        '\\set who="Takeo Akiba"\n'
        "MATCH (p:Person {name: $who}) RETURN p.name AS name;\n"
        "\\run encounters name=Fleitz limit=1\n"
        "RETURN 3 AS last"
    )
    result = kg("-q", "shell", toy_graph, input=script)
    lines = result.stdout.splitlines()
    assert lines[:3] == ["n", "-", "1"]
    assert lines[3].split() == ["semicolon", "m"]
    assert json.loads(lines[6]) == {"name": "Takeo Akiba"}
    assert "Fleitz" in lines[7]
    assert json.loads(lines[8]) == {"last": 3}


def test_a_script_ends_at_a_wrong_statement_and_at_quit(kg, toy_graph):
    wrong = kg("-q", "shell", toy_graph, input="RETURN 1 AS a;\nRETURN nothing;\nRETURN 2 AS b;\n", code=8)
    assert wrong.stdout.split() == ["a", "-", "1"]
    assert kg("-q", "shell", toy_graph, input="\\q\nRETURN 1 AS a;\n").stdout == ""


@pytest.mark.parametrize("command", ["\\x", "\\format pdf", "\\format parquet", "\\run", '\\set x="'])
def test_a_wrong_command_is_a_usage_error(kg, toy_graph, command):
    assert kg("shell", toy_graph, input=command, code=2).stdout == ""


def test_the_commands_of_the_shell_are_listed(kg, toy_graph):
    listed = kg("shell", toy_graph, input="\\?\n\\list\n").stdout
    assert "\\run NAME" in listed
    assert "encounters" in listed


def test_the_shell_reads_only_unless_told(kg, own_graph):
    assert "not allowed" in kg("shell", own_graph, input="CREATE (n:X);", code=8).stderr
    kg("shell", own_graph, "--write", input="CREATE (n:X);")


def test_the_shell_talks_with_a_person(kg, toy_graph, monkeypatch, tmp_path):
    from prompt_toolkit.application import create_app_session
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("kg.cli.verbs.shell.on_terminal", lambda stream: True)
    typed = "RETURN 1 AS\rn;\rRETURN wrong;\r\\format csv\rRETURN 2 AS m;\r\\q\r"
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text(typed)
        result = kg("shell", toy_graph)
    assert result.stdout.split() == ["n", "-", "1", "m", "2"]
    assert "wrong" in result.stderr
    history = tmp_path / "kg" / "history"
    assert "+RETURN 1 AS\n+n;" in history.read_text(encoding="utf-8")
    assert history.stat().st_mode & 0o077 == 0


def test_without_a_place_for_history_there_is_none(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert history_file() is None


def test_some_columns_in_another_order(kg, toy_graph):
    query = "RETURN 1 AS a, 2 AS b, 3 AS c"
    assert kg("query", toy_graph, query, "--columns", "c, a", "-f", "csv").stdout.split() == ["c,a", "3,1"]
    result = kg("query", toy_graph, query, "--columns", "a,d", code=2)
    assert "no column 'd'" in result.stderr
    assert "a, b, c" in result.stderr


def test_a_query_that_never_ends_is_ended(kg, toy_graph):
    endless = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a * b AS c WHERE c < 0 RETURN count(c)"
    result = kg("query", toy_graph, endless, "--timeout", "0.2", code=11)
    assert result.stdout == ""
    assert result.stderr == "kg: the query took longer than it may\n    allow it more: --timeout SECONDS\n"
    assert "longer" in kg("shell", toy_graph, "--timeout", "0.2", input=endless, code=11).stderr
    assert "is not in the range" in kg("query", toy_graph, endless, "--timeout", "-1", code=2).stderr


def test_a_time_limit_is_that_of_one_call(kg, toy_graph):
    endless = "MATCH p = (a)-[*]-(b), q = (c)-[*]-(d) RETURN count(p) + count(q) AS n"
    kg("query", toy_graph, endless, "--timeout", "0.01", code=11)
    assert kg("query", toy_graph, "RETURN 1 AS n", "-f", "csv", "--timeout", "60").stdout == "n\n1\n"
    large = "UNWIND range(1, 300000) AS n RETURN count(n) AS n"
    assert kg("query", toy_graph, large, "-f", "csv").stdout == "n\n300000\n"


@pytest.mark.parametrize("address", ["http://localhost:7474", "ftp://x", "https://x", "bolt:/x", "localhost:7687"])
def test_what_is_no_address_of_a_server_is_said_before_a_password_is_asked_for(kg, toy_graph, address):
    said = f"kg: {address} is no address of a Neo4j server\n    it looks like neo4j://localhost:7687\n"
    assert kg("load", toy_graph, address, code=2).stderr == said
    assert kg("unload", address, code=2).stderr == said
    if "://" in address:
        assert kg("query", address, "RETURN 1", code=2).stderr == said


def test_errors_are_for_people(kg, toy_graph):
    syntax = kg("query", toy_graph, "RETURN", code=8).stderr
    assert syntax.startswith("kg: Syntax error at line 1")
    assert "ESCAPED_SYMBOLIC_NAME" not in syntax
    dead = kg("query", "bolt://127.0.0.1:1", "RETURN 1", "--user", "", code=7).stderr
    assert dead == "kg: the store does not answer: Couldn't connect to 127.0.0.1:1\n    is the server running?\n"
