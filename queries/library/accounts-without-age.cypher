// id: accounts-without-age
// category: quality
// tags: age, missing, unknown
// title: Accounts of unknown age with the most contacts
// description: Accounts that declare no age: what counts minors does not count them, unless their minority has another basis.
// not-shown: what the sources never held.
// param: at_least integer = 1 [1..] -- Contacts at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: minor_basis text -- Basis of minority
// column: contacts integer -- Contacts
// example: {} -> 1
// revision: 1
// risk: medium
// headline: Accounts of unknown age with at least {at_least} {at_least?contact|contacts}: {rows}
// fr.title: Comptes d’âge inconnu avec le plus de contacts
// fr.description: Comptes qui ne déclarent pas d’âge : ce qui compte les mineurs ne les compte pas, sauf si leur minorité a une autre base.
// fr.not-shown: ce que les sources n’ont jamais contenu.
// fr.headline: Comptes d’âge inconnu avec au moins {at_least} {at_least?contact|contacts} : {rows}
// fr.param: at_least -- Contacts au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: minor_basis -- Base de la minorité
// fr.column: contacts -- Contacts

MATCH (a:Account)
WHERE a.declared_age IS NULL
MATCH (a)-[c:CONTACTED]-(b:Account)
WITH a, count(DISTINCT b) AS contacts
WHERE contacts >= $at_least
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, a.minor_basis AS minor_basis, contacts, a AS graph
ORDER BY contacts DESC, account
LIMIT $limit
