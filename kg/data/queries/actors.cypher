// title: Who is at the centre
// description: Entities by the number of others that they have direct edges with.
// param type: string = "Entity" — class of the entities: Person, Organization, Government, ...
// param limit: int = 100 — most rows

MATCH (a:Entity)-[r]-(b:Entity)
WHERE r.pid IS NOT NULL AND $type IN labels(a)
RETURN a.name AS actor, a.type AS type, count(DISTINCT b) AS partners, count(DISTINCT r.pid) AS edges
ORDER BY partners DESC, edges DESC, actor
LIMIT $limit
