// id: first-contacts-with-minors
// category: minors
// tags: victims, first contact, timeline
// title: First contacts of an account with minors
// description: The minors to whom the account wrote first, in the order in which it did.
// not-shown: minors who declared no age and told none; what was written. A moderator or a helpline writes to minors too.
// param: account account -- The account, by id or name
// param: age integer = 18 [1..120] -- Who declares less than this age counts as a minor, beside those whose minority has another basis
// column: first_at instant -- First time
// column: minor account -- Minor
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: messages integer -- Messages
// column: replies integer -- Replies
// column: days integer -- Days
// example: {"account": "p:hub"} -> 3
// revision: 1
// risk: low
// headline: Minors to whom {account} wrote first: {rows}
// fr.title: Premiers contacts d’un compte avec des mineurs
// fr.description: Les mineurs à qui le compte a écrit en premier, dans l’ordre.
// fr.not-shown: les mineurs qui n’ont ni déclaré ni dit leur âge ; ce qui a été écrit. Un modérateur ou une ligne d’écoute écrit aussi à des mineurs.
// fr.headline: Mineurs à qui {account} a écrit en premier : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.param: age -- Qui déclare moins que cet âge compte comme mineur, à côté de ceux dont la minorité a une autre base
// fr.column: first_at -- Première fois
// fr.column: minor -- Mineur
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: messages -- Messages
// fr.column: replies -- Réponses
// fr.column: days -- Jours

MATCH (a:Account {id: $account})-[c:CONTACTED]->(m:Account)
WHERE c.initiated AND (m.minor_basis IS NOT NULL OR m.declared_age < $age)
RETURN c.first_at AS first_at, m.id AS minor, m.pseudonym AS pseudonym, m.declared_age AS declared_age,
       c.messages AS messages, c.replies AS replies, c.days AS days, [a, c, m] AS graph
ORDER BY first_at, minor
