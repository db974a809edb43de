"""How is an evidence table in CSV staged?  In one parallel pass; a damaged file is read with care instead."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.lake.engine import EngineFailed, literal, parquet_scan, quoted
from ingest.source_files import printable
from ingest.sources.csv_with_care import stage_with_care
from ingest.sources.evidence.header import check_columns, contract_columns
from ingest.sources.reader import Desk, SourceFile, StagedTable, fault_value
from ingest.tables import Table

_HEADER_BYTES = 1 << 20
_DELIMITERS = (",", ";", "\t", "|")


def stage_csv(table: Table, index: int, source: SourceFile, desk: Desk) -> StagedTable:
    """One CSV file as a staged table; SourceUnreadable if its header cannot be used.

    The first data record is row 2.  Blank lines are no records.  Beside commas, semicolons, tabs and bars delimit.
    """
    delimiter, names = csv_header(source.readable, table, where=printable(source.path))
    check_columns(table, names, where=printable(source.path))
    rows, rejects = _stage(table, index, source, names, desk, delimiter)
    known = contract_columns(table, names)
    unknown = [name for name in names if name not in known]
    listed = "".join(f", {quoted(name)}" for name in known)
    attributes = f", {_attributes(unknown)} AS attributes" if unknown else ""
    row = "row" if rejects is not None else "rowid + 2 AS row"
    fault = _repeated_header(names)
    raw = _record_text(names, delimiter)
    return StagedTable(
        table.name,
        f"(SELECT {index}::INTEGER AS source, {row}{listed}{attributes}, {fault} AS fault, {raw} AS raw FROM {rows})",
        frozenset(known) | {"raw", "fault"} | ({"attributes"} if unknown else set()),
        rejects,
    )


def csv_header(path: Path, table: Table, *, where: str) -> tuple[str, list[str]]:
    """The delimiter and the names in the first record; SourceUnreadable if there is none.

    The delimiter is the one that gives the most columns of the contract, a comma where several do.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEADER_BYTES)
    if not head.strip():
        raise SourceUnreadable("is empty: not even a header", where=where, fix="remove the file or export it again")
    text = head.decode("utf-8-sig", "replace")
    found = {delimiter: _first_record(text, delimiter) for delimiter in _DELIMITERS}
    delimiter = max(found, key=lambda mark: len(contract_columns(table, found[mark] or [])))
    names = found[delimiter]
    if names is None:
        fault = "has a header that is no CSV: its quotes do not match"
        raise SourceUnreadable(fault, where=where, fix="export it again")
    if any("�" in name for name in names):
        raise SourceUnreadable("has a header that is not UTF-8", where=where, fix="convert the file to UTF-8")
    return delimiter, names


def _first_record(text: str, delimiter: str) -> list[str] | None:
    try:
        return next(iter(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)), [])
    except csv.Error:
        return None


def _stage(
    table: Table, index: int, source: SourceFile, names: Sequence[str], desk: Desk, delimiter: str
) -> tuple[str, str | None]:
    """(relation of the records, numbered from 0 by ``rowid`` or by ``row``; relation of damaged ones)."""
    staged = desk.table(table.name)
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    sql = (
        f"CREATE TEMP TABLE {staged} AS SELECT * FROM read_csv({literal(str(desk.link(source)))}, "
        "auto_detect = false, header = true, "
        f"columns = {{{columns}}}, delim = {literal(delimiter)}, quote = '\"', escape = '\"', nullstr = '', "
        "compression = 'none', store_rejects = true, rejects_table = 'damaged', rejects_scan = 'damaged_scans')"
    )
    desk.engine.run("DROP TABLE IF EXISTS damaged")
    desk.engine.run("DROP TABLE IF EXISTS damaged_scans")
    try:
        desk.engine.run(sql, stage=f"reading {source.path.name}", progress=desk.progress)
        damaged = bool(desk.engine.run("SELECT 1 FROM damaged LIMIT 1"))
    except EngineFailed:
        damaged = True  # mixed line ends, lone returns: the fast parser gives up on the file, the careful one does not
    if damaged:
        desk.engine.run(f"DROP TABLE IF EXISTS {staged}")
        path, rejects = stage_with_care(index, source, names, desk, delimiter=delimiter)
        return parquet_scan([path]), rejects
    return staged, None


def _attributes(names: Sequence[str]) -> str:
    pairs = ", ".join(f"{literal(name)}, {quoted(name)}" for name in names)
    filled = f"coalesce({', '.join(quoted(name) for name in names)}) IS NOT NULL"
    return f"CASE WHEN {filled} THEN json_object({pairs})::VARCHAR END"


def _repeated_header(names: Sequence[str]) -> str:
    same = " AND ".join(f"{quoted(name)} IS NOT DISTINCT FROM {literal(name)}" for name in names)
    fault = fault_value(names[0], "is the header again", "remove the second header")
    return f"CASE WHEN {same} THEN {fault} END"


def _record_text(names: Sequence[str], delimiter: str) -> str:
    special = literal(f'["\\r\\n{delimiter}]')

    def field(name: str) -> str:
        value = quoted(name)
        return (
            f"CASE WHEN regexp_matches({value}, {special}) THEN '\"' || replace({value}, '\"', '\"\"') || '\"' "
            f"ELSE coalesce({value}, '') END"
        )

    return f" || {literal(delimiter)} || ".join(field(name) for name in names)
