// id: leads-of-kind
// category: leads
// tags: findings, detection, strong
// title: Leads of one kind
// description: The leads of that kind, best first, and how many they name.
// not-shown: a verdict: a lead is a reason to look.
// param: kind choice of ["hub", "ambush", "convergence", "recruitment", "extortion", "shell", "owner", "room", "manual"] -- Kind of lead
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: finding lead -- Lead
// column: tier text -- Tier
// column: score number -- Score
// column: q_value number -- q-value
// column: members integer -- Members
// column: targets integer -- Targets
// example: {"kind": "hub"} -> 1
// revision: 1
// risk: low
// headline: Leads of kind {kind}: {rows}
// fr.title: Pistes d’un type
// fr.description: Les pistes de ce type, les meilleures d’abord, et combien elles nomment.
// fr.not-shown: un verdict : une piste est une raison de regarder.
// fr.headline: Pistes de type {kind} : {rows}
// fr.param: kind -- Type de piste
// fr.param: limit -- Combien de lignes au plus
// fr.column: finding -- Piste
// fr.column: tier -- Niveau
// fr.column: score -- Score
// fr.column: q_value -- Valeur q
// fr.column: members -- Membres
// fr.column: targets -- Cibles

MATCH (f:Finding)-[i:INVOLVES]->(x)
WHERE f.kind = $kind
WITH f, sum(CASE WHEN i.part = 'member' THEN 1 ELSE 0 END) AS members,
     sum(CASE WHEN i.part = 'target' THEN 1 ELSE 0 END) AS targets, collect([i, x]) AS involved
RETURN f.id AS finding, f.tier AS tier, f.score AS score, f.q_value AS q_value, members, targets,
       [f, involved] AS graph
ORDER BY score DESC, finding
LIMIT $limit
