// id: first-contacts-between
// title: First private contacts in a period
// description: Pairs whose first private message was sent in the period, oldest first.
// param: since instant -- From this instant
// param: until instant -- Before this instant
// param: limit integer = 500 -- How many rows at most
// revision: 1
// risk: medium
// headline: First contacts from {since} to {until}: {rows}

MATCH (a:Account)-[c:CONTACTED]->(b:Account)
WHERE c.initiated AND c.first_at >= datetime($since) AND c.first_at < datetime($until)
RETURN c.first_at AS first_at, a.id AS account, a.pseudonym AS pseudonym, b.id AS contacted,
       b.pseudonym AS contacted_pseudonym, b.declared_age AS declared_age, c.messages AS messages, c.replies AS replies,
       [a, c, b] AS graph
ORDER BY first_at, account, contacted
LIMIT $limit
