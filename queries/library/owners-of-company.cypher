// id: owners-of-company
// category: companies
// tags: ownership, beneficial owner, shareholders, chains
// title: Chains of ownership above a company
// description: Every chain up to owners that nobody owns, with the product of the shares; a chain passes each holding once, a range counts at its least, ended holdings count too.
// not-shown: holdings that the register does not hold.
// param: company company -- The company, by id or name
// column: owner owner -- Owner
// column: name text -- Owner's name
// column: kind text -- What it is
// column: steps integer -- Steps
// column: share share -- Share
// column: through owner[] -- Through
// example: {"company": "c:op"} -> 3
// revision: 2
// risk: medium
// headline: Chains of ownership that lead to {company}: {rows}
// fr.title: Chaînes de participations au-dessus d’une société
// fr.description: Chaque chaîne jusqu’aux propriétaires que personne ne possède, avec le produit des parts ; une chaîne passe une fois par chaque participation, une fourchette compte pour son minimum, les participations terminées comptent aussi.
// fr.not-shown: les participations que le registre ne contient pas.
// fr.headline: Chaînes de participations qui mènent à {company} : {rows}
// fr.param: company -- La société, par identifiant ou par nom
// fr.column: owner -- Propriétaire
// fr.column: name -- Nom du propriétaire
// fr.column: kind -- Ce que c’est
// fr.column: steps -- Pas
// fr.column: share -- Part
// fr.column: through -- En passant par

MATCH (c:Company {id: $company})
MATCH p = (o)-[:OWNS*1..8]->(c)
WHERE NOT EXISTS { MATCH ()-[:OWNS]->(o) }
RETURN o.id AS owner, o.name AS name, labels(o)[0] AS kind, length(p) AS steps,
       reduce(share = 1.0, r IN relationships(p) | share * coalesce(r.share, r.share_min, 0.0)) AS share,
       [n IN nodes(p) | n.id] AS through, p AS graph
ORDER BY share DESC, owner, through
