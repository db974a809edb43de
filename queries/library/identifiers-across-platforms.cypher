// id: identifiers-across-platforms
// title: Identifiers seen on more than one platform
// description: The same device, address, e-mail or payment on accounts of different platforms.
// param: at_most integer = 20 -- Leave out identifiers that more accounts than this use
// param: limit integer = 50 -- How many rows at most
// revision: 1
// risk: medium
// headline: Identifiers that link platforms: {rows}

MATCH (i:Identifier)<-[u:USED]-(a:Account)
WHERE i.accounts <= $at_most
WITH i, a, u ORDER BY a.id
WITH i, count(DISTINCT a.platform) AS platforms, collect(a.id) AS accounts, collect(a) AS nodes, collect(u) AS uses
WHERE platforms >= 2
RETURN i.kind AS kind, i.value AS value, platforms, accounts, [i, nodes, uses] AS graph
ORDER BY platforms DESC, kind, value
LIMIT $limit
