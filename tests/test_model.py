"""Laws of ids and of merging: what makes a graph the same on every machine and in every order of the articles."""

from dataclasses import FrozenInstanceError, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ids import content_id
from kg.model import (
    Argument,
    Article,
    Claim,
    Evidence,
    Literal,
    Mood,
    Proposition,
    Qualifiers,
    Reading,
    Span,
    Tenure,
    When,
    key_of,
    merge,
)

# Few values each, so that equal ids, equal evidence and differing wordings are all common.
entities = st.sampled_from(["Q30", "e:1", "e:2"])
words = st.sampled_from(["Tokyo", "Japan", "it", ""])
arguments = st.builds(Argument, entities, words, st.sampled_from(["name", "pronoun"]))
literals = st.builds(Literal, st.sampled_from(["the deal", "The  Deal", "a ceasefire"]))
spans = st.builds(Span, st.just("a.md"), st.integers(0, 3), st.integers(4, 6))
evidence = st.builds(Evidence, spans, st.integers(0, 1), st.sampled_from(["r@1", "s@1"]), st.sampled_from([0.4, 0.9]))
qualifiers = st.builds(
    Qualifiers,
    title=st.sampled_from(["", "Minister", "minister"]),
    tenure=st.sampled_from([None, Tenure.CURRENT, Tenure.FORMER]),
    place=st.none() | arguments,
)
claims = st.builds(
    Claim,
    article=st.just("a.md"),
    subject=arguments,
    relation=st.sampled_from(["supports", "met_with"]),
    object=arguments | literals,
    evidence=st.lists(evidence, min_size=1, max_size=3).map(tuple),
    qualifiers=st.just(Qualifiers()) | qualifiers,
    negated=st.booleans(),
    mood=st.sampled_from([Mood.ACTUAL, Mood.PLANNED]),
    when=st.builds(When, start=st.sampled_from(["", "2024-06"]), text=words),
    attributed_to=st.none() | arguments,
)
batches = st.lists(claims, max_size=8)


@given(batches)
def test_merge_is_idempotent(batch):
    assert merge(merge(batch)) == merge(batch)
    assert merge(batch + batch) == merge(batch)


@given(st.data())
def test_merge_does_not_depend_on_order(data):
    batch = data.draw(batches)
    assert merge(data.draw(st.permutations(batch))) == merge(batch)


@given(batches, batches, batches)
def test_merge_is_associative_and_commutative(a, b, c):
    assert merge([*merge([*a, *b]), *c]) == merge([*a, *merge([*b, *c])])
    assert merge([*merge(a), *merge(b)]) == merge([*b, *a])


@given(batches)
def test_merge_keeps_every_evidence_and_every_id(batch):
    merged = {claim.id: claim for claim in merge(batch)}
    assert set(merged) == {claim.id for claim in batch}
    for claim in batch:
        assert set(claim.evidence) <= set(merged[claim.id].evidence)
    assert sum(len(claim.evidence) for claim in merged.values()) <= sum(len(claim.evidence) for claim in batch)


@given(batches)
def test_merged_claims_are_sorted_and_unique(batch):
    ids = [claim.id for claim in merge(batch)]
    assert ids == sorted(set(ids))


@given(claims)
def test_the_id_of_a_claim_does_not_depend_on_the_words_that_carry_it(claim):
    other = replace(
        claim,
        subject=replace(claim.subject, text="somebody", rule="coref"),
        evidence=(Evidence(Span("a.md", 70, 90), 9, "t@2", 0.1),),
        when=replace(claim.when, text="last month"),
        cue="said",
    )
    assert other.id == claim.id


DIFFERENCES = {
    "article": "b.md",
    "subject": Argument("e:9", "Tokyo"),
    "relation": "opposes",
    "object": Literal("something else"),
    "qualifiers": Qualifiers(topic="trade"),
    "negated": True,
    "mood": Mood.POSSIBLE,
    "when": When(end="2031"),
    "attributed_to": Argument("e:9", "Tokyo"),
}


@pytest.mark.parametrize("name", sorted(DIFFERENCES))
def test_the_id_of_a_claim_depends_on_what_it_says(name):
    claim = Claim(
        "a.md", Argument("e:1", "x"), "supports", Argument("e:2", "y"), (Evidence(Span("a.md", 0, 1), 0, "r", 1),)
    )
    assert replace(claim, **{name: DIFFERENCES[name]}).id != claim.id


def test_every_field_of_a_claim_is_known_to_count_or_not_to_count_for_its_id():
    assert {f.name for f in fields(Claim)} == DIFFERENCES.keys() | {"evidence", "cue"}


@given(
    st.lists(st.text(st.characters(blacklist_characters="\x1f")), max_size=4), st.lists(st.text(max_size=3), max_size=4)
)
def test_content_ids_differ_when_the_parts_do(left, right):
    if "\x1f" not in "".join(right):
        same = left == right or (left in ([], [""]) and right in ([], [""]))
        assert (content_id("x", *left) == content_id("x", *right)) is same


def test_a_content_id_is_the_same_on_every_machine():
    assert content_id("e", "Person", "Fred Fleitz") == "e:821ef68a6a10e07d039e"
    assert content_id("e", "lone \ud800 surrogate") != content_id("e", "lone  surrogate")


def test_the_hash_of_an_article_covers_all_that_a_reading_depends_on():
    article = Article("k", "text", "title", "source", "2024-06-30", "https://x", ("A", "B"), "text/html")
    for name, value in {"text": "t", "title": "t", "source": "s", "date": "", "url": "", "authors": ("A",)}.items():
        assert replace(article, **{name: value}).sha256 != article.sha256
    assert replace(article, key="other", media_type="text/plain").sha256 == article.sha256


def test_literals_are_one_when_their_words_are():
    assert key_of(Literal("The  Deal\n")) == key_of(Literal("the deal"))
    assert key_of(Literal("Q30")) != key_of(Argument("Q30", "US"))


def test_a_claim_asserts_only_what_is_actual_and_not_denied():
    claim = Claim(
        "a", Argument("e:1", "x"), "supports", Argument("e:2", "y"), (Evidence(Span("a", 0, 1), 0, "r", 0.5),)
    )
    assert claim.asserted
    assert not replace(claim, negated=True).asserted
    assert [mood for mood in Mood if replace(claim, mood=mood).asserted] == [Mood.ACTUAL]


def test_confidence_is_that_of_the_strongest_evidence():
    weak, strong = Evidence(Span("a", 0, 1), 0, "r", 0.2), Evidence(Span("a", 2, 3), 0, "s", 0.8)
    claim = Claim("a", Argument("e:1", "x"), "supports", Argument("e:2", "y"), (weak, strong))
    assert claim.confidence == 0.8


def test_nouns_are_frozen_and_hashable():
    span = Span("a", 0, 1)
    with pytest.raises(FrozenInstanceError):
        span.start = 3
    assert len({span, Span("a", 0, 1), Reading("a", "h", "r"), Article("a", "t")}) == 3


def test_an_unknown_entity_of_a_reading_is_a_key_error():
    with pytest.raises(KeyError, match="l:9"):
        Reading("a", "h", "r").entity("l:9")


def test_a_proposition_is_contested_when_some_article_denies_it():
    proposition = Proposition("p:1", "e:1", "supports", Literal("x"), "", ("c:1",), (), ("a",), ("s",), "", "", 0.5)
    assert not proposition.contested
    assert replace(proposition, denials=("c:2",)).contested
