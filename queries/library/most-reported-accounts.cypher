// id: most-reported-accounts
// title: Accounts that the most people reported
// description: Counts different reporters, not reports: one insistent reporter counts once.
// param: at_least integer = 1 -- Different reporters at least
// param: limit integer = 50 -- How many rows at most
// revision: 1
// risk: low
// headline: Accounts reported by at least {at_least} different people: {rows}

MATCH (b:Account)-[r:REPORTED]->(a:Account)
WITH a, count(DISTINCT b) AS reporters, count(r) AS reports, min(r.made_at) AS first_at, max(r.made_at) AS last_at
WHERE reporters >= $at_least
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, reporters, reports, first_at, last_at, a AS graph
ORDER BY reporters DESC, reports DESC, account
LIMIT $limit
