// title: From office to think tank, and back
// description: People with a position in a government or public body, and one in a think tank, party, company or campaign.
// param name: string = "" — part of the name, or an alias, of the person; empty: all
// param limit: int = 100 — most rows

MATCH (body:Entity)<-[o:HOLDS_POSITION]-(p:Person)-[w:HOLDS_POSITION]->(outside:Entity)
WHERE (body:Government OR body:PublicBody)
  AND (outside:ThinkTank OR outside:Company OR outside:PoliticalParty OR outside:PoliticalCampaign)
  AND (toLower(p.name) CONTAINS toLower($name) OR any(x IN coalesce(p.aliases, []) WHERE toLower(x) = toLower($name)))
RETURN p.name AS person, body.name AS office_in, o.title AS office, o.tenure AS office_tenure, outside.name AS outside,
       w.title AS role, w.tenure AS role_tenure
ORDER BY person, office_in, outside, office, role
LIMIT $limit
