// title: What somebody said
// description: Statements of one speaker, the latest first, with the sentence and where it was printed.
// param name: string — part of the name, or an alias, of the speaker
// param word: string = "" — part of the statement; empty: all
// param limit: int = 100 — most rows

MATCH (p:Entity)<-[:SUBJECT]-(c:Claim)-[:OBJECT]->(s:Statement)
WHERE (toLower(p.name) CONTAINS toLower($name) OR any(x IN coalesce(p.aliases, []) WHERE toLower(x) = toLower($name)))
  AND toLower(s.text) CONTAINS toLower($word)
MATCH (c)-[:EVIDENCED_BY]->(sentence:Sentence)-[:IN]->(article:Article)
RETURN p.name AS speaker, s.text AS statement, c.negated AS negated, article.date AS day, article.source AS source,
       sentence.text AS sentence, c.id AS claim
ORDER BY day DESC, speaker, claim, sentence
LIMIT $limit
