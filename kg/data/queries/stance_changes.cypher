// title: Who changed sides
// description: Holders with stances of opposite sign on the same target, in order of time.
// param name: string = "" — part of the name, or an alias, of the holder; empty: all
// param limit: int = 100 — most rows

MATCH (h:Entity)-[r:SUPPORTS|OPPOSES|IS_CONCERNED_ABOUT|IS_NEUTRAL_ON]->(t)
WHERE (toLower(h.name) CONTAINS toLower($name) OR any(x IN coalesce(h.aliases, []) WHERE toLower(x) = toLower($name)))
WITH h, t, r
ORDER BY r.first, r.pid
WITH h, t, collect(r.first) AS days, collect(type(r)) AS stances, min(r.polarity) AS lowest, max(r.polarity) AS highest
WHERE lowest < 0 AND highest > 0
RETURN h.name AS holder, coalesce(t.name, t.text) AS target, stances, days, lowest, highest
ORDER BY holder, target
LIMIT $limit
