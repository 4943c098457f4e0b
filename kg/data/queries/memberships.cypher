// title: Who belongs to what
// description: Members of alliances, parties and blocs, allies, and parties to agreements.
// param name: string = "" — part of the name, or an alias, of the member; empty: all
// param whole: string = "" — part of the name, or an alias, of the alliance, party or agreement; empty: all
// param limit: int = 100 — most rows

MATCH (m:Entity)-[r:MEMBER_OF|PART_OF|PARTY_TO|ALLIED_WITH]->(w:Entity)
WHERE (toLower(m.name) CONTAINS toLower($name) OR any(x IN coalesce(m.aliases, []) WHERE toLower(x) = toLower($name)))
  AND (toLower(w.name) CONTAINS toLower($whole) OR any(x IN coalesce(w.aliases, []) WHERE toLower(x) = toLower($whole)))
RETURN m.name AS member, type(r) AS relation, w.name AS whole, r.first AS first, r.last AS last, r.contested AS contested,
       r.pid AS pid
ORDER BY whole, relation, member, pid
LIMIT $limit
