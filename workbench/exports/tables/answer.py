"""An answer's rows as one table, aggregates as well: CSV, JSON, Parquet or Excel, in a ZIP with its manifest.

Cells are written by the rules of the other table formats: none can be a formula, none is cut.
"""

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from queries.runner import QueryResult
from workbench.errors import ExportError
from workbench.exports.tables.columns import Sheet, sheet_of
from workbench.exports.tables.csv_files import write_table as write_csv_table
from workbench.exports.tables.csv_files import zip_member
from workbench.exports.tables.parquet_files import write_table as write_parquet_table
from workbench.exports.tables.workbook import write_book


def answer_archive(result: QueryResult, to: str, *, name: str, provenance: Mapping[str, Any]) -> bytes:
    """A ZIP with ``NAME.csv`` (or json, parquet, xlsx) and ``NAME.csv.manifest.json``.

    ``provenance`` says what was asked of what: case, evidence digest, statement, parameters.  Raises ExportError for
    an unknown format, or what a sheet cannot hold.
    """
    if to not in TABLE_FORMATS:
        raise ExportError(f"no table format {to!r}", fix=f"use one of {', '.join(TABLE_FORMATS)}")
    sheet = sheet_of("answer", result.columns, result.rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{to}"
        TABLE_FORMATS[to](sheet, path, provenance)
        body = path.read_bytes()
    manifest = {
        **provenance, "format": to, "sha256": hashlib.sha256(body).hexdigest(), "rows": len(result.rows),
        "truncated": result.truncated, "columns": sheet.columns,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zip_member(f"{name}.{to}"), body)
        text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=True, default=str) + "\n"
        archive.writestr(zip_member(f"{name}.{to}.manifest.json"), text)
    return packed.getvalue()


def _csv(sheet: Sheet, path: Path, provenance: Mapping[str, Any]) -> None:
    del provenance
    with path.open("w", encoding="utf-8", newline="") as out:
        write_csv_table(sheet, out)


def _json(sheet: Sheet, path: Path, provenance: Mapping[str, Any]) -> None:
    """An array of objects; a column of lists or maps holds them as such, an absent value is left out."""
    del provenance
    rows = [
        {
            name: json.loads(str(value)) if kind == "json" else value
            for (name, kind), value in zip(sheet.columns.items(), row, strict=True) if value is not None
        }
        for row in sheet.rows
    ]
    path.write_text(json.dumps(rows, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")


def _parquet(sheet: Sheet, path: Path, provenance: Mapping[str, Any]) -> None:
    del provenance
    write_parquet_table(sheet, path)


def _xlsx(sheet: Sheet, path: Path, provenance: Mapping[str, Any]) -> None:
    write_book([sheet], path, provenance)


TABLE_FORMATS = MappingProxyType({"csv": _csv, "json": _json, "parquet": _parquet, "xlsx": _xlsx})
"""How a table of rows is written, by format."""
