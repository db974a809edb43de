"""How are Excel, Parquet and JSON lines read?  By the same mapping as delimited text: columns by header or JSON path.

Every cell becomes text as it stands: whole numbers with all digits, times as ISO 8601, lists and objects as JSON.
"""

import datetime
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.errors import MappingInvalid, SourceUnreadable
from ingest.lake.engine import EngineFailed, literal, parquet_scan, quoted
from ingest.mapping import Mapping, read_mapping
from ingest.mapping.shape import unique_names
from ingest.source_files import printable, regular_file
from ingest.sources.gzip_files import check_growth
from ingest.sources.mapped_rows import mapped_rows, spare_columns
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey
from ingest.sources.text_lines import write_lines

ENDINGS = {"json": (".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz", ".json.gz"), "sheet": (".xlsx", ".xlsm"),
           "parquet": (".parquet",)}
_ROWS = 20_000


class Structured:
    """Reader of tables with a structure of their own, by a mapping with [json], [sheet] or [parquet].

    A row's number is the line, the sheet's row (the header is row 1) or the row of the Parquet file, from 1.
    """

    NAME = "table"
    VERSION = "3"

    def recognises(self, path: Path) -> bool:
        """Never by itself: without a mapping nobody knows what the columns mean."""
        return False

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        plan = _plan(mapping, path)
        entries = sorted(entry for entry in path.iterdir() if entry.is_file()) if path.is_dir() else [path]
        chosen = [entry for entry in entries if entry.name.lower().endswith(ENDINGS[plan.form])]
        if not chosen:
            raise SourceUnreadable("holds no file that this mapping is for", where=printable(path),
                                   fix=f"its name ends in one of {', '.join(ENDINGS[plan.form])}")
        files = tuple(SourceFile(regular_file(entry), self.NAME) for entry in chosen)
        return Survey(files, tuple(printable(entry) for entry in entries if entry not in chosen))

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        plan = _plan(desk.mapping, sources[0].path)
        parts: list[Path] = []
        columns: tuple[str, ...] = ()
        for index, source in enumerate(sources):
            path = desk.parquet("records")
            names = _WRITERS[plan.form](plan, index, source, path, desk)
            if columns and names != columns:
                raise MappingInvalid(f"{printable(source.path.name)} has other columns than the first file",
                                     where=f"mapping {plan.name}", fix="read such files one by one")
            columns = names
            parts.append(path)
        if missing := [name for name in plan.used if name not in columns]:
            raise MappingInvalid(f"the file has no column {', '.join(missing)}", where=f"mapping {plan.name}",
                                 fix="correct its columns")
        records = parquet_scan(parts)
        cells = {name: f"c{place}" for place, name in enumerate(columns)}
        for place, table in enumerate(plan.tables):
            kept = "problem IS NULL"
            if table.only is not None:
                kept += f" AND {cells[table.only[0]]} = {literal(table.only[1])}"
            rejects = None if place else (
                "(SELECT source, row, '' AS \"column\", problem AS reason, 'write one object a line' AS hint, raw "
                f"FROM {records} WHERE problem IS NOT NULL)"
            )
            yield mapped_rows(plan, table, spare_columns(plan, table, columns), f"FROM {records} WHERE {kept}",
                              cell=cells.__getitem__, rejects=rejects)


def _plan(mapping: Path | None, path: Path) -> Mapping:
    if mapping is None:
        raise SourceUnreadable("a table needs a mapping", where=printable(path),
                               fix="say which with --mapping FILE, or the name of one that is shipped")
    plan = read_mapping(mapping)
    if plan.form not in ENDINGS:
        raise MappingInvalid("is the mapping of another kind of source", where=f"mapping {plan.name}",
                             fix="give one with [json], [sheet] or [parquet]")
    return plan


def _from_json(plan: Mapping, index: int, source: SourceFile, path: Path, desk: Desk) -> tuple[str, ...]:
    lines = parquet_scan([write_lines([source], desk)])
    cells = "".join(
        f", CASE WHEN good THEN nullif(json_extract_string(line, {literal(told)}), 'null') END AS c{place}"
        for place, told in enumerate(plan.paths.values())
    )
    try:
        desk.engine.run(
            f"COPY (SELECT {index}::INTEGER AS source, row, coalesce(bytes, line) AS raw, "
            f"CASE WHEN NOT good THEN 'is no JSON object' END AS problem{cells} FROM (SELECT *, "
            "coalesce(json_valid(line), false) AND starts_with(ltrim(line), '{') AS good "
            f"FROM {lines} WHERE line IS NOT NULL)) TO {literal(str(path))} (FORMAT parquet, COMPRESSION lz4)",
            stage="reading JSON lines", progress=desk.progress,
        )
    except EngineFailed as error:
        raise MappingInvalid("holds a path that is none", where=f"mapping {plan.name}",
                             fix='write paths as $.user.id or $.ts."$date"') from error
    return tuple(plan.paths)


def _from_parquet(_plan: Mapping, index: int, source: SourceFile, path: Path, desk: Desk) -> tuple[str, ...]:
    try:
        schema = pq.read_schema(source.readable)
        names = tuple(schema.names)
        texts = [
            f"to_json({quoted(name)})::VARCHAR" if pa.types.is_nested(schema.field(name).type)
            else f"{quoted(name)}::VARCHAR" for name in names
        ]
        raw = ", ".join(f"{literal(name)}, {text}" for name, text in zip(names, texts, strict=True))
        cells = "".join(f", {text} AS c{place}" for place, text in enumerate(texts))
        desk.engine.run(
            f"COPY (SELECT {index}::INTEGER AS source, file_row_number + 1 AS row, json_object({raw})::VARCHAR AS raw, "
            f"NULL::VARCHAR AS problem{cells} FROM "
            f"{parquet_scan([desk.link(source)], options=', file_row_number = true')}) TO {literal(str(path))} "
            "(FORMAT parquet, COMPRESSION lz4)",
            stage="reading Parquet", progress=desk.progress,
        )
    except (OSError, ValueError, EngineFailed) as error:
        raise SourceUnreadable(
            "is no readable Parquet file", where=source.name, fix="copy or export it again"
        ) from error
    return names


def _from_sheet(plan: Mapping, index: int, source: SourceFile, path: Path, desk: Desk) -> tuple[str, ...]:
    rows = sheet_rows(source.readable, plan.sheet)
    _, header = next(rows, (0, ()))
    names = unique_names([cell or "" for cell in header])
    schema = pa.schema([("source", pa.int32()), ("row", pa.int64()), ("raw", pa.string()), ("problem", pa.string()),
                        *((f"c{place}", pa.string()) for place in range(len(names)))])
    block: list[tuple[object, ...]] = []
    with pq.ParquetWriter(path, schema, compression="lz4") as writer:
        for number, cells in rows:
            if not any(cells):
                continue
            wide = len(cells) > len(names) and any(cells[len(names):])
            fitted = (*cells, *(None,) * len(names))[: len(names)]
            raw = json.dumps(dict(zip(names, fitted, strict=True)), ensure_ascii=False)
            problem = f"has {len(cells)} columns, the header {len(names)}" if wide else None
            block.append((index, number, raw, problem, *fitted))
            if len(block) >= _ROWS:
                writer.write_table(_table(block, schema))
                desk.progress("reading the sheet", number, None)
                block = []
        if block:
            writer.write_table(_table(block, schema))
    return names


def _table(block: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = zip(*block, strict=True)
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def sheet_rows(path: Path, sheet: str = "") -> Iterator[tuple[int, tuple[str | None, ...]]]:
    """(row number, cells as text) of a worksheet (the first if none is named); SourceUnreadable if there is none.

    Formulas are what the workbook last computed; nothing is computed or fetched here.
    """
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as packed:
            check_growth(path, path.stat().st_size, sum(entry.file_size for entry in packed.infolist()))
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            if sheet and sheet not in book.sheetnames:
                raise SourceUnreadable(f"has no sheet {sheet!r}", where=printable(path),
                                       fix=f"it has {', '.join(book.sheetnames)}")
            chosen = book[sheet] if sheet else book.worksheets[0]
            for number, cells in enumerate(chosen.iter_rows(values_only=True), start=1):
                yield number, tuple(map(_text, cells))
        finally:
            book.close()
    except SourceUnreadable:
        raise
    except Exception as error:  # hostile bytes: whatever the parser makes of them
        raise SourceUnreadable(
            "is no whole Excel workbook", where=printable(path), fix="copy or export it again"
        ) from error


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


_WRITERS = {"json": _from_json, "parquet": _from_parquet, "sheet": _from_sheet}
