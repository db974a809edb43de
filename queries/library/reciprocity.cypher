// id: reciprocity
// category: contacts
// tags: one-sided, answers, balance, spam
// title: Whose messages are answered least
// description: Accounts by the share of the people they wrote to in private who ever answered.
// not-shown: messages in rooms; what was written: the conversation holds the texts.
// param: at_least integer = 5 [1..] -- People written to, at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: contacts integer -- Contacts
// column: answered integer -- Contacts that answered
// column: share share -- Share
// column: sent integer -- Messages sent
// column: received integer -- Messages received
// chart: bars account share
// example: {"at_least": 2} -> 3
// revision: 2
// risk: medium
// headline: Accounts that wrote to at least {at_least} {at_least?person|people}: {rows}
// fr.title: Qui reçoit le moins de réponses
// fr.description: Comptes selon la part de ceux à qui ils ont écrit en privé qui ont jamais répondu.
// fr.not-shown: les messages dans les salons ; ce qui a été écrit : la conversation contient les textes.
// fr.headline: Comptes qui ont écrit à au moins {at_least} {at_least?personne|personnes} : {rows}
// fr.param: at_least -- Destinataires au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: contacts -- Contacts
// fr.column: answered -- Contacts qui ont répondu
// fr.column: share -- Part
// fr.column: sent -- Messages envoyés
// fr.column: received -- Messages reçus

MATCH (a)-[c:CONTACTED]->(b)
WITH a, count(b) AS contacts, sum(CASE WHEN c.replies > 0 THEN 1 ELSE 0 END) AS answered, sum(c.messages) AS sent,
     sum(c.replies) AS received
WHERE contacts >= $at_least
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, contacts, answered,
       toFloat(answered) / contacts AS share, sent, received, a AS graph
ORDER BY share, contacts DESC, account
LIMIT $limit
