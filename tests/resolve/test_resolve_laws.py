"""Laws of resolution over readings of any shape."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Mood
from kg.resolve import Resolver, load_gazetteer
from kg.schema import load_schema

from .conftest import Draft

RESOLVER = Resolver(load_gazetteer(), load_schema())
NAMES = (
    "Japan",
    "Tokyo",
    "Georgia",
    "Biden",
    "Joe Biden",
    "Congress",
    "Foreign Ministry",
    "Washington",
    "US",
    "Brussels",
    "NATO",
    "Japan's prime minister",
    "the West",
    "opposition",
    "Texas",
    "Bush",
    "Hamas",
    "Kremlin",
    "Ann Example",
    "Bob Example",
    "Example",
)
TYPES = (
    "Person",
    "Country",
    "City",
    "Region",
    "Government",
    "PublicBody",
    "Organization",
    "Agreement",
    "Topic",
    "Summit",
)
RELATIONS = ("accuses", "visited", "holds_position", "supports", "part_of", "met_with", "attacks", "based_in", "hosted")


@st.composite
def drafts(draw):
    draft = Draft(date=draw(st.sampled_from(["", "2024-06-28", "2005-10", "not a date"])))
    named = st.one_of(st.sampled_from(NAMES), st.text(max_size=12))
    entities = draw(st.lists(st.tuples(named, st.sampled_from(TYPES)), min_size=2, max_size=6, unique=True))
    made = []
    for name, type_ in entities:
        within = draw(st.sampled_from(["", *made]))
        made.append(draft.entity(name, type_, within=within, aliases=(name,)))
    end = st.sampled_from(made)
    for subject, relation, obj, start in draw(
        st.lists(st.tuples(end, st.sampled_from(RELATIONS), end, st.integers(0, 50)), max_size=6)
    ):
        claim = draft.claim(subject, relation, obj, at=(start, start + 40), title="President", speaker=draw(end))
        draft.claims[-1] = replace(claim, mood=draw(st.sampled_from(list(Mood))))
    for local, start in draw(st.lists(st.tuples(end, st.integers(0, 90)), max_size=6)):
        draft.mention(local, start, start + 3)
    return draft


@settings(deadline=None, max_examples=150)
@given(drafts(), st.randoms(use_true_random=False))
def test_order_of_entities_and_claims_does_not_matter(draft, random):
    reading = draft.reading()
    entities, claims = list(reading.entities), list(reading.claims)
    random.shuffle(entities)
    random.shuffle(claims)
    shuffled = replace(reading, entities=tuple(entities), claims=tuple(claims))
    assert RESOLVER.resolve(shuffled, draft.article) == RESOLVER.resolve(reading, draft.article)


@settings(deadline=None, max_examples=150)
@given(drafts())
def test_what_comes_out_is_whole_and_allowed(draft):
    reading = draft.reading()
    resolved = RESOLVER.resolve(reading, draft.article)
    ids = [e.id for e in resolved.entities]
    types = {e.id: e.type for e in resolved.entities}
    assert ids == sorted(set(ids))
    assert not any(i.startswith("l:") for i in ids)
    assert all(e.within in types or not e.within for e in resolved.entities)
    assert [m.span for m in resolved.mentions] == [m.span for m in reading.mentions]
    assert all(m.entity in types for m in resolved.mentions)
    schema = load_schema()
    for claim in resolved.claims:
        assert claim.subject.entity != claim.object.entity
        assert schema.allows(claim.relation, types[claim.subject.entity], types[claim.object.entity])
    assert list(resolved.claims) == sorted(resolved.claims, key=lambda c: c.id)
    evidence = sum(len(c.evidence) for c in resolved.claims)
    assert evidence <= len(reading.claims)
    assert bool(resolved.claims) or len(RESOLVER.dropped(reading, draft.article)) == len(reading.claims)
