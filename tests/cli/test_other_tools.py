"""`kg sparql`, and the formats of `kg export` that are for other tools."""

import csv
import io
import json

import pytest
from lxml import etree

from kg.graph.admin_csv import ARGUMENTS

NAMES = "SELECT ?name ?e { ?e a kg:Person ; rdfs:label ?name } ORDER BY ?name"


def test_sparql_as_a_table(kg, own_graph):
    result = kg("sparql", own_graph, NAMES)
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["name", "e"]
    assert lines[2].startswith("Bill Hagerty  ")
    assert " kg-entity:" in lines[2]
    assert result.stderr == "5 rows\n"


def test_sparql_json_csv_and_triples(kg, own_graph):
    found = json.loads(kg("sparql", own_graph, NAMES, "--format", "json").stdout)
    assert found["results"]["bindings"][0]["name"]["value"] == "Bill Hagerty"
    rows = list(csv.DictReader(io.StringIO(kg("sparql", own_graph, NAMES, "-f", "csv").stdout)))
    assert rows[0]["e"].startswith("https://w3id.org/foreign-policy-kg/id/entity/")
    triples = "CONSTRUCT WHERE { ?a kg:metWith ?b }"
    assert kg("sparql", own_graph, triples, "-f", "ntriples").stdout.count(" .\n") == 1
    assert "kg:metWith" in kg("sparql", own_graph, triples, "-f", "turtle").stdout
    assert kg("sparql", own_graph, triples).stdout.split()[:3] == ["subject", "predicate", "object"]
    assert "is for triples" in kg("sparql", own_graph, NAMES, "-f", "turtle", code=2).stderr


def test_no_cell_of_a_sparql_csv_is_a_formula(kg, own_graph):
    query = 'SELECT ?name { ?s a kg:Source ; rdfs:label ?name FILTER(STRSTARTS(?name, "=")) }'
    assert kg("sparql", own_graph, query, "-f", "csv").stdout.splitlines() == ["name", "'=HYPERLINK()"]


def test_sparql_from_a_file_or_stdin_to_a_file(kg, own_graph, tmp_path):
    question, answer = tmp_path / "q.rq", tmp_path / "a.json"
    question.write_text(NAMES, encoding="utf-8")
    kg("sparql", own_graph, "--file", question, "-f", "json", "-o", answer)
    assert len(json.loads(answer.read_text(encoding="utf-8"))["results"]["bindings"]) == 5
    assert kg("sparql", own_graph, "--file", "-", "-f", "json", input="ASK { ?s ?p ?o }").stdout.endswith("true}\n")
    assert "cannot be read" in kg("sparql", own_graph, "--file", tmp_path / "none", code=2).stderr
    assert "one is enough" in kg("sparql", own_graph, NAMES, "--file", question, code=2).stderr
    assert "a query is needed" in kg("sparql", own_graph, code=2).stderr


def test_sparql_errors_have_codes(kg, own_graph, tmp_path):
    assert "error at 1:7" in kg("sparql", own_graph, "SELECT", code=8).stderr
    assert (
        "not allowed"
        in kg("sparql", own_graph, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", code=8).stderr
    )
    kg("sparql", own_graph, "CLEAR ALL", code=8)
    assert "holds no graph" in kg("sparql", tmp_path, "ASK {}", code=6).stderr


def test_export_for_followthemoney_and_gephi(kg, toy_graph, tmp_path):
    lines = [json.loads(line) for line in kg("export", toy_graph, "-f", "ftm").stdout.splitlines()]
    assert {"Article", "Person", "UnknownLink", "Mention"} == {line["schema"] for line in lines}
    for fmt in ("graphml", "gexf"):
        tree = etree.fromstring(kg("export", toy_graph, "-f", fmt).stdout_bytes)
        assert len(list(tree.iter("{*}edge"))) == 1
        kg("export", toy_graph, "-f", fmt, "-o", tmp_path / "network.gz")
    assert "is a folder" in kg("export", toy_graph, "-f", "gexf", "-o", tmp_path, code=2).stderr


def test_export_for_neo4j_admin(kg, toy_graph, tmp_path):
    out = tmp_path / "csv"
    result = kg("export", toy_graph, "--format", "neo4j-admin", "-o", out)
    assert "@import.args" in result.stderr
    assert (out / ARGUMENTS).is_file()
    assert len(list(out.glob("nodes-*-header.csv"))) == 5
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    (out / "import.report").touch()
    (out / "nodes-Old.csv").touch()
    kg("export", toy_graph, "--format", "neo4j-admin", "-o", out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first
    assert [path.name for path in tmp_path.iterdir()] == ["csv"]


def test_export_as_parquet(kg, toy_graph, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    kg("export", toy_graph, "--format", "parquet", "-o", tmp_path / "tables")
    assert parquet.read_table(tmp_path / "tables" / "claims.parquet").num_rows == 4


def test_a_folder_of_somebody_else_is_left_alone(kg, toy_graph, tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work", encoding="utf-8")
    for fmt in ("parquet", "neo4j-admin"):
        assert "holds 'thesis.tex'" in kg("export", toy_graph, "-f", fmt, "-o", tmp_path, code=2).stderr
        assert "is a file" in kg("export", toy_graph, "-f", fmt, "-o", tmp_path / "thesis.tex", code=2).stderr
        assert "-o FOLDER" in kg("export", toy_graph, "-f", fmt, code=2).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_an_export_that_fails_leaves_the_old_folder(kg, toy_graph, tmp_path, monkeypatch):
    out = tmp_path / "csv"
    kg("export", toy_graph, "-f", "neo4j-admin", "-o", out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def die(graph, schema, folder):
        (folder / "nodes-Person.csv").touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.graph.admin_csv.write_admin_csv", die)
    assert "No space left" in kg("export", toy_graph, "-f", "neo4j-admin", "-o", out, code=2).stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["csv"]
