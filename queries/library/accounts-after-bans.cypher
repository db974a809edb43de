// id: accounts-after-bans
// category: people
// tags: ban, banned, second account, return, shells
// title: Accounts that appeared after a ban
// description: Accounts that first used an identifier of a banned or closed account after that one last had.
// not-shown: the day of the ban: sources rarely hold it, so the last use stands for it.
// param: statuses text[] = ["banned", "suspended", "blocked", "closed", "deleted"] -- Statuses that mean banned or closed, as the source writes them
// param: at_most integer = 20 [2..] -- Leave out identifiers that more accounts than this use (a carrier, a school)
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: status text -- Status
// column: successor account -- Account that came after
// column: successor_pseudonym text -- Its pseudonym
// column: created_at instant -- Created on
// column: identifier identifier -- Identifier
// column: last_used instant -- Last used by it
// column: first_used instant -- First used by the other
// example: {} -> 1
// revision: 1
// risk: medium
// headline: Takings-up of identifiers of banned accounts: {rows}
// fr.title: Comptes apparus après une exclusion
// fr.description: Comptes dont le premier usage d’un identifiant d’un compte exclu ou fermé suit le dernier de celui-ci.
// fr.not-shown: le jour de l’exclusion : les sources l’ont rarement, le dernier usage en tient lieu.
// fr.headline: Reprises d’identifiants de comptes exclus : {rows}
// fr.param: statuses -- États qui veulent dire exclu ou fermé, comme la source les écrit
// fr.param: at_most -- Laisser de côté les identifiants que plus de comptes utilisent (un opérateur mobile, une école)
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: status -- État
// fr.column: successor -- Compte apparu ensuite
// fr.column: successor_pseudonym -- Son pseudonyme
// fr.column: created_at -- Créé le
// fr.column: identifier -- Identifiant
// fr.column: last_used -- Dernier usage par lui
// fr.column: first_used -- Premier usage par l’autre

MATCH (a:Account)
WHERE a.status IN $statuses
MATCH (a)-[u:USED]->(i:Identifier)
WHERE i.accounts <= $at_most
MATCH (i)<-[v:USED]-(b:Account)
WHERE v.first_at > u.last_at
RETURN a.id AS account, a.pseudonym AS pseudonym, a.status AS status, b.id AS successor,
       b.pseudonym AS successor_pseudonym, b.created_at AS created_at, i.id AS identifier, u.last_at AS last_used,
       v.first_at AS first_used, [a, u, i, v, b] AS graph
ORDER BY first_used, account, successor, identifier
LIMIT $limit
