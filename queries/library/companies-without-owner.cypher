// id: companies-without-owner
// category: quality
// tags: ownership, missing, unknown, register
// title: Companies whose owners nobody knows
// description: Companies above which the register holds nobody, and what they hold or operate.
// not-shown: what the sources never held.
// param: limit integer = 200 [1..10000] -- How many rows at most
// column: company company -- Company
// column: name text -- Name
// column: jurisdiction text -- Jurisdiction
// column: companies integer -- Companies it holds
// column: platforms integer -- Platforms it operates
// example: {} -> 1
// revision: 1
// risk: low
// headline: Companies without a known owner: {rows}
// fr.title: Sociétés dont nul ne connaît les propriétaires
// fr.description: Sociétés au-dessus desquelles le registre ne contient personne, et ce qu’elles détiennent ou exploitent.
// fr.not-shown: ce que les sources n’ont jamais contenu.
// fr.headline: Sociétés sans propriétaire connu : {rows}
// fr.param: limit -- Combien de lignes au plus
// fr.column: company -- Société
// fr.column: name -- Nom
// fr.column: jurisdiction -- Juridiction
// fr.column: companies -- Sociétés qu’elle détient
// fr.column: platforms -- Plateformes qu’elle exploite

MATCH (c:Company)
WHERE NOT EXISTS { MATCH ()-[:OWNS]->(c) }
OPTIONAL MATCH (c)-[:OWNS]->(d:Company)
WITH c, count(DISTINCT d) AS companies
OPTIONAL MATCH (c)-[:OPERATES]->(p:Platform)
WITH c, companies, count(DISTINCT p) AS platforms
RETURN c.id AS company, c.name AS name, c.jurisdiction AS jurisdiction, companies, platforms, c AS graph
ORDER BY platforms DESC, companies DESC, company
LIMIT $limit
