// id: neighbours-of-reported-accounts
// category: reports
// tags: contacts, neighbours
// title: Who is in contact with several reported accounts
// description: Accounts in private contact with accounts that others reported.
// not-shown: whether a report is true, and reports whose reporter the evidence does not name.
// param: at_least integer = 2 [1..] -- Reported contacts at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: contacts integer -- Reported contacts
// column: reported account[] -- Who they are
// example: {} -> 1
// revision: 2
// risk: medium
// headline: Accounts in contact with at least {at_least} {at_least?reported account|reported accounts}: {rows}
// fr.title: Qui est en contact avec plusieurs comptes signalés
// fr.description: Comptes en contact privé avec des comptes que d’autres ont signalés.
// fr.not-shown: si un signalement est vrai, et les signalements dont l’auteur n’est pas dans les pièces.
// fr.headline: Comptes en contact avec au moins {at_least} {at_least?compte signalé|comptes signalés} : {rows}
// fr.param: at_least -- Contacts signalés au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: contacts -- Contacts signalés
// fr.column: reported -- Qui ils sont

MATCH (:Account)-[:REPORTED]->(x:Account)
WITH DISTINCT x
MATCH (a:Account)-[:CONTACTED]-(x)
WITH a, collect(DISTINCT x.id) AS reported
WHERE size(reported) >= $at_least
UNWIND reported AS one
WITH a, one ORDER BY one
WITH a, collect(one) AS reported
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, size(reported) AS contacts, reported, a AS graph
ORDER BY contacts DESC, account
LIMIT $limit
