// id: holders-over-time
// category: companies
// tags: ownership, shareholders, history
// title: Who held a company directly, from when to when
// description: Every direct holding and seat with its dates, first to last; an empty start means as far back as the register goes.
// not-shown: holdings that the register does not hold.
// param: company company -- The company, by id or name
// column: since instant -- From
// column: until instant -- Until
// column: holder owner -- Holder
// column: name text -- Holder's name
// column: kind text -- What it is
// column: interest text -- Kind of interest
// column: share share -- Share
// column: least share -- At least
// column: most share -- At most
// example: {"company": "c:site"} -> 4
// revision: 1
// risk: low
// headline: Direct holdings of {company} over time: {rows}
// fr.title: Qui détenait directement une société, de quand à quand
// fr.description: Chaque participation et siège directs avec leurs dates, du premier au dernier ; un début vide veut dire aussi loin que remonte le registre.
// fr.not-shown: les participations que le registre ne contient pas.
// fr.headline: Participations directes dans {company} au fil du temps : {rows}
// fr.param: company -- La société, par identifiant ou par nom
// fr.column: since -- Du
// fr.column: until -- Au
// fr.column: holder -- Détenteur
// fr.column: name -- Nom du détenteur
// fr.column: kind -- Ce que c’est
// fr.column: interest -- Type d’intérêt
// fr.column: share -- Part
// fr.column: least -- Au moins
// fr.column: most -- Au plus

MATCH (o)-[w:OWNS]->(c:Company {id: $company})
RETURN w.from AS since, w.to AS until, o.id AS holder, o.name AS name, labels(o)[0] AS kind, w.kind AS interest,
       w.share AS share, w.share_min AS least, w.share_max AS most, [o, w, c] AS graph
ORDER BY coalesce(toString(since), ''), coalesce(toString(until), '9999'), holder, interest
