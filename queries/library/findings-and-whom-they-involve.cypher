// id: findings-and-whom-they-involve
// title: Findings and whom they involve
// description: The findings in the graph, strongest first within a tier, with everyone they name and as what.
// param: limit integer = 1000 -- How many rows at most
// revision: 1
// risk: low
// headline: Roles in findings: {rows}

MATCH (f:Finding)-[i:INVOLVES]->(x)
RETURN f.tier AS tier, f.kind AS kind, f.score AS score, f.id AS finding, i.part AS part, labels(x)[0] AS label,
       x.id AS involved, coalesce(x.pseudonym, x.name) AS name, [f, i, x] AS graph
ORDER BY CASE f.tier WHEN 'strong' THEN 0 WHEN 'moderate' THEN 1 ELSE 2 END, score DESC, finding, part, involved
LIMIT $limit
