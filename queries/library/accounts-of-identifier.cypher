// id: accounts-of-identifier
// category: devices
// tags: device, address, e-mail, phone, who used
// title: Accounts that used an identifier
// description: Who used this device, address, e-mail or other value, and when.
// not-shown: who held the device: people share devices and addresses, and carriers lend one address to many.
// param: value identifier -- The identifier, by id or value
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: kind text -- Kind
// column: times integer -- Times used
// column: first_at instant -- First time
// column: last_at instant -- Last time
// example: {"value": "device:d1"} -> 2
// revision: 2
// risk: low
// headline: Uses of {value}: {rows}
// fr.title: Comptes qui ont utilisé un identifiant
// fr.description: Qui a utilisé cet appareil, cette adresse, ce courriel ou une autre valeur, et quand.
// fr.not-shown: qui tenait l’appareil : des gens partagent appareils et adresses, et un opérateur prête une adresse à beaucoup.
// fr.headline: Usages de {value} : {rows}
// fr.param: value -- L’identifiant, par identifiant ou par valeur
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: kind -- Type
// fr.column: times -- Usages
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (a:Account)-[u:USED]->(i:Identifier {id: $value})
RETURN a.id AS account, a.pseudonym AS pseudonym, i.kind AS kind, u.times AS times, u.first_at AS first_at,
       u.last_at AS last_at, [a, u, i] AS graph
ORDER BY first_at, account, kind
