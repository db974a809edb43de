"""Which statements do BODS files hold?  One row each, 0.2, 0.3 and 0.4 in one form, with what is wrong with it."""

from collections.abc import Sequence

from ingest.errors import SourceUnreadable
from ingest.lake.engine import EngineFailed, literal, parquet_scan
from ingest.source_files import printable
from ingest.sources.reader import Desk, SourceFile, fault_value
from ingest.sources.text_lines import write_lines

_GZIP = b"\x1f\x8b"


def write_statements(sources: Sequence[SourceFile], desk: Desk) -> str:
    """The statements of all sources as a relation, in the order of the sources and their rows.

    Columns: ``source``, ``row`` (place in the array, or line, from 1), ``raw``, ``kind`` (entity, person or
    relationship), ``statement`` (its id), ``record`` (0.4: recordId; earlier: the id of the first statement of a chain
    of replacements), ``day`` (statementDate, else publicationDate, else ''), ``status``, ``replaced_on`` (earlier
    versions: when another statement took its place), ``whole`` (the JSON), ``details`` (recordDetails, or the whole
    statement), ``fault``, ``owned_record`` and ``owner_record`` (of relationships; NULL where none is named).
    SourceUnreadable if an array is torn.
    """
    parts = [_elements(index, source, desk) for index, source in enumerate(sources)]
    path = desk.parquet("statements")
    desk.engine.run(
        f"COPY ({_told(' UNION ALL '.join(parts))}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION lz4)",
        stage="reading BODS statements", progress=desk.progress,
    )
    found = parquet_scan([path])
    chains, records = desk.table("chains"), desk.table("records")
    desk.engine.run(f"CREATE TEMP TABLE {chains} AS {_chains(found)}")
    desk.engine.run(f"CREATE TEMP TABLE {records} AS {_records(chains)}")
    linked = desk.parquet("statements")
    desk.engine.run(
        f"""COPY (SELECT s.* REPLACE (coalesce(r.record, s.record) AS record), gone.day AS replaced_on
            FROM {found} AS s LEFT JOIN {records} AS r ON s.earlier AND r.statement = s.statement
            LEFT JOIN (SELECT parent, min(day) AS day FROM {chains} WHERE NOT alone GROUP BY parent) AS gone
                ON s.earlier AND gone.parent = s.statement
            ORDER BY s.source, s.row) TO {literal(str(linked))} (FORMAT parquet, COMPRESSION lz4)""",
        stage="linking BODS statements", progress=desk.progress,
    )
    return (
        "(SELECT s.*, coalesce(subjects.record, s.subject) AS owned_record, "
        f"coalesce(parties.record, s.party) AS owner_record FROM {parquet_scan([linked])} AS s "
        f"LEFT JOIN {records} AS subjects ON s.earlier AND subjects.statement = s.subject "
        f"LEFT JOIN {records} AS parties ON s.earlier AND parties.statement = s.party)"
    )


def _elements(index: int, source: SourceFile, desk: Desk) -> str:
    """A SELECT of ``source``, ``row``, ``line``: every element of the array, every line that is not blank."""
    if source.context == "lines":
        scan = parquet_scan([write_lines([source], desk)])
        return f"SELECT {index}::INTEGER AS source, row, line FROM {scan} WHERE line IS NOT NULL"
    path = desk.parquet("elements")
    with source.path.open("rb") as stream:
        packed = "gzip" if stream.read(2) == _GZIP else "none"
    try:
        desk.engine.run(
            f"COPY (SELECT json::VARCHAR AS line FROM read_json_objects({literal(str(desk.link(source)))}, "
            f"format = 'array', compression = {literal(packed)})) "
            f"TO {literal(str(path))} (FORMAT parquet, COMPRESSION lz4)",
            stage=f"reading {source.path.name}", progress=desk.progress,
        )
    except EngineFailed as error:
        raise SourceUnreadable(
            "is no whole JSON array of statements", where=printable(source.path),
            fix="export it again, or write one statement a line: there a damaged one spoils no other",
        ) from error
    scan = parquet_scan([path], options=", file_row_number = true")
    return f"SELECT {index}::INTEGER AS source, file_row_number + 1 AS row, line FROM {scan}"


_KINDS = {
    "entity": "entity", "person": "person", "relationship": "relationship", "entityStatement": "entity",
    "personStatement": "person", "ownershipOrControlStatement": "relationship",
}


def _told(elements: str) -> str:
    """The statements with the columns of ``write_statements`` before replacements are followed."""
    kinds = " ".join(f"WHEN {literal(written)} THEN {literal(kind)}" for written, kind in _KINDS.items())
    parties = ("$.interestedParty.describedByEntityStatement", "$.interestedParty.describedByPersonStatement")
    return f"""
        SELECT source, row, raw, kind, statement, record, day, status, earlier, subject, party, whole, details,
            CASE {_faults()} END AS fault
        FROM (
            SELECT *, CASE WHEN earlier THEN statement ELSE whole ->> '$.recordId' END AS record,
                CASE WHEN earlier THEN details ->> '$.subject.describedByEntityStatement'
                    WHEN json_type(details, '$.subject') = 'VARCHAR' THEN details ->> '$.subject' END AS subject,
                CASE WHEN earlier THEN coalesce(details ->> '{parties[0]}', details ->> '{parties[1]}')
                    WHEN json_type(details, '$.interestedParty') = 'VARCHAR' THEN details ->> '$.interestedParty'
                END AS party
            FROM (
                SELECT source, row, line AS raw, whole, coalesce(written = type_before, false) AS earlier,
                    CASE written {kinds} END AS kind,
                    coalesce(whole ->> '$.statementId', whole ->> '$.statementID') AS statement,
                    coalesce(whole ->> '$.statementDate', whole ->> '$.publicationDetails.publicationDate', '') AS day,
                    whole ->> '$.recordStatus' AS status,
                    CASE WHEN written = type_before THEN whole ELSE whole -> '$.recordDetails' END AS details
                FROM (
                    SELECT *, whole ->> '$.statementType' AS type_before,
                        coalesce(whole ->> '$.recordType', whole ->> '$.statementType') AS written
                    FROM (
                        SELECT *, CASE WHEN json_valid(line) AND json_type(line) = 'OBJECT' THEN line::JSON END AS whole
                        FROM ({elements})
                    )
                )
            )
        )"""


def _faults() -> str:
    types = "entity, person, relationship"
    cases = (
        ("whole IS NULL", fault_value("", "is no JSON object", "one statement an element, or a line")),
        (
            "len(json_keys(whole)) <> len(list_distinct(json_keys(whole)))",
            fault_value("", "has a key twice", "give every key once"),
        ),
        ("kind IS NULL", fault_value("recordType", f"is none of {types}", "see BODS 0.4, recordType")),
        ("nullif(trim(statement), '') IS NULL", fault_value("statementId", "is empty", "every statement has its id")),
        ("nullif(trim(record), '') IS NULL", fault_value("recordId", "is empty", "statements of one record share it")),
        (
            "coalesce(json_type(details), '') <> 'OBJECT'",
            fault_value("recordDetails", "is no object", "see BODS 0.4, recordDetails"),
        ),
        (
            "kind = 'relationship' AND subject IS NULL",
            fault_value("subject", "names no record", "an interest needs the entity it is held in"),
        ),
        (
            "kind = 'relationship' AND coalesce(json_type(details, '$.interests'), 'NULL') NOT IN ('ARRAY', 'NULL')",
            fault_value("interests", "is no list", "see BODS 0.4, interests"),
        ),
        (
            f"kind = 'relationship' AND len(list_filter({_interests()}, lambda i: {_odd_interest('i')})) > 0",
            fault_value("interests", "holds an interest that is no object, or a share outside 0 to 100",
                        "see BODS 0.4, interests: shares are percentages"),
        ),
    )
    return " ".join(f"WHEN {test} THEN {fault}" for test, fault in cases)


def _interests() -> str:
    return "coalesce(json_extract(details, '$.interests[*]'), [])"


def _odd_interest(name: str) -> str:
    """SQL: is this interest no object, or one of its shares no percentage?"""
    tests = [f"json_type({name}) <> 'OBJECT'"]
    for part in ("exact", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        text = f"({name} ->> '$.share.{part}')"
        tests.append(
            f"({text} IS NOT NULL AND coalesce(json_type({name}, '$.share.{part}'), '') <> 'BOOLEAN' "
            f"AND (TRY_CAST({text} AS DOUBLE) BETWEEN 0 AND 100) IS NOT TRUE)"
        )
    return f"({' OR '.join(tests)})"


def _chains(statements: str) -> str:
    """``statement``, ``parent``, ``day``, ``alone`` (one takes the place of one): what earlier versions replace."""
    return f"""
        SELECT statement, parent, day, parents = 1 AND count(*) OVER (PARTITION BY parent) = 1 AS alone
        FROM (
            SELECT DISTINCT statement, day, len(replaced) AS parents, unnest(replaced) AS parent
            FROM (
                SELECT statement, day,
                    list_distinct(json_extract_string(whole, '$.replacesStatements[*]')) AS replaced
                FROM {statements} WHERE earlier AND fault IS NULL
            )
        ) WHERE parent IS NOT NULL AND parent <> statement"""


def _records(chains: str) -> str:
    """``statement``, ``record``: the first statement of the chain that a replacing statement stands in."""
    return f"""
        WITH RECURSIVE up(statement, ancestor) AS (
            SELECT statement, parent FROM {chains} WHERE alone
            UNION SELECT up.statement, c.parent FROM up JOIN {chains} AS c ON c.alone AND c.statement = up.ancestor
        )
        SELECT statement, coalesce(
            min(ancestor) FILTER (ancestor NOT IN (SELECT statement FROM {chains} WHERE alone)), min(ancestor)
        ) AS record FROM up GROUP BY statement"""
