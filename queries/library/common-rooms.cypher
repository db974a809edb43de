// id: common-rooms
// category: rooms
// tags: common, both, two accounts
// title: Rooms in which two accounts both posted
// description: Where the two were active, how much, and from when.
// not-shown: who only read along; what was written.
// param: first account -- One account, by id or name
// param: second account -- The other account, by id or name
// column: room room -- Room
// column: name text -- Name
// column: messages_of_first integer -- Messages of the first
// column: messages_of_second integer -- Messages of the second
// column: first_contact instant -- First posted from
// column: second_contact instant -- Second posted from
// example: {"first": "p:hub", "second": "p:kid1"} -> 2
// revision: 1
// risk: low
// headline: Rooms in which {first} and {second} posted: {rows}
// fr.title: Salons où deux comptes ont tous deux écrit
// fr.description: Où les deux ont été actifs, combien, et dès quand.
// fr.not-shown: qui n’a fait que lire ; ce qui a été écrit.
// fr.headline: Salons où {first} et {second} ont écrit : {rows}
// fr.param: first -- Un compte, par identifiant ou par nom
// fr.param: second -- L’autre compte, par identifiant ou par nom
// fr.column: room -- Salon
// fr.column: name -- Nom
// fr.column: messages_of_first -- Messages du premier
// fr.column: messages_of_second -- Messages du second
// fr.column: first_contact -- Le premier a écrit dès
// fr.column: second_contact -- Le second a écrit dès

MATCH (a:Account {id: $first})-[p:POSTED_IN]->(r:Room)<-[q:POSTED_IN]-(b:Account {id: $second})
RETURN r.id AS room, r.name AS name, p.messages AS messages_of_first, q.messages AS messages_of_second,
       p.first_at AS first_contact, q.first_at AS second_contact, [a, p, r, q, b] AS graph
ORDER BY room
