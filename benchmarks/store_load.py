"""How fast is a graph loaded into both Cypher stores, and how fast do they answer?

    python benchmarks/store_load.py [--entities 50000] [--claims 28500] [--queries] [--out RESULT.json]

One run: a made-up graph goes through `kg.graph.project` and then into the embedded store and into the Neo4j server that
`KG_NEO4J_URI`, `KG_NEO4J_USER` and `KG_NEO4J_PASSWORD` name (`eval "$(scripts/neo4j start)"`; it must be empty, and is
emptied). Figures are elements (nodes and relationships) a second: for the first load, for the same graph again, for
the graph after some articles have changed (against all its elements), and for the first rows of it written one by one,
as a loop over MERGE does. With `--queries` each prepared query and each recipe of the cookbook is timed in both
(median milliseconds of five, or of one if that takes a second; null where it takes more than 30 seconds).
"""

import argparse
import json
import os
import platform
import random
import re
import signal
import statistics
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from measurement import clock, commit
from neo4j import Driver

from kg.graph.cypher import connect, is_neo4j, run_query
from kg.graph.edges import edge_rows
from kg.graph.embedded import build_embedded, open_embedded
from kg.graph.load import load
from kg.graph.project import project
from kg.graph.queries import named_queries
from kg.graph.rows import node_rows
from kg.ids import content_id
from kg.model import (
    Argument,
    Article,
    Claim,
    Entity,
    Evidence,
    Graph,
    Literal,
    Mention,
    Mood,
    Policy,
    Qualifiers,
    Reading,
    Span,
    Tenure,
    When,
    merge,
)  # fmt: skip
from kg.schema import Schema, load_schema

COOKBOOK = Path(__file__).parents[1] / "docs" / "cypher-cookbook.md"
KINDS = {
    "Person": 0.6, "ThinkTank": 0.04, "PublicBody": 0.08, "Company": 0.08, "Organization": 0.06, "City": 0.08,
    "Summit": 0.02, "Agreement": 0.02, "Topic": 0.015, "Government": 0.005,
}  # fmt: skip
KNOWN = (
    ("Person", "Antony Blinken"), ("Person", "Wang Yi"), ("Person", "Fumio Kishida"), ("Person", "Olga Marin"),
    ("Government", "Government of the United States"), ("Government", "Government of Japan"),
    ("ThinkTank", "America First Policy Institute"),
)  # fmt: skip
"""Names that the recipes of the cookbook ask for."""
GIVEN = {
    "statements": {"name": "Olga Marin"},
    "path": {"from": "Antony Blinken", "to": "Government of Japan"},
    "timeline": {"name": "Antony Blinken"},
    "between": {"one": "Antony Blinken", "other": "Wang Yi"},
}
SENTENCES = 8
"""Of an article, one claim each."""
WORDS = (
    "talks", "aid", "trade", "sanctions", "border", "treaty", "visit", "energy", "summit", "defence", "ceasefire",
    "tariff", "exports", "water", "grain",
)  # fmt: skip
NAIVE_ROWS = 2000
LIMIT_SECONDS = 30


class World:
    """Made-up articles with their readings; the same seed gives the same."""

    def __init__(self, entities: int, claims: int, seed: int = 3) -> None:
        self.dice = random.Random(seed)
        named = list(KNOWN)
        for kind, share in KINDS.items():
            named += [(kind, f"{kind} {i} of {self.words(2)}") for i in range(round(share * entities))]
        self.of: dict[str, list[Entity]] = {kind: [] for kind in KINDS}
        for kind, name in named[: entities + len(KNOWN)]:
            alias = (name.split()[-1],) if kind == "Person" else ()
            self.of[kind].append(Entity(content_id("e", kind, name), kind, name, alias))
        self.all = [e for members in self.of.values() for e in members]
        self.articles = claims // SENTENCES

    def words(self, count: int) -> str:
        return " ".join(self.dice.choice(WORDS) for _ in range(count))

    def pick(self, *kinds: str) -> Entity:
        """Some are named again and again, most are named once: rank follows a power law."""
        members = self.of[self.dice.choice(kinds)]
        return members[int(len(members) * self.dice.random() ** 4)]

    def pairs(self) -> Iterator[tuple[Article, Reading]]:
        share = -(-len(self.all) // self.articles)
        for i in range(self.articles):
            yield self.pair(i, self.all[i * share : (i + 1) * share])

    def pair(self, number: int, mentioned: list[Entity]) -> tuple[Article, Reading]:
        day = date(2015, 1, 1) + timedelta(days=self.dice.randrange(3600))
        spans, sentences, start = [], [], 0
        key = f"wire/{number:06d}"
        for i in range(SENTENCES):
            sentences.append(f"{number}-{i} {self.words(14)}.")
            spans.append(Span(key, start, start + len(sentences[-1])))
            start += len(sentences[-1]) + 1
        article = Article(
            key, " ".join(sentences), title=self.words(6), source=f"Paper {self.dice.randrange(60)}",
            date=day.isoformat(), url=f"https://paper.example/{number}",
        )  # fmt: skip
        claims = merge(self.claim(key, span, i, day) for i, span in enumerate(spans))
        ends = {a.entity for c in claims for a in (c.subject, c.object, c.qualifiers.place, c.attributed_to)
                if isinstance(a, Argument)}  # fmt: skip
        known = {e.id: e for e in mentioned} | {e.id: e for e in self.used if e.id in ends}
        mentions = tuple(
            Mention(Span(key, n % (start - 1), n % (start - 1) + 1), e.type, e.id, "name")
            for n, e in enumerate(known.values())
        )
        entities = tuple(known[i] for i in sorted(known))
        return article, Reading(key, article.sha256, "made-up", tuple(spans), entities, mentions, claims)

    def claim(self, key: str, span: Span, index: int, day: date) -> Claim:
        dice = self.dice
        subject, relation, obj, qualifiers = self.content()
        place = self.pick("City") if dice.random() < 0.15 else None
        speaker = self.pick("Person") if dice.random() < 0.2 else None
        self.used = [] if index == 0 else self.used
        self.used += [e for e in (subject, obj, place, speaker) if isinstance(e, Entity)]
        start = day - timedelta(days=dice.randrange(30))
        return Claim(
            article=key,
            subject=Argument(subject.id, subject.name, "name"),
            relation=relation,
            object=Argument(obj.id, obj.name, "name") if isinstance(obj, Entity) else obj,
            evidence=(Evidence(span, index, f"frames.{relation}@1", round(dice.uniform(0.5, 0.99), 3)),),
            qualifiers=Qualifiers(*qualifiers, place=Argument(place.id, place.name) if place else None),
            negated=dice.random() < 0.05,
            mood=dice.choice([Mood.ACTUAL] * 9 + [Mood.PLANNED]),
            when=When(start.isoformat(), start.isoformat(), "on that day") if dice.random() < 0.4 else When(),
            attributed_to=Argument(speaker.id, speaker.name, "name") if speaker else None,
            cue="said" if speaker else "",
        )

    def content(self) -> tuple[Entity, str, Entity | Literal, tuple[str, Tenure | None, str]]:
        dice = self.dice
        kind = dice.randrange(6)
        if kind == 0:
            return self.pick("Person"), "met_with", self.pick("Person", "Government"), ("", None, "")
        if kind == 1:
            title = dice.choice(("director", "fellow", "minister"))
            body = self.pick("ThinkTank", "PublicBody", "Government")
            return self.pick("Person"), "holds_position", body, (title, dice.choice(list(Tenure)), "")
        if kind == 2:
            return self.pick("Person", "Government"), "participated_in", self.pick("Summit"), ("", None, "")
        if kind == 3:
            relation = dice.choice(("sanctions", "accuses", "aids", "threatens"))
            return self.pick("Government"), relation, self.pick("Government", "Company"), ("", None, self.words(1))
        if kind == 4:
            relation = dice.choice(("supports", "opposes"))
            target = self.pick("Topic", "Agreement") if dice.random() < 0.5 else Literal(self.words(3))
            return self.pick("Person", "Government"), relation, target, ("", None, self.words(1))
        return self.pick("Person"), "says", Literal(self.words(10)), ("", None, "")


def corrected(pairs: list[tuple[Article, Reading]], share: float) -> list[tuple[Article, Reading]]:
    """Without some of the articles, as a withdrawal leaves it."""
    step = round(1 / share)
    return [pair for i, pair in enumerate(pairs) if i % step]


def naive(driver: Driver, graph: Graph, schema: Schema) -> float:
    """Rows a second of the loop that comes to mind first: MERGE one element after the other, without any index."""
    nodes = [(g.labels, row) for g in node_rows(graph, schema) for row in g.rows[: NAIVE_ROWS // 20]]
    statements: list[tuple[str, dict[str, object]]] = [
        (f"MERGE (n:{':'.join(labels)} {{id: $id}}) SET n += $row", {"id": row["id"], "row": row})
        for labels, row in nodes
    ]
    edges = [(g, row) for g in edge_rows(graph, schema) for row in g.rows[: NAIVE_ROWS // 20]]
    statements += [
        (
            f"""MATCH (a:{g.start_label} {{id: $a}}), (b:{g.end_label} {{id: $b}})
                MERGE (a)-[r:{g.type}]->(b) SET r += $row""",
            {"a": row.start, "b": row.end, "row": row.properties},
        )
        for g, row in edges
    ]  # fmt: skip

    def work() -> None:
        for cypher, given in statements:
            run_query(driver, cypher, given, write=True)

    return len(statements) / clock(work)


def measure(driver: Driver, graphs: tuple[Graph, Graph], schema: Schema) -> dict[str, float]:
    """Rates of a store that holds nothing yet."""
    first, changed = graphs
    elements = sum(len(g.rows) for g in (*node_rows(first, schema), *edge_rows(first, schema)))
    indexed = "CALL db.awaitIndexes(600)" if is_neo4j(driver) else "RETURN 1"

    def work(graph: Graph) -> None:
        load(driver, graph, schema)
        run_query(driver, indexed)

    steps = (("first", first), ("again", first), ("changed", changed))
    return {name: elements / clock(lambda g=graph: work(g)) for name, graph in steps}


def latencies(driver: Driver, graph: Graph) -> dict[str, float | None]:
    """Milliseconds of each query."""
    given = {**GIVEN, "evidence": {"pid": graph.propositions[0].id}}
    queries = [(q.name, q.cypher, {**q.bind(given.get(q.name, {}))}) for q in named_queries().values()]
    text = COOKBOOK.read_text(encoding="utf-8")
    found = re.findall(r"^### (\d+)\. [^\n]+\n```cypher\n(.*?)```$", text, re.MULTILINE | re.DOTALL)
    queries += [(f"cookbook {number}", cypher, {}) for number, cypher in found]
    return {name: latency(driver, cypher, values) for name, cypher, values in queries}


def latency(driver: Driver, cypher: str, values: dict[str, object]) -> float | None:
    """Milliseconds of one query; None if it takes too long."""
    signal.setitimer(signal.ITIMER_REAL, LIMIT_SECONDS)
    try:
        run_query(driver, cypher, values)
        times = [clock(lambda: run_query(driver, cypher, values))]
        if times[0] < 1:
            times += [clock(lambda: run_query(driver, cypher, values)) for _ in range(4)]
    except KeyboardInterrupt:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return round(statistics.median(times) * 1000, 1)


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, default=50_000)
    parser.add_argument("--claims", type=int, default=28_500)
    parser.add_argument("--queries", action="store_true")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, interrupt)
    schema = load_schema()
    pairs = list(World(options.entities, options.claims).pairs())
    graph = project(pairs, schema, Policy())
    graphs = graph, project(corrected(pairs, 0.02), schema, Policy())
    result: dict[str, object] = {
        "machine": platform.processor() or platform.machine(), "cores": os.cpu_count(), "commit": commit(),
        "entities": len(graph.entities), "nodes": sum(len(g.rows) for g in node_rows(graph, schema)),
        "relationships": sum(len(g.rows) for g in edge_rows(graph, schema)),
    }  # fmt: skip
    times: dict[str, dict[str, float | None]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds = clock(lambda: build_embedded(folder, graph, schema))
        built = sum(len(g.rows) for g in (*node_rows(graph, schema), *edge_rows(graph, schema))) / seconds
        result["embedded_elements_s"] = {"built": round(built)}
        if options.queries:
            with open_embedded(folder) as driver:
                times["embedded"] = latencies(driver, graph)
        build_embedded(folder, Graph(), schema)
        with open_embedded(folder, write=True) as driver:
            rates = measure(driver, graphs, schema)
            result["embedded_elements_s"] = {"built": round(built), **rounded(rates)}
    with server() as driver:
        rows_s = naive(driver, graph, schema)
        run_query(driver, "MATCH (n) DETACH DELETE n", write=True)
        rates = measure(driver, graphs, schema)
        result["neo4j_elements_s"] = {**rounded(rates), "naive": round(rows_s)}
        if options.queries:
            load(driver, graph, schema)
            times["neo4j"] = latencies(driver, graph)
        empty(driver)
    if times:
        result["query_ms"] = {q: {store: t[q] for store, t in times.items()} for q in times["neo4j"]}
    text = json.dumps(result, indent=1)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


def server() -> Driver:
    """The throw-away Neo4j server, which must be empty."""
    login = {"user": os.environ.get("KG_NEO4J_USER", "neo4j"), "password": os.environ.get("KG_NEO4J_PASSWORD", "")}
    driver = connect(os.environ["KG_NEO4J_URI"], **login)
    if run_query(driver, "MATCH (n) RETURN count(n) AS n").rows != ((0,),):
        raise SystemExit("the Neo4j database is not empty: give a throw-away one")
    return driver


def empty(driver: Driver) -> None:
    """Delete all, as the tests that may come next expect it."""
    run_query(driver, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS", write=True)


def rounded(rates: dict[str, float]) -> dict[str, int]:
    return {name: round(rate) for name, rate in rates.items()}


if __name__ == "__main__":
    main()
