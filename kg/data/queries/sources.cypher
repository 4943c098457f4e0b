// title: What each source contributes
// description: Publishers with the number of their articles and claims, and of claims that are denials or not actual.
// param limit: int = 100 — most rows

MATCH (s:Source)<-[:PUBLISHED_BY]-(article:Article)
OPTIONAL MATCH (article)<-[:IN]-(:Sentence)<-[:EVIDENCED_BY]-(c:Claim)
RETURN s.name AS source, count(DISTINCT article) AS articles, count(DISTINCT c) AS claims,
       count(DISTINCT CASE WHEN c.negated THEN c END) AS denials,
       count(DISTINCT CASE WHEN c.mood <> "actual" THEN c END) AS not_actual
ORDER BY claims DESC, articles DESC, source
LIMIT $limit
