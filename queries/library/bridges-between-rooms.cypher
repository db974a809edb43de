// id: bridges-between-rooms
// category: rooms
// tags: bridge, broker, link, common
// title: Accounts that alone join two rooms
// description: Pairs of rooms with only a few accounts that posted in both, and who they are.
// not-shown: who only read along; what was written.
// param: at_most integer = 3 [1..] -- Accounts in both rooms, at most
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: first room -- One room
// column: second room -- Other room
// column: bridges integer -- Accounts in both
// column: accounts account[] -- Accounts
// example: {} -> 1
// revision: 2
// risk: high
// headline: Pairs of rooms joined by at most {at_most} {at_most?account|accounts}: {rows}
// fr.title: Comptes qui relient seuls deux salons
// fr.description: Paires de salons avec seulement quelques comptes qui ont écrit dans les deux, et qui ils sont.
// fr.not-shown: qui n’a fait que lire ; ce qui a été écrit.
// fr.headline: Paires de salons reliées par au plus {at_most} {at_most?compte|comptes} : {rows}
// fr.param: at_most -- Comptes dans les deux salons, au plus
// fr.param: limit -- Combien de lignes au plus
// fr.column: first -- Un salon
// fr.column: second -- Autre salon
// fr.column: bridges -- Comptes dans les deux
// fr.column: accounts -- Comptes

MATCH (r:Room)<-[:POSTED_IN]-(a:Account)-[:POSTED_IN]->(s:Room)
WHERE r.id < s.id
WITH r, s, count(a) AS bridges
WHERE bridges <= $at_most
WITH r, s, bridges ORDER BY bridges, r.id, s.id LIMIT $limit
MATCH (r)<-[p:POSTED_IN]-(a:Account)-[q:POSTED_IN]->(t:Room)
WHERE t.id = s.id
WITH r, s, bridges, a, p, q ORDER BY a.id
WITH r, s, bridges, collect(a.id) AS accounts, collect([p, a, q]) AS posts
RETURN r.id AS first, s.id AS second, bridges, accounts, [r, posts, s] AS graph
ORDER BY bridges, first, second
