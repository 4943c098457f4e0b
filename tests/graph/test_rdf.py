"""The RDF view: what it holds, that every syntax carries it unchanged, and that it depends on the graph alone."""

import json
import os
import random
import re
import subprocess
import sys
import tracemalloc
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.graph import external_sort
from kg.graph import vocabulary as v
from kg.graph.description import RIGHTS, TITLE
from kg.graph.facts import fact_problems, facts_of, read_facts
from kg.graph.project import project
from kg.graph.rdf import FORMATS, GRAPHS, dataset, quads, write_rdf
from kg.model import Article, Claim, Entity, Graph, Policy, Reading, Span, When
from kg.schema import NAMESPACE, load_schema, ontology_folder
from tests.graph.crowd import crowd
from tests.graph.samples import ARTICLES, NAMES, sample_graph, sample_pairs

ROOT = Path(__file__).parents[2]
SCHEMA = load_schema()
PARSERS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
RDFLIB = dict(zip(FORMATS, ("nquads", "trig", "turtle", "nt", "json-ld", "xml"), strict=True))
RDFLIB_ITSELF = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")
WITH_GRAPHS = {"nquads", "trig", "jsonld"}


def dump(graph: Graph, fmt: str = "nquads", graphs: str = "all") -> bytes:
    out = BytesIO()
    write_rdf(graph, SCHEMA, fmt=fmt, out=out, graphs=graphs)
    return out.getvalue()


def parsed(data: bytes, fmt: str) -> set[ox.Quad]:
    found = list(ox.parse(data, format=PARSERS[fmt]))
    assert len(set(found)) == len(found), "a statement is written twice"
    return set(found)


def expected(graph: Graph, fmt: str) -> set[ox.Quad]:
    if fmt in WITH_GRAPHS:
        return set(quads(graph, SCHEMA))
    return {ox.Quad(*q.triple) for q in quads(graph, SCHEMA)}


def objects(found: Iterable[ox.Quad], subject: ox.NamedNode, predicate: str) -> list[str]:
    name = v.term(predicate)
    return [q.object.value for q in found if q.subject == subject and q.predicate == name]  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return sample_graph()


def test_samples_are_what_the_tests_need(graph: Graph) -> None:
    assert (len(graph.articles), len(graph.entities), len(graph.claims)) == (3, 9, 12)
    assert len(graph.propositions) == 7
    assert {c.mood for c in graph.claims} == {"actual", "planned", "possible"}
    assert [p.contested for p in graph.propositions if p.relation == "met_with"] == [True]


def test_every_quad_comes_once_and_names_its_graph(graph: Graph) -> None:
    found = list(quads(graph, SCHEMA))
    assert len(found) == len(set(found))
    assert not [q for q in found if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]
    names = {v.article_graph(a.key) for a in ARTICLES} | {v.CONSENSUS, v.META}
    assert {q.graph_name for q in found} == names


def test_what_is_given_twice_is_written_once(graph: Graph) -> None:
    accuses = next(p for p in graph.propositions if p.relation == "accuses")
    other = replace(accuses, id="p:other", topic="something else")
    twice = replace(graph, mentions=graph.mentions * 2, propositions=(*graph.propositions, other))
    found = list(quads(twice, SCHEMA))
    assert len(found) == len(set(found))
    assert set(quads(graph, SCHEMA, graphs="articles")) == {
        q for q in found if q.graph_name not in (v.CONSENSUS, v.META)
    }
    assert len([q for q in found if q.predicate == v.term("kg:accuses")]) == 1
    assert fact_problems(twice, found, SCHEMA) == []


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_carries_the_same_statements(graph: Graph, fmt: str) -> None:
    assert parsed(dump(graph, fmt), fmt) == expected(graph, fmt)


@RDFLIB_ITSELF
@pytest.mark.parametrize("fmt", FORMATS)
def test_rdflib_reads_every_format(graph: Graph, fmt: str) -> None:
    target = rdflib.Dataset() if fmt in WITH_GRAPHS else rdflib.Graph()
    target.parse(data=dump(graph, fmt), format=RDFLIB[fmt])
    assert len(list(target.quads() if isinstance(target, rdflib.Dataset) else target)) == len(expected(graph, fmt))


@RDFLIB_ITSELF
def test_rdflib_reads_the_same_terms(graph: Graph) -> None:
    read = rdflib.Dataset()
    read.parse(data=dump(graph), format="nquads")
    found = {(str(s), str(p), str(o), str(g)) for s, p, o, g in read.quads()}
    assert found == {
        (q.subject.value, q.predicate.value, q.object.value, q.graph_name.value)  # type: ignore[union-attr]
        for q in quads(graph, SCHEMA)
    }


def test_all_is_the_parts_together(graph: Graph) -> None:
    assert b"".join(dump(graph, graphs=part) for part in GRAPHS[1:]) == dump(graph)
    assert all(dump(graph, graphs=part) for part in GRAPHS)


def test_lines_are_sorted_within_each_named_graph(graph: Graph) -> None:
    lines = dump(graph).splitlines()
    names = [line.rsplit(b" ", 2)[1] for line in lines]
    assert len(Counter(names)) == sum(a != b for a, b in pairwise(names)) + 1
    for name in set(names):
        block = [line for line, n in zip(lines, names, strict=True) if n == name]
        assert block == sorted(block)


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_order_of_articles_does_not_matter(graph: Graph, fmt: str) -> None:
    pairs = sample_pairs()
    random.Random(7).shuffle(pairs)
    assert dump(project(pairs, SCHEMA, Policy()), fmt) == dump(graph, fmt)


def test_another_process_writes_the_same_bytes(graph: Graph) -> None:
    code = (
        "import sys\nfrom kg.graph.rdf import FORMATS, write_rdf\nfrom kg.schema import load_schema\n"
        "from tests.graph.samples import sample_graph\n"
        "for f in FORMATS:\n    write_rdf(sample_graph(), load_schema(), fmt=f, out=sys.stdout.buffer)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, check=True).stdout
        for env in ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"})
    ]
    assert runs[0] == runs[1] == b"".join(dump(graph, fmt) for fmt in FORMATS)


def test_withdrawing_an_article_drops_its_graph_and_nothing_of_the_others(graph: Graph) -> None:
    kept = project(sample_pairs()[1:], SCHEMA, Policy())
    gone = v.article_graph(ARTICLES[0].key)
    articles = set(quads(graph, SCHEMA, graphs="articles"))
    assert set(quads(kept, SCHEMA, graphs="articles")) == {q for q in articles if q.graph_name != gone}


def test_only_asserted_claims_draw_bare_triples(graph: Graph) -> None:
    _, bare = read_facts(quads(graph, SCHEMA), SCHEMA)
    names = {e.id: e.name for e in graph.entities}
    assert {(names[s], r, names.get(o, o)) for s, r, o in bare} == {
        ("Espen Barth Eide", "holds_position", "Government of Norway"),
        ("Jens Holt", "holds_position", "NATO"),
        ("Espen Barth Eide", "met_with", "Ignazio Cassis"),
        ("Espen Barth Eide", "says", "We need a ceasefire,"),
        ("Government of Norway", "supports", "a joint observer mission"),
        ("Government of Norway", "supports", "NATO"),
        ("Government of Norway", "accuses", "NATO"),
    }


def test_a_claim_carries_its_qualifiers(graph: Graph) -> None:
    found = set(quads(graph, SCHEMA))
    (met,) = (c for c in graph.claims if c.relation == "met_with" and c.qualifiers.place)
    node = v.node("claim", met.id)
    assert objects(found, node, "kg:whenStart") == ["2024-06-27"]
    assert objects(found, node, "kg:place") == [v.node("entity", NAMES["Bern"].id).value]
    assert objects(found, node, "kg:mood") == [NAMESPACE + "mood-actual"]
    assert objects(found, node, "kg:negated") == ["false"]
    (denied,) = (c for c in graph.claims if c.relation == "sanctions")
    node = v.node("claim", denied.id)
    assert objects(found, node, "kg:negated") == ["true"]
    assert objects(found, node, "kg:cue") == ["denied"]
    assert objects(found, node, "grasp:wasAttributedTo") == [v.node("entity", "e:0a").value]
    assert objects(found, node, "kg:polarity") == ["0.0"]
    assert objects(found, node, "kg:subjectRule") == ["metonymy.country"]
    (office,) = (c for c in graph.claims if c.qualifiers.title == "envoy")
    assert objects(found, v.node("claim", office.id), "kg:tenure") == [NAMESPACE + "tenure-former"]


def test_evidence_slices_to_its_words(graph: Graph) -> None:
    texts = {v.node("article", a.key).value: a.text for a in ARTICLES}
    found = set(quads(graph, SCHEMA, graphs="articles"))
    spans = {q.subject for q in found if q.predicate == v.term("nif:anchorOf")}
    assert len(spans) == 13 + 11 + 8  # evidence, sentences, mentions
    for span in spans:
        ((words,), (start,), (end,), (article,)) = (
            objects(found, span, f"nif:{part}") for part in ("anchorOf", "beginIndex", "endIndex", "referenceContext")
        )
        assert texts[article][int(start) : int(end)] == words


def test_an_office_with_its_evidence_costs_twenty_statements(graph: Graph) -> None:
    found = list(quads(graph, SCHEMA, graphs="articles"))
    (office,) = (v.node("claim", c.id) for c in graph.claims if c.qualifiers.title == "envoy")
    (words,) = (q.object for q in found if q.subject == office and q.predicate == v.term("prov:wasDerivedFrom"))
    assert len([q for q in found if q.subject in (office, words)]) == 20


def test_the_dump_describes_itself(graph: Graph) -> None:
    found = list(quads(graph, SCHEMA))
    assert objects(found, v.DATASET, "void:triples") == [str(len(found))]
    assert objects(found, v.DATASET, "void:documents") == ["3"]
    assert objects(found, v.node("dataset", "class-Claim"), "void:entities") == ["12"]
    assert objects(found, v.node("dataset", "class-Organization"), "void:entities") == ["3"]
    assert objects(found, v.node("dataset", "property-supports"), "void:entities") == ["2"]
    assert objects(quads(graph, SCHEMA, graphs="meta"), v.DATASET, "void:triples") == [str(len(found))]


def test_entities_have_all_their_classes_and_wikidata(graph: Graph) -> None:
    found = list(quads(graph, SCHEMA, graphs="meta"))
    norway = v.node("entity", "Q20")
    assert set(objects(found, norway, "rdf:type")) == {NAMESPACE + n for n in ("Entity", "Organization", "Government")}
    assert objects(found, norway, "owl:sameAs") == ["http://www.wikidata.org/entity/Q20"]
    assert objects(found, norway, "skos:altLabel") == ["Norway", "Oslo"]


def test_a_topic_is_matched_but_not_the_same_as_an_item() -> None:
    graph = Graph(entities=(Entity("Q7942", "Topic", "climate change", (), "Q7942"),))
    found = list(quads(graph, SCHEMA))
    assert objects(found, v.node("entity", "Q7942"), "skos:exactMatch") == ["http://www.wikidata.org/entity/Q7942"]
    assert not objects(found, v.node("entity", "Q7942"), "owl:sameAs")


def test_articles_lead_to_web_addresses_only(graph: Graph) -> None:
    found = list(quads(graph, SCHEMA, graphs="meta"))
    links = {q.object for q in found if q.predicate == v.term("schema:url")}
    assert links == {ox.NamedNode("https://alpine.example/berne-talks?id=7"), ox.Literal("javascript:alert(1)")}


def test_every_term_of_ours_is_defined(graph: Graph) -> None:
    used = {
        node.value.removeprefix(NAMESPACE)
        for quad in quads(graph, SCHEMA)
        for node in (quad.predicate, quad.object)
        if isinstance(node, ox.NamedNode) and node.value.startswith(NAMESPACE)
    }
    defined = {*SCHEMA.classes, *SCHEMA.terms, *(r.local for r in SCHEMA.relations.values())}
    assert len(used) > 50
    assert used <= defined


def test_an_empty_graph_is_described_in_every_format() -> None:
    for fmt in FORMATS:
        assert parsed(dump(Graph(), fmt), fmt) == expected(Graph(), fmt)
    assert dump(Graph(), graphs="consensus") == b""
    assert json.loads(dump(Graph(), "jsonld", "consensus"))["@graph"] == []


def test_unknown_formats_and_parts_are_refused(graph: Graph) -> None:
    with pytest.raises(UsageError, match="no RDF format 'n3'") as caught:
        dump(graph, "n3")
    assert "nquads" in caught.value.hint
    with pytest.raises(UsageError, match="no named graphs 'claims'"):
        dump(graph, graphs="claims")
    with pytest.raises(ValueError, match="claims"):
        next(quads(graph, SCHEMA, graphs="claims"))


# ---------------------------------------------------------------- hostile input

NASTY = [
    'quote " and \\ and \\" end',
    "line\nfeed\r\nand\rreturn\ttab",
    "nul\x00 bell\x07 escape\x1b delete\x7f next\x85 line",
    "half a pair \ud83d alone, and \udc00 too",
    "\u202eright to left\u202c, \u2028 line, \u2029 paragraph, \ufeff mark, \ufffe\uffff none",
    "مصر \U0001f1ea\U0001f1ec e\u0301",
    '" . <urn:a> <urn:b> <urn:c> . # ',
    "</kg:Claim><!-- ]]> &amp; <script>",
    '{"@id": "urn:x", "@graph": []}',
    "x" * 10_000,
    "<> ../../etc/passwd?a#b %41 %zz",
]


ADDRESSES = [
    "https://alpine.example/a?b=c&d=%C3%A9#e",
    "https://alpine.example/a b",
    "http://user:password@alpine.example/",
    "http://x.example/%zz",
    "https://[::1/",
    "https://ex.example/\u00fc?q=\u00df",
    "http://x.example/a|b{c}",
    "http://x.example/\uffff",
    "HTTPS://EXAMPLE.org/../a",
    "http:///x",
    "javascript:alert(1)",
]


def addressed(urls: Iterable[str]) -> Graph:
    """Articles with these addresses."""
    return Graph(articles=tuple(Article(f"k{number}", "Words.", url=url) for number, url in enumerate(urls)))


def every_character() -> Graph:
    """All of Unicode in one title, but U+0000, which some readers take for an end."""
    title = "".join(map(chr, (*range(1, 0xD800), *range(0xE000, 0x110000))))
    return Graph(articles=(Article("k", "Words.", title=title),))


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_character_survives(fmt: str) -> None:
    graph = every_character()
    (title,) = [q.object.value for q in parsed(dump(graph, fmt), fmt) if q.predicate == v.term("schema:headline")]
    changed = {a for a, b in zip(graph.articles[0].title, title, strict=True) if a != b}
    controls = {chr(c) for c in range(1, 32) if c not in (9, 10)}
    assert changed == {"\ufffe", "\uffff"} | (controls if fmt == "rdfxml" else set())


@RDFLIB_ITSELF
def test_every_character_survives_in_rdflib() -> None:
    graph = every_character()
    read = rdflib.Graph().parse(data=dump(graph, "ntriples"), format="nt")
    assert [str(o) for o in read.objects(None, rdflib.SDO.headline)] == [v.clean(graph.articles[0].title)]


@pytest.mark.parametrize("fmt", FORMATS)
def test_language_tags_survive(graph: Graph, fmt: str) -> None:
    tagged = {q.object for q in parsed(dump(graph, fmt), fmt) if getattr(q.object, "language", None)}
    assert tagged == {TITLE, RIGHTS}
    assert {t.language for t in tagged} == {"en"}  # type: ignore[union-attr]


def test_addresses_are_iris_where_a_reader_may_be_led_there() -> None:
    found = {q.subject: q.object for q in quads(addressed(ADDRESSES), SCHEMA) if q.predicate == v.term("schema:url")}
    led = [url for n, url in enumerate(ADDRESSES) if isinstance(found[v.node("article", f"k{n}")], ox.NamedNode)]
    assert led == [ADDRESSES[n] for n in (0, 5)]


def hostile(words: str) -> Graph:
    """The samples with these words wherever an article or its page may put them."""
    return project([infect(article, reading, words) for article, reading in sample_pairs()], SCHEMA, Policy())


def infect(article: Article, reading: Reading, words: str) -> tuple[Article, Reading]:
    key, text = f"{article.key} {words}", article.text + " " + words

    def move(span: Span) -> Span:
        return replace(span, article=key, end=len(text))

    def changed(claim: Claim) -> Claim:
        value = claim.object
        return replace(
            claim,
            article=key,
            evidence=tuple(replace(e, span=move(e.span), rule=words) for e in claim.evidence),
            subject=replace(claim.subject, text=words, rule=words),
            object=replace(value, text=words),
            qualifiers=replace(claim.qualifiers, topic=words, title=words),
            when=When(words, words, words),
            cue=words,
        )

    return Article(key, text, words, words, words, words, (words,), words), replace(
        reading,
        article=key,
        sentences=tuple(move(s) for s in reading.sentences),
        mentions=tuple(replace(m, span=move(m.span), rule=words) for m in reading.mentions),
        claims=tuple(changed(c) for c in reading.claims),
        entities=tuple(replace(e, name=f"{e.name} {words}", aliases=(words,)) for e in reading.entities),
    )


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
def test_hostile_words_stay_words(words: str, fmt: str) -> None:
    graph = hostile(words)
    data = dump(graph, fmt)
    data.decode("utf-8")
    found = parsed(data, fmt)
    if fmt == "rdfxml":
        ET.fromstring(data)
        assert len(found) == len(expected(graph, fmt))
    else:
        assert found == expected(graph, fmt)
        assert any(q.object == ox.Literal(v.clean(words)) for q in found)


@RDFLIB_ITSELF
@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
def test_rdflib_reads_hostile_words_without_a_warning(words: str, fmt: str, caplog: pytest.LogCaptureFixture) -> None:
    read = rdflib.Dataset(default_union=True)
    read.parse(data=dump(hostile(words), fmt), format=RDFLIB[fmt])
    titles = set(read.objects(None, rdflib.URIRef(v.term("kg:title").value)))
    assert fmt == "rdfxml" or rdflib.Literal(v.clean(words)) in titles
    assert len(titles) == 1
    assert caplog.records == []


@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
def test_hostile_words_do_not_change_the_facts(words: str) -> None:
    graph = hostile(words)
    assert fact_problems(graph, ox.parse(dump(graph), format=ox.RdfFormat.N_QUADS), SCHEMA) == []


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_survives(words: str) -> None:
    article = Article("k", words, title=words, source=words, authors=(words,))
    graph = Graph(articles=(article,), entities=(Entity("e:1", "Person", words, (words + "'",)),))
    for fmt in ("nquads", "trig", "jsonld"):
        assert parsed(dump(graph, fmt), fmt) == expected(graph, fmt)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_keys_make_iris_that_lead_back(key: str) -> None:
    node = v.node("article", key)
    assert v.name_of(node.value, "article") == key
    assert node.value.startswith(v.ID + "article/")
    assert re.fullmatch(r"[\w.~%:-]*", node.value.removeprefix(v.ID + "article/"), re.ASCII)
    assert (
        ox.parse(f"@base <http://x/a/b> . <{node.value}> a <b> .", format=ox.RdfFormat.TURTLE).__next__().subject
        == node
    )


@pytest.mark.parametrize(
    ("iso", "datatype"),
    [
        ("2024", "gYear"),
        ("2024-06", "gYearMonth"),
        ("2024-02-29", "date"),
        ("2023-02-29", "string"),
        ("2024-13", "string"),
        ("0000", "string"),
        ("2024-06-30T10:00:00Z", "string"),
        ("last week", "string"),
        ("\u0662\u0660\u0662\u0664", "string"),
    ],
)
def test_dates_have_the_type_of_their_precision(iso: str, datatype: str) -> None:
    assert v.moment(iso) == ox.Literal(iso, datatype=v.term(f"xsd:{datatype}"))


def test_decimals_are_written_out() -> None:
    assert [v.decimal(x).value for x in (0.93, 1, 0.0, 1e-5, 0.1 + 0.2, -0.8)] == [
        "0.93",
        "1",
        "0.0",
        "0.00001",
        "0.3",
        "-0.8",
    ]


# ---------------------------------------------------------------- reading back


def test_facts_are_those_of_the_graph(graph: Graph) -> None:
    found, bare = read_facts(ox.parse(dump(graph), format=ox.RdfFormat.N_QUADS), SCHEMA)
    assert found == facts_of(graph)
    assert len(found) == len(bare) == 7
    assert fact_problems(graph, quads(graph, SCHEMA), SCHEMA) == []


def test_a_lost_bare_triple_is_noticed(graph: Graph) -> None:
    kept = [
        q for q in quads(graph, SCHEMA) if not (q.graph_name == v.CONSENSUS and q.predicate == v.term("kg:metWith"))
    ]
    assert fact_problems(graph, kept, SCHEMA) == ["RDF lacks the bare triple e:0a met_with e:0b"]


def test_a_bare_triple_without_a_proposition_is_noticed(graph: Graph) -> None:
    extra = ox.Quad(v.node("entity", "Q20"), v.term("kg:attacks"), v.node("entity", "Q39"), v.CONSENSUS)
    problems = fact_problems(graph, [*quads(graph, SCHEMA), extra], SCHEMA)
    assert problems == ["RDF has a bare triple that no proposition draws: Q20 attacks Q39"]


def test_changed_words_are_noticed(graph: Graph) -> None:
    kept = [q for q in quads(graph, SCHEMA) if q.graph_name != v.CONSENSUS or q.object != ox.Literal("delay")]
    problems = fact_problems(graph, kept, SCHEMA)
    assert len(problems) == 2
    assert "topic 'delay'" in problems[0]


def test_a_broken_proposition_is_noticed(graph: Graph) -> None:
    kept = [q for q in quads(graph, SCHEMA) if q.predicate != v.SUBJECT]
    (problem,) = fact_problems(graph, kept, SCHEMA)
    assert "is no complete proposition" in problem


def test_a_foreign_subject_is_noticed(graph: Graph) -> None:
    extra = ox.Quad(ox.NamedNode("urn:x"), v.term("kg:attacks"), v.node("entity", "Q39"), v.CONSENSUS)
    assert fact_problems(graph, [*quads(graph, SCHEMA), extra], SCHEMA) == ["RDF: urn:x is no entity"]


# ---------------------------------------------------------------- using it


@RDFLIB_ITSELF
def test_sparql_over_the_dataset(graph: Graph) -> None:
    rows = dataset(graph, SCHEMA).query(
        "SELECT ?words { ?claim a kg:Claim ; kg:negated true ; rdf:predicate kg:sanctions ;"
        " prov:wasDerivedFrom/nif:anchorOf ?words }"
    )
    assert [str(row[0]) for row in rows] == ["Norway had sanctioned Switzerland"]


def blocks(language: str) -> list[str]:
    page = (ROOT / "docs" / "rdf.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


@RDFLIB_ITSELF
def test_queries_of_the_documentation_have_answers(graph: Graph) -> None:
    queries = blocks("sparql")
    assert len(queries) == 6
    found = dataset(graph, SCHEMA)
    for query in queries:
        assert list(found.query(query)), query


def test_the_context_compacts_every_relation_and_property() -> None:
    context = json.loads((ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    properties = {t.name for t in SCHEMA.terms.values() if t.kind in ("object", "datatype")}
    assert len(properties) > 30
    assert properties | {r.local for r in SCHEMA.relations.values()} <= set(context)


def test_json_ld_reads_like_a_record(graph: Graph) -> None:
    document = json.loads(dump(graph, "jsonld"))
    nodes = [node for part in document["@graph"] for node in part["@graph"]]
    (met,) = (n for n in nodes if n.get("type") == "Claim" and n["predicate"] == "metWith" and "place" in n)
    assert met["subject"] == "kg-entity:e:0a"
    assert met["object"] == {"id": "kg-entity:e:0b"}
    assert met["negated"] is False
    assert met["mood"] == "mood-actual"
    assert met["whenStart"] == {"@value": "2024-06-27", "@type": "xsd:date"}


# ---------------------------------------------------------------- size


@given(st.lists(st.binary(max_size=5).map(lambda line: line.replace(b"\n", b"") + b"\n")), st.integers(1, 9))
def test_an_external_sort_sorts(lines: list[bytes], run: int) -> None:
    out = BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(external_sort, "RUN", run)
        external_sort.write_sorted(iter(lines), out)
    assert out.getvalue() == b"".join(sorted(lines))


@pytest.mark.parametrize("fmt", ["nquads", "ntriples"])
def test_what_is_sorted_on_disk_gives_the_same_bytes(graph: Graph, fmt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = dump(graph, fmt)
    monkeypatch.setattr(external_sort, "RUN", 7)
    assert dump(graph, fmt) == whole


def written_with(graph: Graph, fmt: str) -> tuple[int, int]:
    """Quads, and bytes that Python held at most while it wrote them."""
    with Path(os.devnull).open("wb") as out:
        write_rdf(graph, SCHEMA, fmt=fmt, out=out)  # fills the caches of terms
        tracemalloc.start()
        try:
            write_rdf(graph, SCHEMA, fmt=fmt, out=out)
            return sum(1 for _ in quads(graph, SCHEMA)), tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("fmt", FORMATS)
def test_memory_does_not_grow_with_the_graph(fmt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external_sort, "RUN", 500)
    (few, small), (many, large) = (written_with(crowd(articles=count), fmt) for count in (50, 400))
    assert many > few + 20_000
    assert large - small < 6 * (many - few), "bytes a quad"
