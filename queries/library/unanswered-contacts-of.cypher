// id: unanswered-contacts-of
// category: contacts
// tags: one-sided, unanswered, first contact
// title: Who never answered an account
// description: The people to whom the account wrote first and of whom no message back stands in the evidence.
// not-shown: messages in rooms; what was written: the conversation holds the texts.
// param: account account -- The account, by id or name
// column: contact account -- Contact
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: messages integer -- Messages
// column: days integer -- Days
// column: first_at instant -- First time
// column: last_at instant -- Last time
// example: {"account": "p:hub"} -> 3
// revision: 1
// risk: low
// headline: People who never answered {account}: {rows}
// fr.title: Qui n’a jamais répondu à un compte
// fr.description: Ceux à qui le compte a écrit en premier et qui n’ont jamais répondu.
// fr.not-shown: les messages dans les salons ; ce qui a été écrit : la conversation contient les textes.
// fr.headline: Personnes qui n’ont jamais répondu à {account} : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.column: contact -- Contact
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: messages -- Messages
// fr.column: days -- Jours
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (a:Account {id: $account})-[c:CONTACTED]->(b:Account)
WHERE c.initiated AND c.replies = 0
RETURN b.id AS contact, b.pseudonym AS pseudonym, b.declared_age AS declared_age, c.messages AS messages,
       c.days AS days, c.first_at AS first_at, c.last_at AS last_at, [a, c, b] AS graph
ORDER BY messages DESC, contact
