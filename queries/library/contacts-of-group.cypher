// id: contacts-of-group
// category: groups
// tags: common, targets, victims, crew
// title: Whom several of a group wrote to
// description: People outside the group by how many of its accounts wrote to them in private.
// not-shown: whether they act together: people of one circle know the same people.
// param: accounts account[] -- The accounts of the group, by id or name
// param: at_least integer = 2 [1..] -- Accounts of the group, at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: contact account -- Contact
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: role text -- Role
// column: members integer -- Accounts of the group
// column: messages integer -- Messages
// column: first_at instant -- First time
// column: last_at instant -- Last time
// example: {"accounts": ["p:hub", "p:late", "p:mod"]} -> 3
// revision: 1
// risk: low
// headline: People to whom at least {at_least} of the group wrote: {rows}
// fr.title: À qui plusieurs d’un groupe ont écrit
// fr.description: Personnes hors du groupe selon le nombre de ses comptes qui leur ont écrit en privé.
// fr.not-shown: s’ils agissent ensemble : les gens d’un même cercle connaissent les mêmes personnes.
// fr.headline: Personnes à qui au moins {at_least} du groupe {at_least?a écrit|ont écrit} : {rows}
// fr.param: accounts -- Les comptes du groupe, par identifiant ou par nom
// fr.param: at_least -- Comptes du groupe, au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: contact -- Contact
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: role -- Rôle
// fr.column: members -- Comptes du groupe
// fr.column: messages -- Messages
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

UNWIND $accounts AS one
MATCH (a:Account {id: one})-[c:CONTACTED]->(b:Account)
WHERE NOT b.id IN $accounts
WITH b, count(DISTINCT a) AS members, sum(c.messages) AS messages, min(c.first_at) AS first_at,
     max(c.last_at) AS last_at, collect([a, c]) AS contacts
WHERE members >= $at_least
RETURN b.id AS contact, b.pseudonym AS pseudonym, b.declared_age AS declared_age, b.role AS role, members, messages,
       first_at, last_at, [b, contacts] AS graph
ORDER BY members DESC, messages DESC, contact
LIMIT $limit
