// id: reports-about
// title: Reports about an account
// description: Who reported the account, when and why.
// param: account account -- The account's id, PLATFORM:ID
// revision: 1
// risk: low
// headline: Reports about {account}: {rows}

MATCH (b:Account)-[r:REPORTED]->(a:Account {id: $account})
RETURN r.made_at AS made_at, b.id AS reporter, b.pseudonym AS pseudonym, r.reason AS reason, [b, r, a] AS graph
ORDER BY made_at, reporter, reason
