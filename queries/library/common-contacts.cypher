// id: common-contacts
// category: contacts
// tags: common, both, friends
// title: Whom two accounts both know
// description: Accounts in private contact, in either direction, with both accounts.
// not-shown: messages in rooms; what was written: the conversation holds the texts.
// param: first account -- One account, by id or name
// param: second account -- The other account, by id or name
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: role text -- Role
// example: {"first": "p:hub", "second": "p:mod"} -> 2
// revision: 1
// risk: low
// headline: Contacts that {first} and {second} have in common: {rows}
// fr.title: Qui deux comptes connaissent tous deux
// fr.description: Comptes en contact privé, dans un sens ou l’autre, avec les deux comptes.
// fr.not-shown: les messages dans les salons ; ce qui a été écrit : la conversation contient les textes.
// fr.headline: Contacts que {first} et {second} ont en commun : {rows}
// fr.param: first -- Un compte, par identifiant ou par nom
// fr.param: second -- L’autre compte, par identifiant ou par nom
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: role -- Rôle

MATCH (a:Account {id: $first})-[c:CONTACTED]-(x:Account)-[d:CONTACTED]-(b:Account {id: $second})
WHERE x.id <> a.id AND x.id <> b.id
WITH x, collect(DISTINCT c) + collect(DISTINCT d) AS contacts, a, b
RETURN x.id AS account, x.pseudonym AS pseudonym, x.declared_age AS declared_age, x.role AS role,
       [a, x, b, contacts] AS graph
ORDER BY account
