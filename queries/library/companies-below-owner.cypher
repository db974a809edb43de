// id: companies-below-owner
// title: What a company or person owns, at any depth
// description: Every chain down from an owner with the product of the shares; a range counts at its least, ended holdings count too.
// param: owner owner -- The owner's id
// revision: 2
// risk: medium
// headline: Chains of ownership that lead down from {owner}: {rows}

MATCH (o {id: $owner})
WHERE o:Company OR o:Person
MATCH p = (o)-[:OWNS*1..8]->(c:Company)
RETURN c.id AS company, c.name AS name, c.jurisdiction AS jurisdiction, length(p) AS steps,
       reduce(share = 1.0, r IN relationships(p) | share * coalesce(r.share, r.share_min, 0.0)) AS share,
       [n IN nodes(p) | n.id] AS through, p AS graph
ORDER BY steps, company, through
