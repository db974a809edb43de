// id: minors-both-contacted
// category: minors
// tags: victims, common, both, crew
// title: Minors to whom two accounts both wrote
// description: The minors whom both accounts wrote to in private, and when each began.
// not-shown: minors of whom neither a declared age, nor a message of their own, nor a report tells it; when it was told; what was written. A moderator or a helpline writes to minors too.
// param: first account -- One account, by id or name
// param: second account -- The other account, by id or name
// param: age integer = 18 [1..120] -- Who declares less than this age counts as a minor, beside those whose minority has another basis
// column: minor account -- Minor
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: first_contact instant -- First wrote on
// column: second_contact instant -- Second wrote on
// column: messages_of_first integer -- Messages of the first
// column: messages_of_second integer -- Messages of the second
// example: {"first": "p:hub", "second": "p:mod"} -> 2
// revision: 1
// risk: low
// headline: Minors to whom {first} and {second} wrote: {rows}
// fr.title: Mineurs à qui deux comptes ont tous deux écrit
// fr.description: Les mineurs à qui les deux comptes ont écrit en privé, et quand chacun a commencé.
// fr.not-shown: les mineurs dont ni l’âge déclaré, ni un message à eux, ni un signalement ne le dit ; quand cela a été dit ; ce qui a été écrit. Un modérateur ou une ligne d’écoute écrit aussi à des mineurs.
// fr.headline: Mineurs à qui {first} et {second} ont écrit : {rows}
// fr.param: first -- Un compte, par identifiant ou par nom
// fr.param: second -- L’autre compte, par identifiant ou par nom
// fr.param: age -- Qui déclare moins que cet âge compte comme mineur, à côté de ceux dont la minorité a une autre base
// fr.column: minor -- Mineur
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: first_contact -- Le premier a écrit le
// fr.column: second_contact -- Le second a écrit le
// fr.column: messages_of_first -- Messages du premier
// fr.column: messages_of_second -- Messages du second

MATCH (a:Account {id: $first})-[c:CONTACTED]->(m:Account)<-[d:CONTACTED]-(b:Account {id: $second})
WHERE (m.minor_basis IS NOT NULL OR m.declared_age < $age)
RETURN m.id AS minor, m.pseudonym AS pseudonym, m.declared_age AS declared_age, c.first_at AS first_contact,
       d.first_at AS second_contact, c.messages AS messages_of_first, d.messages AS messages_of_second,
       [a, c, m, d, b] AS graph
ORDER BY minor
