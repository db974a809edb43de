// id: accounts-contacting-most-minors
// category: minors
// tags: contacts, first contact, ranking
// title: Accounts that opened private contact with the most minors
// description: Counts only contacts that the account itself began. Moderators and helplines stand here too: see the role.
// not-shown: minors of whom neither a declared age, nor a message of their own, nor a report tells it; when it was told; what was written. A moderator or a helpline writes to minors too.
// param: age integer = 18 [1..120] -- Who declares less than this age counts as a minor, beside those whose minority has another basis
// param: at_least integer = 2 [1..] -- Minors at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: minors integer -- Minors
// column: opened integer -- Contacts begun
// column: share share -- Share
// chart: bars account minors
// example: {} -> 2
// revision: 2
// risk: medium
// headline: Accounts that opened contact with at least {at_least} {at_least?minor|minors}: {rows}
// fr.title: Comptes qui ont ouvert un contact privé avec le plus de mineurs
// fr.description: Ne compte que les contacts que le compte a lui-même ouverts. Modérateurs et lignes d’écoute y figurent aussi : voir le rôle.
// fr.not-shown: les mineurs dont ni l’âge déclaré, ni un message à eux, ni un signalement ne le dit ; quand cela a été dit ; ce qui a été écrit. Un modérateur ou une ligne d’écoute écrit aussi à des mineurs.
// fr.headline: Comptes qui ont ouvert un contact avec au moins {at_least} {at_least?mineur|mineurs} : {rows}
// fr.param: age -- Qui déclare moins que cet âge compte comme mineur, à côté de ceux dont la minorité a une autre base
// fr.param: at_least -- Mineurs au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: minors -- Mineurs
// fr.column: opened -- Contacts ouverts
// fr.column: share -- Part

MATCH (m:Account)
WHERE m.minor_basis IS NOT NULL OR m.declared_age < $age
MATCH (a)-[c:CONTACTED]->(m)
WHERE c.initiated
WITH a, count(c) AS minors
WHERE minors >= $at_least
WITH a, minors ORDER BY minors DESC, a.id LIMIT $limit
MATCH (a)-[c:CONTACTED]->(:Account)
WHERE c.initiated
WITH a, minors, count(c) AS opened
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, minors, opened,
       toFloat(minors) / opened AS share, a AS graph
ORDER BY minors DESC, account
