// id: who-held
// category: companies
// tags: ownership, beneficial owner, day, history
// title: Who held a platform on a day
// description: Chains of ownership in force at an instant, up to owners that nobody owned then; the share is the product of the direct shares, a range counted at its least. Of several interests of one chain the largest counts; nominees are marked and stand beside their nominators.
// not-shown: holdings that the register does not hold.
// param: platform platform -- The platform
// param: at instant -- The day, which counts from its beginning, or an instant
// column: company company -- Company
// column: owner owner -- Owner
// column: name text -- Owner's name
// column: kind text -- What it is
// column: share share -- Share
// column: nominee boolean -- Nominee
// column: steps integer -- Steps
// column: through owner[] -- Through
// example: {"platform": "q", "at": "2024-03-10T13:00:00+01:00"} -> 4
// revision: 1
// risk: medium
// headline: Chains of ownership above {platform} at {at}: {rows}
// fr.title: Qui détenait une plateforme un jour donné
// fr.description: Chaînes de participations en vigueur à un instant, jusqu’aux propriétaires que personne ne possédait alors ; la part est le produit des parts directes, une fourchette comptée pour son minimum. De plusieurs intérêts d’une chaîne, le plus grand compte ; les prête-noms sont marqués et figurent à côté de leurs mandants.
// fr.not-shown: les participations que le registre ne contient pas.
// fr.headline: Chaînes de participations au-dessus de {platform} au {at} : {rows}
// fr.param: platform -- La plateforme
// fr.param: at -- Le jour, qui compte dès son début, ou un instant
// fr.column: company -- Société
// fr.column: owner -- Propriétaire
// fr.column: name -- Nom du propriétaire
// fr.column: kind -- Ce que c’est
// fr.column: share -- Part
// fr.column: nominee -- Prête-nom
// fr.column: steps -- Pas
// fr.column: through -- En passant par

MATCH (c:Company)-[:OPERATES]->(:Platform {id: $platform})
MATCH p = (o)-[:OWNS*1..8]->(c)
WHERE all(r IN relationships(p) WHERE (r.from IS NULL OR r.from <= datetime($at)) AND (r.to IS NULL OR datetime($at) < r.to)
    AND NOT coalesce(r.kind, '') IN ['boardMember', 'boardChair', 'seniorManagingOfficial', 'director'])
  AND NOT EXISTS {
    MATCH (x)-[w:OWNS]->(o)
    WHERE (w.from IS NULL OR w.from <= datetime($at)) AND (w.to IS NULL OR datetime($at) < w.to)
      AND NOT coalesce(w.kind, '') IN ['boardMember', 'boardChair', 'seniorManagingOfficial', 'director']
  }
WITH c, o, [n IN nodes(p) | n.id] AS through, length(p) AS steps, collect(p) AS graph,
     max(reduce(s = 1.0, r IN relationships(p) | s * coalesce(r.share, r.share_min, 0.0))) AS share,
     max(CASE WHEN coalesce(head(relationships(p)).kind, '') CONTAINS 'nominee' THEN 1 ELSE 0 END) AS nominees
RETURN c.id AS company, o.id AS owner, o.name AS name, labels(o)[0] AS kind, share, nominees = 1 AS nominee, steps,
       through, graph
ORDER BY company, share DESC, owner, through
