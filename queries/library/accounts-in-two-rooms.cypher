// id: accounts-in-two-rooms
// title: Accounts that posted in both of two rooms
// description: Who was active in both rooms, and when.
// param: first room -- One room's id
// param: second room -- The other room's id
// revision: 1
// risk: low
// headline: Accounts that posted in {first} and in {second}: {rows}

MATCH (r:Room {id: $first})<-[p:POSTED_IN]-(a:Account)-[q:POSTED_IN]->(s:Room {id: $second})
RETURN a.id AS account, a.pseudonym AS pseudonym, a.declared_age AS declared_age, a.role AS role,
       p.messages AS messages_in_first, q.messages AS messages_in_second, [r, p, a, q, s] AS graph
ORDER BY account
