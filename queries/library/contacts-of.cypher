// id: contacts-of
// title: All private contacts of an account
// description: Everyone in private contact with the account, in either direction.
// param: account account -- The account's id, PLATFORM:ID
// revision: 1
// risk: low
// headline: Private contacts of {account}: {rows}

MATCH (a:Account {id: $account})-[c:CONTACTED]-(b:Account)
WITH a, b, collect(c) AS contacts,
     sum(CASE WHEN startNode(c) = a THEN c.messages ELSE 0 END) AS sent,
     sum(CASE WHEN startNode(c) = a THEN 0 ELSE c.messages END) AS received
RETURN b.id AS contact, b.pseudonym AS pseudonym, b.declared_age AS declared_age, b.role AS role, sent, received,
       [a, b, contacts] AS graph
ORDER BY sent + received DESC, contact
