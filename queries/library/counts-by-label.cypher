// id: counts-by-label
// category: quality
// tags: size, overview, statistics
// title: What the graph holds
// description: How many accounts, rooms, identifiers, companies, persons, platforms and findings there are.
// not-shown: what the sources never held.
// column: label text -- What it is
// column: count integer -- How many
// chart: bars label count
// example: {} -> 7
// revision: 1
// risk: medium
// headline: Kinds of nodes: {rows}
// fr.title: Ce que le graphe contient
// fr.description: Combien il y a de comptes, salons, identifiants, sociétés, personnes, plateformes et constats.
// fr.not-shown: ce que les sources n’ont jamais contenu.
// fr.headline: Types de nœuds : {rows}
// fr.column: label -- Ce que c’est
// fr.column: count -- Combien

MATCH (n)
WHERE NOT n:Case
RETURN labels(n)[0] AS label, count(n) AS count
ORDER BY label
