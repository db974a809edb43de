// id: contacts-before-creation
// category: quality
// tags: dates, clock, wrong, impossible
// title: Contacts older than the account
// description: Private contacts whose first message came before the account was created: a wrong clock, a wrong zone, or an id used again.
// not-shown: what the sources never held.
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: created_at instant -- Created on
// column: first_at instant -- First time
// column: contact account -- Contact
// example: {} -> 1
// revision: 2
// risk: medium
// headline: Contacts older than their account: {rows}
// fr.title: Contacts plus anciens que le compte
// fr.description: Contacts privés dont le premier message précède la création du compte : une horloge fausse, un fuseau faux, ou un identifiant réutilisé.
// fr.not-shown: ce que les sources n’ont jamais contenu.
// fr.headline: Contacts plus anciens que leur compte : {rows}
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: created_at -- Créé le
// fr.column: first_at -- Première fois
// fr.column: contact -- Contact

MATCH (a)-[c:CONTACTED]->(b)
WHERE c.first_at < a.created_at
RETURN a.id AS account, a.pseudonym AS pseudonym, a.created_at AS created_at, c.first_at AS first_at, b.id AS contact,
       [a, c, b] AS graph
ORDER BY first_at, account, contact
LIMIT $limit
