// id: operators-of-platform
// title: Who operates a platform, and who owns the operators
// description: The companies that operate the platform, with their direct owners and shares.
// param: platform string -- The platform's name
// revision: 1
// risk: low
// headline: Operators of {platform} and their direct owners: {rows}

MATCH (c:Company)-[op:OPERATES]->(p:Platform {id: $platform})
OPTIONAL MATCH (o)-[w:OWNS]->(c)
RETURN c.id AS company, c.name AS name, c.jurisdiction AS jurisdiction, o.id AS owner, o.name AS owner_name,
       w.share AS share, [c, op, p, o, w] AS graph
ORDER BY company, share DESC, owner
