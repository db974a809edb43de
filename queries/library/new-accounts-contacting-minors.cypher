// id: new-accounts-contacting-minors
// category: minors
// tags: new, created, first contact
// title: New accounts that opened contact with minors
// description: Accounts created from an instant on which opened private contact with minors, newest first.
// not-shown: minors of whom neither a declared age, nor a message of their own, nor a report tells it; when it was told; what was written. A moderator or a helpline writes to minors too.
// param: since instant -- Created at this instant or later
// param: age integer = 18 [1..120] -- Who declares less than this age counts as a minor, beside those whose minority has another basis
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: created_at instant -- Created on
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: minors integer -- Minors
// column: messages integer -- Messages
// column: first_at instant -- First contact
// example: {"since": "2024-03-02T00:00:00Z"} -> 1
// revision: 2
// risk: medium
// headline: Accounts created since {since} that opened contact with minors: {rows}
// fr.title: Nouveaux comptes qui ont ouvert un contact avec des mineurs
// fr.description: Comptes créés à partir d’un instant qui ont ouvert un contact privé avec des mineurs, les plus récents d’abord.
// fr.not-shown: les mineurs dont ni l’âge déclaré, ni un message à eux, ni un signalement ne le dit ; quand cela a été dit ; ce qui a été écrit. Un modérateur ou une ligne d’écoute écrit aussi à des mineurs.
// fr.headline: Comptes créés depuis {since} qui ont ouvert un contact avec des mineurs : {rows}
// fr.param: since -- Créé à cet instant ou après
// fr.param: age -- Qui déclare moins que cet âge compte comme mineur, à côté de ceux dont la minorité a une autre base
// fr.param: limit -- Combien de lignes au plus
// fr.column: created_at -- Créé le
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: minors -- Mineurs
// fr.column: messages -- Messages
// fr.column: first_at -- Premier contact

WITH datetime($since) AS since
MATCH (a:Account)
WHERE a.created_at >= since
MATCH (a)-[c:CONTACTED]->(m)
WHERE c.initiated AND (m.minor_basis IS NOT NULL OR m.declared_age < $age)
WITH a, count(DISTINCT m) AS minors, sum(c.messages) AS messages, min(c.first_at) AS first_at
RETURN a.created_at AS created_at, a.id AS account, a.pseudonym AS pseudonym, a.role AS role, minors, messages,
       first_at, a AS graph
ORDER BY created_at DESC, account
LIMIT $limit
