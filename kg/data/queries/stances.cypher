// title: Who stands where on what
// description: Support, opposition, concern and declared neutrality, with the polarity in -1 to 1.
// param name: string = "" — part of the name, or an alias, of the holder; empty: all
// param topic: string = "" — part of the target or of the topic; empty: all
// param since: string = "0001-01-01" — leave out what ended before this ISO date
// param limit: int = 100 — most rows

MATCH (h:Entity)-[r:SUPPORTS|OPPOSES|IS_CONCERNED_ABOUT|IS_NEUTRAL_ON]->(t)
WHERE (toLower(h.name) CONTAINS toLower($name) OR any(x IN coalesce(h.aliases, []) WHERE toLower(x) = toLower($name)))
  AND (toLower(coalesce(t.name, t.text)) CONTAINS toLower($topic)
       OR toLower(coalesce(r.topic, "")) CONTAINS toLower($topic))
  AND (r.last IS NULL OR r.last >= date($since))
RETURN h.name AS holder, type(r) AS stance, coalesce(t.name, t.text) AS target, r.topic AS topic, r.polarity AS polarity,
       r.contested AS contested, r.last AS last, r.independent_sources AS sources, r.pid AS pid
ORDER BY holder, target, last, pid
LIMIT $limit
