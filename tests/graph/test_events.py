"""Meetings and summits across articles: what is one event, and what only shares a name."""

import random
from collections.abc import Sequence

import pytest

from kg.graph.project import project
from kg.ids import content_id
from kg.model import Argument, Article, Claim, Entity, Evidence, Graph, Policy, Reading, Span, When
from kg.schema import load_schema

SCHEMA = load_schema()
PEOPLE = {n: Entity(content_id("e", "Person", n), "Person", n) for n in ("Biden", "Kishida", "Yoon", "Xi", "Modi")}

Pair = tuple[Article, Reading]


def told(key: str, name: str, who: str, *, when: str = "", date: str = "2023-08-19", kind: str = "Summit") -> Pair:
    """An article that says who took part in an event."""
    article = Article(key, f"{key}. They met at the {name}.", date=date)
    home = key if name[0].islower() else ""
    event = Entity(content_id("e", kind, name, home), kind, name)
    span = Span(key, 0, len(article.text))
    people = [PEOPLE[n] for n in who.split()]
    claims = tuple(
        Claim(key, Argument(p.id, p.name), "participated_in", Argument(event.id, name),
              (Evidence(span, 0, "test@1", 0.9),), when=When(when, when))
        for p in people
    )  # fmt: skip
    return article, Reading(key, article.sha256, "test", (span,), (*people, event), (), claims)


def graph(*pairs: Pair) -> Graph:
    return project(iter(pairs), SCHEMA, Policy())


def events(made: Graph) -> list[set[str]]:
    """Articles of each event."""
    found: dict[str, set[str]] = {}
    for claim in made.claims:
        assert isinstance(claim.object, Argument)
        found.setdefault(claim.object.entity, set()).add(claim.article)
    assert set(found) <= {e.id for e in made.entities}
    return sorted(found.values(), key=sorted)


ONE = {
    "same name, same day": [
        told("a", "Quad summit", "Biden", when="2023-05-20"),
        told("b", "Quad summit", "Modi", when="2023-05-20"),
    ],
    "same name, articles of one week": [
        told("a", "Camp David summit", "Biden"),
        told("b", "Camp David summit", "Yoon", date="2023-08-23"),
    ],
    "same day and participants": [
        told("a", "Camp David summit", "Biden Kishida Yoon", when="2023-08-18"),
        told("b", "trilateral summit", "Kishida Yoon Biden", when="2023-08-18"),
    ],
    "bare name, same day, one of them in both": [
        told("a", "joint news conference", "Biden Xi", when="2023-11-15", kind="Meeting"),
        told("b", "joint news conference", "Biden", when="2023-11-15", kind="Meeting"),
    ],
}

TWO = {
    "same name, another year": [
        told("a", "Quad summit", "Biden", when="2022-05-24"),
        told("b", "Quad summit", "Biden", when="2023-05-20"),
    ],
    "same name, articles of two years": [
        told("a", "Camp David summit", "Biden", date="2021-08-19"),
        told("b", "Camp David summit", "Biden"),
    ],
    "same day, one participant in both": [
        told("a", "Camp David summit", "Biden Kishida Yoon", when="2023-08-18"),
        told("b", "donor meeting", "Biden Modi", when="2023-08-18"),
    ],
    "bare name, nobody in both": [
        told("a", "joint news conference", "Biden", when="2023-11-15", kind="Meeting"),
        told("b", "joint news conference", "Modi", when="2023-11-15", kind="Meeting"),
    ],
    "same participants, another day": [
        told("a", "call of Biden and Xi", "Biden Xi", when="2023-11-15", kind="Meeting"),
        told("b", "meeting of Xi and Biden", "Biden Xi", when="2024-04-02", kind="Meeting"),
    ],
    "a summit and a meeting": [
        told("a", "Lima summit", "Biden Xi", when="2024-11-16"),
        told("b", "Lima talks", "Biden Xi", when="2024-11-16", kind="Meeting"),
    ],
}


@pytest.mark.parametrize("pairs", ONE.values(), ids=list(ONE))
def test_one_event(pairs: Sequence[Pair]) -> None:
    assert events(graph(*pairs)) == [{"a", "b"}]


@pytest.mark.parametrize("pairs", TWO.values(), ids=list(TWO))
def test_two_events(pairs: Sequence[Pair]) -> None:
    assert events(graph(*pairs)) == [{"a"}, {"b"}]


def _world() -> list[Pair]:
    names = ("Quad summit", "trilateral summit", "Camp David summit", "joint news conference")
    who = ("Biden Kishida Yoon", "Biden Modi", "Xi", "Kishida Yoon")
    days = ("2023-08-18", "", "2022-05-24", "2023-05-20")
    chance = random.Random(5)
    return [
        told(f"k{i:02d}", chance.choice(names), chance.choice(who), when=chance.choice(days), date=chance.choice(days))
        for i in range(40)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_articles_does_not_matter(seed: int) -> None:
    pairs = _world()
    shuffled = random.Random(seed).sample(pairs, len(pairs))
    assert graph(*shuffled) == graph(*pairs)
    assert len(events(graph(*pairs))) < len(pairs)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_withdrawn_leaves_no_trace(seed: int) -> None:
    pairs = _world()
    left = random.Random(seed).sample(pairs, 25)
    made = graph(*left)
    kept = {a.key for a, _ in left}
    assert {a for articles in events(made) for a in articles} == kept
    assert made == graph(*sorted(left, key=lambda p: p[0].key))
    names = {e.name for e in made.entities} | {a for e in made.entities for a in e.aliases}
    assert names <= {e.name for _, r in left for e in r.entities}
