// title: Who sanctions whom
// description: Sanctions that were imposed, with what they are about and how well they are attested.
// param name: string = "" — part of the name, or an alias, of the one who sanctions; empty: all
// param target: string = "" — part of the name, or an alias, of the one sanctioned; empty: all
// param since: string = "0001-01-01" — leave out what ended before this ISO date
// param limit: int = 100 — most rows

MATCH (a:Entity)-[r:SANCTIONS]->(b:Entity)
WHERE (toLower(a.name) CONTAINS toLower($name) OR any(x IN coalesce(a.aliases, []) WHERE toLower(x) = toLower($name)))
  AND (toLower(b.name) CONTAINS toLower($target) OR any(x IN coalesce(b.aliases, []) WHERE toLower(x) = toLower($target)))
  AND (r.last IS NULL OR r.last >= date($since))
RETURN a.name AS sender, b.name AS target, b.type AS type, r.topic AS topic, r.first AS first, r.last AS last,
       r.independent_sources AS sources, r.contested AS contested, r.pid AS pid
ORDER BY last DESC, sender, target, pid
LIMIT $limit
