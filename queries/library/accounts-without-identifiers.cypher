// id: accounts-without-identifiers
// category: quality
// tags: device, address, missing, sessions
// title: Accounts that no identifier ties
// description: Accounts with private contacts of which the sources hold no device, address or other identifier.
// not-shown: what the sources never held.
// param: at_least integer = 1 [1..] -- People it wrote to, at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: contacts integer -- Contacts
// example: {} -> 1
// revision: 1
// risk: medium
// headline: Accounts without identifiers, with at least {at_least} {at_least?contact|contacts}: {rows}
// fr.title: Comptes qu’aucun identifiant ne rattache
// fr.description: Comptes avec des contacts privés dont les sources ne contiennent ni appareil, ni adresse, ni autre identifiant.
// fr.not-shown: ce que les sources n’ont jamais contenu.
// fr.headline: Comptes sans identifiant, avec au moins {at_least} {at_least?contact|contacts} : {rows}
// fr.param: at_least -- Destinataires au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: contacts -- Contacts

MATCH (a:Account)
WHERE NOT EXISTS { MATCH (a)-[:USED]->(:Identifier) }
MATCH (a)-[c:CONTACTED]->(b:Account)
WITH a, count(b) AS contacts
WHERE contacts >= $at_least
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, contacts, a AS graph
ORDER BY contacts DESC, account
LIMIT $limit
