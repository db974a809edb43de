// id: contacts-of
// category: contacts
// tags: private, network, neighbours
// title: All private contacts of an account
// description: Everyone in private contact with the account, in either direction.
// not-shown: messages in rooms; what was written: the conversation holds the texts.
// param: account account -- The account, by id or name
// column: contact account -- Contact
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: role text -- Role
// column: sent integer -- Messages sent
// column: received integer -- Messages received
// chart: bars contact sent
// example: {"account": "p:kid1"} -> 2
// revision: 1
// risk: low
// headline: Private contacts of {account}: {rows}
// fr.title: Tous les contacts privés d’un compte
// fr.description: Tous ceux qui sont en contact privé avec le compte, dans un sens ou l’autre.
// fr.not-shown: les messages dans les salons ; ce qui a été écrit : la conversation contient les textes.
// fr.headline: Contacts privés de {account} : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.column: contact -- Contact
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: role -- Rôle
// fr.column: sent -- Messages envoyés
// fr.column: received -- Messages reçus

MATCH (a:Account {id: $account})-[c:CONTACTED]-(b:Account)
WITH a, b, collect(c) AS contacts,
     sum(CASE WHEN startNode(c) = a THEN c.messages ELSE 0 END) AS sent,
     sum(CASE WHEN startNode(c) = a THEN 0 ELSE c.messages END) AS received
RETURN b.id AS contact, b.pseudonym AS pseudonym, b.declared_age AS declared_age, b.role AS role, sent, received,
       [a, b, contacts] AS graph
ORDER BY sent + received DESC, contact
