// id: accounts-in-two-rooms
// category: rooms
// tags: common, both
// title: Accounts that posted in both of two rooms
// description: Who was active in both rooms, and when.
// not-shown: who only read along; what was written.
// param: first room -- One room, by id or name
// param: second room -- The other room, by id or name
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: role text -- Role
// column: messages_in_first integer -- Messages in the first room
// column: messages_in_second integer -- Messages in the second room
// example: {"first": "p:lobby", "second": "p:games"} -> 2
// revision: 1
// risk: low
// headline: Accounts that posted in {first} and in {second}: {rows}
// fr.title: Comptes qui ont écrit dans l’un et l’autre de deux salons
// fr.description: Qui a été actif dans les deux salons, et quand.
// fr.not-shown: qui n’a fait que lire ; ce qui a été écrit.
// fr.headline: Comptes qui ont écrit dans {first} et dans {second} : {rows}
// fr.param: first -- Un salon, par identifiant ou par nom
// fr.param: second -- L’autre salon, par identifiant ou par nom
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: role -- Rôle
// fr.column: messages_in_first -- Messages dans le premier salon
// fr.column: messages_in_second -- Messages dans le second salon

MATCH (r:Room {id: $first})<-[p:POSTED_IN]-(a:Account)-[q:POSTED_IN]->(s:Room {id: $second})
RETURN a.id AS account, a.pseudonym AS pseudonym, a.declared_age AS declared_age, a.role AS role,
       p.messages AS messages_in_first, q.messages AS messages_in_second, [r, p, a, q, s] AS graph
ORDER BY account
