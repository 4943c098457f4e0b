// title: Who accuses, rejects, threatens or protests against whom
// description: Hostile words between actors, with topic and time, the latest first.
// param name: string = "" — part of the name, or an alias, of the one who speaks; empty: all
// param target: string = "" — part of the name, or an alias, of the one addressed; empty: all
// param since: string = "0001-01-01" — leave out what ended before this ISO date
// param limit: int = 100 — most rows

MATCH (a:Entity)-[r:ACCUSES|REJECTS|THREATENS|PROTESTS]->(b:Entity)
WHERE (toLower(a.name) CONTAINS toLower($name) OR any(x IN coalesce(a.aliases, []) WHERE toLower(x) = toLower($name)))
  AND (toLower(b.name) CONTAINS toLower($target) OR any(x IN coalesce(b.aliases, []) WHERE toLower(x) = toLower($target)))
  AND (r.last IS NULL OR r.last >= date($since))
RETURN a.name AS actor, type(r) AS act, b.name AS target, r.topic AS topic, r.last AS last, r.claims AS claims,
       r.independent_sources AS sources, r.pid AS pid
ORDER BY last DESC, actor, act, target, pid
LIMIT $limit
