// id: same-pseudonym
// category: people
// tags: name, double, alias, platforms
// title: Accounts of the same pseudonym
// description: Pseudonyms, in capital or small letters, that several accounts have.
// not-shown: whether one person is behind them: common names are shared by strangers; names that only look alike.
// param: at_least integer = 2 [1..] -- Accounts at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: pseudonym text -- Pseudonym
// column: count integer -- Accounts
// column: platforms integer -- Platforms
// column: accounts account[] -- Which
// example: {} -> 1
// revision: 2
// risk: medium
// headline: Pseudonyms of at least {at_least} {at_least?account|accounts}: {rows}
// fr.title: Comptes du même pseudonyme
// fr.description: Pseudonymes, en majuscules ou minuscules, que plusieurs comptes ont.
// fr.not-shown: si une personne est derrière : des inconnus partagent les noms courants ; les noms qui ne font que se ressembler.
// fr.headline: Pseudonymes d’au moins {at_least} {at_least?compte|comptes} : {rows}
// fr.param: at_least -- Comptes au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: pseudonym -- Pseudonyme
// fr.column: count -- Comptes
// fr.column: platforms -- Plateformes
// fr.column: accounts -- Lesquels

MATCH (a:Account)
WHERE a.pseudonym IS NOT NULL AND a.pseudonym <> ''
WITH toLower(a.pseudonym) AS pseudonym, collect(a.id) AS ids, count(DISTINCT a.platform) AS platforms
WHERE size(ids) >= $at_least
WITH pseudonym, ids, platforms, size(ids) AS count
ORDER BY count DESC, pseudonym
LIMIT $limit
UNWIND ids AS id
MATCH (a:Account {id: id})
WITH pseudonym, count, platforms, a ORDER BY a.id
WITH pseudonym, count, platforms, collect(a.id) AS accounts, collect(a) AS nodes
RETURN pseudonym, count, platforms, accounts, nodes AS graph
ORDER BY count DESC, pseudonym
