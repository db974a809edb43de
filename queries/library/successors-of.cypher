// id: successors-of
// category: devices
// tags: ban, second account, return, after, shells
// title: Accounts that took up an account's identifiers after it
// description: Accounts that first used a device, address or other identifier after the account last had: what a person does who comes back after a ban.
// not-shown: who held the device: people share devices and addresses, and carriers lend one address to many.
// param: account account -- The account, by id or name
// param: at_most integer = 20 [2..] -- Leave out identifiers that more accounts than this use (a carrier, a school)
// column: successor account -- Account that came after
// column: successor_pseudonym text -- Its pseudonym
// column: created_at instant -- Created on
// column: kind text -- Kind
// column: identifier identifier -- Identifier
// column: used_by integer -- Accounts that used it
// column: last_used instant -- Last used by it
// column: first_used instant -- First used by the other
// example: {"account": "q:ban"} -> 1
// revision: 1
// risk: low
// headline: Takings-up of identifiers of {account}: {rows}
// fr.title: Comptes qui ont repris les identifiants d’un compte après lui
// fr.description: Comptes dont le premier usage d’un appareil, d’une adresse ou d’un autre identifiant suit le dernier du compte : ce que fait qui revient après une exclusion.
// fr.not-shown: qui tenait l’appareil : des gens partagent appareils et adresses, et un opérateur prête une adresse à beaucoup.
// fr.headline: Reprises d’identifiants de {account} : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.param: at_most -- Laisser de côté les identifiants que plus de comptes utilisent (un opérateur mobile, une école)
// fr.column: successor -- Compte apparu ensuite
// fr.column: successor_pseudonym -- Son pseudonyme
// fr.column: created_at -- Créé le
// fr.column: kind -- Type
// fr.column: identifier -- Identifiant
// fr.column: used_by -- Comptes qui l’ont utilisé
// fr.column: last_used -- Dernier usage par lui
// fr.column: first_used -- Premier usage par l’autre

MATCH (a:Account {id: $account})-[u:USED]->(i:Identifier)<-[v:USED]-(b:Account)
WHERE i.accounts <= $at_most AND v.first_at > u.last_at
RETURN b.id AS successor, b.pseudonym AS successor_pseudonym, b.created_at AS created_at, i.kind AS kind,
       i.id AS identifier, i.accounts AS used_by, u.last_at AS last_used, v.first_at AS first_used,
       [a, u, i, v, b] AS graph
ORDER BY first_used, successor, identifier
