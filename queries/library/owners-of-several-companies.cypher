// id: owners-of-several-companies
// category: companies
// tags: ownership, shareholders, ranking
// title: Who holds several companies directly
// description: Companies and people by the number of companies they hold or sit in.
// not-shown: holdings that the register does not hold.
// param: at_least integer = 2 [1..] -- Companies at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: owner owner -- Owner
// column: name text -- Name
// column: kind text -- Kind
// column: companies integer -- Companies
// chart: bars name companies
// example: {} -> 3
// revision: 1
// risk: low
// headline: Holders of at least {at_least} {at_least?company|companies}: {rows}
// fr.title: Qui détient directement plusieurs sociétés
// fr.description: Sociétés et personnes selon le nombre de sociétés qu’elles détiennent ou où elles siègent.
// fr.not-shown: les participations que le registre ne contient pas.
// fr.headline: Détenteurs d’au moins {at_least} {at_least?société|sociétés} : {rows}
// fr.param: at_least -- Sociétés au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: owner -- Propriétaire
// fr.column: name -- Nom
// fr.column: kind -- Type
// fr.column: companies -- Sociétés

MATCH (o)-[w:OWNS]->(c:Company)
WITH o, count(DISTINCT c) AS companies, collect([w, c]) AS holdings
WHERE companies >= $at_least
RETURN o.id AS owner, o.name AS name, labels(o)[0] AS kind, companies, [o, holdings] AS graph
ORDER BY companies DESC, owner
LIMIT $limit
