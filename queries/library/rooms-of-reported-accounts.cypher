// id: rooms-of-reported-accounts
// category: rooms
// tags: reports, complaints, ranking
// title: Rooms where reported accounts posted
// description: Rooms by the number of accounts that somebody reported.
// not-shown: who only read along; what was written.
// param: at_least integer = 1 [1..] -- Reported accounts at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: room room -- Room
// column: name text -- Name
// column: accounts integer -- Reported accounts
// column: reported account[] -- Who they are
// column: messages integer -- Their messages
// chart: bars name accounts
// example: {} -> 2
// revision: 1
// risk: medium
// headline: Rooms with at least {at_least} {at_least?reported account|reported accounts}: {rows}
// fr.title: Salons où des comptes signalés ont écrit
// fr.description: Salons selon le nombre de comptes que quelqu’un a signalés.
// fr.not-shown: qui n’a fait que lire ; ce qui a été écrit.
// fr.headline: Salons avec au moins {at_least} {at_least?compte signalé|comptes signalés} : {rows}
// fr.param: at_least -- Comptes signalés au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: room -- Salon
// fr.column: name -- Nom
// fr.column: accounts -- Comptes signalés
// fr.column: reported -- Qui ils sont
// fr.column: messages -- Leurs messages

MATCH (x:Account)-[:REPORTED]->(a:Account)
WITH DISTINCT a ORDER BY a.id
MATCH (a)-[p:POSTED_IN]->(r:Room)
WITH r, collect(a.id) AS reported, sum(p.messages) AS messages, collect([p, a]) AS posts
WHERE size(reported) >= $at_least
RETURN r.id AS room, r.name AS name, size(reported) AS accounts, reported, messages, [r, posts] AS graph
ORDER BY accounts DESC, messages DESC, room
LIMIT $limit
