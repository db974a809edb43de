// id: intermediaries
// category: groups
// tags: between, broker, bridge, link
// title: Intermediaries between two groups
// description: Accounts in private contact with somebody of the one group and somebody of the other, and in neither.
// not-shown: whether they act together: people of one circle know the same people.
// param: first account[] -- The accounts of one group, by id or name
// param: second account[] -- The accounts of the other group, by id or name
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: contacts_in_first integer -- Contacts in the first group
// column: contacts_in_second integer -- Contacts in the second group
// example: {"first": ["p:hub"], "second": ["p:mod", "q:heron"]} -> 3
// revision: 1
// risk: medium
// headline: Accounts between the two groups: {rows}
// fr.title: Intermédiaires entre deux groupes
// fr.description: Comptes en contact privé avec quelqu’un d’un groupe et quelqu’un de l’autre, et dans aucun des deux.
// fr.not-shown: s’ils agissent ensemble : les gens d’un même cercle connaissent les mêmes personnes.
// fr.headline: Comptes entre les deux groupes : {rows}
// fr.param: first -- Les comptes d’un groupe, par identifiant ou par nom
// fr.param: second -- Les comptes de l’autre groupe, par identifiant ou par nom
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: contacts_in_first -- Contacts dans le premier groupe
// fr.column: contacts_in_second -- Contacts dans le second groupe

UNWIND $first AS one
MATCH (a:Account {id: one})-[c:CONTACTED]-(x:Account)-[d:CONTACTED]-(b:Account)
WHERE b.id IN $second AND NOT x.id IN $first AND NOT x.id IN $second
WITH x, count(DISTINCT a) AS contacts_in_first, count(DISTINCT b) AS contacts_in_second, collect([a, c, d, b]) AS links
RETURN x.id AS account, x.pseudonym AS pseudonym, x.role AS role, contacts_in_first, contacts_in_second,
       [x, links] AS graph
ORDER BY contacts_in_first + contacts_in_second DESC, account
LIMIT $limit
