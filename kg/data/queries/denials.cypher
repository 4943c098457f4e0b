// title: What is denied, and by whom
// description: Claims in the negative: they draw no edge, but they are kept with their words and speaker.
// param name: string = "" — part of the name, or an alias, of the subject; empty: all
// param relation: string = "" — name of the relation (`sanctions`); empty: all
// param limit: int = 100 — most rows

MATCH (c:Claim)-[:SUBJECT]->(s:Entity)
WHERE c.negated AND ($relation = "" OR c.relation = $relation)
  AND (toLower(s.name) CONTAINS toLower($name) OR any(x IN coalesce(s.aliases, []) WHERE toLower(x) = toLower($name)))
MATCH (c)-[:OBJECT]->(o)
MATCH (c)-[:EVIDENCED_BY]->(sentence:Sentence)-[:IN]->(article:Article)
OPTIONAL MATCH (c)-[:ATTRIBUTED_TO]->(speaker:Entity)
RETURN s.name AS subject, c.relation AS relation, coalesce(o.name, o.text) AS object, speaker.name AS speaker,
       article.date AS day, article.source AS source, sentence.text AS sentence, c.id AS claim
ORDER BY day DESC, subject, relation, object, claim, sentence
LIMIT $limit
