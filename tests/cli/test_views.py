"""`kg show`, `explain`, `stats`, `check`, `export`, `withdraw`: what a graph says of itself."""

import gzip
import itertools
import json
import sqlite3

import pyoxigraph
import pytest
import zstandard

from kg.build import load_graph
from kg.cli.outfile import open_output
from kg.cli.views import Names, period, phrase
from kg.graph.vocabulary import CONSENSUS, term
from kg.model import Argument, Claim, Entity, Evidence, Graph, Literal, Mood, Qualifiers, Span, Tenure, When
from kg.schema import load_schema


def claim_ids(folder):
    return {claim.evidence[0].span: claim.id for claim in load_graph(folder).claims}


def test_show_tells_all_with_words_and_sources(kg, toy_graph):
    out = kg("show", toy_graph, "takeo akiba").stdout
    assert out.startswith("Takeo Akiba (Person, e:")
    assert "mentioned 3 times in 2 articles" in out
    assert "\nEncounters\n" in out
    assert "Bill Hagerty NOT met with Takeo Akiba" in out
    assert "“Fred Fleitz met Takeo Akiba”  (Voice of America, 2024-06-27, one.md)" in out
    assert "“Takeo Akiba met Fred Fleitz”  (Kyodo, 2024-07-01, two.md)" in out


def test_show_as_json_and_by_id(kg, toy_graph):
    view = json.loads(kg("show", toy_graph, "Akiba", "--format", "json").stdout)
    assert view["name"] == "Takeo Akiba"
    assert json.loads(kg("show", toy_graph, view["id"], "-f", "json").stdout) == view
    encounters = view["claims"]["encounter"]
    assert {claim["negated"] for claim in encounters} == {True, False}
    assert all(claim["evidence"] for claim in encounters)


def test_show_limits_when_told(kg, toy_graph):
    assert "more: --limit 0" in kg("show", toy_graph, "Akiba", "--limit", 1).stdout
    assert "more: --limit 0" not in kg("show", toy_graph, "Akiba").stdout


def test_show_lists_candidates_of_an_ambiguous_name(kg, toy_graph):
    result = kg("show", toy_graph, "e", code=9)
    assert "entities fit 'e'" in result.stderr
    assert "Takeo Akiba (Person)" in result.stderr
    assert "nobody and nothing is called 'Zorro'" in kg("show", toy_graph, "Zorro", code=9).stderr
    assert kg("show", toy_graph, "", code=9).stdout == ""


def test_explain_shows_rule_words_sentence_names_and_edge(kg, toy_graph):
    claim = next(c for c in load_graph(toy_graph).claims if c.article == "one.md" and not c.negated)
    out = kg("explain", toy_graph, claim.id).stdout
    assert ">>Fred Fleitz met Takeo Akiba<< in Tokyo." in out
    assert "rule toy.met@1" in out
    assert "confidence 0.90, mood actual" in out
    assert "subject: “Fred Fleitz” = Fred Fleitz (Person, e:" in out
    assert "edge: p:" in out
    assert kg("explain", toy_graph, claim.id[2:14]).stdout == out


def test_explain_says_why_there_is_no_edge(kg, toy_graph):
    claims = load_graph(toy_graph).claims
    denied = next(c for c in claims if c.negated)
    possible = next(c for c in claims if c.mood == "possible")
    assert "edge: none: the claim is a denial" in kg("explain", toy_graph, denied.id).stdout
    assert "edge: none: the claim is possible, not a fact" in kg("explain", toy_graph, possible.id).stdout


def test_explain_a_proposition_by_all_its_claims(kg, toy_graph):
    proposition = load_graph(toy_graph).propositions[0]
    views = json.loads(kg("explain", toy_graph, proposition.id, "-f", "json").stdout)
    assert sorted(view["id"] for view in views) == sorted((*proposition.claims, *proposition.denials))
    assert len(views) == 2


@pytest.mark.parametrize(
    ("words", "message"), [("c:zz", "no claim"), ("c:", "4 claims begin"), ("p:zz", "no propositions")]
)
def test_explain_nothing_known(kg, toy_graph, words, message):
    assert message in kg("explain", toy_graph, words, code=9).stderr


def test_stats(kg, toy_graph):
    found = json.loads(kg("stats", toy_graph, "--format", "json").stdout)
    assert {row["what"]: row["count"] for row in found["Overview"]} == {
        "articles": 3, "first date": "2024-05-02", "last date": "2024-07-01", "entities": 5, "mentions": 8, "claims": 4,
        "asserted": 2, "denied": 1, "planned": 0, "conditional": 0, "possible": 1, "requested": 0, "propositions": 1,
        "with several sources": 1, "contested": 0,
    }  # fmt: skip
    assert found["Entities"] == [{"type": "Person", "count": 5}]
    assert found["Claims"] == [{"relation": "met_with", "count": 4}]
    table = kg("stats", toy_graph).stdout
    assert "Overview\n" in table
    assert "met_with  4" in table


def test_stats_lists_articles_and_entities(kg, toy_graph):
    assert kg("stats", toy_graph, "--articles").stdout.count(".md") == 2
    entities = json.loads(kg("stats", toy_graph, "--entities", "-f", "json").stdout)["Entities"]
    assert [e["name"] for e in entities if e["id"].startswith("e:")] == [e["name"] for e in entities]


def test_check_agrees(kg, toy_graph):
    result = kg("check", toy_graph)
    assert result.stderr == "record, embedded graph and RDF agree: 3 articles, 4 claims, 1 edge\n"
    assert result.stdout == ""


def test_check_looks_at_the_sparql_store_if_there_is_one(kg, own_graph):
    kg("sparql", own_graph, "ASK { ?s ?p ?o }")
    assert "embedded graph, RDF and SPARQL store agree" in kg("check", own_graph).stderr
    (folder,) = (p for p in (own_graph / "sparql").iterdir() if p.is_dir())
    store = pyoxigraph.Store(str(folder))
    store.remove(next(store.quads_for_pattern(None, term("kg:metWith"), None, CONSENSUS)))
    del store
    result = kg("check", own_graph, code=10)
    assert "RDF lacks the bare triple" in result.stdout
    assert "(sparql 2)" in result.stderr


def test_check_finds_what_was_changed_in_the_embedded_graph(kg, own_graph):
    kg("query", own_graph, "MATCH ()-[r:MET_WITH]->() DELETE r", "--write")
    result = kg("check", own_graph, code=10)
    assert "store" in result.stdout
    assert "is missing" in result.stdout
    assert "difference (store" in result.stderr


def test_check_finds_what_was_changed_in_the_record(kg, own_graph):
    with sqlite3.connect(own_graph / "record.sqlite") as database:
        database.execute("UPDATE article SET title = 'changed' WHERE key = 'two.md'")
    database.close()
    assert "record" in kg("check", own_graph, code=10).stdout


def test_export_claims(kg, toy_graph):
    records = [json.loads(line) for line in kg("export", toy_graph).stdout.splitlines()]
    assert [record["id"] for record in records] == sorted(claim_ids(toy_graph).values())
    assert kg("export", toy_graph, "-f", "csv").stdout.count("\n") == 5


@pytest.mark.parametrize(
    ("fmt", "form"),
    [
        ("nquads", pyoxigraph.RdfFormat.N_QUADS),
        ("trig", pyoxigraph.RdfFormat.TRIG),
        ("turtle", pyoxigraph.RdfFormat.TURTLE),
        ("ntriples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("rdfxml", pyoxigraph.RdfFormat.RDF_XML),
    ],
)
def test_export_rdf(kg, toy_graph, tmp_path, fmt, form):
    file = tmp_path / "dump.gz"
    kg("export", toy_graph, "--format", fmt, "--output", file)
    triples = {
        (q.subject, q.predicate, q.object) for q in pyoxigraph.parse(gzip.decompress(file.read_bytes()), format=form)
    }
    lines = kg("export", toy_graph, "--format", "nquads").stdout_bytes
    assert triples == {
        (q.subject, q.predicate, q.object) for q in pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS)
    }
    assert len(triples) > 50


def test_export_some_graphs(kg, toy_graph):
    all_of = kg("export", toy_graph, "-f", "nquads").stdout.splitlines()
    parts = [
        kg("export", toy_graph, "-f", "nquads", "--graphs", g).stdout.splitlines()
        for g in ("articles", "consensus", "meta")
    ]
    assert sorted(line for part in parts for line in part) == sorted(all_of)


UNPACK = {".gz": gzip.decompress, ".zst": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data)}


@pytest.mark.parametrize("suffix", UNPACK)
def test_a_compressed_export_holds_the_same_and_is_the_same_file(kg, toy_graph, tmp_path, suffix, monkeypatch):
    monkeypatch.setattr("time.time", itertools.count(10**9, 1000).__next__)
    names = [tmp_path / f"{name}.nq{suffix}" for name in ("one", "other")]
    for name in names:
        kg("export", toy_graph, "-f", "nquads", "-o", name)
    plain = kg("export", toy_graph, "-f", "nquads").stdout_bytes
    assert UNPACK[suffix](names[0].read_bytes()) == plain
    assert names[0].read_bytes() == names[1].read_bytes()
    assert len(names[0].read_bytes()) < len(plain) / 4


@pytest.mark.parametrize("suffix", UNPACK)
def test_a_compressed_file_does_not_depend_on_how_it_is_written(tmp_path, suffix):
    data = bytes(range(256)) * 4000
    for name, size in (("large", len(data)), ("small", 7)):
        with open_output(tmp_path / (name + suffix)) as out:
            for start in range(0, len(data), size):
                out.write(data[start : start + size])
    assert (tmp_path / f"large{suffix}").read_bytes() == (tmp_path / f"small{suffix}").read_bytes()
    assert UNPACK[suffix]((tmp_path / f"large{suffix}").read_bytes()) == data


def test_damage_of_a_zst_file_is_noticed_by_its_reader(tmp_path):
    with open_output(tmp_path / "x.zst") as out:
        out.write(b"words " * 100)
    whole = (tmp_path / "x.zst").read_bytes()
    assert zstandard.get_frame_parameters(whole).has_checksum
    with pytest.raises(zstandard.ZstdError):
        zstandard.ZstdDecompressor().stream_reader(whole[:-4] + b"abcd").read()


def test_export_since_a_day(kg, toy_graph):
    result = kg("export", toy_graph, "--since", "2024-06-27")
    assert result.stderr == "3 claims of 4, from 2 articles\n"
    whole = kg("export", toy_graph).stdout.splitlines()
    assert [line for line in whole if '"article": "three.txt"' not in line] == result.stdout.splitlines()
    assert kg("export", toy_graph, "--since", "2024-07", "-f", "csv").stdout.count("\n") == 2
    assert "three.txt" not in kg("export", toy_graph, "--since", "2024-06-27", "-f", "trig").stdout
    assert "is no date" in kg("export", toy_graph, "--since", "yesterday", code=2).stderr


def test_export_of_an_entity_by_name_or_id(kg, toy_graph):
    by_name = kg("export", toy_graph, "--entity", "Bill Hagerty")
    assert by_name.stderr == "1 claim of 4, from 1 article\n"
    (record,) = map(json.loads, by_name.stdout.splitlines())
    by_id = kg("export", toy_graph, "--entity", record["subject"]["id"])
    assert by_id.stdout == by_name.stdout
    assert "nobody" in kg("export", toy_graph, "--entity", "Nemo", code=9).stderr
    lines = kg("export", toy_graph, "--entity", "Bill Hagerty", "-f", "nquads", "--graphs", "consensus")
    assert lines.stdout == ""  # he did not meet anybody


@pytest.mark.parametrize("fmt", ["ftm", "graphml", "gexf", "parquet", "neo4j-admin"])
def test_formats_of_propositions_have_no_parts(kg, toy_graph, fmt):
    for words in (("--since", "2024"), ("--entity", "Takeo Akiba")):
        assert "made of propositions" in kg("export", toy_graph, "-f", fmt, *words, code=2).stderr
    assert "no named graphs" in kg("export", toy_graph, "-f", fmt, "--graphs", "all", code=2).stderr


def test_json_ld_is_json(kg, toy_graph):
    assert json.loads(kg("export", toy_graph, "-f", "jsonld").stdout)


def test_an_export_that_fails_leaves_the_old_file(kg, toy_graph, tmp_path, monkeypatch):
    file = tmp_path / "claims.jsonl"
    file.write_text("old", encoding="utf-8")

    def fail(graph, schema, out):
        out.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.graph.tables.write_jsonl", fail)
    assert "No space left" in kg("export", toy_graph, "-o", file, code=2).stderr
    assert file.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["claims.jsonl"]


def test_withdraw_takes_an_article_out_of_every_view(kg, own_graph):
    assert "1 withdrawn" in kg("withdraw", own_graph, "one.md").stderr
    assert kg("query", own_graph, "MATCH (a:Article) RETURN count(a) AS n", "-f", "csv").stdout.split() == ["n", "2"]
    assert "one.md" not in kg("export", own_graph, "-f", "nquads").stdout
    kg("check", own_graph)


def test_withdraw_is_all_or_nothing(kg, own_graph):
    assert "no article 'nine.md'" in kg("withdraw", own_graph, "one.md", "nine.md", code=9).stderr
    assert "one.md" in kg("stats", own_graph, "--articles").stdout


ENTITIES = tuple(
    Entity(f"e:{n}", kind, name)
    for n, (kind, name) in enumerate(
        [("Person", "Ann Lee"), ("PublicBody", "Foreign Ministry"), ("City", "Oslo"), ("Person", "Bo Kim")]
    )
)
ANN, MINISTRY, OSLO, BO = (Argument(e.id, e.name) for e in ENTITIES)
WORDS = (Evidence(Span("a", 0, 3), 0, "r@1", 0.9),)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (
            Claim("a", ANN, "holds_position", MINISTRY, WORDS, Qualifiers("envoy", Tenure.FORMER)),
            "Ann Lee: envoy, Foreign Ministry (former)",
        ),
        (
            Claim("a", ANN, "holds_position", MINISTRY, WORDS, Qualifiers("envoy"), negated=True),
            "Ann Lee: NOT envoy, Foreign Ministry",
        ),
        (Claim("a", ANN, "holds_position", MINISTRY, WORDS), "Ann Lee holds position Foreign Ministry"),
        (
            Claim("a", MINISTRY, "appoints", ANN, WORDS, Qualifiers("envoy"), mood=Mood.PLANNED),
            "Foreign Ministry appoints Ann Lee as envoy [planned]",
        ),
        (
            Claim(
                "a", ANN, "met_with", BO, WORDS, Qualifiers(topic="trade", place=OSLO), when=When("2024-06", "2024-06")
            ),
            "Ann Lee met with Bo Kim, on trade, in Oslo, 2024-06",
        ),
        (
            Claim("a", ANN, "says", Literal("No"), WORDS, Qualifiers(addressee=BO), attributed_to=ANN),
            "Ann Lee says “No”, to Bo Kim, according to Ann Lee",
        ),
        (
            Claim("a", ANN, "supports", Literal("the deal"), WORDS, Qualifiers(topic="The deal")),
            "Ann Lee supports “the deal”",
        ),
    ],
)
def test_a_claim_in_one_line(claim, said):
    assert phrase(claim, Names(Graph(entities=ENTITIES), load_schema())) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (When(), ""),
        (When(text="last year"), "last year"),
        (When("2018", "2019", "from 2018 to 2019"), "2018 to 2019"),
        (When("2018", "2018"), "2018"),
        (When("2018", ""), "since 2018"),
        (When("", "2019"), "until 2019"),
    ],
)
def test_when_a_claim_holds(when, said):
    assert period(Claim("a", ANN, "met_with", BO, WORDS, when=when)) == said
