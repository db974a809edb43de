// id: pairs-with-common-minors
// category: groups
// tags: crew, ambush, victims, common, pairs
// title: Pairs of accounts that began contact with the same minors
// description: Two accounts each, by the number of minors to whom both wrote first; among the accounts that wrote first to the most minors.
// not-shown: whether they act together: people of one circle know the same people.
// param: age integer = 18 [1..120] -- Who declares less than this age counts as a minor, beside those whose minority has another basis
// param: at_least integer = 2 [1..] -- Minors in common, at least
// param: among integer = 1000 [2..20000] -- Among how many accounts, those that wrote first to the most minors
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: first account -- First
// column: first_pseudonym text -- Pseudonym of the first
// column: second account -- Second
// column: second_pseudonym text -- Pseudonym of the second
// column: minors integer -- Minors in common
// example: {} -> 1
// revision: 2
// risk: high
// headline: Pairs with at least {at_least} {at_least?minor|minors} in common: {rows}
// fr.title: Paires de comptes qui ont ouvert un contact avec les mêmes mineurs
// fr.description: Deux comptes à la fois, selon le nombre de mineurs à qui tous deux ont écrit en premier ; parmi les comptes qui ont écrit en premier au plus de mineurs.
// fr.not-shown: s’ils agissent ensemble : les gens d’un même cercle connaissent les mêmes personnes.
// fr.headline: Paires avec au moins {at_least} {at_least?mineur|mineurs} en commun : {rows}
// fr.param: age -- Qui déclare moins que cet âge compte comme mineur, à côté de ceux dont la minorité a une autre base
// fr.param: at_least -- Mineurs en commun, au moins
// fr.param: among -- Parmi combien de comptes, ceux qui ont écrit en premier au plus de mineurs
// fr.param: limit -- Combien de lignes au plus
// fr.column: first -- Premier
// fr.column: first_pseudonym -- Pseudonyme du premier
// fr.column: second -- Second
// fr.column: second_pseudonym -- Pseudonyme du second
// fr.column: minors -- Mineurs en commun

MATCH (a:Account)-[c:CONTACTED]->(m:Account)
WHERE c.initiated AND (m.minor_basis IS NOT NULL OR m.declared_age < $age)
WITH a, count(c) AS begun
WHERE begun >= $at_least
WITH a ORDER BY begun DESC, a.id LIMIT $among
MATCH (a)-[c:CONTACTED]->(m:Account)
WHERE c.initiated AND (m.minor_basis IS NOT NULL OR m.declared_age < $age)
WITH m, collect(a) AS openers
WHERE size(openers) >= 2
UNWIND openers AS a
UNWIND openers AS b
WITH a, b, m
WHERE a.id < b.id
WITH a, b, count(m) AS minors
WHERE minors >= $at_least
RETURN a.id AS first, a.pseudonym AS first_pseudonym, b.id AS second, b.pseudonym AS second_pseudonym, minors,
       [a, b] AS graph
ORDER BY minors DESC, first, second
LIMIT $limit
