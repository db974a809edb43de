// id: rooms-of
// category: rooms
// tags: activity, posts
// title: Rooms an account posted in
// description: Where the account was active, and when.
// not-shown: who only read along; what was written.
// param: account account -- The account, by id or name
// column: room room -- Room
// column: name text -- Name
// column: messages integer -- Messages
// column: first_at instant -- First time
// column: last_at instant -- Last time
// chart: bars name messages
// example: {"account": "p:hub"} -> 2
// revision: 1
// risk: low
// headline: Rooms that {account} posted in: {rows}
// fr.title: Salons où un compte a écrit
// fr.description: Où le compte a été actif, et quand.
// fr.not-shown: qui n’a fait que lire ; ce qui a été écrit.
// fr.headline: Salons où {account} a écrit : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.column: room -- Salon
// fr.column: name -- Nom
// fr.column: messages -- Messages
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (a:Account {id: $account})-[p:POSTED_IN]->(r:Room)
RETURN r.id AS room, r.name AS name, p.messages AS messages, p.first_at AS first_at, p.last_at AS last_at,
       [a, p, r] AS graph
ORDER BY messages DESC, room
