// id: rare-shared-devices
// title: Devices that only a few accounts share
// description: Identifiers of one kind that two accounts or more used and hardly anyone else.
// param: kind string = "device" -- Kind of identifier
// param: at_most integer = 3 -- Accounts at most
// param: limit integer = 50 -- How many rows at most
// revision: 1
// risk: medium
// headline: Identifiers of kind {kind} shared by at most {at_most} accounts: {rows}

MATCH (i:Identifier)<-[u:USED]-(a:Account)
WHERE i.kind = $kind AND i.accounts >= 2 AND i.accounts <= $at_most
WITH i, a, u ORDER BY a.id
WITH i, collect(a.id) AS accounts, collect(a) AS nodes, collect(u) AS uses
RETURN i.value AS value, size(accounts) AS used_by, accounts, [i, nodes, uses] AS graph
ORDER BY used_by, value
LIMIT $limit
