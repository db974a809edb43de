// id: new-accounts-contacting-minors
// title: New accounts that opened contact with minors
// description: Accounts created from an instant on which opened private contact with minors, newest first.
// param: since instant -- Created at this instant or later
// param: age integer = 18 -- Accounts that declare less than this count as minors, beside those with a basis of their own
// param: limit integer = 50 -- How many rows at most
// revision: 1
// risk: medium
// headline: Accounts created since {since} that opened contact with minors: {rows}

MATCH (a:Account)-[c:CONTACTED]->(m:Account)
WHERE a.created_at >= datetime($since) AND c.initiated AND (m.minor_basis IS NOT NULL OR m.declared_age < $age)
WITH a, count(DISTINCT m) AS minors, sum(c.messages) AS messages, min(c.first_at) AS first_at
RETURN a.created_at AS created_at, a.id AS account, a.pseudonym AS pseudonym, a.role AS role, minors, messages,
       first_at, a AS graph
ORDER BY created_at DESC, account
LIMIT $limit
