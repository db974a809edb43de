// id: rare-shared-devices
// category: devices
// tags: device, rare, second account, shells
// title: Devices that only a few accounts share
// description: Identifiers of one kind that two accounts or more used and hardly anyone else.
// not-shown: who held the device: people share devices and addresses, and carriers lend one address to many.
// param: kind text = "device" -- Kind of identifier (device, ip, cookie, email, phone, payment)
// param: at_most integer = 3 [2..] -- Accounts at most
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: value text -- Value
// column: used_by integer -- Accounts that used it
// column: accounts account[] -- Accounts
// example: {} -> 2
// revision: 1
// risk: medium
// headline: Identifiers of kind {kind} shared by at most {at_most} {at_most?account|accounts}: {rows}
// fr.title: Appareils que seuls quelques comptes partagent
// fr.description: Identifiants d’un type que deux comptes ou plus ont utilisés et presque personne d’autre.
// fr.not-shown: qui tenait l’appareil : des gens partagent appareils et adresses, et un opérateur prête une adresse à beaucoup.
// fr.headline: Identifiants de type {kind} partagés par au plus {at_most} {at_most?compte|comptes} : {rows}
// fr.param: kind -- Type d’identifiant (device, ip, cookie, email, phone, payment)
// fr.param: at_most -- Comptes au plus
// fr.param: limit -- Combien de lignes au plus
// fr.column: value -- Valeur
// fr.column: used_by -- Comptes qui l’ont utilisé
// fr.column: accounts -- Comptes

MATCH (i:Identifier)<-[u:USED]-(a:Account)
WHERE i.kind = $kind AND i.accounts >= 2 AND i.accounts <= $at_most
WITH i, a, u ORDER BY a.id
WITH i, collect(a.id) AS accounts, collect(a) AS nodes, collect(u) AS uses
RETURN i.value AS value, size(accounts) AS used_by, accounts, [i, nodes, uses] AS graph
ORDER BY used_by, value
LIMIT $limit
