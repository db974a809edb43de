// id: ultimate-owners
// category: companies
// tags: ownership, beneficial owner, shareholders
// title: Ultimate owners of a company, chains added up
// description: Every owner that nobody owns, with the sum of its chains' products; a chain passes each holding once, a range counts at its least, of several interests of one chain the largest; nominees stand beside their nominators. The owners detection is exact where companies own each other.
// not-shown: holdings that the register does not hold.
// param: company company -- The company, by id or name
// param: at instant = "2100-01-01T00:00:00Z" -- The instant; by default what has not ended
// column: owner owner -- Owner
// column: name text -- Owner's name
// column: kind text -- What it is
// column: share share -- Share
// column: chains integer -- Chains
// column: steps integer -- Steps
// example: {"company": "c:site", "at": "2024-04-01T00:00:00Z"} -> 2
// revision: 1
// risk: medium
// headline: Ultimate owners of {company}: {rows}
// fr.title: Détenteurs ultimes (bénéficiaires effectifs) d’une société, chaînes additionnées
// fr.description: Chaque propriétaire que personne ne possède, avec la somme des produits de ses chaînes ; une chaîne passe une fois par chaque participation, une fourchette compte pour son minimum, de plusieurs intérêts d’une chaîne le plus grand ; les prête-noms figurent à côté de leurs mandants. La détection des propriétaires est exacte là où des sociétés se possèdent l’une l’autre.
// fr.not-shown: les participations que le registre ne contient pas.
// fr.headline: Détenteurs ultimes de {company} : {rows}
// fr.param: company -- La société, par identifiant ou par nom
// fr.param: at -- L’instant ; par défaut ce qui n’est pas terminé
// fr.column: owner -- Propriétaire
// fr.column: name -- Nom du propriétaire
// fr.column: kind -- Ce que c’est
// fr.column: share -- Part
// fr.column: chains -- Chaînes
// fr.column: steps -- Pas

MATCH (c:Company {id: $company})
MATCH p = (o)-[:OWNS*1..8]->(c)
WHERE all(r IN relationships(p) WHERE (r.from IS NULL OR r.from <= datetime($at)) AND (r.to IS NULL OR datetime($at) < r.to)
    AND NOT coalesce(r.kind, '') IN ['boardMember', 'boardChair', 'seniorManagingOfficial', 'director'])
  AND NOT EXISTS {
    MATCH (x)-[w:OWNS]->(o)
    WHERE (w.from IS NULL OR w.from <= datetime($at)) AND (w.to IS NULL OR datetime($at) < w.to)
      AND NOT coalesce(w.kind, '') IN ['boardMember', 'boardChair', 'seniorManagingOfficial', 'director']
  }
WITH o, [n IN nodes(p) | n.id] AS through, length(p) AS steps, collect(p) AS drawn,
     max(reduce(s = 1.0, r IN relationships(p) | s * coalesce(r.share, r.share_min, 0.0))) AS product
WITH o, sum(product) AS share, count(*) AS chains, min(steps) AS steps, collect(drawn) AS graph
RETURN o.id AS owner, o.name AS name, labels(o)[0] AS kind, share, chains, steps, graph
ORDER BY share DESC, owner
