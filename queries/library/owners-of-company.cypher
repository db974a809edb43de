// id: owners-of-company
// title: Chains of ownership above a company
// description: Every chain up to owners that nobody owns, with the product of the shares; a chain passes each holding once, a range counts at its least, ended holdings count too.
// param: company company -- The company's id
// revision: 2
// risk: medium
// headline: Chains of ownership that lead to {company}: {rows}

MATCH (c:Company {id: $company})
MATCH p = (o)-[:OWNS*1..8]->(c)
WHERE NOT EXISTS { MATCH ()-[:OWNS]->(o) }
RETURN o.id AS owner, o.name AS name, labels(o)[0] AS kind, length(p) AS steps,
       reduce(share = 1.0, r IN relationships(p) | share * coalesce(r.share, r.share_min, 0.0)) AS share,
       [n IN nodes(p) | n.id] AS through, p AS graph
ORDER BY share DESC, owner, through
