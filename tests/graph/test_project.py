import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.dates import first_day, last_day
from kg.graph.origins import Origin, independent, origin_of, publisher_of
from kg.graph.project import project, proposition_id
from kg.model import (
    Argument,
    Article,
    Entity,
    Graph,
    Literal,
    Mention,
    Mood,
    Policy,
    Proposition,
    Reading,
    Span,
    Tenure,
    When,
)
from kg.schema import load_schema
from tests.graph.corpus import BLINKEN, ENTITIES, JAPAN, KISHIDA, PAGES, US, WANG, YOON, Page, Said, world

SCHEMA = load_schema()
ALL = [p.pair for p in PAGES]

Pairs = Sequence[tuple[Article, Reading]]
Project = Callable[[Pairs], Graph]


def _project(pairs: Pairs) -> Graph:
    return project(iter(pairs), SCHEMA, Policy())


def find(graph: Graph, subject: str, relation: str, obj: str) -> Proposition:
    ends = {ENTITIES[subject].id, ENTITIES[obj].id if obj in ENTITIES else obj}
    found = [
        p
        for p in graph.propositions
        if p.relation == relation
        and {p.subject, p.object.entity if isinstance(p.object, Argument) else p.object.text} == ends
    ]
    assert len(found) == 1, found
    return found[0]


def page(key: str, *said: Said, text: str = "A. B. C.", **fields: str) -> Page:
    return Page(Article(key, text, **fields), said)  # type: ignore[arg-type]


def met(confidence: float = 0.9, **fields: object) -> Said:
    return Said(BLINKEN, "met_with", WANG, "A", confidence, **fields)  # type: ignore[arg-type]


# Laws. Each is a function of the projection, so that it can be shown to fail on a wrong one.


def holds_in_any_order(run: Project, pairs: Pairs, seed: int) -> bool:
    shuffled = list(pairs)
    random.Random(seed).shuffle(shuffled)
    return run(pairs) == run(shuffled)


def forgets_what_is_withdrawn(run: Project, pairs: Pairs, kept: Sequence[bool]) -> bool:
    """Graph of what is left equals the graph of a build that never saw the rest."""
    run(pairs)
    left = [pair for pair, keep in zip(pairs, kept, strict=True) if keep]
    graph = run(left)
    texts = {a.key for a, _ in left}
    referred = {c.article for c in graph.claims} | {k for p in graph.propositions for k in p.articles}
    return referred <= texts and graph == run(list(left))


seeds = st.integers(0, 2**16)
subsets = st.lists(st.booleans(), min_size=len(ALL), max_size=len(ALL))


@given(seeds)
@settings(max_examples=25)
def test_the_order_of_articles_does_not_matter(seed: int) -> None:
    assert holds_in_any_order(_project, ALL, seed)


def test_a_projection_that_keeps_the_order_of_input_breaks_the_law() -> None:
    def wrong(pairs: Pairs) -> Graph:
        graph = _project(pairs)
        order = [a.key for a, _ in pairs]
        return replace(graph, claims=tuple(sorted(graph.claims, key=lambda c: (order.index(c.article), c.id))))

    assert not all(holds_in_any_order(wrong, ALL, seed) for seed in range(5))


@given(subsets)
@settings(max_examples=25)
def test_a_withdrawn_article_leaves_no_trace(kept: list[bool]) -> None:
    assert forgets_what_is_withdrawn(_project, ALL, kept)


def test_a_projection_with_a_memory_breaks_the_law() -> None:
    seen: dict[str, tuple[Article, Reading]] = {}

    def wrong(pairs: Pairs) -> Graph:
        seen.update({a.key: (a, r) for a, r in pairs})
        return _project(list(seen.values()))

    assert not forgets_what_is_withdrawn(wrong, ALL, [i % 2 == 0 for i in range(len(ALL))])


@given(subsets, seeds)
@settings(max_examples=25)
def test_support_is_sound(kept: list[bool], seed: int) -> None:
    pairs = [p for p, keep in zip(ALL, kept, strict=True) if keep]
    random.Random(seed).shuffle(pairs)
    graph = _project(pairs)
    claims = {c.id: c for c in graph.claims}
    assert set(graph.proposition_of) == set(claims)
    for proposition in graph.propositions:
        assert proposition.claims
        assert all(claims[i].asserted and claims[i].confidence >= 0.5 for i in proposition.claims)
        assert {graph.proposition_of[i] for i in proposition.claims} == {proposition.id}
        assert set(proposition.articles) == {claims[i].article for i in proposition.claims}
        assert 1 <= len(proposition.sources) <= len(proposition.articles)
        assert max(min(claims[i].confidence, 0.99) for i in proposition.claims) <= proposition.confidence <= 0.99


@pytest.mark.parametrize(("threshold", "weaker"), [(0.0, 0.5), (0.5, 0.7), (0.7, 0.95)])
def test_a_stricter_policy_has_fewer_edges_and_the_same_claims(threshold: float, weaker: float) -> None:
    loose, strict = world(Policy(threshold)), world(Policy(weaker))
    assert {p.id for p in strict.propositions} < {p.id for p in loose.propositions}
    assert strict.claims == loose.claims


def test_one_article_twice_is_one_article() -> None:
    assert _project([*ALL, ALL[0]]) == _project(ALL)


def test_entities_and_sentences_are_those_that_claims_and_mentions_refer_to() -> None:
    graph = world()
    assert [e.id for e in graph.entities] == sorted({e.id for e in graph.entities})
    assert ENTITIES["NATO"].id not in {e.id for e in graph.entities}
    texts = {a.key: a.text for a in graph.articles}
    assert len(graph.sentences) == 29
    for s in graph.sentences:
        assert texts[s.span.article][s.span.start : s.span.end] == s.text


def test_a_symmetric_relation_has_one_proposition_for_both_directions() -> None:
    proposition = find(world(), BLINKEN, "met_with", WANG)
    assert len(proposition.claims) == 4
    assert proposition.subject == min(ENTITIES[BLINKEN].id, ENTITIES[WANG].id)
    assert proposition.object == Argument(ENTITIES[BLINKEN].id, BLINKEN)


def test_a_directed_relation_keeps_its_direction() -> None:
    graph = _project([page("a", Said(US, "accuses", JAPAN, "A"), Said(JAPAN, "accuses", US, "B")).pair])
    assert len(graph.propositions) == 2


def test_topics_are_folded_and_tell_propositions_apart() -> None:
    said = [Said(US, "accuses", JAPAN, w, topic=t) for w, t in (("A", "Trade"), ("B", " trade "), ("C", "cars"))]
    graph = _project([page("a", *said).pair])
    assert sorted((p.topic.strip().casefold(), len(p.claims)) for p in graph.propositions) == [
        ("cars", 1),
        ("trade", 2),
    ]


def test_title_time_mood_speaker_and_denial_do_not_tell_propositions_apart() -> None:
    base = Said(KISHIDA, "holds_position", JAPAN, "A", title="minister", tenure=Tenure.CURRENT)
    others = [
        replace(base, title="prime minister"),
        replace(base, tenure=Tenure.FORMER),
        replace(base, when=When("2020", "2021")),
        replace(base, by=YOON, cue="said"),
        replace(base, negated=True),
        replace(base, mood=Mood.POSSIBLE),
    ]
    graph = _project([page("a", base, *others).pair])
    assert len(graph.claims) == 7
    assert len({proposition_id(c, SCHEMA) for c in graph.claims}) == 1
    (proposition,) = graph.propositions
    assert (len(proposition.claims), len(proposition.denials)) == (5, 1)
    assert proposition.contested


@pytest.mark.parametrize("said", [met(negated=True), *(met(mood=m) for m in Mood if m is not Mood.ACTUAL)])
def test_what_is_not_asserted_draws_no_edge(said: Said) -> None:
    graph = _project([page("a", said).pair])
    assert len(graph.claims) == 1
    assert graph.propositions == ()
    assert graph.proposition_of == {graph.claims[0].id: proposition_id(graph.claims[0], SCHEMA)}


def test_a_conditional_or_weak_negation_is_no_denial() -> None:
    weak = [met(negated=True, mood=Mood.CONDITIONAL), met(0.3, negated=True, when=When("2020"))]
    (proposition,) = _project([page("a", met(), *weak).pair]).propositions
    assert not proposition.contested


def test_a_claim_below_the_threshold_is_kept_without_an_edge() -> None:
    graph = _project([page("a", met(0.49)).pair])
    assert (len(graph.claims), graph.propositions) == (1, ())
    assert len(project([page("a", met(0.49)).pair], SCHEMA, Policy(threshold=0.49)).propositions) == 1


def test_the_policy_counts_independent_sources() -> None:
    pairs = [page(k, met(), text=f"A. {k}.", source=s).pair for k, s in (("1", "Post"), ("2", "Post"), ("3", "Times"))]
    assert len(project(pairs, SCHEMA, Policy(min_sources=2)).propositions) == 1
    assert project(pairs[:2], SCHEMA, Policy(min_sources=2)).propositions == ()


def test_reprints_count_once_and_the_agency_gets_the_credit() -> None:
    proposition = find(world(), BLINKEN, "met_with", WANG)
    assert proposition.sources == ("Nordblick", "Reuters", "The Courier")
    assert len(proposition.articles) == 4
    assert proposition.confidence == 0.99


def test_confidence_grows_with_independent_sources_only() -> None:
    def confidence(*sources: str) -> float:
        pairs = [page(str(i), met(0.6), text=f"A. {i}.", source=s).pair for i, s in enumerate(sources)]
        return _project(pairs).propositions[0].confidence

    assert confidence("Post") == confidence("Post", "Post") == 0.6
    assert confidence("Post", "Times") == pytest.approx(0.84)
    assert confidence(*(f"s{i}" for i in range(20))) == 0.99


def test_first_and_last_come_from_claims_else_from_the_article() -> None:
    cases = [
        page("1", met(when=When("2023-06", "2023-06")), text="A. 1.", date="2024-01-01"),
        page("2", met(when=When("2023", "2024-02-10")), text="A. 2.", date="2025-01-01"),
        page("3", met(), text="A. 3.", date="2023-12-24"),
        page("4", met(), text="A. 4.", date="not a date"),
    ]
    (proposition,) = _project([c.pair for c in cases]).propositions
    assert (proposition.first, proposition.last) == ("2023", "2024-02-10")
    (undated,) = _project([cases[3].pair]).propositions
    assert (undated.first, undated.last) == ("", "")


def test_words_as_object_are_compared_folded() -> None:
    said = [Said(US, "opposes", Literal(t), "A") for t in ("Aid to  Kyiv", "aid to kyiv")]
    pairs = [page(str(i), s, text=f"A. {i}.").pair for i, s in enumerate(said)]
    (proposition,) = _project(pairs).propositions
    assert proposition.object == Literal("Aid to  Kyiv")


def test_entities_of_one_id_are_united() -> None:
    article = Article("a", "Beijing. Peking.")
    versions = [
        ("1", Entity("Q1", "Government", "Beijing", ("the Chinese",), within="Q148")),
        ("2", Entity("Q1", "Government", "Peking", origin="text")),
        ("3", Entity("Q1", "Government", "Government of China", ("PRC",), "Q1", origin="countries")),
    ]
    pairs = []
    for key, entity in versions:
        a = replace(article, key=key)
        mention = Mention(Span(key, 0, 7), "Government", "Q1", "name")
        pairs.append((a, Reading(key, a.sha256, "r", entities=(entity,), mentions=(mention,))))
    (united,) = _project(pairs).entities
    aliases = ("Beijing", "PRC", "Peking", "the Chinese")
    assert united == Entity("Q1", "Government", "Government of China", aliases, "Q1", "", "countries")


def test_the_most_frequent_name_wins_where_no_gazetteer_knows_better() -> None:
    pairs = []
    for key, name in (("1", "Wang"), ("2", "Wang Yi"), ("3", "Wang Yi")):
        a = Article(key, name)
        mention = Mention(Span(key, 0, len(name)), "Person", "e:1", "name")
        pairs.append((a, Reading(key, a.sha256, "r", entities=(Entity("e:1", "Person", name),), mentions=(mention,))))
    (united,) = _project(pairs).entities
    assert (united.name, united.aliases) == ("Wang Yi", ("Wang",))


def test_a_reference_to_nothing_is_a_bug_that_shows() -> None:
    article, reading = page("a", met()).pair
    with pytest.raises(ValueError, match="unknown entities"):
        _project([(article, replace(reading, entities=()))])


@pytest.mark.parametrize(
    ("article", "name"),
    [
        (Article("k", "x", source="The Post"), "The Post"),
        (Article("k", "x", url="https://www.post.example/a"), "post.example"),
        (Article("k", "x", url="http://[broken"), "k"),
        (Article("k", "x"), "k"),
        (Article("k", "WASHINGTON (Reuters) - The talks", source="Post"), "Reuters"),
        (Article("k", "BEIJING, June 3 (AP) — The talks", source="Post"), "Associated Press"),
        (Article("k", "AFP — The talks", source="Post"), "Agence France-Presse"),
        (Article("k", "Paris, AFP – The talks", source="Post"), "Agence France-Presse"),
        (Article("k", "(Reuters)\nThe talks", source="Post"), "Reuters"),
        (Article("k", "The talks", source="Post", authors=("Reuters",)), "Reuters"),
        (Article("k", "The talks", source="AFP"), "Agence France-Presse"),
        (Article("k", "The party (AP) won. And so on", source="Post"), "Post"),
        (Article("k", "He told Reuters - twice - that", source="Post"), "Post"),
        (Article("k", "An AP-style guide", source="Post"), "Post"),
    ],
)
def test_origins(article: Article, name: str) -> None:
    assert origin_of(article).name == name


def test_publishers() -> None:
    assert publisher_of(Article("k", "AFP — x", source="  The\nPost ")) == "The Post"
    assert publisher_of(Article("k", "x", url="https://www.post.example/")) == "post.example"
    assert publisher_of(Article("k", "x")) == ""


def test_a_copy_without_the_credit_line_is_still_a_copy() -> None:
    wire = origin_of(Article("1", "KYIV (Reuters) - Talks  began.", source="Post"))
    copy = origin_of(Article("2", "talks began.", source="Times"))
    own = origin_of(Article("3", "Something else.", source="Times"))
    third = origin_of(Article("4", "More.", source="Herald"))
    groups = independent([wire, copy, own, third])
    assert groups[wire] == groups[copy] == groups[own] != groups[third]
    assert len(set(groups.values())) == 2


@given(st.lists(st.builds(Origin, st.sampled_from("aAbc"), st.sampled_from(["w1", "w2", "w3", "w4"])), max_size=8))
def test_grouping_origins_is_blind_to_order_and_never_splits_a_name(origins: list[Origin]) -> None:
    groups = independent(origins)
    assert groups == independent(reversed(origins))
    for one in origins:
        for other in origins:
            if one.name.casefold() == other.name.casefold() or one.wording == other.wording:
                assert groups[one] == groups[other]


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-06-27", date(2024, 6, 27), date(2024, 6, 27)),
        ("2024-06-27T10:00:00Z", date(2024, 6, 27), date(2024, 6, 27)),
        ("2024-06-31", None, None),
        ("2024-13", None, None),
        ("0000", None, None),
        ("", None, None),
        ("June 2024", None, None),
        ("20240627", None, None),
    ],
)
def test_days_of_a_date(iso: str, first: date | None, last: date | None) -> None:
    assert (first_day(iso), last_day(iso)) == (first, last)
