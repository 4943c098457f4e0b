// title: The words behind an edge
// description: Every claim of one proposition, for and against, with sentence, article and rule; other queries return its `pid`.
// param pid: string — id of the proposition (`p:...`)

MATCH (c:Claim)-[:EVIDENCED_BY]->(sentence:Sentence)-[:IN]->(article:Article)
WHERE c.pid = $pid
OPTIONAL MATCH (c)-[:ATTRIBUTED_TO]->(speaker:Entity)
RETURN c.asserted AS asserted, c.negated AS negated, c.mood AS mood, c.confidence AS confidence, c.rule AS rule,
       speaker.name AS speaker, sentence.text AS sentence, article.date AS day, article.source AS source,
       article.id AS article, c.id AS claim
ORDER BY asserted DESC, day, article, claim, sentence
