"""Neo4j's own importer takes the files, and its store then holds what a load writes."""

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from kg.graph.admin_csv import ARGUMENTS, ARRAY_DELIMITER, SCHEMA, write_admin_csv
from kg.graph.constraints import schema_statements
from kg.graph.cypher import connect
from kg.graph.edges import edge_rows
from kg.graph.load import Loaded, load
from kg.graph.marks import node_mark
from kg.graph.rows import node_rows
from kg.model import Article, Graph
from tests.graph.conftest import Store

ROOT = Path(__file__).parent.parent.parent
QUESTIONS = (
    "MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS n ORDER BY label",
    "MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS n ORDER BY type",
    "MATCH (a:Person)-[r:MET_WITH]->(b:Person) RETURN a.name, b.name, r.first, r.sources, r.topic ORDER BY r.pid",
    """MATCH (p:Person)-[r:HOLDS_POSITION]->(o:Organization) WHERE r.last >= date('2024-01-01')
    RETURN p.name, r.titles, r.tenure, o.name, r.last.year ORDER BY p.name, o.name""",
    """MATCH (c:Claim)-[:EVIDENCED_BY]->(s:Sentence)-[:IN]->(a:Article)-[:PUBLISHED_BY]->(o:Source)
    RETURN c.id, s.text, a.id, o.name ORDER BY c.id, s.id""",
)


@pytest.fixture(scope="module")
def both(graph: Graph, hostile: Graph) -> Graph:
    """A graph to ask, and one to choke on."""
    names = [f.name for f in fields(Graph) if isinstance(getattr(graph, f.name), tuple)]
    joined = {name: (*getattr(graph, name), *getattr(hostile, name)) for name in names}
    return Graph(**joined, proposition_of={**graph.proposition_of, **hostile.proposition_of})


@pytest.fixture(scope="module")
def imported(
    neo4j: Store, script: ModuleType, both: Graph, schema, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SimpleNamespace]:
    """A second server, on the store that the importer made."""
    folder, home = tmp_path_factory.mktemp("csv"), tmp_path_factory.mktemp("server")
    written = write_admin_csv(both, schema, folder)
    port = script.free_port()
    script.HOME = home
    for name in ("conf", "data", "logs", "run", "plugins", "import"):
        (home / name).mkdir()
    conf = script.CONF.format(port=port) + "dbms.security.auth_enabled=false\n"
    (home / "conf" / "neo4j.conf").write_text(conf, encoding="utf-8")
    java = [script.find_java(), "-Xmx512m", "-cp", str(script.fetch("neo4j") / "*")]
    environ = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    tool = ["org.neo4j.cli.AdminTool", "database", "import", "full", "neo4j", f"@{ARGUMENTS}"]
    done = subprocess.run([*java, *tool], cwd=folder, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    report = (folder / "import.report").read_text(encoding="utf-8")
    opened = [f"--add-opens={module}=ALL-UNNAMED" for module in script.OPENED]
    entry = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    with (home / "logs" / "console.log").open("wb") as log:
        process = subprocess.Popen(
            [java[0], *opened, *java[1:], *entry, "--console-mode"],
            env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        script.wait(process, port)
        with connect(f"bolt://127.0.0.1:{port}") as driver:
            said = {name: int(number) for number, name in re.findall(r"^  (\d+) (\w+)$", done.stdout, re.MULTILINE)}
            yield SimpleNamespace(store=Store("neo4j", driver), written=written, said=said, report=report)
    finally:
        process.terminate()
        process.wait(60)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def loaded(neo4j: Store, both: Graph, schema) -> Iterator[Store]:
    neo4j.empty()
    load(neo4j.driver, both, schema)
    yield neo4j
    neo4j.empty()


def everything(store: Store) -> tuple[Counter[str], Counter[str]]:
    nodes = store.ask("MATCH (n) RETURN labels(n), properties(n)")
    edges = store.ask("MATCH (a)-[r]->(b) RETURN type(r), labels(a), a.id, labels(b), b.id, properties(r)")
    plain = [repr((sorted(labels), sorted(p.items()))) for labels, p in nodes]
    lines = [repr((t, sorted(la), a, sorted(lb), b, sorted(p.items()))) for t, la, a, lb, b, p in edges]
    return Counter(plain), Counter(lines)


@pytest.mark.neo4j
def test_the_importer_finds_no_fault_and_counts_the_same(imported, both, schema):
    assert imported.report == ""
    nodes = sum(len(group.rows) for group in node_rows(both, schema))
    edges = sum(len(group.rows) for group in edge_rows(both, schema))
    assert (imported.written.nodes, imported.written.relationships) == (nodes, edges)
    assert (imported.said["nodes"], imported.said["relationships"]) == (nodes, edges)
    assert nodes > 150
    assert edges > 300


@pytest.mark.neo4j
def test_every_node_and_relationship_is_that_of_a_load(imported, loaded):
    for got, expected in zip(everything(imported.store), everything(loaded), strict=True):
        assert got.total() > 100
        assert sorted((got - expected).elements()) == []
        assert sorted((expected - got).elements()) == []


@pytest.mark.neo4j
@pytest.mark.parametrize("question", QUESTIONS)
def test_questions_have_the_same_answers_as_after_a_load(imported, loaded, question):
    answer = imported.store.ask(question)
    assert len(answer) >= 2
    assert answer == loaded.ask(question)


@pytest.mark.neo4j
def test_the_schema_is_that_of_a_load_and_a_load_then_changes_nothing(imported, loaded, both, schema):
    for statement in schema_statements(schema):
        imported.store.write(statement)
    for what in ("CONSTRAINTS", "INDEXES"):
        names = f"SHOW {what} YIELD name, type, labelsOrTypes, properties RETURN * ORDER BY name"
        assert imported.store.ask(names) == loaded.ask(names)
    before = everything(imported.store)
    again = load(imported.store.driver, both, schema)
    assert again == Loaded(imported.written.nodes, imported.written.relationships, 0, 0)
    assert everything(imported.store) == before


def test_the_files_and_their_headers(graph, schema, tmp_path):
    write_admin_csv(graph, schema, tmp_path)
    options = (tmp_path / ARGUMENTS).read_text(encoding="utf-8").splitlines()
    named = [name for option in options if ".csv" in option for name in option.rpartition("=")[2].split(",")]
    assert sorted([*named, ARGUMENTS, SCHEMA]) == sorted(path.name for path in tmp_path.iterdir())
    assert "--nodes=Entity:Organization:ThinkTank=nodes-ThinkTank-header.csv,nodes-ThinkTank.csv" in options
    assert "--relationships=OBJECT=edges-OBJECT-Position-header.csv,edges-OBJECT-Position.csv" in options
    header = (tmp_path / "nodes-Claim-header.csv").read_text(encoding="utf-8")
    assert header.startswith("id:ID(Claim),pid:string,relation:string,negated:boolean,")
    assert {"confidence:double", "start:date", "end:date"} < set(header.strip().split(","))
    line = (tmp_path / "nodes-Claim.csv").read_text(encoding="utf-8").splitlines()[0]
    assert ',"says",false,"actual",true,0.' in line
    header = (tmp_path / "edges-MET_WITH-Entity-header.csv").read_text(encoding="utf-8").strip().split(",")
    assert header[:2] == [":START_ID(Entity)", ":END_ID(Entity)"]
    assert {"claims:long", "sources:string[]", "first:date", "contested:boolean"} < set(header)


def test_nothing_is_a_missing_value_and_quotes_are_doubled(schema, tmp_path):
    article = Article('a "b", c', "Text.", authors=(f"x{ARRAY_DELIMITER}y", "p; q"), date="2024-05")
    one = Graph(articles=(article,))
    write_admin_csv(one, schema, tmp_path)
    header = (tmp_path / "nodes-Article-header.csv").read_text(encoding="utf-8").strip().split(",")
    assert header[0] == "id:ID(Article)"
    assert header[1:] == ["origin:string", "date:date", "authors:string[]", "media_type:string", "kg:string"]
    line = (tmp_path / "nodes-Article.csv").read_text(encoding="utf-8")
    quoted = '"a ""b"", c"'
    mark = next(node_mark(g.labels, g.rows[0]) for g in node_rows(one, schema) if g.rows)
    authors = f'"x\ufffdy{ARRAY_DELIMITER}p; q"'
    assert line == f'{quoted},{quoted},2024-05-01,{authors},"text/plain",{mark}\n'


def test_an_export_is_the_same_bytes_again(graph, schema, tmp_path):
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        write_admin_csv(graph, schema, folder)
    first, second = ({p.name: p.read_bytes() for p in folder.iterdir()} for folder in folders)
    assert first == second
    assert len(first) > 30
