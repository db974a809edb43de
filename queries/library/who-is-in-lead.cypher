// id: who-is-in-lead
// category: leads
// tags: findings, members, targets
// title: Whom a lead names
// description: The members and targets of one lead.
// not-shown: a verdict: a lead is a reason to look.
// param: lead lead -- The lead, by id
// column: part text -- As what
// column: label text -- What it is
// column: involved entity -- Involved
// column: name text -- Name
// column: role text -- Role
// example: {"lead": "hub-1"} -> 2
// revision: 1
// risk: low
// headline: Whom the lead {lead} names: {rows}
// fr.title: Qui une piste nomme
// fr.description: Les membres et les cibles d’une piste.
// fr.not-shown: un verdict : une piste est une raison de regarder.
// fr.headline: Qui la piste {lead} nomme : {rows}
// fr.param: lead -- La piste, par identifiant
// fr.column: part -- À quel titre
// fr.column: label -- Ce que c’est
// fr.column: involved -- Concerné
// fr.column: name -- Nom
// fr.column: role -- Rôle

MATCH (f:Finding {id: $lead})-[i:INVOLVES]->(x)
RETURN i.part AS part, labels(x)[0] AS label, x.id AS involved, coalesce(x.pseudonym, x.name) AS name, x.role AS role,
       [f, i, x] AS graph
ORDER BY part, involved
