// id: holdings-changed-in
// category: companies
// tags: ownership, changed, sold, bought, year, shareholders
// title: Holdings that began or ended in a period
// description: Who came and who went as a holder of a company in a year, a month or between two days.
// not-shown: holdings that the register does not hold.
// param: period period -- The period
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: company company -- Company
// column: name text -- Company's name
// column: holder owner -- Holder
// column: owner_name text -- Holder's name
// column: interest text -- Kind of interest
// column: share share -- Share
// column: since instant -- From
// column: until instant -- Until
// column: began boolean -- Began in the period
// column: ended boolean -- Ended in the period
// example: {"period": "2024-03-05/2024-03-31"} -> 4
// revision: 1
// risk: low
// headline: Holdings that changed: {rows}
// fr.title: Participations qui ont commencé ou fini dans une période
// fr.description: Qui est devenu et qui n’est plus détenteur d’une société dans une année, un mois ou entre deux jours.
// fr.not-shown: les participations que le registre ne contient pas.
// fr.headline: Participations qui ont changé : {rows}
// fr.param: period -- La période
// fr.param: limit -- Combien de lignes au plus
// fr.column: company -- Société
// fr.column: name -- Nom de la société
// fr.column: holder -- Détenteur
// fr.column: owner_name -- Nom du détenteur
// fr.column: interest -- Type d’intérêt
// fr.column: share -- Part
// fr.column: since -- Du
// fr.column: until -- Au
// fr.column: began -- A commencé dans la période
// fr.column: ended -- A fini dans la période

MATCH (o)-[w:OWNS]->(c:Company)
WITH o, w, c, coalesce(w.from >= datetime($period.since) AND w.from < datetime($period.until), false) AS began,
     coalesce(w.to >= datetime($period.since) AND w.to < datetime($period.until), false) AS ended
WHERE began OR ended
RETURN c.id AS company, c.name AS name, o.id AS holder, o.name AS owner_name, w.kind AS interest, w.share AS share,
       w.from AS since, w.to AS until, began, ended, [o, w, c] AS graph
ORDER BY company, coalesce(toString(since), ''), holder, interest
LIMIT $limit
