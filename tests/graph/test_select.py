"""A part of a graph: fewer statements of the whole, with the counts of the whole, and closed."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import vocabulary as v
from kg.graph.check import check_graph
from kg.graph.rdf import quads
from kg.graph.select import select
from kg.graph.shacl import validate
from kg.graph.tables import write_csv, write_jsonl
from kg.model import Argument, Graph
from kg.schema import load_schema
from tests.graph.corpus import world
from tests.graph.samples import ARTICLES, NAMES, sample_graph

SCHEMA = load_schema()
EIDE, NORWAY, CASSIS = (NAMES[n].id for n in ("Espen Barth Eide", "Government of Norway", "Ignazio Cassis"))
BERNE, EIDE_TALKS, FEED = (a.key for a in ARTICLES)


def referred(graph: Graph) -> set[str]:
    arguments = [a for c in graph.claims for a in (c.subject, c.object, c.attributed_to, c.qualifiers.place,
                                                   c.qualifiers.addressee)]  # fmt: skip
    return {a.entity for a in arguments if isinstance(a, Argument)} | {m.entity for m in graph.mentions}


def keys(graph: Graph) -> list[str]:
    return [a.key for a in graph.articles]


def test_no_wish_gives_the_whole() -> None:
    graph = sample_graph()
    assert select(graph) is graph
    assert graph.part == ""


@pytest.mark.parametrize(
    ("since", "kept"),
    [
        (date(2024, 6, 30), [EIDE_TALKS, FEED, BERNE]),
        (date(2024, 7, 1), [EIDE_TALKS, FEED]),
        (date(2024, 7, 2), []),  # `2024-07` may have been the first of July
    ],
)
def test_articles_of_the_day_or_later(since: date, kept: list[str]) -> None:
    part = select(sample_graph(), since=since)
    assert keys(part) == kept
    assert {c.article for c in part.claims} == set(kept)
    assert {s.span.article for s in part.sentences} == set(kept)
    assert part.part == f"since-{since}"


def test_articles_without_a_date_are_left_out() -> None:
    graph = sample_graph()
    undated = replace(graph, articles=tuple(replace(a, date="") for a in graph.articles))
    assert select(undated, since=date(1, 1, 1)).articles == ()


def test_an_article_without_claims_is_kept_by_its_date_but_not_for_an_entity() -> None:
    graph = sample_graph()
    silent = replace(ARTICLES[0], key="a-silent.md")
    more = replace(graph, articles=(silent, *graph.articles))
    assert "a-silent.md" in keys(select(more, since=date(2024, 6, 1)))
    assert "a-silent.md" not in keys(select(more, since=date(2024, 6, 1), entity=EIDE))


def test_claims_of_an_entity_as_subject_object_and_speaker() -> None:
    graph = sample_graph()
    part = select(graph, entity=EIDE)
    roles = {
        (c.subject.entity == EIDE, isinstance(c.object, Argument) and c.object.entity == EIDE,
         c.attributed_to is not None and c.attributed_to.entity == EIDE)
        for c in part.claims
    }  # fmt: skip
    assert {(True, False, False), (False, True, False), (False, False, True)} <= roles
    assert (False, False, False) not in roles
    left = {c.id for c in graph.claims} - {c.id for c in part.claims}
    assert left
    assert not [c for c in graph.claims if c.id in left and EIDE in (c.subject.entity, c.attributed_to)]


def test_both_wishes_must_be_met() -> None:
    part = select(sample_graph(), since=date(2024, 7, 1), entity=NORWAY)
    assert keys(part) == [EIDE_TALKS, FEED]
    assert {c.relation for c in part.claims} == {"supports", "accuses", "party_to"}
    assert part.part == "since-2024-07-01-entity-Q20"


def test_what_an_entity_lies_within_comes_with_it() -> None:
    graph = sample_graph()
    assert NAMES["Bern"].within not in referred(select(graph, entity=CASSIS, since=date(2024, 6, 1)))
    assert {"Q70", "Q39"} <= {e.id for e in select(graph, entity=CASSIS).entities}


def test_counts_are_those_of_the_whole() -> None:
    graph = sample_graph()
    part = select(graph, since=date(2024, 7, 1))
    met = next(p for p in graph.propositions if p.relation == "met_with")
    assert met in part.propositions
    found = set(quads(part, SCHEMA))
    node = v.node("proposition", met.id)
    sources = [q.object.value for q in found if (q.subject, q.predicate) == (node, v.term("kg:independentSources"))]
    assert sources == ["2"]
    supported = [q for q in found if (q.subject, q.predicate) == (node, v.term("kg:supportedBy"))]
    assert len(supported) == 1
    assert len(met.claims) == 2


def test_a_mere_denial_draws_no_edge() -> None:
    graph = sample_graph()
    denial = next(c for c in graph.claims if c.negated and c.relation == "met_with")
    part = select(replace(graph, articles=tuple(a for a in graph.articles if a.key == FEED)), since=date(2024, 7, 1))
    assert denial in part.claims
    consensus = [q for q in quads(part, SCHEMA) if q.graph_name == v.CONSENSUS]
    assert consensus
    assert v.term("kg:metWith") not in {q.predicate for q in consensus}


def test_a_denial_that_is_left_out_still_counts() -> None:
    graph = sample_graph()
    early = tuple(replace(a, date="2024-01-01") if a.key == FEED else a for a in graph.articles)
    found = list(quads(select(replace(graph, articles=early), since=date(2024, 6, 1)), SCHEMA))
    met = next(p.id for p in graph.propositions if p.relation == "met_with")
    about = {q.predicate: q.object for q in found if q.subject == v.node("proposition", met)}
    assert about[v.term("kg:contested")] == v.TRUE
    assert v.term("kg:deniedBy") not in about


def test_sentences_and_mentions_are_those_of_the_claims() -> None:
    graph = sample_graph()
    part = select(graph, entity="e:0d")
    assert [(c.subject.entity, c.relation) for c in part.claims] == [("e:0d", "holds_position")]
    assert [s.index for s in part.sentences] == [0]
    assert len([s for s in graph.sentences if s.span.article == FEED]) == 3
    other = replace(graph.mentions[0], span=replace(graph.mentions[0].span, article=FEED), entity=NORWAY)
    more = replace(graph, mentions=(*graph.mentions, other))
    assert {m.entity for m in select(more, entity="e:0d").mentions} == {"e:0d"}


def test_the_addressee_is_known() -> None:
    graph = sample_graph()
    told = replace(graph, claims=tuple(c for c in graph.claims if c.qualifiers.addressee))
    assert [c.relation for c in told.claims] == ["says"]
    assert {e.id for e in select(told, entity=EIDE).entities} == {EIDE, CASSIS}


@given(st.sampled_from((None, date(2023, 1, 1), date(2024, 6, 1), date(2024, 7, 1), date(2030, 1, 1))),
       st.integers(0, 40), st.booleans())  # fmt: skip
def test_a_part_is_closed_sound_and_says_nothing_new(since: date | None, place: int, large: bool) -> None:
    graph = world() if large else sample_graph()
    ident = graph.entities[place].id if place < len(graph.entities) else ""
    part = select(graph, since=since, entity=ident)
    assert referred(part) <= {e.id for e in part.entities}
    assert check_graph(replace(part, propositions=())) == []
    told = {q for q in quads(graph, SCHEMA) if "/id/dataset/" not in q.subject.value}  # type: ignore[union-attr]
    assert {q for q in quads(part, SCHEMA) if "/id/dataset/" not in q.subject.value} <= told  # type: ignore[union-attr]
    for write in (write_jsonl, write_csv):
        whole, some = BytesIO(), BytesIO()
        write(graph, SCHEMA, whole)
        assert write(part, SCHEMA, some) == len(part.claims)
        assert set(some.getvalue().splitlines()) <= set(whole.getvalue().splitlines())


@pytest.mark.parametrize("since", [None, date(2024, 7, 1)])
@pytest.mark.parametrize("entity", ["", EIDE, NORWAY, CASSIS])
def test_a_part_conforms_to_the_shapes(since: date | None, entity: str) -> None:
    assert validate(select(sample_graph(), since=since, entity=entity), SCHEMA) == []


def test_a_part_is_described_as_a_part() -> None:
    part = select(sample_graph(), entity=EIDE)
    found = list(quads(part, SCHEMA))
    node = v.node("dataset", f"entity-{EIDE}")
    about = {q.predicate: q.object.value for q in found if q.subject == node}  # type: ignore[union-attr]
    assert about[v.term("void:triples")] == str(len(found))
    assert about[v.term("void:documents")] == str(len(part.articles))
    whole = [(q.predicate, q.object) for q in found if q.subject == v.DATASET]
    assert whole == [(v.term("void:subset"), node)]
