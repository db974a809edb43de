// id: accounts-of-identifier
// title: Accounts that used an identifier
// description: Who used this device, address, e-mail or other value, and when.
// param: value string -- The identifier's value
// revision: 1
// risk: low
// headline: Uses of {value}: {rows}

MATCH (a:Account)-[u:USED]->(i:Identifier)
WHERE i.value = $value
RETURN a.id AS account, a.pseudonym AS pseudonym, i.kind AS kind, u.times AS times, u.first_at AS first_at,
       u.last_at AS last_at, [a, u, i] AS graph
ORDER BY first_at, account, kind
