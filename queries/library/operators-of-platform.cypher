// id: operators-of-platform
// category: companies
// tags: operator, owner, shareholders
// title: Who operates a platform, and who owns the operators
// description: The companies that operate the platform, with their direct owners and shares.
// not-shown: holdings that the register does not hold.
// param: platform platform -- The platform
// column: company company -- Operator
// column: name text -- Operator's name
// column: jurisdiction text -- Jurisdiction
// column: owner owner -- Owner
// column: owner_name text -- Owner's name
// column: share share -- Share
// example: {"platform": "p"} -> 2
// revision: 1
// risk: low
// headline: Operators of {platform} and their direct owners: {rows}
// fr.title: Qui exploite une plateforme, et qui possède les exploitants
// fr.description: Les sociétés qui exploitent la plateforme, avec leurs propriétaires directs et leurs parts.
// fr.not-shown: les participations que le registre ne contient pas.
// fr.headline: Exploitants de {platform} et leurs propriétaires directs : {rows}
// fr.param: platform -- La plateforme
// fr.column: company -- Exploitant
// fr.column: name -- Nom de l’exploitant
// fr.column: jurisdiction -- Juridiction
// fr.column: owner -- Propriétaire
// fr.column: owner_name -- Nom du propriétaire
// fr.column: share -- Part

MATCH (c:Company)-[op:OPERATES]->(p:Platform {id: $platform})
OPTIONAL MATCH (o)-[w:OWNS]->(c)
RETURN c.id AS company, c.name AS name, c.jurisdiction AS jurisdiction, o.id AS owner, o.name AS owner_name,
       w.share AS share, [c, op, p, o, w] AS graph
ORDER BY company, share DESC, owner
