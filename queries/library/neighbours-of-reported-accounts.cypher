// id: neighbours-of-reported-accounts
// title: Who is in contact with several reported accounts
// description: Accounts in private contact with accounts that others reported.
// param: at_least integer = 2 -- Reported contacts at least
// param: limit integer = 50 -- How many rows at most
// revision: 1
// risk: medium
// headline: Accounts in contact with at least {at_least} reported accounts: {rows}

MATCH (a:Account)-[c:CONTACTED]-(x:Account)
WHERE EXISTS { MATCH (:Account)-[:REPORTED]->(x) }
WITH a, collect(DISTINCT x.id) AS reported
WHERE size(reported) >= $at_least
UNWIND reported AS one
WITH a, one ORDER BY one
WITH a, collect(one) AS reported
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, size(reported) AS contacts, reported, a AS graph
ORDER BY contacts DESC, account
LIMIT $limit
