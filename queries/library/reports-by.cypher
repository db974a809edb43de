// id: reports-by
// category: reports
// tags: complaints, reporter
// title: Reports that an account made
// description: Whom the account reported, when and why.
// not-shown: whether a report is true, and reports whose reporter the evidence does not name.
// param: account account -- The account, by id or name
// column: made_at instant -- Reported on
// column: reported_account account -- Reported account
// column: pseudonym text -- Pseudonym
// column: reported_role text -- Its role
// column: reason text -- Reason
// example: {"account": "p:kid2"} -> 2
// revision: 1
// risk: low
// headline: Reports by {account}: {rows}
// fr.title: Signalements qu’un compte a faits
// fr.description: Qui le compte a signalé, quand et pourquoi.
// fr.not-shown: si un signalement est vrai, et les signalements dont l’auteur n’est pas dans les pièces.
// fr.headline: Signalements par {account} : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.column: made_at -- Signalé le
// fr.column: reported_account -- Compte signalé
// fr.column: pseudonym -- Pseudonyme
// fr.column: reported_role -- Son rôle
// fr.column: reason -- Motif

MATCH (b:Account {id: $account})-[r:REPORTED]->(a:Account)
RETURN r.made_at AS made_at, a.id AS reported_account, a.pseudonym AS pseudonym, a.role AS reported_role,
       r.reason AS reason, [b, r, a] AS graph
ORDER BY made_at, reported_account, reason
