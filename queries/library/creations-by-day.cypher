// id: creations-by-day
// category: people
// tags: new, created, wave, chart, timeline
// title: Accounts created, day by day
// description: How many accounts were created on each day (UTC).
// not-shown: who the people are: one person may have several accounts, and one account several people.
// param: at_least integer = 1 [1..] -- Accounts of a day, at least
// param: limit integer = 1000 [1..10000] -- How many rows at most
// column: day day -- Day
// column: count integer -- Accounts
// chart: line day count
// example: {"at_least": 2} -> 2
// revision: 1
// risk: medium
// headline: Days on which at least {at_least} {at_least?account was|accounts were} created: {rows}
// fr.title: Comptes créés, jour après jour
// fr.description: Combien de comptes ont été créés chaque jour (UTC).
// fr.not-shown: qui sont les personnes : une personne peut avoir plusieurs comptes, et un compte plusieurs personnes.
// fr.headline: Jours où au moins {at_least} {at_least?compte a été créé|comptes ont été créés} : {rows}
// fr.param: at_least -- Comptes d’un jour, au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: day -- Jour
// fr.column: count -- Comptes

MATCH (a:Account)
WHERE a.created_at IS NOT NULL
WITH toString(date(a.created_at)) AS day, count(a) AS count
WHERE count >= $at_least
RETURN day, count
ORDER BY day
LIMIT $limit
