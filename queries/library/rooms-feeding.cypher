// id: rooms-feeding
// category: rooms
// tags: hub, moved, private, first contact, where met
// title: Rooms that feed an account's contacts
// description: The rooms that the account shares with the people to whom it wrote first, where they wrote there before.
// not-shown: in which room they met, where they share several: such a contact counts in each.
// param: account account -- The account, by id or name
// param: age integer = 18 [1..120] -- Who declares less than this age counts as a minor, beside those whose minority has another basis
// column: room room -- Room
// column: name text -- Name
// column: opened integer -- Contacts begun
// column: minors integer -- Minors
// column: messages integer -- Messages
// chart: bars name opened
// example: {"account": "p:hub"} -> 2
// revision: 1
// risk: low
// headline: Rooms that feed the contacts of {account}: {rows}
// fr.title: Salons qui alimentent les contacts d’un compte
// fr.description: Les salons que le compte partage avec ceux à qui il a écrit en premier, où ils avaient écrit avant.
// fr.not-shown: dans quel salon ils se sont rencontrés, s’ils en partagent plusieurs : un tel contact compte dans chacun.
// fr.headline: Salons qui alimentent les contacts de {account} : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.param: age -- Qui déclare moins que cet âge compte comme mineur, à côté de ceux dont la minorité a une autre base
// fr.column: room -- Salon
// fr.column: name -- Nom
// fr.column: opened -- Contacts ouverts
// fr.column: minors -- Mineurs
// fr.column: messages -- Messages

MATCH (a:Account {id: $account})-[c:CONTACTED]->(m:Account)
WHERE c.initiated
MATCH (a)-[p:POSTED_IN]->(r:Room)<-[q:POSTED_IN]-(m)
WHERE q.first_at <= c.first_at
WITH r, count(m) AS opened, sum(CASE WHEN (m.minor_basis IS NOT NULL OR m.declared_age < $age) THEN 1 ELSE 0 END) AS minors, sum(c.messages) AS messages,
     collect([a, p, c, m, q]) AS met
RETURN r.id AS room, r.name AS name, opened, minors, messages, [r, met] AS graph
ORDER BY opened DESC, minors DESC, room
