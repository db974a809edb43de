// id: longest-contacts
// title: Contacts kept up on the most days
// description: Pairs by the number of days on which the first wrote to the second.
// param: at_least integer = 3 -- Days at least
// param: limit integer = 50 -- How many rows at most
// revision: 1
// risk: medium
// headline: Contacts on at least {at_least} days: {rows}

MATCH (a:Account)-[c:CONTACTED]->(b:Account)
WHERE c.days >= $at_least
RETURN a.id AS account, a.pseudonym AS pseudonym, b.id AS contact, b.pseudonym AS contact_pseudonym, c.days AS days,
       c.messages AS messages, c.replies AS replies, c.first_at AS first_at, c.last_at AS last_at, [a, c, b] AS graph
ORDER BY days DESC, messages DESC, account, contact
LIMIT $limit
