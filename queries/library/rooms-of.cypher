// id: rooms-of
// title: Rooms an account posted in
// description: Where the account was active, and when.
// param: account account -- The account's id, PLATFORM:ID
// revision: 1
// risk: low
// headline: Rooms that {account} posted in: {rows}

MATCH (a:Account {id: $account})-[p:POSTED_IN]->(r:Room)
RETURN r.id AS room, r.name AS name, p.messages AS messages, p.first_at AS first_at, p.last_at AS last_at,
       [a, p, r] AS graph
ORDER BY messages DESC, room
