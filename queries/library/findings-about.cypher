// id: findings-about
// category: leads
// tags: findings, detection
// title: Findings that involve an account or company
// description: Everything a detection said about this account, company or person.
// not-shown: a verdict: a lead is a reason to look.
// param: id entity -- The account, company or person, by id or name
// column: kind text -- Kind of lead
// column: tier text -- Tier
// column: score number -- Score
// column: q_value number -- q-value
// column: part text -- As what
// column: finding lead -- Lead
// example: {"id": "p:hub"} -> 1
// revision: 1
// risk: low
// headline: Findings that involve {id}: {rows}
// fr.title: Constats qui concernent un compte ou une société
// fr.description: Tout ce qu’une détection a dit de ce compte, de cette société ou de cette personne.
// fr.not-shown: un verdict : une piste est une raison de regarder.
// fr.headline: Constats qui concernent {id} : {rows}
// fr.param: id -- Le compte, la société ou la personne, par identifiant ou par nom
// fr.column: kind -- Type de piste
// fr.column: tier -- Niveau
// fr.column: score -- Score
// fr.column: q_value -- Valeur q
// fr.column: part -- À quel titre
// fr.column: finding -- Piste

MATCH (f:Finding)-[i:INVOLVES]->(x {id: $id})
RETURN f.kind AS kind, f.tier AS tier, f.score AS score, f.q_value AS q_value, i.part AS part, f.id AS finding,
       [f, i, x] AS graph
ORDER BY score DESC, finding, part
