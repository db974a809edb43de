// id: reports-about
// category: reports
// tags: complaints, reporter
// title: Reports about an account
// description: Who reported the account, when and why.
// not-shown: whether a report is true, and reports whose reporter the evidence does not name.
// param: account account -- The account, by id or name
// column: made_at instant -- Reported on
// column: reporter account -- Reporter
// column: pseudonym text -- Reporter's pseudonym
// column: reason text -- Reason
// example: {"account": "p:hub"} -> 3
// revision: 1
// risk: low
// headline: Reports about {account}: {rows}
// fr.title: Signalements sur un compte
// fr.description: Qui a signalé le compte, quand et pourquoi.
// fr.not-shown: si un signalement est vrai, et les signalements dont l’auteur n’est pas dans les pièces.
// fr.headline: Signalements sur {account} : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.column: made_at -- Signalé le
// fr.column: reporter -- Auteur du signalement
// fr.column: pseudonym -- Pseudonyme de l’auteur
// fr.column: reason -- Motif

MATCH (b:Account)-[r:REPORTED]->(a:Account {id: $account})
RETURN r.made_at AS made_at, b.id AS reporter, b.pseudonym AS pseudonym, r.reason AS reason, [b, r, a] AS graph
ORDER BY made_at, reporter, reason
