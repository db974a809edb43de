// id: first-contacts-with-minors
// category: minors
// tags: victims, first contact, timeline
// title: First contacts of an account with minors
// description: The minors to whom the account wrote first, in the order in which it did; and whether they were known for minors by then.
// not-shown: minors of whom neither a declared age, nor a message of their own, nor a report tells it; people of unknown age whom a lead calls likely minors; what was written. A moderator or a helpline writes to minors too.
// param: account account -- The account, by id or name
// param: age integer = 18 [1..120] -- Who declares less than this age counts as a minor, beside those whose minority has another basis
// column: first_at instant -- First time
// column: minor account -- Minor
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: basis text -- Basis of minority
// column: known_then boolean -- Known by then
// column: messages integer -- Messages
// column: replies integer -- Replies
// column: days integer -- Days
// example: {"account": "p:hub"} -> 4
// revision: 2
// risk: low
// headline: Minors to whom {account} wrote first: {rows}
// fr.title: Premiers contacts d’un compte avec des mineurs
// fr.description: Les mineurs à qui le compte a écrit en premier, dans l’ordre, et si l’on savait alors qu’ils l’étaient.
// fr.not-shown: les mineurs dont ni l’âge déclaré, ni un message à eux, ni un signalement ne le dit ; les personnes d’âge inconnu qu’une piste appelle mineurs probables ; ce qui a été écrit. Un modérateur ou une ligne d’écoute écrit aussi à des mineurs.
// fr.headline: Mineurs à qui {account} a écrit en premier : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.param: age -- Qui déclare moins que cet âge compte comme mineur, à côté de ceux dont la minorité a une autre base
// fr.column: first_at -- Première fois
// fr.column: minor -- Mineur
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: basis -- Base de la minorité
// fr.column: known_then -- Su à ce moment
// fr.column: messages -- Messages
// fr.column: replies -- Réponses
// fr.column: days -- Jours

MATCH (a:Account {id: $account})-[c:CONTACTED]->(m:Account)
WHERE c.initiated AND (m.minor_basis IS NOT NULL OR m.declared_age < $age
   OR m.minor_from <= c.first_at AND (m.minor_until IS NULL OR c.first_at < m.minor_until))
RETURN c.first_at AS first_at, m.id AS minor, m.pseudonym AS pseudonym, m.declared_age AS declared_age,
       m.minor_basis AS basis,
       (m.minor_from IS NULL OR m.minor_from <= c.first_at)
       AND (m.minor_until IS NULL OR c.first_at < m.minor_until) AS known_then,
       c.messages AS messages, c.replies AS replies, c.days AS days, [a, c, m] AS graph
ORDER BY first_at, minor
