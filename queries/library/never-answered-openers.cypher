// id: never-answered-openers
// category: contacts
// tags: unanswered, first contact, spam
// title: Who opens contact and is never answered
// description: Accounts whose own first messages mostly stay without a reply.
// not-shown: messages in rooms; what was written: the conversation holds the texts.
// param: at_least integer = 3 [1..] -- Unanswered openings at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: opened integer -- Contacts begun
// column: unanswered integer -- Unanswered
// column: share share -- Share
// example: {} -> 1
// revision: 2
// risk: medium
// headline: Accounts with at least {at_least} {at_least?unanswered opening|unanswered openings}: {rows}
// fr.title: Qui ouvre des contacts sans jamais recevoir de réponse
// fr.description: Comptes dont les premiers messages restent le plus souvent sans réponse.
// fr.not-shown: les messages dans les salons ; ce qui a été écrit : la conversation contient les textes.
// fr.headline: Comptes avec au moins {at_least} {at_least?ouverture|ouvertures} sans réponse : {rows}
// fr.param: at_least -- Ouvertures sans réponse au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: opened -- Contacts ouverts
// fr.column: unanswered -- Sans réponse
// fr.column: share -- Part

MATCH (a)-[c:CONTACTED]->(b)
WHERE c.initiated
WITH a, count(b) AS opened, sum(CASE WHEN c.replies = 0 THEN 1 ELSE 0 END) AS unanswered
WHERE unanswered >= $at_least
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, opened, unanswered,
       toFloat(unanswered) / opened AS share, a AS graph
ORDER BY unanswered DESC, share DESC, account
LIMIT $limit
