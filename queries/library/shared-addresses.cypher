// id: shared-addresses
// category: devices
// tags: address, ip, network, carrier
// title: Addresses shared outside carriers
// description: Network addresses that two accounts or more used, and few enough that no carrier or school stands behind them.
// not-shown: whether they used it at the same time; an address alone links nobody.
// param: at_most integer = 5 [2..] -- Accounts at most
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: identifier identifier -- Address
// column: used_by integer -- Accounts that used it
// column: accounts account[] -- Accounts
// column: first_at instant -- First time
// column: last_at instant -- Last time
// example: {} -> 1
// revision: 1
// risk: medium
// headline: Addresses shared by at most {at_most} {at_most?account|accounts}: {rows}
// fr.title: Adresses partagées hors opérateurs
// fr.description: Adresses réseau que deux comptes ou plus ont utilisées, et assez peu pour qu’aucun opérateur ni école ne soit derrière.
// fr.not-shown: s’ils l’ont utilisée en même temps ; une adresse seule ne relie personne.
// fr.headline: Adresses partagées par au plus {at_most} {at_most?compte|comptes} : {rows}
// fr.param: at_most -- Comptes au plus
// fr.param: limit -- Combien de lignes au plus
// fr.column: identifier -- Adresse
// fr.column: used_by -- Comptes qui l’ont utilisé
// fr.column: accounts -- Comptes
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (i:Identifier)
WHERE i.kind = 'ip' AND i.accounts >= 2 AND i.accounts <= $at_most
MATCH (i)<-[u:USED]-(a:Account)
WITH i, a, u ORDER BY a.id
WITH i, collect(a.id) AS accounts, min(u.first_at) AS first_at, max(u.last_at) AS last_at, collect([u, a]) AS uses
RETURN i.id AS identifier, i.accounts AS used_by, accounts, first_at, last_at, [i, uses] AS graph
ORDER BY used_by, identifier
LIMIT $limit
