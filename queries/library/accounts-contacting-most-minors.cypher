// id: accounts-contacting-most-minors
// title: Accounts that opened private contact with the most minors
// description: Counts only contacts that the account itself began. Moderators and helplines stand here too: see the role.
// param: age integer = 18 -- Accounts that declare less than this count as minors, beside those with a basis of their own
// param: at_least integer = 2 -- Minors at least
// param: limit integer = 50 -- How many rows at most
// revision: 1
// risk: medium
// headline: Accounts that opened contact with at least {at_least} minors: {rows}

MATCH (a:Account)-[c:CONTACTED]->(m:Account)
WHERE c.initiated
WITH a, count(m) AS opened, sum(CASE WHEN (m.minor_basis IS NOT NULL OR m.declared_age < $age) THEN 1 ELSE 0 END) AS minors
WHERE minors >= $at_least
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, minors, opened,
       toFloat(minors) / opened AS share, a AS graph
ORDER BY minors DESC, share DESC, account
LIMIT $limit
