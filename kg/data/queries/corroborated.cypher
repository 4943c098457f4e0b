// title: What several independent sources say
// description: Edges by the number of independent sources: reprints and copies of one agency count once.
// param sources: int = 2 — least number of independent sources
// param name: string = "" — part of the name of either end; empty: all
// param limit: int = 100 — most rows

MATCH (a:Entity)-[r]->(b)
WHERE r.independent_sources >= $sources
  AND (toLower(a.name) CONTAINS toLower($name) OR toLower(coalesce(b.name, b.text)) CONTAINS toLower($name))
RETURN a.name AS subject, type(r) AS relation, coalesce(b.name, b.text) AS object, r.topic AS topic,
       r.independent_sources AS sources, r.articles AS articles, r.confidence AS confidence, r.pid AS pid
ORDER BY sources DESC, articles DESC, subject, relation, object, pid
LIMIT $limit
