// id: accounts-sharing-an-identifier
// title: Who used the same identifier as an account
// description: Accounts that used a device, address or other identifier of this account; the rarer the identifier, the more it says.
// param: account account -- The account's id, PLATFORM:ID
// param: at_most integer = 20 -- Leave out identifiers that more accounts than this use (a carrier, a school)
// revision: 1
// risk: low
// headline: Uses of an identifier of {account} by other accounts: {rows}

MATCH (a:Account {id: $account})-[u:USED]->(i:Identifier)<-[v:USED]-(b:Account)
WHERE i.accounts <= $at_most
RETURN b.id AS account, b.pseudonym AS pseudonym, i.kind AS kind, i.value AS value, i.accounts AS used_by,
       v.first_at AS first_at, v.last_at AS last_at, [a, u, i, v, b] AS graph
ORDER BY used_by, account, kind, value
