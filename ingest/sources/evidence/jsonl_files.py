"""How is an evidence table in JSON lines staged?  One object a line; integers keep their digits."""

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.lake.engine import EngineFailed, literal, parquet_scan, quoted
from ingest.sources.csv_with_care import MAX_RECORD_BYTES
from ingest.sources.reader import Desk, SourceFile, StagedTable, fault_value
from ingest.tables import Table

_FLUSH_ROWS, _FLUSH_BYTES = 100_000, 32 << 20
_BOM = b"\xef\xbb\xbf"


def stage_jsonl(table: Table, index: int, source: SourceFile, desk: Desk) -> StagedTable:
    """One JSONL file as a staged table.  Row numbers are line numbers from 1; blank lines are no rows."""
    lines, rejects = _lines(index, source, desk)
    names = (*table.names, *(() if "platform" in table.names else ("platform",)))
    staged = desk.parquet(table.name)
    desk.engine.run(
        f"COPY ({_select(table, names, index, lines)}) TO {literal(str(staged))} (FORMAT parquet, COMPRESSION lz4)",
        stage=f"reading {source.path.name}",
        progress=desk.progress,
    )
    columns = frozenset(names) | {"attributes", "fault", "raw"}
    return StagedTable(table.name, parquet_scan([staged]), columns, rejects)


def _lines(index: int, source: SourceFile, desk: Desk) -> tuple[str, str | None]:
    """(relation of ``row``, ``line``; relation of lines that are no text)."""
    path = desk.parquet("lines")
    desk.engine.run("DROP TABLE IF EXISTS damaged")
    desk.engine.run("DROP TABLE IF EXISTS damaged_scans")
    try:
        # U+001F may not stand in a line of JSON: as a delimiter it leaves every line whole
        desk.engine.run(
            f"COPY (SELECT * FROM read_csv({literal(str(desk.link(source)))}, auto_detect = false, header = false, "
            "columns = {line: 'VARCHAR'}, delim = '\x1f', quote = '', escape = '', compression = 'none', "
            "store_rejects = true, rejects_table = 'damaged', rejects_scan = 'damaged_scans')) "
            f"TO {literal(str(path))} (FORMAT parquet, COMPRESSION uncompressed)",
            stage=f"reading {source.path.name}",
            progress=desk.progress,
        )
        damaged = bool(desk.engine.run("SELECT 1 FROM damaged LIMIT 1"))
    except EngineFailed:
        damaged = True  # mixed line ends: the fast parser gives up on the file
    if damaged:
        return _lines_with_care(index, source, desk)
    scan = parquet_scan([path], options=", file_row_number = true")
    return f"(SELECT file_row_number + 1 AS row, line FROM {scan})", None


def _lines_with_care(index: int, source: SourceFile, desk: Desk) -> tuple[str, str]:
    good, bad = desk.parquet("lines"), desk.parquet("damaged")
    texts = [(name, pa.string()) for name in ("column", "reason", "hint", "raw")]
    good_schema = pa.schema([("row", pa.int64()), ("line", pa.string())])
    bad_schema = pa.schema([("source", pa.int32()), ("row", pa.int64()), *texts])
    with (
        source.readable.open("rb") as stream,
        pq.ParquetWriter(good, good_schema) as kept,
        pq.ParquetWriter(bad, bad_schema) as damaged,
    ):
        good_rows: list[dict[str, object]] = []
        bad_rows: list[dict[str, object]] = []
        pending = 0
        for number, line in enumerate(stream, start=1):
            text = line.removeprefix(_BOM) if number == 1 else line
            pending += len(line)
            reason = ""
            try:
                good_rows.append({"row": number, "line": text.decode().rstrip("\r\n")})
            except UnicodeDecodeError:
                reason, hint = "is not UTF-8", "convert the file to UTF-8"
            if not reason and len(text) > MAX_RECORD_BYTES:
                good_rows.pop()
                reason, hint = f"is longer than {MAX_RECORD_BYTES:,} bytes", "one object a line"
            if reason:
                raw = text.decode("utf-8", "backslashreplace").rstrip("\r\n")
                bad_rows.append(
                    {"source": index, "row": number, "column": "", "reason": reason, "hint": hint, "raw": raw}
                )
            if len(good_rows) + len(bad_rows) >= _FLUSH_ROWS or pending >= _FLUSH_BYTES:
                _flush(kept, good_schema, good_rows)
                _flush(damaged, bad_schema, bad_rows)
                pending = 0
        _flush(kept, good_schema, good_rows)
        _flush(damaged, bad_schema, bad_rows)
    return parquet_scan([good]), parquet_scan([bad])


def _flush(writer: pq.ParquetWriter, schema: pa.Schema, rows: list[dict[str, object]]) -> None:
    if rows:
        writer.write_table(pa.Table.from_pylist(rows, schema=schema))
        rows.clear()


def _select(table: Table, names: tuple[str, ...], index: int, lines: str) -> str:
    paths = "[" + ", ".join(literal(f"$.{quoted(name)}") for name in names) + "]"
    known = literal("{" + ", ".join(f'"{name}": null' for name in names) + "}")
    columns = ", ".join(f"nullif(texts[{place}], '') AS {quoted(name)}" for place, name in enumerate(names, start=1))
    return f"""
        SELECT {index}::INTEGER AS source, row, {columns},
            CASE WHEN rest <> '{{}}' THEN rest END AS attributes, {_fault(table, names)} AS fault, line AS raw
        FROM (
            SELECT row, line, object, json_extract_string(object, {paths}) AS texts,
                json_type(object, {paths}) AS kinds, json_merge_patch(object, {known})::VARCHAR AS rest
            FROM (
                SELECT row, line, CASE WHEN json_valid(line) AND json_type(line) = 'OBJECT' THEN line END AS object
                FROM {lines} WHERE line IS NOT NULL AND trim(line, ' \t\r') <> ''
            )
        )"""


def _fault(table: Table, names: tuple[str, ...]) -> str:
    cases = [
        f"WHEN object IS NULL THEN {fault_value('', 'is no JSON object', 'write one object a line')}",
        "WHEN len(json_keys(object)) <> len(list_distinct(json_keys(object))) THEN "
        + fault_value("", "has a key twice", "give every key once"),
    ]
    for place, name in enumerate(names, start=1):
        cases.append(
            f"WHEN kinds[{place}] IN ('OBJECT', 'ARRAY') THEN "
            + fault_value(name, "holds a list or an object", "write a text or a number")
        )
        if name == "platform" or table.column(name).kind == "id":
            cases.append(
                f"WHEN kinds[{place}] = 'DOUBLE' AND NOT regexp_full_match(texts[{place}], '-?[0-9]+') THEN "
                + fault_value(name, "is a fractional number, its exact digits are lost", "write ids as texts")
            )
    return f"CASE {' '.join(cases)} END"

