// title: Think tanks and their people
// description: Who works or worked at which think tank, and in what role.
// param name: string = "" — part of the name, or an alias, of the think tank; empty: all
// param limit: int = 100 — most rows

MATCH (t:ThinkTank)<-[r:HOLDS_POSITION|MEMBER_OF]-(p:Person)
WHERE (toLower(t.name) CONTAINS toLower($name) OR any(x IN coalesce(t.aliases, []) WHERE toLower(x) = toLower($name)))
RETURN t.name AS think_tank, p.name AS person, r.title AS title, r.tenure AS tenure, r.last AS last, r.pid AS pid
ORDER BY think_tank, person, title, pid
LIMIT $limit
