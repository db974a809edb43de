// id: minors-contacted-by
// title: Minors an account wrote to
// description: The minors this account wrote to in private, who wrote first, and how much came back.
// param: account account -- The account's id, PLATFORM:ID
// param: age integer = 18 -- Accounts that declare less than this count as minors, beside those with a basis of their own
// revision: 1
// risk: low
// headline: Minors that {account} wrote to: {rows}

MATCH (a:Account {id: $account})-[c:CONTACTED]->(m:Account)
WHERE (m.minor_basis IS NOT NULL OR m.declared_age < $age)
RETURN m.id AS minor, m.pseudonym AS pseudonym, m.declared_age AS declared_age, c.messages AS messages,
       c.replies AS replies, c.initiated AS wrote_first, c.days AS days, c.first_at AS first_at, c.last_at AS last_at,
       [a, c, m] AS graph
ORDER BY messages DESC, minor
