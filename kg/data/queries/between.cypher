// title: Everything between two actors
// description: All direct edges between two entities, in either direction, the latest first.
// param one: string — name or alias of one actor
// param other: string — name or alias of the other

MATCH (a:Entity)-[r]->(b:Entity)
WHERE r.pid IS NOT NULL
  AND (((toLower(a.name) = toLower($one) OR any(x IN coalesce(a.aliases, []) WHERE toLower(x) = toLower($one)))
        AND (toLower(b.name) = toLower($other) OR any(x IN coalesce(b.aliases, []) WHERE toLower(x) = toLower($other))))
    OR ((toLower(a.name) = toLower($other) OR any(x IN coalesce(a.aliases, []) WHERE toLower(x) = toLower($other)))
        AND (toLower(b.name) = toLower($one) OR any(x IN coalesce(b.aliases, []) WHERE toLower(x) = toLower($one)))))
RETURN a.name AS subject, type(r) AS relation, b.name AS object, r.topic AS topic, r.first AS first, r.last AS last,
       r.independent_sources AS sources, r.contested AS contested, r.pid AS pid
ORDER BY last DESC, subject, relation, topic, pid
