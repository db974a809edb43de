// id: findings-and-whom-they-involve
// category: leads
// tags: findings, detection, overview
// title: Findings and whom they involve
// description: The findings in the graph, strongest first within a tier, with everyone they name and as what.
// not-shown: a verdict: a lead is a reason to look.
// param: limit integer = 1000 [1..10000] -- How many rows at most
// column: tier text -- Tier
// column: kind text -- Kind of lead
// column: score number -- Score
// column: finding lead -- Lead
// column: part text -- As what
// column: label text -- What it is
// column: involved entity -- Involved
// column: name text -- Name
// example: {} -> 4
// revision: 1
// risk: low
// headline: Roles in findings: {rows}
// fr.title: Les constats et qui ils concernent
// fr.description: Les constats du graphe, les plus forts d’abord dans un niveau, avec tous ceux qu’ils nomment et à quel titre.
// fr.not-shown: un verdict : une piste est une raison de regarder.
// fr.headline: Rôles dans des constats : {rows}
// fr.param: limit -- Combien de lignes au plus
// fr.column: tier -- Niveau
// fr.column: kind -- Type de piste
// fr.column: score -- Score
// fr.column: finding -- Piste
// fr.column: part -- À quel titre
// fr.column: label -- Ce que c’est
// fr.column: involved -- Concerné
// fr.column: name -- Nom

MATCH (f:Finding)-[i:INVOLVES]->(x)
RETURN f.tier AS tier, f.kind AS kind, f.score AS score, f.id AS finding, i.part AS part, labels(x)[0] AS label,
       x.id AS involved, coalesce(x.pseudonym, x.name) AS name, [f, i, x] AS graph
ORDER BY CASE f.tier WHEN 'strong' THEN 0 WHEN 'moderate' THEN 1 ELSE 2 END, score DESC, finding, part, involved
LIMIT $limit
