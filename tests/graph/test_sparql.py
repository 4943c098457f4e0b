"""The SPARQL store: built once a state, read by many, changed by none; the examples of docs/sparql.md have answers."""

import io
import json
import re
import threading
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, serialize

from kg.errors import LockedError, NotFoundError, QueryError, StoreError, UsageError
from kg.graph import sparql
from kg.graph.lock import locked
from kg.graph.rdf import quads
from kg.graph.sparql import FOLDER, Iri, build_sparql, has_sparql, open_sparql, run_sparql, write_answer
from kg.model import Graph

PAGE = Path(__file__).parent.parent.parent / "docs" / "sparql.md"
EXAMPLES = re.findall(r"```sparql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def folder(graph, schema, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sparql")
    build_sparql(folder, graph, schema, state="one")
    return folder


@pytest.fixture(scope="module")
def rdf(folder):
    return open_sparql(folder, state="one")


def answer(rdf, query, fmt):
    out = io.BytesIO()
    write_answer(rdf, query, fmt=fmt, out=out)
    return out.getvalue().decode()


def test_the_store_holds_every_quad(rdf, graph, schema):
    lines = serialize(quads(graph, schema), format=RdfFormat.N_QUADS).decode().splitlines()
    by_value = {re.sub(r'\.0"\^\^(<\S+#decimal>)', r'"^^\1', line.replace("#nonNegativeI", "#i")) for line in lines}
    assert by_value == set(str(rdf).splitlines())
    assert len(lines) > 1000


def test_the_documentation_has_ten_examples():
    assert len(EXAMPLES) == 10


@pytest.mark.parametrize("query", EXAMPLES, ids=range(1, len(EXAMPLES) + 1))
def test_each_example_of_the_documentation_has_an_answer(rdf, query):
    table = run_sparql(rdf, query)
    assert len(table.rows) >= 1
    assert table.rows != ((False,),)
    for place, name in enumerate(table.columns):
        assert any(row[place] is not None for row in table.rows), f"{name} is never bound"


def test_answers_of_the_examples(rdf):
    met, others, offices, stances, denied, planned, several, events, accused, triples = (
        run_sparql(rdf, query).rows for query in EXAMPLES
    )
    assert ("Wang Yi", "Antony Blinken", "Wang Yi met Antony Blinken", "Nordblick") in met
    assert others == (("Wang Yi",),)
    fleitz = [(row[1], row[2].compact, row[3]) for row in offices if row[0] == "Fred Fleitz" and row[1]]
    assert fleitz == [("chief of staff", "kg:tenure-former", "United States National Security Council")]
    assert any(row[0] == "Fred Fleitz" and row[1].compact == "kg:opposes" and row[3] == 1 for row in stances)
    assert ("Olga Marin", "kg:sanctions") in {(row[3], row[1].compact) for row in denied}
    assert {row[0].compact for row in planned} == {"kg:mood-planned", "kg:mood-conditional", "kg:mood-possible"}
    assert (several[0][0], *several[0][2:4]) == ("Wang Yi", "Antony Blinken", 3)
    assert several[0][4:] == (date(2023, 6, 18), date(2024, 2, 16))
    assert [row[:2] for row in events] == [("G7 summit in Hiroshima", 2)]
    assert accused == ((True,),)
    assert len(triples) == 6


def test_cells_are_values_of_python(rdf):
    query = """SELECT ?i ?d ?b ?f ?s ?y ?n ?x { VALUES (?i ?d ?b ?f ?s ?y ?n) {
      (kg-entity:Q30 "2024-05-01"^^xsd:date true 0.5 "tschüß" "2024"^^xsd:gYear 7) } OPTIONAL { ?i <x:y> ?x } }"""
    (row,) = run_sparql(rdf, query).rows
    assert row[1:] == (date(2024, 5, 1), True, 0.5, "tschüß", "2024", 7, None)
    assert isinstance(row[0], Iri)
    assert (row[0], row[0].compact) == ("https://w3id.org/foreign-policy-kg/id/entity/Q30", "kg-entity:Q30")
    odd = run_sparql(rdf, 'SELECT ?a ?b { BIND("x"^^xsd:date AS ?a) BIND("1e9"^^xsd:integer AS ?b) }')
    assert odd.rows == (("x", "1e9"),)


def test_iris_are_short_where_a_prefix_begins_them():
    assert Iri("http://www.w3.org/ns/prov#used").compact == "prov:used"
    assert Iri("https://elsewhere.example/a").compact == "<https://elsewhere.example/a>"
    assert Iri("http://www.wikidata.org/entity/Q1 Q2").compact == "<http://www.wikidata.org/entity/Q1 Q2>"


def test_json_is_the_standard_format(rdf):
    found = json.loads(answer(rdf, EXAMPLES[0], "json"))
    assert sorted(found["head"]["vars"]) == ["source", "who", "whom", "words"]
    assert len(found["results"]["bindings"]) == len(run_sparql(rdf, EXAMPLES[0]).rows)
    assert json.loads(answer(rdf, EXAMPLES[8], "json"))["boolean"] is True
    assert any("@id" in node for node in json.loads(answer(rdf, EXAMPLES[9], "json")))


def test_triples_as_turtle_and_ntriples(rdf):
    lines = answer(rdf, EXAMPLES[9], "ntriples").splitlines()
    assert len(lines) == len(set(lines)) == 6
    assert all(line.endswith(" .") for line in lines)
    assert "kg-entity:Q48525 kg:" in answer(rdf, EXAMPLES[9], "turtle")
    with pytest.raises(UsageError, match="turtle is for triples"):
        answer(rdf, EXAMPLES[0], "turtle")


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { kg:a kg:b kg:c }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP GRAPH kg-graph:consensus",
        "LOAD <http://127.0.0.1:9/>",
    ],
)
def test_nothing_can_be_changed(rdf, graph, schema, query):
    with pytest.raises(QueryError):
        run_sparql(rdf, query)
    with pytest.raises(RuntimeError, match="read-write"):
        rdf.update("CLEAR ALL")
    assert len(rdf) == len(set(quads(graph, schema)))


LEAVING = (
    "SELECT * { SERVICE <http://127.0.0.1:1234/sparql> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:1234/sparql> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o.SERVICE<http://127.0.0.1:1234/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:1234/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1:1234/>{ ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:1234/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { # comment\nSERVICE ?x { ?s ?p ?o } }",
    "SELECT * { ?s ?p '# no comment' SERVICE <http://127.0.0.1:1234/> { ?s ?p ?o } }",
    'SELECT * { ?s ?p """quote " """ . SERVICE <http://127.0.0.1:1234/> { ?s ?p ?o } }',
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:1234/> { ?s ?p ?o } }",
    "SELECT * { ?s <a:\\u0022> 1 . SERVICE <http://127.0.0.1:1234/> { ?s ?p ?o } ?s <a:\\u0022> 1 }",
)


@pytest.mark.parametrize("query", LEAVING)
def test_no_query_leaves_the_store(rdf, query):
    with pytest.raises(QueryError, match="SERVICE asks another server"):
        run_sparql(rdf, query)


def test_the_word_may_occur_elsewhere(rdf):
    query = """# no SERVICE here
    SELECT ?service { ?service rdfs:label "SERVICE" ; kg:service <http://x/SERVICE> . FILTER(?service != 'SERVICE') }"""
    assert run_sparql(rdf, query).rows == ()


def test_an_error_names_the_place_in_the_users_query(rdf):
    with pytest.raises(QueryError, match=r"^error at 2:6: ") as caught:
        run_sparql(rdf, "SELECT * {\n ?s }")
    assert "docs/sparql.md" in caught.value.hint
    with pytest.raises(QueryError, match="surrogate"):
        run_sparql(rdf, 'SELECT * { ?s ?p "\ud800" }')


def test_a_state_is_built_once_and_replaces_the_earlier_ones(graph, schema, tmp_path, monkeypatch):
    build_sparql(tmp_path, graph, schema, state="one")
    filled = []
    fill = sparql._fill
    monkeypatch.setattr(sparql, "_fill", lambda path, *rest: (filled.append(path), fill(path, *rest)))
    build_sparql(tmp_path, graph, schema, state="one")
    assert filled == []
    build_sparql(tmp_path, Graph(), schema, state="two")
    assert len(filled) == 1
    assert (has_sparql(tmp_path, state="one"), has_sparql(tmp_path, state="two")) == (False, True)
    assert len(open_sparql(tmp_path, state="two")) < 50
    assert sorted(p.name for p in (tmp_path / FOLDER).iterdir() if p.is_dir()) == [sparql._place(tmp_path, "two").name]


def test_a_build_that_dies_leaves_the_store_that_was_there(graph, schema, tmp_path, monkeypatch):
    build_sparql(tmp_path, graph, schema, state="one")

    def die(path, *rest):
        path.mkdir()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(sparql, "_fill", die)
        with pytest.raises(StoreError, match="No space left"):
            build_sparql(tmp_path, graph, schema, state="two")
    assert has_sparql(tmp_path, state="one")
    assert not has_sparql(tmp_path, state="two")
    build_sparql(tmp_path, graph, schema, state="two")
    assert len(list((tmp_path / FOLDER).glob("*/CURRENT"))) == 1


def test_many_read_at_once_and_a_build_waits_for_nobody(graph, schema, folder):
    found = []

    def ask():
        found.append(len(run_sparql(open_sparql(folder, state="one"), EXAMPLES[0]).rows))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [found[0]] * 4


def test_two_builds_at_once_are_refused(graph, schema, tmp_path):
    (tmp_path / FOLDER).mkdir()
    with locked(tmp_path / FOLDER), pytest.raises(LockedError, match="another process is building"):
        build_sparql(tmp_path, graph, schema, state="one")


def test_a_store_that_is_missing_or_damaged(graph, schema, tmp_path):
    with pytest.raises(NotFoundError):
        open_sparql(tmp_path, state="one")
    build_sparql(tmp_path, graph, schema, state="one")
    (sparql._place(tmp_path, "one") / "CURRENT").write_text("nonsense\n", encoding="ascii")
    with pytest.raises(StoreError):
        open_sparql(tmp_path, state="one")


def test_hostile_text_can_be_asked_for(hostile, schema):
    memory = Store()
    memory.bulk_extend(quads(hostile, schema))
    rows = run_sparql(memory, "SELECT ?name { ?p a kg:Person ; rdfs:label ?name }").rows
    assert {"nul\0byte", '=HYPERLINK("http://x")'} < {row[0] for row in rows}
