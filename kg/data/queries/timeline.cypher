// title: What happened around somebody, in order
// description: All asserted claims in which an entity is subject or object, by time of the event, else of the article.
// param name: string — name or alias of the entity
// param limit: int = 100 — most rows

MATCH (e:Entity)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE c.asserted AND (toLower(e.name) = toLower($name) OR any(x IN coalesce(e.aliases, []) WHERE toLower(x) = toLower($name)))
WITH DISTINCT c
MATCH (c)-[:SUBJECT]->(s:Entity)
MATCH (c)-[:OBJECT]->(o)
MATCH (c)-[:EVIDENCED_BY]->(:Sentence)-[:IN]->(article:Article)
WITH c, s, o, min(article.date) AS printed
RETURN coalesce(c.start, c.end, printed) AS day, s.name AS subject, c.relation AS relation, coalesce(o.name, o.text) AS object,
       c.title AS title, c.topic AS topic, c.text AS words, c.id AS claim
ORDER BY day, subject, relation, object, claim
LIMIT $limit
