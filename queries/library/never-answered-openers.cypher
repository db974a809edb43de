// id: never-answered-openers
// title: Who opens contact and is never answered
// description: Accounts whose own first messages mostly stay without a reply.
// param: at_least integer = 3 -- Unanswered openings at least
// param: limit integer = 50 -- How many rows at most
// revision: 1
// risk: medium
// headline: Accounts with at least {at_least} unanswered openings: {rows}

MATCH (a:Account)-[c:CONTACTED]->(b:Account)
WHERE c.initiated
WITH a, count(b) AS opened, sum(CASE WHEN c.replies = 0 THEN 1 ELSE 0 END) AS unanswered
WHERE unanswered >= $at_least
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, opened, unanswered,
       toFloat(unanswered) / opened AS share, a AS graph
ORDER BY unanswered DESC, share DESC, account
LIMIT $limit
