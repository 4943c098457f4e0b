// title: How two actors are connected
// description: A shortest chain of direct edges between two entities, at most six long.
// param from: string — name or alias of one end
// param to: string — name or alias of the other end

MATCH (a:Entity)
WHERE toLower(a.name) = toLower($from) OR any(x IN coalesce(a.aliases, []) WHERE toLower(x) = toLower($from))
MATCH (b:Entity)
WHERE (toLower(b.name) = toLower($to) OR any(x IN coalesce(b.aliases, []) WHERE toLower(x) = toLower($to)))
  AND a.id <> b.id
MATCH p = shortestPath((a)-[:HOLDS_POSITION|MEMBER_OF|PART_OF|BASED_IN|ALLIED_WITH|PARTY_TO|APPOINTS|NOMINATES|DISMISSES
  |MET_WITH|SPOKE_WITH|VISITED|HOSTED|PARTICIPATED_IN|NEGOTIATES_WITH|MEDIATES|AGREES_WITH
  |PLEDGES_TO|COOPERATES_WITH|AIDS|CONCEDES_TO|REQUESTS|ACCUSES|REJECTS|THREATENS|PROTESTS
  |SANCTIONS|MOBILIZES_AGAINST|COERCES|ATTACKS|SUPPORTS|OPPOSES|IS_CONCERNED_ABOUT
  |IS_NEUTRAL_ON|SAYS*..6]-(b))
RETURN length(p) AS steps, [n IN nodes(p) | coalesce(n.name, n.text)] AS chain,
       [r IN relationships(p) | type(r)] AS relations
ORDER BY steps, chain
LIMIT 5
