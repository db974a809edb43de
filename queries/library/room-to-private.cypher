// id: room-to-private
// category: rooms
// tags: moved, private, first contact, recruit
// title: Who moved whom from a room to private
// description: First private contacts within some days after both had begun to write in the room.
// not-shown: whether they met in this room: they may share others; who only read along.
// param: room room -- The room, by id or name
// param: days integer = 7 [1..3650] -- Days after both were in the room, at most
// param: limit integer = 200 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: contact account -- Contact
// column: contact_pseudonym text -- Contact's pseudonym
// column: declared_age integer -- Declared age
// column: met_at instant -- Both in the room from
// column: first_at instant -- First time
// column: messages integer -- Messages
// column: replies integer -- Replies
// example: {"room": "p:lobby"} -> 4
// revision: 3
// risk: high
// headline: First private contacts within {days} {days?day|days} of meeting in {room}: {rows}
// fr.title: Qui a emmené qui d’un salon en privé
// fr.description: Premiers contacts privés dans les jours après que les deux ont commencé à écrire dans le salon.
// fr.not-shown: s’ils se sont rencontrés dans ce salon : ils peuvent en partager d’autres ; qui n’a fait que lire.
// fr.headline: Premiers contacts privés au plus {days} {days?jour|jours} après une rencontre dans {room} : {rows}
// fr.param: room -- Le salon, par identifiant ou par nom
// fr.param: days -- Jours après que les deux étaient dans le salon, au plus
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: contact -- Contact
// fr.column: contact_pseudonym -- Pseudonyme du contact
// fr.column: declared_age -- Âge déclaré
// fr.column: met_at -- Tous deux dans le salon dès
// fr.column: first_at -- Première fois
// fr.column: messages -- Messages
// fr.column: replies -- Réponses

MATCH (r:Room {id: $room})<-[p:POSTED_IN]-(a:Account)
MATCH (a)-[c:CONTACTED]->(b:Account)
WHERE c.initiated AND c.first_at >= p.first_at
MATCH (b)-[q:POSTED_IN]->(s:Room)
WHERE s = r AND c.first_at >= q.first_at
WITH r, p, a, c, b, q, CASE WHEN p.first_at > q.first_at THEN p.first_at ELSE q.first_at END AS met_at
WHERE c.first_at <= met_at + duration({days: $days})
RETURN a.id AS account, a.pseudonym AS pseudonym, b.id AS contact, b.pseudonym AS contact_pseudonym,
       b.declared_age AS declared_age, met_at, c.first_at AS first_at, c.messages AS messages, c.replies AS replies,
       [r, p, a, c, b, q] AS graph
ORDER BY first_at, account, contact
LIMIT $limit
