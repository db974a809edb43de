// id: contacts-across-ages
// category: minors
// tags: age, gap, first contact, adult
// title: First contacts with minors much younger
// description: Accounts that began private contact with somebody under age who declares to be younger by many years.
// not-shown: ages that are not declared, and adults who declare a child's age.
// param: gap integer = 10 [1..100] -- Years apart at least
// param: age integer = 18 [1..120] -- Who declares less than this age counts as a minor, beside those whose minority has another basis
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: minor account -- Minor
// column: minor_pseudonym text -- Minor's pseudonym
// column: declared_age integer -- Minor's declared age
// column: gap integer -- Years apart
// column: messages integer -- Messages
// column: replies integer -- Replies
// column: first_at instant -- First time
// example: {} -> 4
// revision: 3
// risk: medium
// headline: First contacts with minors younger by {gap} {gap?year|years} or more: {rows}
// fr.title: Premiers contacts avec des mineurs bien plus jeunes
// fr.description: Comptes qui ont ouvert un contact privé avec quelqu’un de mineur qui se déclare plus jeune de bien des années.
// fr.not-shown: les âges non déclarés, et les adultes qui déclarent un âge d’enfant.
// fr.headline: Premiers contacts avec des mineurs plus jeunes d’au moins {gap} {gap?an|ans} : {rows}
// fr.param: gap -- Années d’écart au moins
// fr.param: age -- Qui déclare moins que cet âge compte comme mineur, à côté de ceux dont la minorité a une autre base
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: minor -- Mineur
// fr.column: minor_pseudonym -- Pseudonyme du mineur
// fr.column: declared_age -- Âge déclaré du mineur
// fr.column: gap -- Années d’écart
// fr.column: messages -- Messages
// fr.column: replies -- Réponses
// fr.column: first_at -- Première fois

MATCH (a)-[c:CONTACTED]->(m)
WHERE c.initiated AND m.declared_age < $age AND a.declared_age - m.declared_age >= $gap
WITH a, c, m, a.declared_age - m.declared_age AS gap
ORDER BY gap DESC, a.id, m.id
LIMIT $limit
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, m.id AS minor, m.pseudonym AS minor_pseudonym,
       m.declared_age AS declared_age, gap, c.messages AS messages,
       c.replies AS replies, c.first_at AS first_at, [a, c, m] AS graph
ORDER BY gap DESC, account, minor
