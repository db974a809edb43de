// id: ownership-circles
// title: Companies that own each other
// description: Circles of two to five companies, each told once from its smallest id, with the product of the shares once around; they own parts of themselves.
// param: limit integer = 50 -- How many at most
// revision: 1
// risk: high
// headline: Circles of ownership: {rows}

MATCH p = (c:Company)-[:OWNS*1..4]->(d:Company)
MATCH (d)-[w:OWNS]->(c)
WHERE c.id < d.id
WITH c.id AS first, [n IN nodes(p) | n.id] AS through, p, w
WHERE all(i IN through WHERE first <= i AND single(j IN through WHERE j = i))
WITH through, collect([p, w]) AS graph,
     max(reduce(s = coalesce(w.share, w.share_min, 0.0), r IN relationships(p) |
         s * coalesce(r.share, r.share_min, 0.0))) AS share
RETURN size(through) AS companies, share, through, graph
ORDER BY share DESC, through
LIMIT $limit
