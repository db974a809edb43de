// id: accounts-sharing-an-identifier
// category: devices
// tags: device, address, second account, shells
// title: Who used the same identifier as an account
// description: Accounts that used a device, address or other identifier of this account; the rarer the identifier, the more it says. One that too many accounts used stands in a single row at the end, with how many accounts are left out of it.
// not-shown: who held the device: people share devices and addresses, and carriers lend one address to many.
// param: account account -- The account, by id or name
// param: at_most integer = 20 [2..] -- Name no accounts of identifiers that more accounts than this use (a carrier, a school)
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: kind text -- Kind
// column: value text -- Value
// column: used_by integer -- Accounts that used it
// column: left_out integer -- Accounts left out
// column: first_at instant -- First time
// column: last_at instant -- Last time
// example: {"account": "p:hub"} -> 4
// revision: 2
// risk: low
// headline: Uses of an identifier of {account} by other accounts, one row for each identifier of more than {at_most}: {rows}
// fr.title: Qui a utilisé le même identifiant qu’un compte
// fr.description: Comptes qui ont utilisé un appareil, une adresse ou un autre identifiant de ce compte ; plus l’identifiant est rare, plus il en dit. Celui que trop de comptes ont utilisé figure à la fin sur une seule ligne, avec le nombre de comptes laissés de côté.
// fr.not-shown: qui tenait l’appareil : des gens partagent appareils et adresses, et un opérateur prête une adresse à beaucoup.
// fr.headline: Usages d’un identifiant de {account} par d’autres comptes, une ligne par identifiant de plus de {at_most} : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.param: at_most -- Ne nommer aucun compte des identifiants que plus de comptes utilisent (un opérateur mobile, une école)
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: kind -- Type
// fr.column: value -- Valeur
// fr.column: used_by -- Comptes qui l’ont utilisé
// fr.column: left_out -- Comptes laissés de côté
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (a:Account {id: $account})-[u:USED]->(i:Identifier)
WHERE i.accounts > 1
OPTIONAL MATCH (i)<-[v:USED]-(b:Account)
WHERE i.accounts <= $at_most AND b <> a
RETURN b.id AS account, b.pseudonym AS pseudonym, i.kind AS kind, i.value AS value, i.accounts AS used_by,
       CASE WHEN i.accounts > $at_most THEN i.accounts - 1 END AS left_out,
       v.first_at AS first_at, v.last_at AS last_at, [a, u, i, v, b] AS graph
ORDER BY used_by, account, kind, value
