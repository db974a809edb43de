// id: contacts-within-group
// category: groups
// tags: inside, among, crew
// title: Private contacts within a group
// description: Who of the group wrote to whom of it, how much and when.
// not-shown: whether they act together: people of one circle know the same people.
// param: accounts account[] -- The accounts of the group, by id or name
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: contact account -- Contact
// column: contact_pseudonym text -- Contact's pseudonym
// column: messages integer -- Messages
// column: replies integer -- Replies
// column: wrote_first boolean -- Wrote first
// column: first_at instant -- First time
// column: last_at instant -- Last time
// example: {"accounts": ["p:hub", "p:kid1", "p:mod"]} -> 4
// revision: 1
// risk: low
// headline: Contacts within the group: {rows}
// fr.title: Contacts privés à l’intérieur d’un groupe
// fr.description: Qui du groupe a écrit à qui du groupe, combien et quand.
// fr.not-shown: s’ils agissent ensemble : les gens d’un même cercle connaissent les mêmes personnes.
// fr.headline: Contacts à l’intérieur du groupe : {rows}
// fr.param: accounts -- Les comptes du groupe, par identifiant ou par nom
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: contact -- Contact
// fr.column: contact_pseudonym -- Pseudonyme du contact
// fr.column: messages -- Messages
// fr.column: replies -- Réponses
// fr.column: wrote_first -- A écrit en premier
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

UNWIND $accounts AS one
MATCH (a:Account {id: one})-[c:CONTACTED]->(b:Account)
WHERE b.id IN $accounts
RETURN DISTINCT a.id AS account, a.pseudonym AS pseudonym, b.id AS contact, b.pseudonym AS contact_pseudonym,
       c.messages AS messages, c.replies AS replies, c.initiated AS wrote_first, c.first_at AS first_at,
       c.last_at AS last_at, [a, c, b] AS graph
ORDER BY account, contact
