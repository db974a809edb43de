// id: first-contacts-by-day
// category: contacts
// tags: timeline, day, first contact, chart
// title: First contacts of an account, day by day
// description: To how many people the account wrote first on each day (UTC).
// not-shown: messages in rooms; what was written: the conversation holds the texts.
// param: account account -- The account, by id or name
// column: day day -- Day
// column: opened integer -- Contacts begun
// column: accounts account[] -- Accounts
// chart: line day opened
// example: {"account": "p:hub"} -> 4
// revision: 1
// risk: low
// headline: Days on which {account} began contacts: {rows}
// fr.title: Premiers contacts d’un compte, jour après jour
// fr.description: À combien de personnes le compte a écrit en premier chaque jour (UTC).
// fr.not-shown: les messages dans les salons ; ce qui a été écrit : la conversation contient les textes.
// fr.headline: Jours où {account} a ouvert des contacts : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.column: day -- Jour
// fr.column: opened -- Contacts ouverts
// fr.column: accounts -- Comptes

MATCH (a:Account {id: $account})-[c:CONTACTED]->(b:Account)
WHERE c.initiated
WITH a, b, c ORDER BY b.id
WITH a, toString(date(c.first_at)) AS day, collect(b.id) AS accounts, collect([c, b]) AS contacts
RETURN day, size(accounts) AS opened, accounts, [a, contacts] AS graph
ORDER BY day
