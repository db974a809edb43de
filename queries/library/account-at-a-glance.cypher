// id: account-at-a-glance
// category: people
// tags: profile, summary, who
// title: An account at a glance
// description: One row: what the account declares, and how many contacts, rooms, identifiers and reports it has.
// not-shown: who the people are: one person may have several accounts, and one account several people.
// param: account account -- The account, by id or name
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: declared_age integer -- Declared age
// column: minor_basis text -- Basis of minority
// column: role text -- Role
// column: status text -- Status
// column: created_at instant -- Created on
// column: contacts integer -- People it wrote to
// column: opened integer -- Contacts begun
// column: rooms integer -- Rooms
// column: identifiers integer -- Identifiers
// column: reports integer -- Reports about it
// column: leads integer -- Leads
// example: {"account": "p:hub"} -> 1
// revision: 1
// risk: low
// headline: Accounts of that id: {rows}
// fr.title: Un compte en un coup d’œil
// fr.description: Une ligne : ce que le compte déclare, et combien de contacts, salons, identifiants et signalements il a.
// fr.not-shown: qui sont les personnes : une personne peut avoir plusieurs comptes, et un compte plusieurs personnes.
// fr.headline: Comptes de cet identifiant : {rows}
// fr.param: account -- Le compte, par identifiant ou par nom
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: declared_age -- Âge déclaré
// fr.column: minor_basis -- Base de la minorité
// fr.column: role -- Rôle
// fr.column: status -- État
// fr.column: created_at -- Créé le
// fr.column: contacts -- Destinataires
// fr.column: opened -- Contacts ouverts
// fr.column: rooms -- Salons
// fr.column: identifiers -- Identifiants
// fr.column: reports -- Signalements à son sujet
// fr.column: leads -- Pistes

MATCH (a:Account {id: $account})
RETURN a.id AS account, a.pseudonym AS pseudonym, a.declared_age AS declared_age, a.minor_basis AS minor_basis,
       a.role AS role, a.status AS status, a.created_at AS created_at,
       COUNT { MATCH (a)-[:CONTACTED]->(:Account) } AS contacts,
       COUNT { MATCH (a)-[c:CONTACTED]->(:Account) WHERE c.initiated } AS opened,
       COUNT { MATCH (a)-[:POSTED_IN]->(:Room) } AS rooms, COUNT { MATCH (a)-[:USED]->(:Identifier) } AS identifiers,
       COUNT { MATCH (a)<-[:REPORTED]-(:Account) } AS reports, COUNT { MATCH (a)<-[:INVOLVES]-(:Finding) } AS leads,
       a AS graph
ORDER BY account
