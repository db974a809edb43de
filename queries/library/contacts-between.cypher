// id: contacts-between
// category: contacts
// tags: two accounts, conversation, both
// title: Private contact between two accounts
// description: What each of the two wrote to the other: who first, how much, from when to when.
// not-shown: messages in rooms; what was written: the conversation holds the texts.
// param: first account -- One account, by id or name
// param: second account -- The other account, by id or name
// column: account account -- Account
// column: contact account -- Contact
// column: messages integer -- Messages
// column: replies integer -- Replies
// column: wrote_first boolean -- Wrote first
// column: days integer -- Days
// column: first_at instant -- First time
// column: last_at instant -- Last time
// example: {"first": "p:hub", "second": "p:kid1"} -> 2
// revision: 1
// risk: low
// headline: Directions in which {first} and {second} wrote: {rows}
// fr.title: Contact privé entre deux comptes
// fr.description: Ce que chacun des deux a écrit à l’autre : qui d’abord, combien, de quand à quand.
// fr.not-shown: les messages dans les salons ; ce qui a été écrit : la conversation contient les textes.
// fr.headline: Sens dans lesquels {first} et {second} se sont écrit : {rows}
// fr.param: first -- Un compte, par identifiant ou par nom
// fr.param: second -- L’autre compte, par identifiant ou par nom
// fr.column: account -- Compte
// fr.column: contact -- Contact
// fr.column: messages -- Messages
// fr.column: replies -- Réponses
// fr.column: wrote_first -- A écrit en premier
// fr.column: days -- Jours
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (a:Account {id: $first})-[c:CONTACTED]-(b:Account {id: $second})
RETURN startNode(c).id AS account, endNode(c).id AS contact, c.messages AS messages, c.replies AS replies,
       c.initiated AS wrote_first, c.days AS days, c.first_at AS first_at, c.last_at AS last_at, [a, c, b] AS graph
ORDER BY first_at, account
