"""Who holds what, from when to when?  BODS relationship records as ownerships, their statements folded in time.

An interest that several statements of a record state in the same words is one row, told by the last of them.  It ends
at its endDate, when its record is closed, or when a later statement of the record no longer states it so.
"""

from ingest.lake.engine import literal
from ingest.sources.bods.records import PROVENANCE, attributes, whole_day

UNSPECIFIED = "unspecified:"
"""What stands before the record's id in the owner's id, where a statement says only why it names no owner."""

_SAME = "record, era, owner, owned, type, start, exact, low, high, nth"


def versions_sql(statements: str) -> str:
    """Every interest of every statement, with ``version`` (place of the statement in its record, from 1), ``last``."""
    return f"""
        SELECT *, row_number() OVER (
            PARTITION BY record, version, owner, owned, type, start, exact, low, high ORDER BY place
        ) AS nth
        FROM (
            SELECT * EXCLUDE (interests),
                coalesce(nullif(interest ->> '$.type', ''), 'unknownInterest') AS type,
                {whole_day("(interest ->> '$.startDate')")} AS start,
                {whole_day("(interest ->> '$.endDate')")} AS ended,
                {_percent('exact')} AS exact,
                coalesce({_percent('minimum')}, {_percent('exclusiveMinimum')}) AS low,
                coalesce({_percent('maximum')}, {_percent('exclusiveMaximum')}) AS high
            FROM (
                SELECT *, unnest(interests) AS interest, generate_subscripts(interests, 1) AS place
                FROM ({_records(statements)})
            )
        )"""


def _records(statements: str) -> str:
    """Relationship statements with their place among those of the record, and their interests (one null: none)."""
    return f"""
        SELECT source, row, raw, record, statement, day, status, replaced_on, whole, details,
            owned_record AS owned, coalesce(owner_record, {literal(UNSPECIFIED)} || record) AS owner,
            count(*) FILTER (status = 'closed') OVER before AS era,
            max(day) FILTER (status = 'closed') OVER before AS closed_on,
            row_number() OVER told AS version, lead(day) OVER told AS next_day, lead(statement) OVER told AS next,
            CASE WHEN len(found) = 0 THEN [NULL::JSON] ELSE found END AS interests, len(found) = 0 AS empty
        FROM (
            SELECT *, coalesce(json_extract(details, '$.interests[*]'), []) AS found FROM {statements}
            WHERE kind = 'relationship' AND fault IS NULL
        ) WINDOW told AS (PARTITION BY record ORDER BY day, source, row), before AS (
            PARTITION BY record ORDER BY day, source, row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )"""


def _percent(part: str) -> str:
    """A part of the share from 0 to 1."""
    return f"round(TRY_CAST(interest ->> '$.share.{part}' AS DOUBLE) / 100, 12)"


def ownerships_sql(versions: str) -> str:
    """Rows of ownerships, in the order of source and row."""
    party = "coalesce(details -> '$.interestedParty.unspecified', details -> '$.interestedParty')"
    told = attributes(
        ("record", "record"), ("superseded_by", "CASE WHEN NOT latest THEN next END"),
        ("share_min", "CASE WHEN exact IS NULL AND low IS DISTINCT FROM high THEN low END"),
        ("share_max", "CASE WHEN exact IS NULL AND low IS DISTINCT FROM high THEN high END"),
        ("direct_or_indirect", "coalesce(interest ->> '$.directOrIndirect', interest ->> '$.interestLevel')"),
        ("beneficial", "interest -> '$.beneficialOwnershipOrControl'"),
        ("interest_details", "interest ->> '$.details'"),
        ("component", "CASE WHEN (details ->> '$.isComponent') = 'true' THEN true END"),
        ("components", "coalesce(details -> '$.componentRecords', details -> '$.componentStatementIDs')"),
        ("unspecified", f"CASE WHEN owner = {literal(UNSPECIFIED)} || record THEN {party} END"),
        ("statements", "CASE WHEN statements > 1 THEN statements END"), *PROVENANCE,
    )
    return f"""
        SELECT source, row, owner AS owner_id, owned AS owned_id,
            coalesce(exact, CASE WHEN low = high THEN low END)::VARCHAR AS share, type AS kind,
            begins AS "from", CASE WHEN ends < begins THEN begins ELSE ends END AS "to", {told} AS attributes, raw
        FROM ({_dated(versions)}) ORDER BY source, row, place"""


def _dated(versions: str) -> str:
    """Each interest once with ``begins`` and ``ends``: what appears as another of its type goes replaces it."""
    return f"""
        SELECT i.*, CASE WHEN i.era > 0 AND NOT coalesce(i.start > i.closed_on, false) THEN i.first_day
                WHEN before.last IS NULL THEN i.start
                WHEN i.start > coalesce(before.start, '') THEN i.start ELSE i.first_day END AS begins,
            least(i.ended, CASE
                WHEN i.status = 'closed' THEN coalesce(i.ended, nullif(i.day, ''))
                WHEN i.latest THEN i.replaced_on
                WHEN after.start > coalesce(i.start, '') THEN after.start ELSE nullif(i.next_day, '') END) AS ends
        FROM ({_once(versions)}) AS i
        LEFT JOIN ({_once(versions)}) AS before ON before.record = i.record AND before.type = i.type
            AND before.gone = i.begun AND before.last = i.first - 1
        LEFT JOIN ({_once(versions)}) AS after ON after.record = i.record AND after.type = i.type
            AND after.begun = i.gone AND after.first = i.last + 1"""


def _once(versions: str) -> str:
    """Each interest of a record once, from the last statement that states it; ``first`` and ``last`` such version."""
    return f"""
        SELECT *, row_number() OVER (PARTITION BY record, type, first ORDER BY place) AS begun,
            row_number() OVER (PARTITION BY record, type, last ORDER BY place) AS gone
        FROM (
            SELECT *, min(version) OVER same AS first, max(version) OVER same AS last, count(*) OVER same AS statements,
                first_value(nullif(day, '')) OVER (PARTITION BY {_SAME} ORDER BY version) AS first_day,
                version = versions AS latest
            FROM (
                SELECT *, max(version) OVER (PARTITION BY record) AS versions,
                    NOT empty OR bool_and(empty) OVER (PARTITION BY record) AS counts FROM {versions}
            ) WHERE counts WINDOW same AS (PARTITION BY {_SAME})
        ) WHERE version = last"""
