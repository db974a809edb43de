// id: contacts-of-lead
// category: leads
// tags: findings, outside, next, contacts
// title: Whom the members of a lead wrote to, besides those it names
// description: Private contacts of a lead's members with people whom the lead does not name.
// not-shown: a verdict: a lead is a reason to look.
// param: lead lead -- The lead, by id
// param: limit integer = 200 [1..10000] -- How many rows at most
// column: member account -- Member
// column: contact account -- Contact
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: role text -- Role
// column: messages integer -- Messages
// column: replies integer -- Replies
// column: first_at instant -- First time
// column: last_at instant -- Last time
// example: {"lead": "hub-1"} -> 3
// revision: 1
// risk: low
// headline: Contacts of the lead's members outside it: {rows}
// fr.title: À qui ont écrit les membres d’une piste, hors de ceux qu’elle nomme
// fr.description: Contacts privés des membres d’une piste avec des gens qu’elle ne nomme pas.
// fr.not-shown: un verdict : une piste est une raison de regarder.
// fr.headline: Contacts des membres de la piste hors d’elle : {rows}
// fr.param: lead -- La piste, par identifiant
// fr.param: limit -- Combien de lignes au plus
// fr.column: member -- Membre
// fr.column: contact -- Contact
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: role -- Rôle
// fr.column: messages -- Messages
// fr.column: replies -- Réponses
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (f:Finding {id: $lead})-[i:INVOLVES]->(a:Account)
WHERE i.part = 'member'
MATCH (a)-[c:CONTACTED]->(b:Account)
WHERE NOT EXISTS { MATCH (f)-[:INVOLVES]->(b) }
RETURN a.id AS member, b.id AS contact, b.pseudonym AS pseudonym, b.declared_age AS declared_age, b.role AS role,
       c.messages AS messages, c.replies AS replies, c.first_at AS first_at, c.last_at AS last_at, [a, c, b] AS graph
ORDER BY messages DESC, member, contact
LIMIT $limit
