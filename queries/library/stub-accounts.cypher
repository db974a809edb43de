// id: stub-accounts
// category: quality
// tags: missing, unknown, incomplete
// title: Accounts that only other tables mention
// description: Accounts without an entry of their own: no pseudonym, age or role is known of them.
// not-shown: what the sources never held.
// param: limit integer = 200 [1..10000] -- How many rows at most
// column: account account -- Account
// column: platform platform -- Platform
// column: contacts integer -- Contacts
// example: {} -> 1
// revision: 1
// risk: medium
// headline: Accounts without an entry of their own: {rows}
// fr.title: Comptes que seules d’autres tables mentionnent
// fr.description: Comptes sans entrée propre : on ne connaît d’eux ni pseudonyme, ni âge, ni rôle.
// fr.not-shown: ce que les sources n’ont jamais contenu.
// fr.headline: Comptes sans entrée propre : {rows}
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: platform -- Plateforme
// fr.column: contacts -- Contacts

MATCH (a:Account)
WHERE a.stub = true
OPTIONAL MATCH (a)-[c:CONTACTED]-(b:Account)
WITH a, count(DISTINCT b) AS contacts
RETURN a.id AS account, a.platform AS platform, contacts, a AS graph
ORDER BY contacts DESC, account
LIMIT $limit
