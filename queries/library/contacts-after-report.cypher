// id: contacts-after-report
// category: reports
// tags: after, went on, contacts
// title: Whom an account wrote to after it was reported
// description: People to whom the account still wrote after the first report about it, and whether it began after it.
// not-shown: whether a report is true, and reports whose reporter the evidence does not name.
// param: account account -- The account, by id or name
// column: contact account -- Contact
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: messages integer -- Messages
// column: first_at instant -- First time
// column: last_at instant -- Last time
// column: reported_at instant -- First reported on
// column: begun_after boolean -- Begun after it
// example: {"account": "p:late"} -> 1
// revision: 1
// risk: low
// headline: People to whom {account} wrote after it was reported: {rows}
// fr.title: À qui un compte a écrit après avoir été signalé
// fr.description: Personnes à qui le compte a encore écrit après le premier signalement à son sujet, et s’il a commencé après.
// fr.not-shown: si un signalement est vrai, et les signalements dont l’auteur n’est pas dans les pièces.
// fr.headline: Personnes à qui {account} a écrit après avoir été signalé : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.column: contact -- Contact
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: messages -- Messages
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois
// fr.column: reported_at -- Signalé d’abord le
// fr.column: begun_after -- Ouvert après

MATCH (x:Account)-[r:REPORTED]->(a:Account {id: $account})
WITH a, min(r.made_at) AS reported_at
MATCH (a)-[c:CONTACTED]->(b:Account)
WHERE c.last_at > reported_at
RETURN b.id AS contact, b.pseudonym AS pseudonym, b.declared_age AS declared_age, c.messages AS messages,
       c.first_at AS first_at, c.last_at AS last_at, reported_at, c.first_at > reported_at AS begun_after,
       [a, c, b] AS graph
ORDER BY last_at DESC, contact
