// id: accounts-created-in
// category: people
// tags: new, created, day, period
// title: Accounts created in a period
// description: The accounts that were created in a year, a month, a day or between two days, oldest first.
// not-shown: who the people are: one person may have several accounts, and one account several people.
// param: period period -- The period
// param: limit integer = 200 [1..10000] -- How many rows at most
// column: created_at instant -- Created on
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: role text -- Role
// column: status text -- Status
// example: {"period": "2024-03-02"} -> 2
// revision: 1
// risk: medium
// headline: Accounts created in the period: {rows}
// fr.title: Comptes créés dans une période
// fr.description: Les comptes créés dans une année, un mois, un jour ou entre deux jours, les plus anciens d’abord.
// fr.not-shown: qui sont les personnes : une personne peut avoir plusieurs comptes, et un compte plusieurs personnes.
// fr.headline: Comptes créés dans la période : {rows}
// fr.param: period -- La période
// fr.param: limit -- Combien de lignes au plus
// fr.column: created_at -- Créé le
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: role -- Rôle
// fr.column: status -- État

MATCH (a:Account)
WHERE a.created_at >= datetime($period.since) AND a.created_at < datetime($period.until)
RETURN a.created_at AS created_at, a.id AS account, a.pseudonym AS pseudonym, a.declared_age AS declared_age,
       a.role AS role, a.status AS status, a AS graph
ORDER BY created_at, account
LIMIT $limit
