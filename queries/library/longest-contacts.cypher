// id: longest-contacts
// category: contacts
// tags: duration, days, regular
// title: Contacts kept up on the most days
// description: Pairs by the number of days on which the first wrote to the second.
// not-shown: messages in rooms; what was written: the conversation holds the texts.
// param: at_least integer = 3 [1..] -- Days at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: contact account -- Contact
// column: contact_pseudonym text -- Contact's pseudonym
// column: days integer -- Days
// column: messages integer -- Messages
// column: replies integer -- Replies
// column: first_at instant -- First time
// column: last_at instant -- Last time
// example: {} -> 3
// revision: 2
// risk: medium
// headline: Contacts on at least {at_least} {at_least?day|days}: {rows}
// fr.title: Contacts entretenus le plus de jours
// fr.description: Paires selon le nombre de jours où le premier a écrit au second.
// fr.not-shown: les messages dans les salons ; ce qui a été écrit : la conversation contient les textes.
// fr.headline: Contacts sur au moins {at_least} {at_least?jour|jours} : {rows}
// fr.param: at_least -- Jours au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: contact -- Contact
// fr.column: contact_pseudonym -- Pseudonyme du contact
// fr.column: days -- Jours
// fr.column: messages -- Messages
// fr.column: replies -- Réponses
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (a)-[c:CONTACTED]->(b)
WHERE c.days >= $at_least
RETURN a.id AS account, a.pseudonym AS pseudonym, b.id AS contact, b.pseudonym AS contact_pseudonym, c.days AS days,
       c.messages AS messages, c.replies AS replies, c.first_at AS first_at, c.last_at AS last_at, [a, c, b] AS graph
ORDER BY days DESC, messages DESC, account, contact
LIMIT $limit
