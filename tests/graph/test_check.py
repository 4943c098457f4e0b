"""Nothing is wrong with a good graph, and each check finds the fault that it is for."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph import check as check_module
from kg.graph import vocabulary as v
from kg.graph.check import KINDS, Problem, check_graph, check_rdf, check_record, check_store
from kg.graph.load import load
from kg.graph.record import Record
from kg.model import Argument, Graph, Mood, Reading, Span
from kg.schema import Schema
from tests.graph.conftest import Store
from tests.graph.corpus import PAGES, world

PID = "p:22efd481377e409133f7"


def change(graph: Graph, field: str, index: int, **changes: object) -> Graph:
    items = list(getattr(graph, field))
    items[index] = replace(items[index], **changes)
    return replace(graph, **{field: tuple(items)})  # type: ignore[arg-type]


def index(graph: Graph, pid: str) -> int:
    return next(i for i, p in enumerate(graph.propositions) if p.id == pid)


def with_claim(graph: Graph, pid: str, ident: str) -> Graph:
    i = index(graph, pid)
    return change(graph, "propositions", i, claims=(*graph.propositions[i].claims, ident))


def silent_claim(graph: Graph, *, negated: bool) -> str:
    return next(c.id for c in graph.claims if c.negated == negated and not c.asserted)


def moved_evidence(graph: Graph, **changes: object) -> Graph:
    evidence = graph.claims[0].evidence[0]
    return change(graph, "claims", 0, evidence=(replace(evidence, **changes),))  # type: ignore[arg-type]


def test_a_good_graph_has_no_problems(graph: Graph, hostile: Graph, schema: Schema) -> None:
    for each in (graph, hostile, Graph()):
        assert check_graph(each) == []
    assert check_rdf(graph, schema) == []


FAULTS: dict[str, tuple[Callable[[Graph], Graph], str, str]] = {
    "sentence text": (lambda g: change(g, "sentences", 0, text="Other."), "span", "does not slice"),
    "sentence beyond": (
        lambda g: change(g, "sentences", 0, span=Span("beijing.md", 0, 10**6)), "span", "outside of its text",
    ),
    "mention empty": (lambda g: change(g, "mentions", 0, span=Span("beijing.md", 5, 5)), "span", "outside of its text"),
    "mention elsewhere": (lambda g: change(g, "mentions", 0, span=Span("gone.md", 0, 5)), "span", "not kept"),
    "mention of nobody": (lambda g: change(g, "mentions", 0, entity="e:x"), "reference", "unknown entity e:x"),
    "evidence negative": (lambda g: moved_evidence(g, span=Span(g.claims[0].article, -1, 3)), "span", "outside of its"),
    "evidence elsewhere": (lambda g: moved_evidence(g, span=Span("empty.md", 0, 3)), "span", "evidence in empty.md"),
    "evidence without sentence": (lambda g: moved_evidence(g, sentence=99), "span", "a sentence that is not kept"),
    "evidence beside sentence": (
        lambda g: change(g, "sentences", 0, span=Span("beijing.md", 100, 105), text="said "),
        "span", "outside of its sent",
    ),
    "claim of nobody": (
        lambda g: change(g, "claims", 0, subject=Argument("e:y", "Y")), "reference", "unknown entity e:y",
    ),
    "claim without proposition": (
        lambda g: replace(g, proposition_of={k: v for k, v in g.proposition_of.items() if v != PID}),
        "reference", "belongs to no proposition",
    ),
    "edge without claims": (
        lambda g: change(g, "propositions", index(g, PID), claims=()), "support", f"{PID} has no claim",
    ),
    "edge from a denial": (
        lambda g: replace(with_claim(g, PID, silent_claim(g, negated=True)),
                          proposition_of={**g.proposition_of, silent_claim(g, negated=True): PID}),
        "support", "which is denied",
    ),
    "edge from a plan": (
        lambda g: replace(with_claim(g, PID, silent_claim(g, negated=False)),
                          proposition_of={**g.proposition_of, silent_claim(g, negated=False): PID}),
        "support", "which is only",
    ),
    "edge of another's claim": (lambda g: with_claim(g, PID, g.propositions[0].claims[0]), "support", "none of its"),
    "edge that says else": (lambda g: change(g, "propositions", index(g, PID), relation="attacks"), "support", "else"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(graph: Graph, name: str) -> None:
    plant, kind, words = FAULTS[name]
    problems = check_graph(plant(graph))
    assert any(p.kind == kind and words in p.detail for p in problems), problems
    assert problems == sorted(set(problems))
    assert {p.kind for p in problems} <= set(KINDS)


def test_a_claim_that_lost_its_mood_is_found(graph: Graph) -> None:
    i = next(i for i, c in enumerate(graph.claims) if graph.proposition_of[c.id] == PID)
    planned = change(graph, "claims", i, mood=Mood.PLANNED)
    assert any(p.kind == "support" for p in check_graph(planned))


def test_rdf_that_lacks_a_statement_is_found(graph: Graph, schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(check_module.quads(graph, schema, graphs="consensus"))
    bare = next(i for i, q in enumerate(whole) if q.predicate.value.endswith("#metWith"))
    monkeypatch.setattr(check_module, "quads", lambda *_, **__: iter(whole[:bare] + whole[bare + 1 :]))
    problems = check_rdf(graph, schema)
    assert [p.kind for p in problems] == ["rdf"]
    assert "bare triple" in problems[0].detail


COUNTED = {
    "kg:supportedBy": "claims", "kg:deniedBy": "denials", "kg:independentSources": "sources", "kg:first": "to",
    "kg:topic": "topic",
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTED)
def test_rdf_with_another_count_or_date_is_found(
    graph: Graph, schema: Schema, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    whole = list(check_module.quads(graph, schema, graphs="consensus"))
    place, quad = next((i, q) for i, q in enumerate(whole) if q.predicate == v.term(name))
    other = [ox.Quad(quad.subject, quad.predicate, v.count(77), v.CONSENSUS)] if "Sources" in name else []
    monkeypatch.setattr(check_module, "quads", lambda *_, **__: iter([*whole[:place], *whole[place + 1 :], *other]))
    monkeypatch.setattr(check_module, "validate", lambda *_: [])
    lost, strange = check_rdf(graph, schema)
    assert lost.detail.startswith("RDF has a proposition that the record has not: ")
    assert strange.detail.startswith("RDF lacks the proposition ")
    assert COUNTED[name] in lost.detail


@pytest.mark.parametrize("fault", ["lost sentence", "lost bare triple", "bare triple of a denial", "another count"])
def test_a_fault_planted_in_a_sparql_store_is_found(graph: Graph, schema: Schema, fault: str) -> None:
    store = ox.Store()
    store.extend(check_module.quads(graph, schema))
    assert check_module.check_sparql(store, graph, schema) == []
    met = next(store.quads_for_pattern(None, v.term("kg:metWith"), None, v.CONSENSUS))
    counted = next(store.quads_for_pattern(None, v.term("kg:independentSources"), None, v.CONSENSUS))
    if fault == "lost sentence":
        store.remove(next(store.quads_for_pattern(None, v.term("kg:sentenceIndex"), None, None)))
    elif fault == "lost bare triple":
        store.remove(met)
    elif fault == "bare triple of a denial":
        store.add(ox.Quad(met.object, v.term("kg:attacks"), met.subject, v.CONSENSUS))  # type: ignore[arg-type]
    else:
        store.remove(counted)
        store.add(ox.Quad(counted.subject, counted.predicate, v.count(77), v.CONSENSUS))
    found = check_module.check_sparql(store, graph, schema)
    assert {p.kind for p in found} == {"sparql"}
    assert any("statements, not" in p.detail for p in found) == (fault != "another count")
    assert len(found) == (1 if fault == "lost sentence" else 2)


def test_rdf_that_breaks_a_shape_is_found(graph: Graph, schema: Schema) -> None:
    i = index(graph, PID)
    problems = check_rdf(change(graph, "propositions", i, confidence=7.0), schema)
    assert "shapes" in {p.kind for p in problems}


def test_a_good_record_has_no_problems(tmp_path: Path) -> None:
    with Record.open(tmp_path, create=True) as record:
        for page in PAGES:
            record.put(*page.pair)
        assert check_record(record) == []
        record._db.execute("UPDATE article SET sha256 = 'x', text = text WHERE key = 'beijing.md'")
        assert check_record(record) == []  # the hash is computed anew, not believed
        record._db.execute("UPDATE article SET title = 'changed' WHERE key = 'beijing.md'")
        (problem,) = check_record(record)
        assert problem == Problem("record", "beijing.md: what was read is not the article that is kept")


def test_spans_beyond_the_text_are_found_in_the_record(tmp_path: Path) -> None:
    article, reading = PAGES[0].pair
    with Record.open(tmp_path, create=True) as record:
        record.put(article, Reading(article.key, article.sha256, "r", sentences=(Span(article.key, 0, 10**6),)))
        assert [p.kind for p in check_record(record)] == ["span"]
    assert reading.sentences


def test_lost_readings_are_found_in_the_record(tmp_path: Path) -> None:
    with Record.open(tmp_path, create=True) as record:
        record.put(*PAGES[0].pair)
        record._db.execute("DELETE FROM reading")
        assert [p.kind for p in check_record(record)] == ["record"]


def test_a_good_store_has_no_problems(store: Store, graph: Graph, schema: Schema) -> None:
    assert check_store(store.driver, graph, schema) == []


def test_a_store_of_another_state_differs(store: Store, schema: Schema) -> None:
    details = [p.detail for p in check_store(store.driver, world(pages=PAGES[:3]), schema)]
    assert any("should not be there" in d for d in details)


PLANTS = {
    "MATCH (n:Claim {id: $claim}) DETACH DELETE n": "is missing",
    "CREATE (:Claim {id: 'c:more', kg: 'g:1'})": "Claim c:more should not be there",
    "MATCH (n:Entity {id: 'Q701393'}) REMOVE n:Person": "has labels Entity, not Entity, Person",
    "MATCH ()-[r:MET_WITH {pid: $pid}]->() DELETE r": f"edge MET_WITH {PID} is missing",
    "MATCH (a)-[r:MET_WITH {pid: $pid}]->(b) CREATE (a)-[s:MET_WITH]->(b) SET s = properties(r)": "is there 2 times",
    "MATCH (a)-[r:MET_WITH {pid: $pid}]->(b) CREATE (b)-[s:MET_WITH]->(a) SET s = properties(r) DELETE r": "edge p:22",
    "MATCH (a)-[r:MET_WITH {pid: $pid}]->(b) CREATE (a)-[s:VISITED]->(b) SET s = properties(r) DELETE r": "VISITED",
    "MATCH ()-[r:MET_WITH {pid: $pid}]->() SET r.claims = 99": "has claims 99, not 4",
    "MATCH ()-[r:MET_WITH {pid: $pid}]->() SET r.last = date('2000-01-01')": "has last",
    "MATCH ()-[r:MET_WITH {pid: $pid}]->() SET r.confidence = 0.5": "has confidence 0.5",
    "MATCH ()-[r:MET_WITH {pid: $pid}]->() REMOVE r.place": "has place None",
    "MATCH (n:Claim {pid: $pid}) SET n.asserted = false": "does not support it",
    "MATCH (n:Claim {id: $claim}) SET n.mood = 'planned'": "has mood 'planned', not 'actual'",
    "MATCH (n:Article {id: 'beijing.md'}) REMOVE n.title": "Article beijing.md has title None",
    "MATCH (:Claim {id: $claim})-[r:SUBJECT]->() SET r.kg = 'g:1'": "1 relationships SUBJECT are none of the graph's",
    "MATCH (:Claim {id: $claim})-[r:SUBJECT]->() DELETE r": "38 relationships SUBJECT, not 39",
    "MATCH (a:Entity {id: 'Q701393'}), (b:Entity {id: 'Q7821917'}) "
    "CREATE (a)-[:ATTACKS {pid: 'p:x', kg: 'g:1'}]->(b)": "edge ATTACKS p:x should not be there",
}


@pytest.mark.parametrize("statement", PLANTS)
def test_a_fault_planted_in_a_store_is_found(blank: Store, graph: Graph, schema: Schema, statement: str) -> None:
    load(blank.driver, graph, schema)
    used = {k: v for k, v in {"pid": PID, "claim": graph.claims[0].id}.items() if f"${k}" in statement}
    blank.write(statement, **used)
    details = [p.detail for p in check_store(blank.driver, graph, schema)]
    assert any(PLANTS[statement] in d for d in details), details


def test_data_of_others_are_no_problem(blank: Store, graph: Graph, schema: Schema) -> None:
    load(blank.driver, graph, schema)
    blank.write("MATCH (n:Entity {id: 'Q701393'}) SET n:Watched CREATE (:Theirs)-[:MET_WITH {pid: 'p:y'}]->(n)")
    assert check_store(blank.driver, graph, schema) == []
