// id: rooms-by-share-of-minors
// title: Rooms by their share of minors
// description: Rooms with enough people, by the share of minors among those who posted.
// param: age integer = 18 -- Accounts that declare less than this count as minors, beside those with a basis of their own
// param: at_least integer = 5 -- People who posted, at least
// param: limit integer = 50 -- How many rows at most
// revision: 1
// risk: medium
// headline: Rooms with at least {at_least} posters: {rows}

MATCH (r:Room)<-[p:POSTED_IN]-(m:Account)
WITH r, count(m) AS posters, sum(CASE WHEN (m.minor_basis IS NOT NULL OR m.declared_age < $age) THEN 1 ELSE 0 END) AS minors, sum(p.messages) AS messages
WHERE posters >= $at_least
RETURN r.id AS room, r.name AS name, posters, minors, toFloat(minors) / posters AS share, messages, r AS graph
ORDER BY share DESC, posters DESC, room
LIMIT $limit
