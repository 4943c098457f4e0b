"""What analysts may write: one query for each feature of Cypher, with the answer computed in Python from the graph.

Reads must give the expected rows on every store; writes must run on every store and leave what is expected.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import mean, median, stdev
from typing import Any

from tests.graph.crowd import View

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Read:
    """A query and its answer; lists in cells are compared as they are."""

    id: str
    feature: str
    cypher: str
    expected: Callable[[View], Rows]
    params: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.id}-{self.feature}"


@dataclass(frozen=True)
class Write:
    """A statement on an empty store that holds `SEED`, what it answers, and what a look afterwards answers."""

    id: str
    feature: str
    cypher: str
    answer: Rows
    look: str = ""
    seen: Rows = field(default_factory=list)
    params: dict[str, object] = field(default_factory=dict)
    only: str = ""

    def __str__(self) -> str:
        return f"{self.id}-{self.feature}"


ONE, TWO, THREE = "Person 07", "Person 03", "Person 21"
READS: list[Read] = []
WRITES: list[Write] = []


def read(ident: str, feature: str, cypher: str, **params: object) -> Callable[[Callable[[View], Rows]], None]:
    def add(expected: Callable[[View], Rows]) -> None:
        READS.append(Read(ident, feature, cypher, expected, params))

    return add


def partners(view: View, name: str, *relations: str) -> list[str]:
    return [other for other, _ in view.steps(*relations)[name]]


@read("R01", "undirected hop",
      "MATCH (p:Person {name: $name})-[:MET_WITH]-(q:Person) RETURN DISTINCT q.name AS name ORDER BY name",
      name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    return [(n,) for n in sorted(set(partners(view, ONE, "met_with")))]


@read("R02", "dates on relationships",
      "MATCH (p:Person {name: $name})-[m:MET_WITH]-(q:Person) "
      "WHERE m.last >= date('2022-01-01') AND m.last < date('2025-01-01') "
      "RETURN q.name AS name, m.last AS last ORDER BY last DESC, name LIMIT 10", name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    found = [(n, e.last) for n, e in view.steps("met_with")[ONE] if e.last]
    found = [f for f in found if date(2022, 1, 1) <= f[1] < date(2025, 1, 1)]
    return sorted(found, key=lambda f: (-f[1].toordinal(), f[0]))[:10]


@read("R03", "top pairs",
      "MATCH (a:Person)-[m:MET_WITH]-(b:Person) WHERE a.id < b.id "
      "RETURN a.name AS a, b.name AS b, count(m) AS n ORDER BY n DESC, a, b LIMIT 10")  # fmt: skip
def _(view: View) -> Rows:
    pairs = Counter(tuple(sorted((e.a, e.b), key=view.ids.__getitem__)) for e in view.edges("met_with"))
    return sorted(((a, b, n) for (a, b), n in pairs.items()), key=lambda r: (-r[2], r[0], r[1]))[:10]


@read("R04", "shortestPath",
      "MATCH (a:Person {name: $a}), (b:Person {name: $b}) "
      "MATCH p = shortestPath((a)-[:MET_WITH|HOLDS_POSITION*..6]-(b)) RETURN length(p) AS steps",
      a=ONE, b=THREE)  # fmt: skip
def _(view: View) -> Rows:
    return [(len(view.shortest(ONE, THREE, "met_with", "holds_position")[0]) - 1,)]


@read("R05", "paths of variable length",
      "MATCH (a:Person {name: $name})-[:HOLDS_POSITION*1..3]-(b:Entity) WHERE b.name <> $name "
      "RETURN b.name AS name, count(*) AS ways ORDER BY name", name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    ways = Counter(nodes[-1] for nodes, _ in view.trails(ONE, 1, 3, "holds_position"))
    return sorted((n, k) for n, k in ways.items() if n != ONE)


@read("R06", "allShortestPaths",
      "MATCH (a:Person {name: $a}), (b:Person {name: $b}) "
      "MATCH p = allShortestPaths((a)-[:HOLDS_POSITION|MET_WITH*..8]-(b)) "
      "RETURN [n IN nodes(p) | n.name] AS names ORDER BY names", a=ONE, b=THREE)  # fmt: skip
def _(view: View) -> Rows:
    return [(p,) for p in view.shortest(ONE, THREE, "met_with", "holds_position")]


STANCES = "SUPPORTS|OPPOSES|IS_CONCERNED_ABOUT|IS_NEUTRAL_ON"
STANCE_NAMES = tuple(STANCES.lower().split("|"))


@read("R07", "parts of dates",
      f"MATCH (g:Government {{name: $name}})-[s:{STANCES}]->(t:Topic) "
      "RETURN s.last.year AS year, count(*) AS n ORDER BY year", name="Government of C3")  # fmt: skip
def _(view: View) -> Rows:
    edges = [e for e in view.edges(*STANCE_NAMES) if e.a == "Government of C3"]
    return sorted(Counter(e.last.year for e in edges if e.last).items())


@read("R08", "date.truncate",
      f"MATCH (g:Government)-[s:{STANCES}]->(t:Topic {{name: $topic}}) "
      "RETURN date.truncate('month', s.last) AS month, avg(s.polarity) AS polarity ORDER BY month",
      topic="Topic 1")  # fmt: skip
def _(view: View) -> Rows:
    months: dict[date, list[float]] = defaultdict(list)
    for edge in view.edges(*STANCE_NAMES):
        if edge.b == "Topic 1" and edge.last:
            months[edge.last.replace(day=1)].append(view.polarity(edge))
    return sorted((m, mean(values)) for m, values in months.items())


@read("R09", "co-participants",
      "MATCH (p:Person {name: $name})-[:PARTICIPATED_IN]->(s:Summit)<-[:PARTICIPATED_IN]-(q:Entity) "
      "WITH q, s ORDER BY s.name "
      "RETURN q.name AS name, count(DISTINCT s) AS n, collect(DISTINCT s.name)[0..2] AS summits "
      "ORDER BY n DESC, name", name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    takes = view.edges("participated_in")
    mine = {e.b for e in takes if e.a == ONE}
    shared: dict[str, set[str]] = defaultdict(set)
    for edge in takes:
        if edge.b in mine and edge.a != ONE:
            shared[edge.a].add(edge.b)
    rows = [(n, len(s), sorted(s)[:2]) for n, s in shared.items()]
    return sorted(rows, key=lambda r: (-r[1], r[0]))


@read("R10", "OPTIONAL MATCH and collect",
      "MATCH (p:Person) OPTIONAL MATCH (p)-[:HOLDS_POSITION]->(t:ThinkTank) WITH p, t ORDER BY t.name "
      "RETURN p.name AS name, collect(t.name) AS tanks ORDER BY name")  # fmt: skip
def _(view: View) -> Rows:
    holds = view.edges("holds_position")
    return [(p, sorted(e.b for e in holds if e.a == p)) for p in view.people()]


@read("R11", "EXISTS subquery",
      "MATCH (p:Person) WHERE EXISTS { MATCH (p)-[:PARTICIPATED_IN]->(:Summit {name: $summit}) } "
      "RETURN p.name AS name ORDER BY name", summit="Summit 4")  # fmt: skip
def _(view: View) -> Rows:
    takes = {e.a for e in view.edges("participated_in") if e.b == "Summit 4"}
    return [(p,) for p in view.people() if p in takes]


@read("R12", "NOT pattern", "MATCH (p:Person) WHERE NOT (p)-[:HOLDS_POSITION]->(:ThinkTank) RETURN count(p) AS n")
def _(view: View) -> Rows:
    return [(len(set(view.people()) - {e.a for e in view.edges("holds_position")}),)]


@read("R13", "COUNT subquery",
      "MATCH (p:Person) RETURN p.name AS name, COUNT { (p)-[:MET_WITH]-(:Person) } AS n "
      "ORDER BY n DESC, name LIMIT 5")  # fmt: skip
def _(view: View) -> Rows:
    rows = [(p, len(partners(view, p, "met_with"))) for p in view.people()]
    return sorted(rows, key=lambda r: (-r[1], r[0]))[:5]


@read("R14", "CALL with rows",
      "MATCH (t:ThinkTank) CALL (t) { MATCH (t)<-[:HOLDS_POSITION]-(p:Person) RETURN DISTINCT p.name AS who "
      "ORDER BY who LIMIT 2 } RETURN t.name AS tank, collect(who) AS first ORDER BY tank")  # fmt: skip
def _(view: View) -> Rows:
    people: dict[str, set[str]] = defaultdict(set)
    for edge in view.edges("holds_position"):
        people[edge.b].add(edge.a)
    return sorted((t, sorted(p)[:2]) for t, p in people.items())


@read("R15", "CALL with a count",
      "MATCH (t:ThinkTank) CALL (t) { MATCH (t)<-[:HOLDS_POSITION]-(p:Person) RETURN count(DISTINCT p) AS n } "
      "RETURN t.name AS tank, n ORDER BY n DESC, tank")  # fmt: skip
def _(view: View) -> Rows:
    pairs = {(e.b, e.a) for e in view.edges("holds_position")}
    return sorted(Counter(t for t, _ in pairs).items(), key=lambda r: (-r[1], r[0]))


@read("R16", "UNION",
      "MATCH (p:Person)-[:MET_WITH]-(:Person {name: $name}) RETURN p.name AS name UNION "
      "MATCH (p:Person)-[:PARTICIPATED_IN]->(:Summit)<-[:PARTICIPATED_IN]-(:Person {name: $name}) "
      "RETURN p.name AS name", name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    takes = view.edges("participated_in")
    mine = {e.b for e in takes if e.a == ONE}
    also = {e.a for e in takes if e.b in mine and e.a != ONE and view.types[e.a] == "Person"}
    return [(n,) for n in sorted(also | set(partners(view, ONE, "met_with")))]


@read("R17", "UNWIND a parameter",
      "UNWIND $names AS name MATCH (p:Person) WHERE p.name = name RETURN p.id AS id ORDER BY id",
      names=[ONE, TWO, "Nobody"])  # fmt: skip
def _(view: View) -> Rows:
    return sorted([(view.ids[ONE],), (view.ids[TWO],)])


@read("R18", "regular expression",
      "MATCH (p:Person) WHERE p.name =~ '(?i)person 0.*' RETURN p.name AS name ORDER BY name")  # fmt: skip
def _(view: View) -> Rows:
    return [(p,) for p in view.people() if p.startswith("Person 0")]


@read("R19", "CONTAINS without case",
      "MATCH (p:Person) WHERE toLower(p.name) CONTAINS toLower($part) RETURN p.name AS name ORDER BY name",
      part="SON 1")  # fmt: skip
def _(view: View) -> Rows:
    return [(p,) for p in view.people() if "son 1" in p.casefold()]


@read("R20", "several labels",
      "MATCH (n:Event) WHERE n.name STARTS WITH $start AND n:Summit "
      "UNWIND labels(n) AS label RETURN n.name AS name, label ORDER BY name, label", start="Summit")  # fmt: skip
def _(view: View) -> Rows:
    return [(s, label) for s in view.of_type("Summit") for label in sorted(view.schema.labels("Summit"))]


@read("R21", "types of relationships",
      "MATCH (p:Person {name: $name})-[r]-(x:Entity) RETURN type(r) AS type, count(*) AS n ORDER BY type",
      name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    return sorted(Counter(e.relation.upper() for e in view.all_edges if ONE in (e.a, e.b)).items())


@read("R22", "elementId", "MATCH (p:Person {name: $name}) RETURN elementId(p) IS NOT NULL AS known", name=ONE)
def _(view: View) -> Rows:
    return [(ONE in view.ids,)]


@read("R23", "CASE",
      f"MATCH (g:Government)-[s:{STANCES}]->(t:Topic) RETURN CASE WHEN s.polarity > 0.2 THEN 'for' "
      "WHEN s.polarity < -0.2 THEN 'against' ELSE 'neither' END AS side, count(*) AS n ORDER BY side")  # fmt: skip
def _(view: View) -> Rows:
    signs = [view.polarity(e) for e in view.edges(*STANCE_NAMES)]
    sides = Counter("for" if s > 0.2 else "against" if s < -0.2 else "neither" for s in signs)
    return sorted(sides.items())


@read("R24", "any of a list property",
      "MATCH (p:Person) WHERE any(a IN p.aliases WHERE a = $alias) RETURN p.name AS name",
      alias=f"Alias {ONE}")  # fmt: skip
def _(view: View) -> Rows:
    return [(ONE,)]


@read("R25", "map projection",
      "MATCH (p:Person {name: $name}) RETURN p {.name, .id, kind: 'person'} AS person", name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    return [({"name": ONE, "id": view.ids[ONE], "kind": "person"},)]


@read("R26", "pattern comprehension",
      "MATCH (p:Person {name: $name}) RETURN size([(p)-[:HOLDS_POSITION]->(t:ThinkTank) | t.name]) AS n",
      name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    return [(len([e for e in view.edges("holds_position") if e.a == ONE]),)]


@read("R27", "WITH and WHERE",
      "MATCH (p:Person)-[:PARTICIPATED_IN]->(s:Summit) WITH p, count(s) AS n WHERE n >= 2 "
      "RETURN p.name AS name, n ORDER BY n DESC, name")  # fmt: skip
def _(view: View) -> Rows:
    counts = Counter(e.a for e in view.edges("participated_in") if view.types[e.a] == "Person")
    return sorted(((p, n) for p, n in counts.items() if n >= 2), key=lambda r: (-r[1], r[0]))


@read("R28", "coalesce, head, split, size",
      "MATCH (p:Person) RETURN coalesce(p.nothing, 'unknown') AS note, head(split(p.name, ' ')) AS word, "
      "size(p.aliases) AS n ORDER BY p.name LIMIT 3")  # fmt: skip
def _(view: View) -> Rows:
    return [("unknown", "Person", 2)] * 3


@read("R29", "durations",
      "MATCH (c:Claim) WHERE c.start + duration({days: 2}) >= c.end RETURN count(c) AS n")  # fmt: skip
def _(view: View) -> Rows:
    spans = [c.when for c in view.graph.claims if c.when.start]
    return [(sum(date.fromisoformat(w.start) + timedelta(2) >= date.fromisoformat(w.end) for w in spans),)]


@read("R30", "dates on nodes", "MATCH (a:Article) WHERE a.date >= date('2024-01-01') RETURN count(a) AS n")
def _(view: View) -> Rows:
    return [(sum(d is not None and d >= date(2024, 1, 1) for d in view.dates.values()),)]


@read("R31", "alternation of types",
      "MATCH (p:Person {name: $name})-[r:MET_WITH|HOLDS_POSITION]-(x) RETURN count(x) AS n", name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    return [(len(partners(view, ONE, "met_with", "holds_position")),)]


@read("R32", "all relationships of a path",
      "MATCH p = (a:Person {name: $name})-[:MET_WITH*1..3]-(b:Person) "
      "WHERE all(r IN relationships(p) WHERE r.confidence > 0.7) RETURN count(p) AS paths, count(DISTINCT b) AS n",
      name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    strong = [
        nodes[-1]
        for nodes, used in view.trails(ONE, 1, 3, "met_with")
        if all(e.proposition.confidence > 0.7 for e in used)
    ]
    return [(len(strong), len(set(strong)))]


@read("R33", "reduce",
      "MATCH p = (a:Person {name: $name})-[:MET_WITH*2..2]-(b:Person) "
      "WITH b.name AS name, max(reduce(c = 1.0, r IN relationships(p) | c * r.confidence)) AS best "
      "RETURN name, round(best, 6) AS best ORDER BY best DESC, name LIMIT 5", name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    best: dict[str, float] = defaultdict(float)
    for nodes, (one, two) in view.trails(ONE, 2, 2, "met_with"):
        best[nodes[-1]] = max(best[nodes[-1]], one.proposition.confidence * two.proposition.confidence)
    return sorted(((n, round(c, 6)) for n, c in best.items()), key=lambda r: (-r[1], r[0]))[:5]


@read("R34", "percentileCont and stDev",
      "MATCH (c:Claim) RETURN percentileCont(c.confidence, 0.5) AS middle, "
      "round(stDev(c.confidence), 9) AS spread")  # fmt: skip
def _(view: View) -> Rows:
    values = [c.confidence for c in view.graph.claims]
    return [(median(values), round(stdev(values), 9))]


@read("R35", "SKIP and LIMIT",
      "MATCH (p:Person) RETURN p.name AS name ORDER BY name SKIP $skip LIMIT $limit", skip=10, limit=5)  # fmt: skip
def _(view: View) -> Rows:
    return [(p,) for p in view.people()[10:15]]


@read("R36", "one label or another", "MATCH (n) WHERE n:Person OR n:ThinkTank RETURN count(n) AS n")
def _(view: View) -> Rows:
    return [(len(view.people()) + len(view.of_type("ThinkTank")),)]


@read("R37", "same think tank, never met",
      "MATCH (p:Person {name: $name})-[:HOLDS_POSITION]->(t:ThinkTank)<-[:HOLDS_POSITION]-(q:Person) "
      "WHERE p <> q AND NOT (p)-[:MET_WITH]-(q) RETURN DISTINCT q.name AS name ORDER BY name", name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    holds = view.edges("holds_position")
    mine = {e.b for e in holds if e.a == ONE}
    met = set(partners(view, ONE, "met_with"))
    return [(n,) for n in sorted({e.a for e in holds if e.b in mine} - met - {ONE})]


@read("R38", "opposite stances",
      "MATCH (g:Government)-[:SUPPORTS]->(t:Topic)<-[:OPPOSES]-(h:Government) WHERE g <> h "
      "WITH DISTINCT g, h, t ORDER BY t.name "
      "RETURN g.name AS one, h.name AS other, collect(t.name) AS topics ORDER BY one, other")  # fmt: skip
def _(view: View) -> Rows:
    topics: dict[tuple[str, str], set[str]] = defaultdict(set)
    for yes in view.edges("supports"):
        for no in view.edges("opposes"):
            if yes.b == no.b and yes.a != no.a:
                topics[yes.a, no.a].add(yes.b)
    return sorted((a, b, sorted(t)) for (a, b), t in topics.items())


@read("R39", "quantified path",
      "MATCH (a:Person {name: $name}) (()-[:MET_WITH]-(:Person)){1,2} (b:Person) RETURN count(DISTINCT b) AS n",
      name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    return [(len({nodes[-1] for nodes, _ in view.trails(ONE, 1, 2, "met_with")}),)]


@read("R40", "evidence of some people",
      "MATCH (c:Claim)-[:SUBJECT]->(p:Person), (c)-[:EVIDENCED_BY]->(:Sentence)-[:IN]->(a:Article) "
      "WHERE p.name IN $names WITH p, c, a ORDER BY a.source "
      "RETURN p.name AS name, c.relation AS relation, collect(DISTINCT a.source) AS sources, count(*) AS n "
      "ORDER BY name, relation", names=[ONE, TWO])  # fmt: skip
def _(view: View) -> Rows:
    source = {a.key: a.source for a in view.graph.articles}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for claim in view.graph.claims:
        name = view.names[claim.subject.entity]
        if name in {ONE, TWO}:
            found[name, claim.relation].append(source[claim.article])
    return sorted((n, r, sorted(set(s)), len(s)) for (n, r), s in found.items())


@read("R41", "keys",
      "MATCH (p:Person {name: $name}) UNWIND keys(p) AS key RETURN key ORDER BY key", name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    return [(k,) for k in ("aliases", "id", "kg", "name", "origin", "type")]


@read("R42", "nodes, relationships, paths",
      "MATCH path = (p:Person {name: $name})-[r:HOLDS_POSITION]->(t:ThinkTank) "
      "WITH path, p, r, t ORDER BY r.pid LIMIT 1 RETURN p, r, t, path", name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    edge = min((e for e in view.edges("holds_position") if e.a == ONE), key=lambda e: e.pid)
    return [(("node", ONE), ("edge", edge.pid), ("node", edge.b), ("path", ONE, edge.pid, edge.b))]


@read("R43", "label expression", "MATCH (n:Person|ThinkTank) RETURN count(n) AS n")
def _(view: View) -> Rows:
    return [(len(view.people()) + len(view.of_type("ThinkTank")),)]


@read("R44", "all nodes by label",
      "MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS n ORDER BY label")  # fmt: skip
def _(view: View) -> Rows:
    counts: Counter[str] = Counter(label for t in view.types.values() for label in view.schema.labels(t))
    graph = view.graph
    counts |= Counter(Claim=len(graph.claims), Sentence=len(graph.sentences), Article=len(graph.articles))
    counts["Source"] = len({a.source for a in graph.articles})
    return sorted(counts.items())


@read("R45", "claims that draw no edge",
      "MATCH (c:Claim) WHERE NOT c.asserted RETURN c.mood AS mood, c.negated AS negated, count(*) AS n "
      "ORDER BY mood, negated")  # fmt: skip
def _(view: View) -> Rows:
    silent = Counter((c.mood.value, c.negated) for c in view.graph.claims if not c.asserted)
    return sorted((m, n, k) for (m, n), k in silent.items())


@read("R46", "from an edge to its claims",
      "MATCH (:Person {name: $name})-[m:MET_WITH]-(q:Person) MATCH (c:Claim) WHERE c.pid = m.pid "
      "RETURN q.name AS name, m.pid AS pid, count(c) AS n ORDER BY name, pid", name=ONE)  # fmt: skip
def _(view: View) -> Rows:
    counts = Counter(view.graph.proposition_of.values())
    return sorted((n, e.pid, counts[e.pid]) for n, e in view.steps("met_with")[ONE])


SEED = (
    "CREATE (a:Entity:Person {id: 'a', name: 'Ada'}), (b:Entity:Person {id: 'b', name: 'Bo'}), "
    "(t:Entity:Topic {id: 't', name: 'Trade'}), (a)-[:MET_WITH {pid: 'p1', confidence: 0.5}]->(b)"
)

WRITES += [
    Write("W01", "MERGE ON CREATE",
          "MERGE (p:Person {id: $id}) ON CREATE SET p.name = $name, p.seen = 1 "
          "ON MATCH SET p.seen = coalesce(p.seen, 0) + 1 RETURN p.seen AS seen", [(1,)],
          params={"id": "x", "name": "Xi"}),
    Write("W02", "MERGE ON MATCH",
          "MERGE (p:Person {id: $id}) ON CREATE SET p.seen = 1 ON MATCH SET p.seen = coalesce(p.seen, 0) + 2 "
          "RETURN p.seen AS seen", [(2,)], params={"id": "a"}),
    Write("W03", "UNWIND, MERGE, SET +=",
          "UNWIND $rows AS row MERGE (p:Person {id: row.id}) SET p += row.props RETURN count(p) AS n", [(2,)],
          "MATCH (p:Person) WHERE p.q IS NOT NULL RETURN p.id AS id, p.name AS name, p.q AS q ORDER BY id",
          [("a", "Ada", "Q1"), ("y", None, "Q2")],
          {"rows": [{"id": "a", "props": {"q": "Q1"}}, {"id": "y", "props": {"q": "Q2"}}]}),
    Write("W04", "UNWIND, MERGE a relationship",
          "UNWIND $rows AS row MATCH (a:Person {id: row.s}) MATCH (b:Person {id: row.t}) "
          "MERGE (a)-[r:MET_WITH {pid: row.pid}]->(b) ON CREATE SET r.last = date(row.day) "
          "ON MATCH SET r.confidence = row.c RETURN count(r) AS n", [(2,)],
          "MATCH (:Person)-[r:MET_WITH]->(:Person) RETURN r.pid AS pid, r.last AS last, r.confidence AS c ORDER BY pid",
          [("p1", None, 0.9), ("p2", date(2024, 5, 5), None)],
          {"rows": [{"s": "a", "t": "b", "pid": p, "day": "2024-05-05", "c": 0.9} for p in ("p1", "p2")]}),
    Write("W05", "FOREACH",
          "MATCH (p:Person {name: $name}) FOREACH (x IN [1, 2] | SET p.seen = x)", [],
          "MATCH (p:Person) RETURN p.seen AS seen ORDER BY p.id", [(2,), (None,)], {"name": "Ada"}),
    Write("W06", "SET a label",
          "MATCH (p:Person {name: $name}) SET p:Watched RETURN p.id AS id", [("a",)],
          "MATCH (p:Watched:Person:Entity) RETURN p.name AS name", [("Ada",)], {"name": "Ada"}),
    Write("W07", "SET a label by parameter",
          "MATCH (p:Person {name: $name}) SET p:$($label) RETURN p.id AS id", [("a",)],
          "MATCH (p:Watched) RETURN p.name AS name", [("Ada",)], {"name": "Ada", "label": "Watched"}),
    Write("W08", "DETACH DELETE",
          "MATCH (p:Person {id: $id}) DETACH DELETE p", [],
          "MATCH (n) OPTIONAL MATCH (n)-[r]-() RETURN count(DISTINCT n) AS nodes, count(r) AS edges", [(2, 0)],
          {"id": "b"}),
    Write("W09", "unique constraint",
          "CREATE CONSTRAINT watched_id IF NOT EXISTS FOR (n:Watched) REQUIRE n.id IS UNIQUE", []),
    Write("W10", "index", "CREATE INDEX watched_name IF NOT EXISTS FOR (n:Watched) ON (n.name)", []),
    Write("W11", "full-text index",
          "CREATE FULLTEXT INDEX watched_words IF NOT EXISTS FOR (n:Watched) ON EACH [n.name]", [], only="neo4j"),
    Write("W12", "CREATE with several labels",
          "CREATE (n:Entity:Organization:ThinkTank {id: 'm', name: 'Many'}) RETURN n.id AS id", [("m",)],
          "MATCH (n:Organization) RETURN n.name AS name", [("Many",)]),
    Write("W13", "REMOVE a property",
          "MATCH (p:Person {id: 'a'}) REMOVE p.name RETURN p.name AS name", [(None,)]),
    Write("W14", "MERGE a path",
          "MERGE (t:Topic {id: 't'}) MERGE (g:Person {id: 'a'}) MERGE (g)-[:SUPPORTS]->(t) RETURN t.name AS name",
          [("Trade",)], "MATCH (:Person)-[r:SUPPORTS]->(:Topic) RETURN count(r) AS n", [(1,)]),
    Write("W15", "DELETE a relationship",
          "MATCH (:Person)-[r:MET_WITH]->() DELETE r", [],
          "MATCH ()-[r]->() RETURN count(r) AS n", [(0,)]),
    Write("W16", "replace all properties",
          "MATCH (p:Person {id: 'a'}) SET p = {id: 'a', born: date('1960-02-03')} RETURN p.born AS born",
          [(date(1960, 2, 3),)], "MATCH (p:Person {id: 'a'}) RETURN p.name AS name", [(None,)]),
]  # fmt: skip
