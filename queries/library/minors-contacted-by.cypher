// id: minors-contacted-by
// category: minors
// tags: victims, contacts, children
// title: Minors an account wrote to
// description: The minors this account wrote to in private, who wrote first, and how much came back.
// not-shown: minors of whom neither a declared age, nor a message of their own, nor a report tells it; when it was told; what was written. A moderator or a helpline writes to minors too.
// param: account account -- The account, by id or name
// param: age integer = 18 [1..120] -- Who declares less than this age counts as a minor, beside those whose minority has another basis
// column: minor account -- Minor
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: messages integer -- Messages
// column: replies integer -- Replies
// column: wrote_first boolean -- Wrote first
// column: days integer -- Days
// column: first_at instant -- First time
// column: last_at instant -- Last time
// chart: bars minor messages
// example: {"account": "p:hub"} -> 3
// revision: 1
// risk: low
// headline: Minors that {account} wrote to: {rows}
// fr.title: Mineurs à qui un compte a écrit
// fr.description: Les mineurs à qui ce compte a écrit en privé, qui a écrit en premier, et combien est revenu.
// fr.not-shown: les mineurs dont ni l’âge déclaré, ni un message à eux, ni un signalement ne le dit ; quand cela a été dit ; ce qui a été écrit. Un modérateur ou une ligne d’écoute écrit aussi à des mineurs.
// fr.headline: Mineurs à qui {account} a écrit : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.param: age -- Qui déclare moins que cet âge compte comme mineur, à côté de ceux dont la minorité a une autre base
// fr.column: minor -- Mineur
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: messages -- Messages
// fr.column: replies -- Réponses
// fr.column: wrote_first -- A écrit en premier
// fr.column: days -- Jours
// fr.column: first_at -- Première fois
// fr.column: last_at -- Dernière fois

MATCH (a:Account {id: $account})-[c:CONTACTED]->(m:Account)
WHERE (m.minor_basis IS NOT NULL OR m.declared_age < $age)
RETURN m.id AS minor, m.pseudonym AS pseudonym, m.declared_age AS declared_age, c.messages AS messages,
       c.replies AS replies, c.initiated AS wrote_first, c.days AS days, c.first_at AS first_at, c.last_at AS last_at,
       [a, c, m] AS graph
ORDER BY messages DESC, minor
