// id: silent-after-report
// category: reports
// tags: silence, gone, last seen, left
// title: Accounts silent after a report
// description: Reported accounts whose last private message or post came no later than some days after their first report.
// not-shown: why they fell silent: a ban, a move, or the end of the sources.
// param: days integer = 1 [0..3650] -- Days after the report, at most
// param: limit integer = 50 [1..10000] -- How many rows at most
// column: account account -- Account
// column: pseudonym text -- Pseudonym
// column: role text -- Role
// column: status text -- Status
// column: reports integer -- Reports
// column: reported_at instant -- First reported on
// column: last_at instant -- Last time
// example: {} -> 1
// revision: 1
// risk: medium
// headline: Accounts silent from {days} {days?day|days} after their first report: {rows}
// fr.title: Comptes silencieux après un signalement
// fr.description: Comptes signalés dont le dernier message privé ou de salon vient au plus quelques jours après leur premier signalement.
// fr.not-shown: pourquoi ils se sont tus : une exclusion, un départ, ou la fin des sources.
// fr.headline: Comptes silencieux à partir de {days} {days?jour|jours} après leur premier signalement : {rows}
// fr.param: days -- Jours après le signalement, au plus
// fr.param: limit -- Combien de lignes au plus
// fr.column: account -- Compte
// fr.column: pseudonym -- Pseudonyme
// fr.column: role -- Rôle
// fr.column: status -- État
// fr.column: reports -- Signalements
// fr.column: reported_at -- Signalé d’abord le
// fr.column: last_at -- Dernière fois

MATCH (x:Account)-[r:REPORTED]->(a:Account)
WITH a, count(r) AS reports, min(r.made_at) AS reported_at
OPTIONAL MATCH (a)-[c:CONTACTED]->(y:Account)
WITH a, reports, reported_at, max(c.last_at) AS wrote_at
OPTIONAL MATCH (a)-[p:POSTED_IN]->(z:Room)
WITH a, reports, reported_at, wrote_at, max(p.last_at) AS posted_at
WITH a, reports, reported_at, CASE WHEN wrote_at IS NULL OR posted_at > wrote_at THEN posted_at ELSE wrote_at END AS last_at
WHERE last_at <= reported_at + duration({days: $days})
RETURN a.id AS account, a.pseudonym AS pseudonym, a.role AS role, a.status AS status, reports, reported_at, last_at,
       a AS graph
ORDER BY reported_at, account
LIMIT $limit
