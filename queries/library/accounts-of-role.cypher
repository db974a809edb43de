// id: accounts-of-role
// category: people
// tags: moderator, bot, helpline, staff
// title: Accounts of a role
// description: Moderators, helplines, bots or staff: whose many contacts with minors belong to their work.
// not-shown: roles that the sources do not hold: a moderator may be a member there.
// param: role choice = "moderator" of ["member", "moderator", "helpline", "bot", "staff"] -- The role
// param: limit integer = 200 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: platform platform -- Platform
// column: status text -- Status
// column: contacts integer -- Contacts
// column: minors integer -- Minors
// example: {} -> 1
// revision: 1
// risk: medium
// headline: Accounts of role {role}: {rows}
// fr.title: Comptes d’un rôle
// fr.description: Modérateurs, lignes d’écoute, robots ou personnel : ceux dont les nombreux contacts avec des mineurs font partie du travail.
// fr.not-shown: les rôles que les sources n’ont pas : un modérateur peut y être membre.
// fr.headline: Comptes de rôle {role} : {rows}
// fr.param: role -- Le rôle
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: platform -- Plateforme
// fr.column: status -- État
// fr.column: contacts -- Contacts
// fr.column: minors -- Mineurs

MATCH (a:Account)
WHERE a.role = $role
OPTIONAL MATCH (a)-[c:CONTACTED]->(m:Account)
WITH a, count(m) AS contacts, sum(CASE WHEN m.minor_basis IS NOT NULL THEN 1 ELSE 0 END) AS minors
RETURN a.id AS account, a.pseudonym AS pseudonym, a.platform AS platform, a.status AS status, contacts, minors,
       a AS graph
ORDER BY minors DESC, contacts DESC, account
LIMIT $limit
