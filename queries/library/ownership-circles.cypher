// id: ownership-circles
// category: companies
// tags: ownership, circular, loop
// title: Companies that own each other
// description: Circles of two to five companies, each told once from its smallest id, with the product of the shares once around; they own parts of themselves.
// not-shown: holdings that the register does not hold.
// param: limit integer = 50 [1..10000] -- How many at most
// column: companies integer -- How many
// column: share share -- Share
// column: through company[] -- Companies
// example: {} -> 1
// revision: 1
// risk: high
// headline: Circles of ownership: {rows}
// fr.title: Sociétés qui se possèdent l’une l’autre
// fr.description: Boucles de deux à cinq sociétés, chacune dite une fois à partir de son plus petit identifiant, avec le produit des parts sur un tour ; elles possèdent une part d’elles-mêmes.
// fr.not-shown: les participations que le registre ne contient pas.
// fr.headline: Boucles de participations : {rows}
// fr.param: limit -- Combien au plus
// fr.column: companies -- Combien
// fr.column: share -- Part
// fr.column: through -- Sociétés

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
