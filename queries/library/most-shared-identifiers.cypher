// id: most-shared-identifiers
// category: quality
// tags: device, address, carrier, common
// title: Identifiers that the most accounts share
// description: Devices or addresses that so many accounts used that they tie nobody: carriers, schools, default values.
// not-shown: what the sources never held.
// param: kind text = "ip" -- Kind of identifier (device, ip, cookie, email, phone, payment)
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: identifier identifier -- Identifier
// column: value text -- Value
// column: used_by integer -- Accounts that used it
// chart: bars value used_by
// example: {"kind": "device"} -> 2
// revision: 1
// risk: medium
// headline: Identifiers of kind {kind} that accounts share: {rows}
// fr.title: Identifiants que le plus de comptes partagent
// fr.description: Appareils ou adresses que tant de comptes ont utilisés qu’ils ne rattachent personne : opérateurs, écoles, valeurs par défaut.
// fr.not-shown: ce que les sources n’ont jamais contenu.
// fr.headline: Identifiants de type {kind} que des comptes partagent : {rows}
// fr.param: kind -- Type d’identifiant (device, ip, cookie, email, phone, payment)
// fr.param: limit -- Combien de lignes au plus
// fr.column: identifier -- Identifiant
// fr.column: value -- Valeur
// fr.column: used_by -- Comptes qui l’ont utilisé

MATCH (i:Identifier)
WHERE i.kind = $kind AND i.accounts >= 2
RETURN i.id AS identifier, i.value AS value, i.accounts AS used_by, i AS graph
ORDER BY used_by DESC, identifier
LIMIT $limit
