// id: common-contacts
// title: Whom two accounts both know
// description: Accounts in private contact, in either direction, with both accounts.
// param: first account -- One account's id
// param: second account -- The other account's id
// revision: 1
// risk: low
// headline: Contacts that {first} and {second} have in common: {rows}

MATCH (a:Account {id: $first})-[c:CONTACTED]-(x:Account)-[d:CONTACTED]-(b:Account {id: $second})
WHERE x.id <> a.id AND x.id <> b.id
WITH x, collect(DISTINCT c) + collect(DISTINCT d) AS contacts, a, b
RETURN x.id AS account, x.pseudonym AS pseudonym, x.declared_age AS declared_age, x.role AS role,
       [a, x, b, contacts] AS graph
ORDER BY account
