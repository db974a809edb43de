// id: devices-over-time
// category: devices
// tags: device, timeline, history, sessions
// title: Devices of an account over time
// description: Each device of the account from its first to its last use, and who else used it.
// not-shown: more than twenty others of one device; who held it: people share devices.
// param: account account -- The account, by id or name
// param: kind text = "device" -- Kind of identifier (device, ip, cookie, email, phone, payment)
// column: first_at instant -- First time
// column: last_at instant -- Last time
// column: identifier identifier -- Device
// column: times integer -- Times used
// column: used_by integer -- Accounts that used it
// column: others account[] -- Others (at most 20)
// example: {"account": "p:hub"} -> 1
// revision: 1
// risk: low
// headline: Identifiers of kind {kind} that {account} used: {rows}
// fr.title: Appareils d’un compte au fil du temps
// fr.description: Chaque appareil du compte, du premier au dernier usage, et qui d’autre l’a utilisé.
// fr.not-shown: plus de vingt autres d’un même appareil ; qui le tenait : des gens partagent des appareils.
// fr.headline: Identifiants de type {kind} que {account} a utilisés : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.param: kind -- Type d’identifiant (device, ip, cookie, email, phone, payment)
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois
// fr.column: identifier -- Appareil
// fr.column: times -- Usages
// fr.column: used_by -- Comptes qui l’ont utilisé
// fr.column: others -- Autres (au plus 20)

MATCH (a:Account {id: $account})-[u:USED]->(i:Identifier)
WHERE i.kind = $kind
OPTIONAL MATCH (i)<-[v:USED]-(b:Account)
WHERE b.id <> $account
WITH a, u, i, b, v ORDER BY b.id
WITH a, u, i, collect(b.id) AS others, collect([v, b]) AS uses
RETURN u.first_at AS first_at, u.last_at AS last_at, i.id AS identifier, u.times AS times, i.accounts AS used_by,
       others[..20] AS others, [a, u, i, uses[..20]] AS graph
ORDER BY first_at, last_at, identifier
