// title: Who is on opposite sides
// description: Pairs of actors of which one supports what the other opposes or is concerned about.
// param target: string = "" — part of the target; empty: all
// param limit: int = 100 — most rows

MATCH (a:Entity)-[x:SUPPORTS]->(t)<-[y:OPPOSES|IS_CONCERNED_ABOUT]-(b:Entity)
WHERE a.id <> b.id AND toLower(coalesce(t.name, t.text)) CONTAINS toLower($target)
RETURN coalesce(t.name, t.text) AS target, a.name AS supporter, b.name AS opponent, type(y) AS stance, x.last AS supported,
       y.last AS opposed
ORDER BY target, supporter, opponent, stance, supported, opposed
LIMIT $limit
