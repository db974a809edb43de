// id: night-contacts-with-minors
// category: minors
// tags: night, hours, first contact
// title: First contacts with minors at night
// description: Accounts by how many of their first contacts with minors fall into certain hours; from a later hour to an earlier one goes over midnight.
// not-shown: messages after the first one: the graph keeps the time of the first and the last; summer time is not reckoned.
// param: from_hour integer = 22 [0..23] -- From this hour
// param: until_hour integer = 6 [0..24] -- Before this hour
// param: offset integer = 0 [-12..14] -- Hours that the place is ahead of UTC
// param: age integer = 18 [1..120] -- Who declares less than this age counts as a minor, beside those whose minority has another basis
// param: at_least integer = 2 [1..] -- Minors at least
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: at_night integer -- Begun in these hours
// column: opened integer -- Contacts begun
// column: share share -- Share
// example: {"from_hour": 12, "until_hour": 13} -> 2
// revision: 2
// risk: medium
// headline: Accounts that began contact with at least {at_least} {at_least?minor|minors} from {from_hour} to {until_hour} o'clock: {rows}
// fr.title: Premiers contacts avec des mineurs la nuit
// fr.description: Comptes selon le nombre de leurs premiers contacts avec des mineurs qui tombent à certaines heures ; d’une heure tardive à une heure matinale, la plage passe minuit.
// fr.not-shown: les messages après le premier : le graphe garde l’heure du premier et du dernier ; l’heure d’été n’est pas comptée.
// fr.headline: Comptes qui ont ouvert un contact avec au moins {at_least} {at_least?mineur|mineurs} de {from_hour} h à {until_hour} h : {rows}
// fr.param: from_hour -- À partir de cette heure
// fr.param: until_hour -- Avant cette heure
// fr.param: offset -- Heures d’avance du lieu sur UTC
// fr.param: age -- Qui déclare moins que cet âge compte comme mineur, à côté de ceux dont la minorité a une autre base
// fr.param: at_least -- Mineurs au moins
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: at_night -- Ouverts à ces heures
// fr.column: opened -- Contacts ouverts
// fr.column: share -- Part

MATCH (a)-[c:CONTACTED]->(m)
WHERE c.initiated AND (m.minor_basis IS NOT NULL OR m.declared_age < $age)
WITH a, (c.first_at + duration({hours: $offset})).hour AS hour
WITH a, count(hour) AS opened, sum(CASE
     WHEN $from_hour < $until_hour AND hour >= $from_hour AND hour < $until_hour THEN 1
     WHEN $from_hour >= $until_hour AND (hour >= $from_hour OR hour < $until_hour) THEN 1
     ELSE 0 END) AS at_night
WHERE at_night >= $at_least
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, at_night, opened, toFloat(at_night) / opened AS share,
       a AS graph
ORDER BY at_night DESC, share DESC, account
LIMIT $limit
