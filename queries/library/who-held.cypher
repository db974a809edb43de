// id: who-held
// title: Who held a platform on a day
// description: Chains of ownership in force at an instant, up to owners that nobody owned then; the share is the product of the direct shares, a range counted at its least. Of several interests of one chain the largest counts; nominees are marked and stand beside their nominators.
// param: platform string -- The platform's name
// param: at instant -- The instant, as 2019-05-01T00:00:00Z
// revision: 1
// risk: medium
// headline: Chains of ownership above {platform} at {at}: {rows}

MATCH (c:Company)-[:OPERATES]->(:Platform {id: $platform})
MATCH p = (o)-[:OWNS*1..8]->(c)
WHERE all(r IN relationships(p) WHERE (r.from IS NULL OR r.from <= datetime($at)) AND (r.to IS NULL OR datetime($at) < r.to)
    AND NOT coalesce(r.kind, '') IN ['boardMember', 'boardChair', 'seniorManagingOfficial', 'director'])
  AND NOT EXISTS {
    MATCH (x)-[w:OWNS]->(o)
    WHERE (w.from IS NULL OR w.from <= datetime($at)) AND (w.to IS NULL OR datetime($at) < w.to)
      AND NOT coalesce(w.kind, '') IN ['boardMember', 'boardChair', 'seniorManagingOfficial', 'director']
  }
WITH c, o, [n IN nodes(p) | n.id] AS through, length(p) AS steps, collect(p) AS graph,
     max(reduce(s = 1.0, r IN relationships(p) | s * coalesce(r.share, r.share_min, 0.0))) AS share,
     max(CASE WHEN coalesce(head(relationships(p)).kind, '') CONTAINS 'nominee' THEN 1 ELSE 0 END) AS nominees
RETURN c.id AS company, o.id AS owner, o.name AS name, labels(o)[0] AS kind, share, nominees = 1 AS nominee, steps,
       through, graph
ORDER BY company, share DESC, owner, through
