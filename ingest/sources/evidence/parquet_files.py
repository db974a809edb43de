"""How is an evidence table in Parquet staged?  Every value as exact text; unknown columns become attributes."""

from collections.abc import Mapping

from ingest.errors import SourceUnreadable
from ingest.lake.engine import EngineFailed, literal, parquet_scan, quoted
from ingest.source_files import printable
from ingest.sources.evidence.header import check_columns, contract_columns
from ingest.sources.reader import Desk, SourceFile, StagedTable, fault_value
from ingest.tables import Table

_FLOATING = ("DOUBLE", "FLOAT")
_NESTED = ("STRUCT", "MAP", "UNION", "BLOB", "VARIANT", "GEOMETRY")


def stage_parquet(table: Table, index: int, source: SourceFile, desk: Desk) -> StagedTable:
    """One Parquet file as a staged table; SourceUnreadable if it is torn or a column cannot be text.  Rows from 1."""
    where = printable(source.path)
    link = desk.link(source)
    scan = parquet_scan([link], options=", file_row_number = true")
    staged = desk.parquet(table.name)
    try:
        kinds = dict(desk.engine.columns(scan))
        names = [name for name in kinds if name != "file_row_number"]
        check_columns(table, names, where=where)
        known = contract_columns(table, names)
        _check_kinds({name: kinds[name] for name in known}, where)
        desk.engine.run(
            f"COPY ({_select(table, known, kinds, index, scan)}) TO {literal(str(staged))} "
            "(FORMAT parquet, COMPRESSION lz4)",
            stage=f"reading {source.path.name}",
            progress=desk.progress,
        )
    except EngineFailed as error:
        what = error.what.replace(str(link), printable(source.path.name)).removeprefix("Invalid Input Error: ")
        if str(desk.folder) in what:  # not the source: what we write beside it, on a full disk for instance
            raise
        raise SourceUnreadable(
            f"is no readable Parquet file ({what})", where=where,
            fix="it may be torn or cut short: copy or export it again",
        ) from error
    return StagedTable(table.name, parquet_scan([staged]), frozenset(known) | {"attributes", "fault"})


def _check_kinds(kinds: Mapping[str, str], where: str) -> None:
    nested = [f"{name} ({kind})" for name, kind in kinds.items() if kind.startswith(_NESTED) or kind.endswith("]")]
    if nested:
        raise SourceUnreadable(
            "has columns that are no text: " + ", ".join(nested), where=where, fix="write them as text columns"
        )


def _select(table: Table, known: tuple[str, ...], kinds: Mapping[str, str], index: int, scan: str) -> str:
    unknown = [name for name in kinds if name not in known and name != "file_row_number"]
    columns = "".join(f", nullif(CAST({quoted(name)} AS VARCHAR), '') AS {quoted(name)}" for name in known)
    attributes = "NULL::VARCHAR"
    if unknown:
        filled = " OR ".join(f"{quoted(name)} IS NOT NULL" for name in unknown)
        pairs = ", ".join(f"{literal(name)}, {_attribute(name, kinds[name])}" for name in unknown)
        attributes = f"CASE WHEN {filled} THEN json_object({pairs})::VARCHAR END"
    cases = [
        f"WHEN {quoted(name)} IS NOT NULL THEN "
        + fault_value(name, "is a floating-point number, its exact digits are lost", "write ids as text or integers")
        for name in known
        if kinds[name] in _FLOATING and (name == "platform" or table.column(name).kind == "id")
    ]
    fault = f"CASE {' '.join(cases)} END" if cases else f"CASE WHEN false THEN {fault_value('', '', '')} END"
    return (
        f"SELECT {index}::INTEGER AS source, file_row_number + 1 AS row{columns}, "
        f"{attributes} AS attributes, {fault} AS fault FROM {scan}"
    )


def _attribute(name: str, kind: str) -> str:
    return f"hex({quoted(name)})" if kind == "BLOB" else quoted(name)
