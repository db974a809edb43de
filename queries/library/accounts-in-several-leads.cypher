// id: accounts-in-several-leads
// category: leads
// tags: findings, ranking, overlap
// title: Accounts that several leads name
// description: Accounts by the number of leads, as members and as targets.
// not-shown: a verdict: a lead is a reason to look.
// param: at_least integer = 2 [1..] -- Leads at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: leads integer -- Leads
// column: members integer -- As member
// column: targets integer -- As target
// column: kinds text[] -- Kinds of leads
// example: {"at_least": 1} -> 2
// revision: 1
// risk: low
// headline: Accounts in at least {at_least} {at_least?lead|leads}: {rows}
// fr.title: Comptes que plusieurs pistes nomment
// fr.description: Comptes selon le nombre de pistes, comme membres et comme cibles.
// fr.not-shown: un verdict : une piste est une raison de regarder.
// fr.headline: Comptes dans au moins {at_least} {at_least?piste|pistes} : {rows}
// fr.param: at_least -- Pistes au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: leads -- Pistes
// fr.column: members -- Comme membre
// fr.column: targets -- Comme cible
// fr.column: kinds -- Types de pistes

MATCH (f:Finding)-[i:INVOLVES]->(a:Account)
WITH a, f, i ORDER BY f.kind
WITH a, count(DISTINCT f) AS leads, sum(CASE WHEN i.part = 'member' THEN 1 ELSE 0 END) AS members,
     sum(CASE WHEN i.part = 'target' THEN 1 ELSE 0 END) AS targets, collect(DISTINCT f.kind) AS kinds,
     collect([f, i]) AS roles
WHERE leads >= $at_least
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, leads, members, targets, kinds, [a, roles] AS graph
ORDER BY leads DESC, members DESC, account
LIMIT $limit
