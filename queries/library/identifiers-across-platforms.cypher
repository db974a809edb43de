// id: identifiers-across-platforms
// category: devices
// tags: device, address, e-mail, platforms
// title: Identifiers seen on more than one platform
// description: The same device, address, e-mail or payment on accounts of different platforms.
// not-shown: who held the device: people share devices and addresses, and carriers lend one address to many.
// param: at_most integer = 20 [2..] -- Leave out identifiers that more accounts than this use
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: kind text -- Kind
// column: value text -- Value
// column: platforms integer -- Platforms
// column: accounts account[] -- Accounts
// example: {} -> 1
// revision: 2
// risk: medium
// headline: Identifiers that link platforms: {rows}
// fr.title: Identifiants vus sur plus d’une plateforme
// fr.description: Le même appareil, la même adresse, le même courriel ou paiement sur des comptes de plateformes différentes.
// fr.not-shown: qui tenait l’appareil : des gens partagent appareils et adresses, et un opérateur prête une adresse à beaucoup.
// fr.headline: Identifiants qui relient des plateformes : {rows}
// fr.param: at_most -- Laisser de côté les identifiants que plus de comptes utilisent
// fr.param: limit -- Combien de lignes au plus
// fr.column: kind -- Type
// fr.column: value -- Valeur
// fr.column: platforms -- Plateformes
// fr.column: accounts -- Comptes

MATCH (i:Identifier)<-[:USED]-(a:Account)
WHERE i.accounts >= 2 AND i.accounts <= $at_most
WITH i, count(DISTINCT a.platform) AS platforms
WHERE platforms >= 2
WITH i, platforms
ORDER BY platforms DESC, i.kind, i.value
LIMIT $limit
MATCH (i)<-[u:USED]-(a:Account)
WITH i, platforms, a, u ORDER BY a.id
WITH i, platforms, collect(a.id) AS accounts, collect(a) AS nodes, collect(u) AS uses
RETURN i.kind AS kind, i.value AS value, platforms, accounts, [i, nodes, uses] AS graph
ORDER BY platforms DESC, kind, value
