// id: findings-about
// title: Findings that involve an account or company
// description: Everything a detection said about this account, company or person.
// param: id entity -- The account's, company's or person's id
// revision: 1
// risk: low
// headline: Findings that involve {id}: {rows}

MATCH (f:Finding)-[i:INVOLVES]->(x {id: $id})
RETURN f.kind AS kind, f.tier AS tier, f.score AS score, f.q_value AS q_value, i.part AS part, f.id AS finding,
       [f, i, x] AS graph
ORDER BY score DESC, finding, part
