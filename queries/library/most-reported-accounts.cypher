// id: most-reported-accounts
// category: reports
// tags: ranking, complaints
// title: Accounts that the most people reported
// description: Counts different reporters, not reports: one insistent reporter counts once.
// not-shown: whether a report is true, and reports whose reporter the evidence does not name.
// param: at_least integer = 1 [1..] -- Different reporters at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: reporters integer -- Different reporters
// column: reports integer -- Reports
// column: first_at instant -- First time
// column: last_at instant -- Last time
// chart: bars account reporters
// example: {} -> 2
// revision: 1
// risk: low
// headline: Accounts reported by at least {at_least} {at_least?person|different people}: {rows}
// fr.title: Comptes que le plus de personnes ont signalés
// fr.description: Compte les auteurs différents, non les signalements : qui insiste compte une fois.
// fr.not-shown: si un signalement est vrai, et les signalements dont l’auteur n’est pas dans les pièces.
// fr.headline: Comptes signalés par au moins {at_least} {at_least?personne|personnes différentes} : {rows}
// fr.param: at_least -- Auteurs différents au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: reporters -- Auteurs différents
// fr.column: reports -- Signalements
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (b:Account)-[r:REPORTED]->(a:Account)
WITH a, count(DISTINCT b) AS reporters, count(r) AS reports, min(r.made_at) AS first_at, max(r.made_at) AS last_at
WHERE reporters >= $at_least
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, reporters, reports, first_at, last_at, a AS graph
ORDER BY reporters DESC, reports DESC, account
LIMIT $limit
