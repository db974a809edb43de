// id: contacts-across-platforms
// category: contacts
// tags: platforms, both
// title: Private contacts from one platform to another
// description: Contacts whose two accounts stand on different platforms.
// not-shown: messages in rooms; what was written: the conversation holds the texts.
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: contact account -- Contact
// column: contact_pseudonym text -- Contact's pseudonym
// column: messages integer -- Messages
// column: replies integer -- Replies
// column: first_at instant -- First time
// column: last_at instant -- Last time
// example: {} -> 1
// revision: 2
// risk: medium
// headline: Contacts across platforms: {rows}
// fr.title: Contacts privés d’une plateforme à une autre
// fr.description: Contacts dont les deux comptes sont sur des plateformes différentes.
// fr.not-shown: les messages dans les salons ; ce qui a été écrit : la conversation contient les textes.
// fr.headline: Contacts entre plateformes : {rows}
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: contact -- Contact
// fr.column: contact_pseudonym -- Pseudonyme du contact
// fr.column: messages -- Messages
// fr.column: replies -- Réponses
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (a)-[c:CONTACTED]->(b)
WHERE a.platform <> b.platform
RETURN a.id AS account, a.pseudonym AS pseudonym, b.id AS contact, b.pseudonym AS contact_pseudonym,
       c.messages AS messages, c.replies AS replies, c.first_at AS first_at, c.last_at AS last_at, [a, c, b] AS graph
ORDER BY messages DESC, account, contact
LIMIT $limit
