// id: common-owners
// category: companies
// tags: ownership, common, both, shareholders
// title: Who stands above two companies
// description: Companies and people who hold both, at any depth up to six steps.
// not-shown: holdings that the register does not hold.
// param: first company -- One company, by id or name
// param: second company -- The other company, by id or name
// column: owner owner -- Owner
// column: name text -- Name
// column: kind text -- Kind
// column: chains_to_first integer -- Chains to the first
// column: chains_to_second integer -- Chains to the second
// example: {"first": "c:op", "second": "c:site"} -> 2
// revision: 1
// risk: medium
// headline: Owners that {first} and {second} have in common: {rows}
// fr.title: Qui est au-dessus de deux sociétés
// fr.description: Sociétés et personnes qui détiennent les deux, à toute profondeur jusqu’à six pas.
// fr.not-shown: les participations que le registre ne contient pas.
// fr.headline: Propriétaires communs à {first} et {second} : {rows}
// fr.param: first -- Une société, par identifiant ou par nom
// fr.param: second -- L’autre société, par identifiant ou par nom
// fr.column: owner -- Propriétaire
// fr.column: name -- Nom
// fr.column: kind -- Type
// fr.column: chains_to_first -- Chaînes vers la première
// fr.column: chains_to_second -- Chaînes vers la seconde

MATCH p = (o)-[:OWNS*1..6]->(c:Company {id: $first})
WITH o, collect(p) AS above_first
MATCH q = (o)-[:OWNS*1..6]->(d:Company {id: $second})
WITH o, above_first, collect(q) AS above_second
RETURN o.id AS owner, o.name AS name, labels(o)[0] AS kind, size(above_first) AS chains_to_first,
       size(above_second) AS chains_to_second, [above_first, above_second] AS graph
ORDER BY owner
