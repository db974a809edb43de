// id: holders-over-time
// title: Who held a company directly, from when to when
// description: Every direct holding and seat with its dates, first to last; an empty start means as far back as the register goes.
// param: company company -- The company's id
// revision: 1
// risk: low
// headline: Direct holdings of {company} over time: {rows}

MATCH (o)-[w:OWNS]->(c:Company {id: $company})
RETURN w.from AS since, w.to AS until, o.id AS holder, o.name AS name, labels(o)[0] AS kind, w.kind AS interest,
       w.share AS share, w.share_min AS least, w.share_max AS most, [o, w, c] AS graph
ORDER BY coalesce(toString(since), ''), coalesce(toString(until), '9999'), holder, interest
