// id: common-identifiers
// category: devices
// tags: device, address, common, both, two accounts
// title: What two accounts both used
// description: Devices, addresses and other identifiers of both accounts; the rarer, the more it says.
// not-shown: who held the device: people share devices and addresses, and carriers lend one address to many.
// param: first account -- One account, by id or name
// param: second account -- The other account, by id or name
// column: kind text -- Kind
// column: identifier identifier -- Identifier
// column: used_by integer -- Accounts that used it
// column: first_of_first instant -- First used it from
// column: last_of_first instant -- First used it until
// column: first_of_second instant -- Second used it from
// column: last_of_second instant -- Second used it until
// example: {"first": "p:hub", "second": "q:heron"} -> 1
// revision: 1
// risk: low
// headline: Identifiers that {first} and {second} share: {rows}
// fr.title: Ce que deux comptes ont tous deux utilisé
// fr.description: Appareils, adresses et autres identifiants des deux comptes ; plus c’est rare, plus cela en dit.
// fr.not-shown: qui tenait l’appareil : des gens partagent appareils et adresses, et un opérateur prête une adresse à beaucoup.
// fr.headline: Identifiants que {first} et {second} partagent : {rows}
// fr.param: first -- Un compte, par identifiant ou par nom
// fr.param: second -- L’autre compte, par identifiant ou par nom
// fr.column: kind -- Type
// fr.column: identifier -- Identifiant
// fr.column: used_by -- Comptes qui l’ont utilisé
// fr.column: first_of_first -- Le premier dès
// fr.column: last_of_first -- Le premier jusqu’au
// fr.column: first_of_second -- Le second dès
// fr.column: last_of_second -- Le second jusqu’au

MATCH (a:Account {id: $first})-[u:USED]->(i:Identifier)<-[v:USED]-(b:Account {id: $second})
RETURN i.kind AS kind, i.id AS identifier, i.accounts AS used_by, u.first_at AS first_of_first,
       u.last_at AS last_of_first, v.first_at AS first_of_second, v.last_at AS last_of_second, [a, u, i, v, b] AS graph
ORDER BY used_by, kind, identifier
