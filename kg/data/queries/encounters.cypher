// title: Who met whom, when and where
// description: Meetings, calls, visits, talks and hosting, the latest first; one line for each time that articles give; reported: when the last of them was published.
// param name: string = "" — part of the name, or an alias, of the one side; empty: all
// param other: string = "" — part of the name, or an alias, of the other side; empty: all
// param since: string = "0001-01-01" — leave out what ended before this ISO date
// param limit: int = 100 — most rows

MATCH (a:Entity)-[r:MET_WITH|SPOKE_WITH|VISITED|HOSTED|NEGOTIATES_WITH]->(b:Entity)
WHERE ((toLower(a.name) CONTAINS toLower($name) OR any(x IN coalesce(a.aliases, []) WHERE toLower(x) = toLower($name)))
       AND (toLower(b.name) CONTAINS toLower($other) OR any(x IN coalesce(b.aliases, []) WHERE toLower(x) = toLower($other))))
   OR ((toLower(b.name) CONTAINS toLower($name) OR any(x IN coalesce(b.aliases, []) WHERE toLower(x) = toLower($name)))
       AND (toLower(a.name) CONTAINS toLower($other) OR any(x IN coalesce(a.aliases, []) WHERE toLower(x) = toLower($other))))
WITH a, r, b
MATCH (c:Claim)
WHERE c.pid = r.pid AND c.asserted
MATCH (c)-[:EVIDENCED_BY]->(:Sentence)-[:IN]->(article:Article)
OPTIONAL MATCH (c)-[:PLACE]->(p:Entity)
WITH a, r, b, c.start AS start, c.end AS until, coalesce(c.end, c.start, article.date) AS last, article.date AS published,
     p.name AS place, article.id AS article
ORDER BY place
WITH a, r, b, start, until, max(last) AS last, max(published) AS reported, collect(DISTINCT place) AS places,
     count(DISTINCT article) AS articles
WHERE last IS NULL OR last >= date($since)
RETURN a.name AS one, type(r) AS encounter, b.name AS other, start, until, reported, places, articles, r.pid AS pid
ORDER BY last DESC, one, other, encounter, pid
LIMIT $limit
