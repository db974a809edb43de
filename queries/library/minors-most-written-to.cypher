// id: minors-most-written-to
// category: minors
// tags: victims, targets, ranking, first contact
// title: Minors to whom the most accounts wrote first
// description: Minors by the number of accounts that began private contact with them.
// not-shown: minors of whom neither a declared age, nor a message of their own, nor a report tells it; when it was told; what was written. A moderator or a helpline writes to minors too.
// param: age integer = 18 [1..120] -- Who declares less than this age counts as a minor, beside those whose minority has another basis
// param: at_least integer = 2 [1..] -- Accounts at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: minor account -- Minor
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: openers integer -- Accounts that wrote first
// column: messages integer -- Messages
// column: first_at instant -- First time
// column: last_at instant -- Last time
// chart: bars minor openers
// example: {} -> 3
// revision: 2
// risk: medium
// headline: Minors to whom at least {at_least} {at_least?account|accounts} wrote first: {rows}
// fr.title: Mineurs à qui le plus de comptes ont écrit en premier
// fr.description: Mineurs selon le nombre de comptes qui ont ouvert un contact privé avec eux.
// fr.not-shown: les mineurs dont ni l’âge déclaré, ni un message à eux, ni un signalement ne le dit ; quand cela a été dit ; ce qui a été écrit. Un modérateur ou une ligne d’écoute écrit aussi à des mineurs.
// fr.headline: Mineurs à qui au moins {at_least} {at_least?compte a écrit|comptes ont écrit} en premier : {rows}
// fr.param: age -- Qui déclare moins que cet âge compte comme mineur, à côté de ceux dont la minorité a une autre base
// fr.param: at_least -- Comptes au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: minor -- Mineur
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: openers -- Comptes qui ont écrit en premier
// fr.column: messages -- Messages
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (m:Account)
WHERE m.minor_basis IS NOT NULL OR m.declared_age < $age
MATCH (m)<-[c:CONTACTED]-(:Account)
WHERE c.initiated
WITH m, count(c) AS openers, sum(c.messages) AS messages
WHERE openers >= $at_least
WITH m, openers, messages ORDER BY openers DESC, messages DESC, m.id LIMIT $limit
MATCH (m)<-[c:CONTACTED]-(:Account)
WHERE c.initiated
WITH m, openers, messages, min(c.first_at) AS first_at, max(c.last_at) AS last_at
RETURN m.id AS minor, m.pseudonym AS pseudonym, m.declared_age AS declared_age, openers, messages, first_at, last_at,
       m AS graph
ORDER BY openers DESC, messages DESC, minor
