// title: Who took part in what together
// description: Pairs of actors by the number of summits, meetings, conflicts and elections that both took part in.
// param name: string = "" — part of the name, or an alias, of the one side; empty: all
// param limit: int = 100 — most rows

MATCH (a:Entity)-[:PARTICIPATED_IN]->(e:Event)<-[:PARTICIPATED_IN]-(b:Entity)
WHERE ($name = "" AND a.id < b.id)
   OR ($name <> "" AND (toLower(a.name) CONTAINS toLower($name) OR any(x IN coalesce(a.aliases, []) WHERE toLower(x) = toLower($name))))
WITH DISTINCT a, b, e.name AS event
ORDER BY event
WITH a, b, collect(event) AS events
RETURN a.name AS one, b.name AS other, size(events) AS shared, events
ORDER BY shared DESC, one, other
LIMIT $limit
