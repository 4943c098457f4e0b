"""`kg.open`: lists, tables and questions."""

import re
import shutil
import subprocess
import sys
from dataclasses import FrozenInstanceError
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.api import Answer, Listing, open_graph
from kg.build import build_from
from kg.config import Settings
from kg.errors import LockedError, NotFoundError, QueryError, QueryTimeoutError, RecordError
from kg.graph.embedded import FOLDER
from kg.graph.parquet import TABLES
from kg.model import Article, Claim, Entity, Mention, Proposition
from tests.conftest import ARTICLES
from tests.readers import make_toy


def test_open_says_at_once_that_there_is_no_graph(tmp_path):
    with pytest.raises(RecordError, match="holds no graph"):
        open_graph(tmp_path / "nowhere")


def test_lists_are_nouns_of_the_model(toy_graph):
    graph = open_graph(str(toy_graph))
    lists = (graph.articles(), graph.entities(), graph.mentions(), graph.claims(), graph.propositions())
    for listing, kind, count in zip(
        lists, (Article, Entity, Mention, Claim, Proposition), (3, 5, 8, 4, 1), strict=True
    ):
        assert len(listing) == count
        assert {type(item) for item in listing} == {kind}
        assert listing[0] is next(iter(listing))
        assert listing[-1:] == tuple(listing)[-1:]
    with pytest.raises(FrozenInstanceError):
        graph.claims()[0].negated = True
    assert sum(claim.negated for claim in graph.claims()) == 1
    assert repr(graph.claims()) == "<4 claims>"
    assert repr(graph) == f"kg.open({str(toy_graph)!r})"


def test_an_entity_by_its_id(toy_graph):
    graph = open_graph(toy_graph)
    known = graph.claims()[0].subject.entity
    assert graph.entity(known).id == known
    with pytest.raises(NotFoundError):
        graph.entity("Q0")


def test_questions_in_cypher(toy_graph):
    graph = open_graph(toy_graph)
    answer = graph.query(
        "MATCH (a:Article) WHERE a.date >= date($since) RETURN a.id AS id, a.date AS day ORDER BY id",
        since="2024-06-01",
    )
    assert answer.columns == ("id", "day")
    assert list(answer) == [("one.md", date(2024, 6, 27)), ("two.md", date(2024, 7, 1))]
    assert answer.dicts()[1] == {"id": "two.md", "day": date(2024, 7, 1)}
    assert (len(answer), answer[0], repr(answer)) == (2, answer.rows[0], "<2 rows of id, day>")


def test_questions_cannot_change_anything(own_graph):
    graph = open_graph(own_graph)
    with pytest.raises(QueryError):
        graph.query("CREATE (n:Article {id: 'x'})")
    with pytest.raises(QueryError):
        graph.sparql("INSERT DATA { <a:b> <a:b> <a:b> }")
    assert graph.query("MATCH (n:Article) RETURN count(n)").rows == ((3,),)


def test_a_with_block_keeps_the_store_running_and_gives_it_back(toy_graph):
    other = open_graph(toy_graph)
    with open_graph(toy_graph) as graph:
        assert graph.query("RETURN 1").rows == ((1,),)
        with pytest.raises(LockedError):
            other.query("RETURN 1")
        assert graph.query("RETURN 2").rows == ((2,),)
    assert other.query("RETURN 3").rows == ((3,),)
    assert graph.query("RETURN 4").rows == ((4,),)


def test_a_question_that_never_ends_is_ended(toy_graph):
    endless = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a * b AS c WHERE c < 0 RETURN count(c)"
    graph = open_graph(toy_graph, timeout=0.2)
    for _ in range(2):
        with pytest.raises(QueryTimeoutError):
            graph.query(endless)
        assert graph.query("RETURN 1").rows == ((1,),)
    with graph, pytest.raises(QueryTimeoutError):
        graph.query(endless)


def test_questions_in_sparql(own_graph):
    graph = open_graph(own_graph)
    query = "SELECT ?name (COUNT(*) AS ?times) { ?m itsrdf:taIdentRef/rdfs:label ?name } GROUP BY ?name ORDER BY ?name"
    answer = graph.sparql(query)
    assert answer.columns == ("name", "times")
    assert ("Fred Fleitz", 2) in answer.rows
    assert graph.sparql("ASK { ?c kg:negated true }").rows == ((True,),)
    assert (own_graph / "sparql").is_dir()
    store = graph.sparql_store()
    assert graph.sparql_store() is store
    assert open_graph(own_graph).sparql(query) == answer


def test_everything_follows_the_record(own_graph):
    graph = open_graph(own_graph)
    claims, count = graph.claims(), "SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }"
    assert graph.claims()[0] is claims[0], "it is not made again"
    assert graph.sparql(count).rows == ((4,),)
    more = Article("four.md", "Ada King met Bo Lee.", date="2024-08-01")
    build_from(iter((*ARTICLES, more)), own_graph, Settings(), make_reader=make_toy)
    assert len(graph.claims()) == 5
    assert graph.sparql(count).rows == ((5,),)
    assert graph.query("MATCH (c:Claim) RETURN count(c)").rows == ((5,),)
    assert len([path for path in (own_graph / "sparql").iterdir() if path.is_dir()]) == 1


def test_the_embedded_store_is_made_where_it_is_missing(own_graph):
    shutil.rmtree(own_graph / FOLDER)
    assert open_graph(own_graph).query("MATCH (c:Claim) RETURN count(c)").rows == ((4,),)


def test_arrow_tables(toy_graph):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    graph = open_graph(toy_graph)
    for name in TABLES:
        listing = getattr(graph, name)()
        assert isinstance(listing, Listing)
        table = listing.to_arrow()
        assert (table.num_rows, table.column_names) == (len(listing), list(TABLES[name]))
    mixed = Answer(("a", "b"), ((1, {"x": date(2024, 5, 1)}), ("one", None))).to_arrow()
    assert mixed.to_pylist() == [{"a": "1", "b": {"x": date(2024, 5, 1)}}, {"a": '"one"', "b": None}]


def test_pandas_tables(toy_graph):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    graph = open_graph(toy_graph)
    for name in TABLES:
        frame = getattr(graph, name)().to_pandas()
        assert list(frame.columns) == list(TABLES[name])
        assert len(frame) == len(getattr(graph, name)())
    frame = graph.query("MATCH (n:Article) RETURN n.id AS id, n.date AS day ORDER BY id").to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["id"]) == ["one.md", "three.txt", "two.md"]


def test_importing_kg_loads_nothing_slow():
    slow = ("spacy", "numpy", "onnxruntime", "rdflib", "pyoxigraph", "neo4j", "arcadedb", "pandas", "pyarrow", "click")
    code = f"import kg, kg.api, sys; print([name for name in {slow!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_code_of_the_documentation_runs(own_graph, monkeypatch, capsys):
    page = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 4
    code = "\n".join(blocks)
    if not find_spec("pandas"):
        code = code.replace(".to_pandas()", "")
    shutil.copytree(own_graph, own_graph.parent / "here" / "graph.kg")
    monkeypatch.chdir(own_graph.parent / "here")
    exec(compile(code, "docs/api.md", "exec"), {})
    assert "Bill Hagerty met_with Bill Hagerty did not meet Takeo Akiba" in capsys.readouterr().out


def test_kg_open_is_this_function():
    import kg

    assert kg.open is open_graph
