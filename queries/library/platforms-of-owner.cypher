// id: platforms-of-owner
// category: companies
// tags: ownership, platform, operator, beneficial owner
// title: Platforms that a company or person holds
// description: Every platform at the end of chains of holdings, with the operator and the number of chains.
// not-shown: holdings that the register does not hold.
// param: owner owner -- The company or person, by id or name
// column: platform platform -- Platform
// column: company company -- Operator
// column: name text -- Operator's name
// column: chains integer -- Chains
// column: steps integer -- Steps
// example: {"owner": "h:boss"} -> 2
// revision: 1
// risk: medium
// headline: Platforms that {owner} holds: {rows}
// fr.title: Plateformes que détient une société ou une personne
// fr.description: Chaque plateforme au bout de chaînes de participations, avec l’exploitant et le nombre de chaînes.
// fr.not-shown: les participations que le registre ne contient pas.
// fr.headline: Plateformes que détient {owner} : {rows}
// fr.param: owner -- La société ou la personne, par identifiant ou par nom
// fr.column: platform -- Plateforme
// fr.column: company -- Exploitant
// fr.column: name -- Nom de l’exploitant
// fr.column: chains -- Chaînes
// fr.column: steps -- Pas

MATCH (o {id: $owner})
WHERE o:Company OR o:Person
MATCH p = (o)-[:OWNS*0..8]->(c:Company)
MATCH (c)-[w:OPERATES]->(x:Platform)
WITH x, c, w, count(p) AS chains, min(length(p)) AS steps, collect(p) AS paths
RETURN x.id AS platform, c.id AS company, c.name AS name, chains, steps, [x, w, paths] AS graph
ORDER BY platform, company
