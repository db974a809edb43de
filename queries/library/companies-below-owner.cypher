// id: companies-below-owner
// category: companies
// tags: ownership, subsidiaries, holdings
// title: What a company or person owns, at any depth
// description: Every chain down from an owner with the product of the shares; a range counts at its least, ended holdings count too.
// not-shown: holdings that the register does not hold.
// param: owner owner -- The company or person, by id or name
// column: company company -- Company
// column: name text -- Name
// column: jurisdiction text -- Jurisdiction
// column: steps integer -- Steps
// column: share share -- Share
// column: through owner[] -- Through
// example: {"owner": "h:boss"} -> 9
// revision: 2
// risk: medium
// headline: Chains of ownership that lead down from {owner}: {rows}
// fr.title: Ce que possède une société ou une personne, à toute profondeur
// fr.description: Chaque chaîne descendant d’un propriétaire avec le produit des parts ; une fourchette compte pour son minimum, les participations terminées comptent aussi.
// fr.not-shown: les participations que le registre ne contient pas.
// fr.headline: Chaînes de participations qui descendent de {owner} : {rows}
// fr.param: owner -- La société ou la personne, par identifiant ou par nom
// fr.column: company -- Société
// fr.column: name -- Nom
// fr.column: jurisdiction -- Juridiction
// fr.column: steps -- Pas
// fr.column: share -- Part
// fr.column: through -- En passant par

MATCH (o {id: $owner})
WHERE o:Company OR o:Person
MATCH p = (o)-[:OWNS*1..8]->(c:Company)
RETURN c.id AS company, c.name AS name, c.jurisdiction AS jurisdiction, length(p) AS steps,
       reduce(share = 1.0, r IN relationships(p) | share * coalesce(r.share, r.share_min, 0.0)) AS share,
       [n IN nodes(p) | n.id] AS through, p AS graph
ORDER BY steps, company, through
