// id: identifiers-of
// category: devices
// tags: device, address, e-mail, phone, marks
// title: What an account used
// description: Devices, addresses, e-mails and other identifiers of the account; the rarest first.
// not-shown: who held the device: people share devices and addresses, and carriers lend one address to many.
// param: account account -- The account, by id or name
// column: kind text -- Kind
// column: value text -- Value
// column: identifier identifier -- Identifier
// column: used_by integer -- Accounts that used it
// column: times integer -- Times used
// column: first_at instant -- First time
// column: last_at instant -- Last time
// example: {"account": "p:hub"} -> 2
// revision: 1
// risk: low
// headline: Identifiers of {account}: {rows}
// fr.title: Ce qu’un compte a utilisé
// fr.description: Appareils, adresses, courriels et autres identifiants du compte ; les plus rares d’abord.
// fr.not-shown: qui tenait l’appareil : des gens partagent appareils et adresses, et un opérateur prête une adresse à beaucoup.
// fr.headline: Identifiants de {account} : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.column: kind -- Type
// fr.column: value -- Valeur
// fr.column: identifier -- Identifiant
// fr.column: used_by -- Comptes qui l’ont utilisé
// fr.column: times -- Usages
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (a:Account {id: $account})-[u:USED]->(i:Identifier)
RETURN i.kind AS kind, i.value AS value, i.id AS identifier, i.accounts AS used_by, u.times AS times,
       u.first_at AS first_at, u.last_at AS last_at, [a, u, i] AS graph
ORDER BY used_by, kind, identifier
