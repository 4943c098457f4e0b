// title: What is planned, possible, conditional or asked for
// description: Claims that are not said to have happened: announced visits, threatened sanctions, demanded talks.
// param name: string = "" — part of the name, or an alias, of the subject; empty: all
// param mood: string = "" — planned, possible, conditional or requested; empty: all
// param limit: int = 100 — most rows

MATCH (c:Claim)-[:SUBJECT]->(s:Entity)
WHERE c.mood <> "actual" AND ($mood = "" OR c.mood = $mood)
  AND (toLower(s.name) CONTAINS toLower($name) OR any(x IN coalesce(s.aliases, []) WHERE toLower(x) = toLower($name)))
MATCH (c)-[:OBJECT]->(o)
MATCH (c)-[:EVIDENCED_BY]->(sentence:Sentence)-[:IN]->(article:Article)
RETURN s.name AS subject, c.mood AS mood, c.negated AS negated, c.relation AS relation, coalesce(o.name, o.text) AS object,
       article.date AS day, article.source AS source, sentence.text AS sentence, c.id AS claim
ORDER BY day DESC, subject, relation, object, claim, sentence
LIMIT $limit
