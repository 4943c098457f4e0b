from collections import Counter
from dataclasses import replace

import pytest

from kg.errors import LockedError, StoreError
from kg.graph.check import check_store
from kg.graph.edges import STRUCTURE, edge_rows
from kg.graph.load import Loaded, load, unload
from kg.graph.rows import NODE_LABELS, node_rows
from kg.model import Graph, Policy
from kg.schema import Schema
from tests.graph.conftest import Store
from tests.graph.corpus import PAGES, world
from tests.graph.test_embedded import check_hostile

ODD = PAGES[1::2]


def size(store: Store) -> tuple[int, int]:
    nodes = store.ask("MATCH (n) RETURN count(n) AS n")[0][0]
    return nodes, store.ask("MATCH ()-[r]->() RETURN count(r) AS n")[0][0]


def everything(store: Store) -> list[object]:
    nodes = store.ask("MATCH (n) RETURN n.id AS id, n AS node ORDER BY id")
    edges = store.ask("MATCH (a)-[r]->(b) RETURN a.id AS a, b.id AS b, type(r) AS t, properties(r) AS p")
    return [nodes, sorted(edges, key=repr)]


def test_a_fresh_load_holds_the_same(blank: Store, graph: Graph, schema: Schema) -> None:
    load(blank.driver, graph, schema, fresh=True)
    assert check_store(blank.driver, graph, schema) == []
    seen = everything(blank)
    load(blank.driver, graph, schema)
    assert everything(blank) == seen


def test_a_stricter_policy_removes_edges(blank: Store, graph: Graph, schema: Schema) -> None:
    load(blank.driver, graph, schema)
    strict = world(Policy(threshold=0.9))
    load(blank.driver, strict, schema)
    assert check_store(blank.driver, strict, schema) == []
    assert len(strict.propositions) < len(graph.propositions)


def test_only_what_differs_is_written(blank: Store, graph: Graph, schema: Schema) -> None:
    load(blank.driver, graph, schema)
    title = "Another title"
    articles = tuple(replace(a, title=title) if a.key == "beijing.md" else a for a in graph.articles)
    assert load(blank.driver, replace(graph, articles=articles), schema) == Loaded(117, 220, 1, 0)
    assert blank.ask("MATCH (a:Article {title: $title}) RETURN a.id AS id", title=title) == [("beijing.md",)]
    without = load(blank.driver, world(pages=PAGES[:-1]), schema)
    assert (without.written, without.deleted) == (1, 2), "the title is back; an article and its source are gone"


@pytest.mark.parametrize(
    "damage",
    [
        "MATCH (n:Claim) WHERE n.negated DETACH DELETE n",
        "MATCH ()-[r:MET_WITH|SUBJECT]->() DELETE r",
        "MATCH (a)-[r:MET_WITH]->(b) CREATE (a)-[s:MET_WITH]->(b) SET s = properties(r)",
        "MATCH (n) SET n.kg = 'g:0123456789ab'",
        "MATCH ()-[r]->() SET r.kg = 'g:0123456789ab'",
        "MATCH (a:Person {id: 'Q701393'}), (b:Person {id: 'Q7821917'}) CREATE (a)-[:HAS_LUNCHED_WITH {kg: 'g:1'}]->(b)",
        "CREATE (:Claim {id: 'c:old', kg: 'g:1'})-[:EVIDENCED_BY {kg: 'g:2'}]->(:Sentence {id: 's:old', kg: 'g:3'})",
    ],
)
def test_what_is_lost_twofold_or_of_an_older_version_is_put_right(
    blank: Store, graph: Graph, schema: Schema, damage: str
) -> None:
    load(blank.driver, graph, schema)
    whole = everything(blank)
    blank.write(damage)
    assert everything(blank) != whole
    load(blank.driver, graph, schema)
    assert everything(blank) == whole


def test_a_property_of_others_with_our_name_is_no_mark(blank: Store, graph: Graph, schema: Schema) -> None:
    blank.write("CREATE (:Parcel {id: 'p1', kg: 7})-[:HOLDS {kg: 2.5}]->(:Parcel {id: 'p2', kg: 'heavy'})")
    seen = everything(blank)
    load(blank.driver, graph, schema)
    load(blank.driver, world(pages=ODD), schema)
    unload(blank.driver)
    assert everything(blank) == seen
    blank.write("CREATE (:Source {id: 'spring', kg: 7})")
    with pytest.raises(StoreError, match="1 nodes labelled Source"):
        load(blank.driver, graph, schema)


@pytest.mark.neo4j
def test_a_second_load_is_refused_while_one_works(neo4j: Store, graph: Graph, schema: Schema) -> None:
    neo4j.empty()
    refused: list[StoreError] = []

    def second(done: int, total: int) -> None:
        if not refused:
            with pytest.raises(LockedError, match="another load works on this database") as info:
                load(neo4j.driver, world(pages=ODD), schema)
            refused.append(info.value)

    load(neo4j.driver, graph, schema, progress=second)
    assert "load again" in refused[0].hint
    assert check_store(neo4j.driver, graph, schema) == []
    load(neo4j.driver, world(pages=ODD), schema)
    assert neo4j.ask("MATCH (n:Source {id: 'load'}) RETURN n") == []
    neo4j.empty()


def test_an_entity_that_changed_its_type_has_only_its_new_labels(blank: Store, graph: Graph, schema: Schema) -> None:
    load(blank.driver, graph, schema)
    kind = {"Q107387545": "PoliticalCampaign"}
    entities = tuple(replace(e, type=kind.get(e.id, e.type)) for e in graph.entities)
    retyped = replace(graph, entities=entities)
    load(blank.driver, retyped, schema)
    labels = blank.ask("MATCH (n:Entity {id: 'Q107387545'}) UNWIND labels(n) AS label RETURN label ORDER BY label")
    assert labels == [("Entity",), ("Organization",), ("PoliticalCampaign",)]
    assert check_store(blank.driver, retyped, schema) == []


def test_properties_that_are_gone_are_removed(blank: Store, graph: Graph, schema: Schema) -> None:
    load(blank.driver, graph, schema)
    bare = replace(graph, entities=tuple(replace(e, aliases=(), wikidata="") for e in graph.entities))
    load(blank.driver, bare, schema)
    assert blank.ask("MATCH (n:Entity) WHERE n.aliases IS NOT NULL OR n.wikidata IS NOT NULL RETURN n.id AS id") == []


def test_data_of_others_stay(blank: Store, graph: Graph, schema: Schema) -> None:
    blank.write("CREATE (:Theirs {id: 't1'})-[:MET_WITH {pid: 'x'}]->(:Theirs {id: 't2'})")
    load(blank.driver, graph, schema)
    blank.write("MATCH (a:Theirs {id: 't1'}), (b:Entity {id: $id}) CREATE (a)-[:WATCHES]->(b)", id="Q701393")
    load(blank.driver, graph, schema)
    assert blank.ask("MATCH (:Theirs)-[r:WATCHES]->(e:Entity) RETURN e.name AS name") == [("Wang Yi",)]
    assert unload(blank.driver) == 117 + 220
    assert everything(blank)[0] == [
        ("t1", {"labels": ["Theirs"], "properties": {"id": "t1"}}),
        ("t2", {"labels": ["Theirs"], "properties": {"id": "t2"}}),
    ]
    assert size(blank) == (2, 1)
    assert unload(blank.driver) == 0


@pytest.mark.parametrize("label", NODE_LABELS)
def test_nodes_of_others_with_our_labels_are_not_taken_over(
    blank: Store, graph: Graph, schema: Schema, label: str
) -> None:
    blank.write(f"CREATE (:{label} {{id: 'Q701393', mine: true}})")
    with pytest.raises(StoreError, match=f"1 nodes labelled {label}") as info:
        load(blank.driver, graph, schema)
    assert "--database" in info.value.hint
    assert size(blank) == (1, 0)


def test_names_of_any_kind_survive(blank: Store, schema: Schema, hostile: Graph) -> None:
    load(blank.driver, hostile, schema)
    check_hostile(blank, hostile)
    assert check_store(blank.driver, hostile, schema) == []
    load(blank.driver, hostile, schema)
    assert check_store(blank.driver, hostile, schema) == []


def test_dates_are_dates(store: Store) -> None:
    rows = store.ask(
        "MATCH (c:Claim) WHERE c.start IS NOT NULL AND c.relation = 'hosted' "
        "RETURN toString(c.start) AS first, toString(c.end) AS last, c.when AS words, c.start < c.end AS ordered"
    )
    assert rows == [("2023-05-01", "2023-05-31", "in May 2023", True)]


def test_edges_carry_their_support(store: Store) -> None:
    (row,) = store.ask(
        "MATCH (:Person {name: 'Wang Yi'})-[r:MET_WITH]-(:Person {name: 'Antony Blinken'}) "
        "RETURN r.claims, r.articles, r.independent_sources, r.sources, r.contested, r.place, toString(r.first), "
        "toString(r.last), r.confidence, size(r.claim_ids)"
    )
    sources = ["Nordblick", "Reuters", "The Courier"]
    assert row == (4, 4, 3, sources, False, "Munich", "2023-06-18", "2024-02-16", 0.99, 4)


def test_title_and_tenure_are_those_of_the_latest_claim(store: Store) -> None:
    (row,) = store.ask(
        "MATCH (:Person {name: 'Fumio Kishida'})-[r:HOLDS_POSITION]->(:Government) "
        "RETURN r.title, r.tenure, r.titles, r.tenures"
    )
    assert row == ("Prime Minister", "former", ["Prime Minister"], ["current", "former"])


def test_words_have_nodes_of_their_own(store: Store) -> None:
    rows = store.ask("MATCH (:Entity)-[r:SUPPORTS|OPPOSES]->(p:Position) RETURN type(r) AS t, p.text AS x ORDER BY x")
    assert rows == [("SUPPORTS", "aid for Ukraine"), ("OPPOSES", "aid without talks")]
    rows = store.ask("MATCH (:Person)-[:SAYS]->(s:Statement) RETURN s.text AS text ORDER BY text")
    assert len(rows) == 3
    denied = store.ask("MATCH (c:Claim {negated: true})-[:OBJECT]->(p:Position) RETURN p.text AS text, c.pid AS pid")
    assert [text for text, _ in denied] == ["independence for Taiwan"]
    assert store.ask("MATCH ()-[r]->() WHERE r.pid = $pid RETURN r", pid=denied[0][1]) == []


def test_full_text_indexes_find_names_and_words(store: Store) -> None:
    if store.kind != "neo4j":
        pytest.skip("only neo4j has them")
    store.ask("CALL db.awaitIndexes()")
    query = "CALL db.index.fulltext.queryNodes($index, $words) YIELD node RETURN coalesce(node.name, node.text) AS x"
    assert ("Fumio Kishida",) in store.ask(query, index="entity_words", words="kishida")
    assert any("sanctions" in x for (x,) in store.ask(query, index="sentence_words", words="sanctions"))


def test_labels_and_types_come_from_the_ontology(hostile: Graph, graph: Graph, schema: Schema) -> None:
    labels = {label for name in schema.classes for label in schema.labels(name)} | set(NODE_LABELS)
    types = {r.cypher for r in schema.relations.values()} | set(STRUCTURE)
    keys: Counter[str] = Counter()
    for each in (graph, hostile):
        for group in node_rows(each, schema):
            assert set(group.labels) <= labels
            keys.update(k for row in group.rows for k in row)
        for edges in edge_rows(each, schema):
            assert edges.type in types
            assert {edges.start_label, edges.end_label} <= set(NODE_LABELS)
            keys.update(k for row in edges.rows for k in row.properties)
    assert all(key.isidentifier() and key.isascii() for key in keys)
    assert len(keys) > 40
