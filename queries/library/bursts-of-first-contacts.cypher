// id: bursts-of-first-contacts
// category: contacts
// tags: burst, day, first contact, mass, spam
// title: Accounts that began many contacts on one day
// description: Accounts and days (UTC) by the number of people to whom the account wrote first on that day.
// not-shown: messages in rooms; what was written: the conversation holds the texts.
// param: at_least integer = 10 [1..] -- First contacts of a day, at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: day day -- Day
// column: opened integer -- Contacts begun
// column: replies integer -- Replies
// example: {"at_least": 1} -> 9
// revision: 5
// risk: medium
// headline: Days on which one account began at least {at_least} {at_least?contact|contacts}: {rows}
// fr.title: Comptes qui ont ouvert beaucoup de contacts en un jour
// fr.description: Comptes et jours (UTC) selon le nombre de personnes à qui le compte a écrit en premier ce jour-là.
// fr.not-shown: les messages dans les salons ; ce qui a été écrit : la conversation contient les textes.
// fr.headline: Jours où un compte a ouvert au moins {at_least} {at_least?contact|contacts} : {rows}
// fr.param: at_least -- Premiers contacts d’un jour, au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: day -- Jour
// fr.column: opened -- Contacts ouverts
// fr.column: replies -- Réponses

MATCH (a:Account)
WHERE coalesce(a.contacts, $at_least) >= $at_least
CALL (a) {
  MATCH (a)-[c:CONTACTED]->()
  WHERE c.initiated
  WITH date(c.first_at) AS on_day, count(c) AS opened, sum(c.replies) AS replies
  WHERE opened >= $at_least
  RETURN toString(on_day) AS day, opened, replies
}
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, day, opened, replies, a AS graph
ORDER BY opened DESC, day, account
LIMIT $limit
