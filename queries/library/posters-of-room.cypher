// id: posters-of-room
// category: rooms
// tags: members, activity, who
// title: Who posted in a room
// description: Everybody who wrote in the room, by the number of messages.
// not-shown: who only read along; what was written.
// param: room room -- The room, by id or name
// param: limit integer = 500 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: role text -- Role
// column: messages integer -- Messages
// column: first_at instant -- First time
// column: last_at instant -- Last time
// chart: bars account messages
// example: {"room": "p:lobby"} -> 4
// revision: 1
// risk: low
// headline: People who posted in {room}: {rows}
// fr.title: Qui a écrit dans un salon
// fr.description: Tous ceux qui ont écrit dans le salon, selon le nombre de messages.
// fr.not-shown: qui n’a fait que lire ; ce qui a été écrit.
// fr.headline: Personnes qui ont écrit dans {room} : {rows}
// fr.param: room -- Le salon, par identifiant ou par nom
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: role -- Rôle
// fr.column: messages -- Messages
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (a:Account)-[p:POSTED_IN]->(r:Room {id: $room})
RETURN a.id AS account, a.pseudonym AS pseudonym, a.declared_age AS declared_age, a.role AS role,
       p.messages AS messages, p.first_at AS first_at, p.last_at AS last_at, [a, p, r] AS graph
ORDER BY messages DESC, account
LIMIT $limit
