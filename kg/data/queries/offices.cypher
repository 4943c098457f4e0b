// title: Who holds which office
// description: Offices, the body or government they belong to, whether they are current, and when we read of them.
// param name: string = "" — part of the name, or an alias, of the person; empty: all
// param body: string = "" — part of the name, or an alias, of the body or country; empty: all
// param tenure: string = "" — current, former or future; empty: all
// param limit: int = 100 — most rows

MATCH (p:Person)-[r:HOLDS_POSITION]->(b:Entity)
WHERE (toLower(p.name) CONTAINS toLower($name) OR any(x IN coalesce(p.aliases, []) WHERE toLower(x) = toLower($name)))
  AND (toLower(b.name) CONTAINS toLower($body) OR any(x IN coalesce(b.aliases, []) WHERE toLower(x) = toLower($body)))
  AND ($tenure = "" OR r.tenure = $tenure)
RETURN p.name AS person, r.title AS title, b.name AS body, r.tenure AS tenure, r.first AS first, r.last AS last,
       r.independent_sources AS sources, r.pid AS pid
ORDER BY person, body, title, pid
LIMIT $limit
