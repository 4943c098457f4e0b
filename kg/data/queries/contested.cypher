// title: Where sources contradict each other
// description: Edges that some article denies, with the number of claims on either side and the denying words.
// param limit: int = 100 — most rows

MATCH (a:Entity)-[r]->(b)
WHERE r.contested
MATCH (c:Claim)-[:EVIDENCED_BY]->(:Sentence)-[:IN]->(article:Article)
WHERE c.pid = r.pid AND c.negated AND c.mood = "actual"
WITH a, r, b, c, article
ORDER BY c.text, article.id
RETURN a.name AS subject, type(r) AS relation, coalesce(b.name, b.text) AS object, r.claims AS claims, r.denials AS denials,
       collect(DISTINCT c.text) AS words, collect(DISTINCT article.id) AS denied_in, r.pid AS pid
ORDER BY denials DESC, subject, relation, object, pid
LIMIT $limit
