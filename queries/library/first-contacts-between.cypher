// id: first-contacts-between
// category: contacts
// tags: period, first contact, timeline
// title: First private contacts in a period
// description: Pairs whose first private message was sent in the period, oldest first.
// not-shown: messages in rooms; what was written: the conversation holds the texts.
// param: since instant -- From this instant
// param: until instant -- Before this instant
// param: limit integer = 500 [1..10000] -- How many rows at most
// column: first_at instant -- First time
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: contacted account -- Contacted
// column: contacted_pseudonym text -- Pseudonym of the contacted
// column: declared_age integer -- Declared age of the contacted
// column: messages integer -- Messages
// column: replies integer -- Replies
// example: {"since": "2024-03-06T00:00:00Z", "until": "2024-03-07T13:00:00+01:00"} -> 1
// revision: 2
// risk: medium
// headline: First contacts from {since} to {until}: {rows}
// fr.title: Premiers contacts privés d’une période
// fr.description: Paires dont le premier message privé a été envoyé dans la période, les plus anciennes d’abord.
// fr.not-shown: les messages dans les salons ; ce qui a été écrit : la conversation contient les textes.
// fr.headline: Premiers contacts du {since} au {until} : {rows}
// fr.param: since -- À partir de cet instant
// fr.param: until -- Avant cet instant
// fr.param: limit -- Combien de lignes au plus
// fr.column: first_at -- Première fois
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: contacted -- Contacté
// fr.column: contacted_pseudonym -- Pseudonyme du contacté
// fr.column: declared_age -- Âge déclaré du contacté
// fr.column: messages -- Messages
// fr.column: replies -- Réponses

WITH datetime($since) AS since, datetime($until) AS until
MATCH (a)-[c:CONTACTED]->(b)
WHERE c.initiated AND c.first_at >= since AND c.first_at < until
RETURN c.first_at AS first_at, a.id AS account, a.pseudonym AS pseudonym, b.id AS contacted,
       b.pseudonym AS contacted_pseudonym, b.declared_age AS declared_age, c.messages AS messages, c.replies AS replies,
       [a, c, b] AS graph
ORDER BY first_at, account, contacted
LIMIT $limit
