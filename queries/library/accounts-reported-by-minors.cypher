// id: accounts-reported-by-minors
// category: minors
// tags: reports, complaints, victims
// title: Accounts that minors reported
// description: Accounts by the number of different minors who reported them.
// not-shown: whether a report is true; minors of whom neither a declared age, nor a message of their own, nor a report tells it; when it was told.
// param: age integer = 18 [1..120] -- Who declares less than this age counts as a minor, beside those whose minority has another basis
// param: at_least integer = 1 [1..] -- Different minors at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: minors integer -- Minors
// column: reports integer -- Reports
// column: first_at instant -- First time
// column: last_at instant -- Last time
// chart: bars account minors
// example: {} -> 2
// revision: 1
// risk: medium
// headline: Accounts reported by at least {at_least} {at_least?minor|minors}: {rows}
// fr.title: Comptes que des mineurs ont signalés
// fr.description: Comptes selon le nombre de mineurs différents qui les ont signalés.
// fr.not-shown: si un signalement est vrai ; les mineurs dont ni l’âge déclaré, ni un message à eux, ni un signalement ne le dit ; quand cela a été dit.
// fr.headline: Comptes signalés par au moins {at_least} {at_least?mineur|mineurs} : {rows}
// fr.param: age -- Qui déclare moins que cet âge compte comme mineur, à côté de ceux dont la minorité a une autre base
// fr.param: at_least -- Mineurs différents au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: minors -- Mineurs
// fr.column: reports -- Signalements
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (m:Account)-[r:REPORTED]->(a:Account)
WHERE (m.minor_basis IS NOT NULL OR m.declared_age < $age)
WITH a, count(DISTINCT m) AS minors, count(r) AS reports, min(r.made_at) AS first_at, max(r.made_at) AS last_at
WHERE minors >= $at_least
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, minors, reports, first_at, last_at, a AS graph
ORDER BY minors DESC, reports DESC, account
LIMIT $limit
