// id: path-between
// title: How two accounts are linked
// description: All shortest chains of private contacts and shared identifiers between two accounts, up to six steps.
// param: first account -- One account's id
// param: second account -- The other account's id
// param: limit integer = 25 -- How many chains at most
// revision: 1
// risk: medium
// headline: Shortest chains from {first} to {second}: {rows}

MATCH (a:Account {id: $first}), (b:Account {id: $second})
MATCH p = allShortestPaths((a)-[:CONTACTED|USED*..6]-(b))
WITH [n IN nodes(p) | n.id] AS through, length(p) AS steps, collect(p) AS paths
RETURN steps, through, paths AS graph
ORDER BY through
LIMIT $limit
