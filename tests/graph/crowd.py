"""A larger world, made by a seeded dice: enough people, meetings and stances for every query to find something."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from kg.graph.dates import first_day, last_day
from kg.graph.project import project
from kg.ids import content_id
from kg.model import (
    Argument,
    Article,
    Claim,
    Entity,
    Evidence,
    Graph,
    Mood,
    Policy,
    Proposition,
    Qualifiers,
    Reading,
    Span,
    Tenure,
    When,
    merge,
)
from kg.schema import Schema, load_schema


def _many(kind: str, name: str, count: int) -> list[Entity]:
    names = [name.format(i) for i in range(count)]
    return [Entity(content_id("e", kind, n), kind, n, (f"Alias {n}", f"{n} II")) for n in names]


PEOPLE = _many("Person", "Person {:02d}", 30)
TANKS = _many("ThinkTank", "Institute {}", 6)
STATES = _many("Government", "Government of C{}", 6)
SUMMITS = [replace(e, origin="events") for e in _many("Summit", "Summit {}", 8)]
"""Known ones: what articles only tell of would be parted by its days."""
TOPICS = _many("Topic", "Topic {}", 5)
EVERYBODY = (*PEOPLE, *TANKS, *STATES, *SUMMITS, *TOPICS)


def crowd(seed: int = 7, articles: int = 90) -> Graph:
    """The graph of some random articles; the same seed gives the same graph."""
    dice = random.Random(seed)
    return project((_pair(dice, i) for i in range(articles)), load_schema(), Policy())


def _pair(dice: random.Random, number: int) -> tuple[Article, Reading]:
    words = [f"Sentence {number} {i}." for i in range(dice.randrange(3, 8))]
    text = " ".join(words)
    day = date(2021, 1, 1) + timedelta(days=dice.randrange(1800))
    article = Article(f"article-{number:03d}", text, source=f"Paper {dice.randrange(5)}", date=day.isoformat())
    spans, start = [], 0
    for word in words:
        spans.append(Span(article.key, start, start + len(word)))
        start += len(word) + 1
    claims = merge(_claim(dice, article, day, span, i) for i, span in enumerate(spans))
    ids = {a.entity for c in claims for a in (c.subject, c.object, c.qualifiers.place) if isinstance(a, Argument)}
    entities = tuple(sorted((e for e in EVERYBODY if e.id in ids), key=lambda e: e.id))
    return article, Reading(article.key, article.sha256, "crowd", tuple(spans), entities, (), claims)


def _claim(dice: random.Random, article: Article, day: date, span: Span, index: int) -> Claim:
    kind = dice.choice(("met", "met", "holds", "takes", "stance"))
    subject, relation, obj, qualifiers = _content(dice, kind)
    when = When()
    if dice.random() < 0.4:
        start = day - timedelta(days=dice.randrange(60))
        when = When(start.isoformat(), (start + timedelta(days=dice.randrange(5))).isoformat(), "then")
    return Claim(
        article=article.key,
        subject=Argument(subject.id, subject.name),
        relation=relation,
        object=Argument(obj.id, obj.name),
        evidence=(Evidence(span, index, f"crowd.{kind}@1", round(dice.uniform(0.4, 0.99), 3)),),
        qualifiers=qualifiers,
        negated=dice.random() < 0.1,
        mood=dice.choice([Mood.ACTUAL] * 8 + [Mood.PLANNED, Mood.POSSIBLE]),
        when=when,
    )


def _content(dice: random.Random, kind: str) -> tuple[Entity, str, Entity, Qualifiers]:
    if kind == "met":
        one, other = dice.sample(PEOPLE, 2)
        return one, "met_with", other, Qualifiers(topic=dice.choice(("", "trade", "arms")))
    if kind == "holds":
        title = dice.choice(("fellow", "director", "chair"))
        return dice.choice(PEOPLE), "holds_position", dice.choice(TANKS), Qualifiers(title, dice.choice(list(Tenure)))
    if kind == "takes":
        return dice.choice([*PEOPLE, *STATES]), "participated_in", dice.choice(SUMMITS), Qualifiers()
    relation = dice.choice(("supports", "opposes", "is_concerned_about", "is_neutral_on"))
    return dice.choice(STATES), relation, dice.choice(TOPICS), Qualifiers()


@dataclass(frozen=True)
class Edge:
    """A proposition between two entities, as an analyst counts it."""

    relation: str
    a: str
    b: str
    proposition: Proposition

    @property
    def pid(self) -> str:
        return self.proposition.id

    @property
    def last(self) -> date | None:
        return last_day(self.proposition.last)

    @property
    def first(self) -> date | None:
        return first_day(self.proposition.first)


@dataclass(frozen=True)
class View:
    """The graph as plain Python: what answers are computed from, without any store."""

    graph: Graph
    schema: Schema

    @cached_property
    def names(self) -> dict[str, str]:
        return {e.id: e.name for e in self.graph.entities}

    @cached_property
    def ids(self) -> dict[str, str]:
        return {e.name: e.id for e in self.graph.entities}

    @cached_property
    def types(self) -> dict[str, str]:
        return {e.name: e.type for e in self.graph.entities}

    @cached_property
    def all_edges(self) -> list[Edge]:
        return [
            Edge(p.relation, self.names[p.subject], self.names[p.object.entity], p)
            for p in self.graph.propositions
            if isinstance(p.object, Argument)
        ]

    @cached_property
    def dates(self) -> dict[str, date | None]:
        return {a.key: first_day(a.date) for a in self.graph.articles}

    def people(self) -> list[str]:
        return self.of_type("Person")

    def of_type(self, kind: str) -> list[str]:
        return sorted(n for n, t in self.types.items() if t == kind)

    def edges(self, *relations: str) -> list[Edge]:
        return [e for e in self.all_edges if e.relation in relations]

    def polarity(self, edge: Edge) -> float:
        return self.schema.relations[edge.relation].weight

    def steps(self, *relations: str) -> dict[str, list[tuple[str, Edge]]]:
        """Neighbours by either direction, with the edge that leads there."""
        found: dict[str, list[tuple[str, Edge]]] = defaultdict(list)
        for edge in self.edges(*relations):
            found[edge.a].append((edge.b, edge))
            found[edge.b].append((edge.a, edge))
        return found

    def trails(self, start: str, least: int, most: int, *relations: str) -> Iterator[tuple[list[str], list[Edge]]]:
        """Paths that use no edge twice, as Cypher counts them."""
        steps = self.steps(*relations)
        stack: list[tuple[list[str], list[Edge]]] = [([start], [])]
        while stack:
            nodes, used = stack.pop()
            if len(used) >= least:
                yield nodes, used
            if len(used) < most:
                stack.extend(
                    ([*nodes, n], [*used, e]) for n, e in steps[nodes[-1]] if e.pid not in {u.pid for u in used}
                )

    def shortest(self, start: str, end: str, *relations: str) -> list[list[str]]:
        """Chains of names of all shortest paths, one for each choice of parallel edges."""
        steps, level = self.steps(*relations), [[start]]
        seen = {start}
        while level and not any(path[-1] == end for path in level):
            level = [[*path, n] for path in level for n, _ in steps[path[-1]] if n not in seen]
            seen |= {path[-1] for path in level}
        return sorted(path for path in level if path[-1] == end)
