// id: path-between
// category: contacts
// tags: path, link, connection, chain
// title: How two accounts are linked
// description: All shortest chains of private contacts and shared identifiers between two accounts, up to six steps.
// not-shown: messages in rooms; what was written: the conversation holds the texts.
// param: first account -- One account, by id or name
// param: second account -- The other account, by id or name
// param: limit integer = 25 [1..10000] -- How many chains at most
// column: steps integer -- Steps
// column: through text[] -- Through
// example: {"first": "p:hub", "second": "p:mod"} -> 3
// revision: 1
// risk: medium
// headline: Shortest chains from {first} to {second}: {rows}
// fr.title: Comment deux comptes sont liés
// fr.description: Toutes les chaînes les plus courtes de contacts privés et d’identifiants communs entre deux comptes, jusqu’à six pas.
// fr.not-shown: les messages dans les salons ; ce qui a été écrit : la conversation contient les textes.
// fr.headline: Chaînes les plus courtes de {first} à {second} : {rows}
// fr.param: first -- Un compte, par identifiant ou par nom
// fr.param: second -- L’autre compte, par identifiant ou par nom
// fr.param: limit -- Combien de chaînes au plus
// fr.column: steps -- Pas
// fr.column: through -- En passant par

MATCH (a:Account {id: $first}), (b:Account {id: $second})
MATCH p = allShortestPaths((a)-[:CONTACTED|USED*..6]-(b))
WITH [n IN nodes(p) | n.id] AS through, length(p) AS steps, collect(p) AS paths
RETURN steps, through, paths AS graph
ORDER BY through
LIMIT $limit
