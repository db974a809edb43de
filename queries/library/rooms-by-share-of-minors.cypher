// id: rooms-by-share-of-minors
// category: rooms
// tags: minors, children, share
// title: Rooms by their share of minors
// description: Rooms with enough people, by the share of minors among those who posted.
// not-shown: who only read along; what was written.
// param: age integer = 18 [1..120] -- Who declares less than this age counts as a minor, beside those whose minority has another basis
// param: at_least integer = 5 [1..] -- People who posted, at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: room room -- Room
// column: name text -- Name
// column: posters integer -- People who posted
// column: minors integer -- Minors
// column: share share -- Share
// column: messages integer -- Messages
// chart: bars name share
// example: {"at_least": 3} -> 2
// revision: 1
// risk: medium
// headline: Rooms with at least {at_least} {at_least?poster|posters}: {rows}
// fr.title: Salons selon leur part de mineurs
// fr.description: Salons avec assez de monde, selon la part de mineurs parmi ceux qui y ont écrit.
// fr.not-shown: qui n’a fait que lire ; ce qui a été écrit.
// fr.headline: Salons avec au moins {at_least} {at_least?auteur|auteurs} : {rows}
// fr.param: age -- Qui déclare moins que cet âge compte comme mineur, à côté de ceux dont la minorité a une autre base
// fr.param: at_least -- Personnes qui ont écrit, au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: room -- Salon
// fr.column: name -- Nom
// fr.column: posters -- Auteurs
// fr.column: minors -- Mineurs
// fr.column: share -- Part
// fr.column: messages -- Messages

MATCH (r:Room)<-[p:POSTED_IN]-(m:Account)
WITH r, count(m) AS posters, sum(CASE WHEN (m.minor_basis IS NOT NULL OR m.declared_age < $age) THEN 1 ELSE 0 END) AS minors, sum(p.messages) AS messages
WHERE posters >= $at_least
RETURN r.id AS room, r.name AS name, posters, minors, toFloat(minors) / posters AS share, messages, r AS graph
ORDER BY share DESC, posters DESC, room
LIMIT $limit
