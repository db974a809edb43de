"""A subgraph as two tables, ``nodes.csv`` and ``edges.csv``: in a ZIP file, or in a folder.

Every cell is quoted.  A spreadsheet would run a cell that begins with ``= + - @`` (or their wide forms, a tab or a
line end): such a text, and one that begins with an apostrophe, gets an apostrophe before it.  To read back, take one
leading apostrophe away.  An empty cell is an absent value; a text of no characters is a lone apostrophe.
"""

import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from graph.subgraph import Subgraph
from workbench.exports.tables.columns import Cell, Sheet, sheets_of
from workbench.exports.values import escape

_RISKY = tuple("'=+-@\t\r\n|%＝＋－＠")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_csv(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any]) -> None:
    """Write a ZIP if the name ends in ``.zip``, else a folder of that name."""
    del provenance
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for sheet in sheets_of(subgraph):
                packed = archive.open(zip_member(f"{sheet.name}.csv"), "w")
                with packed as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as out:
                    write_table(sheet, out)
        return
    path.mkdir()
    for sheet in sheets_of(subgraph):
        with (path / f"{sheet.name}.csv").open("w", encoding="utf-8", newline="") as out:
            write_table(sheet, out)


def zip_member(name: str) -> zipfile.ZipInfo:
    """A packed member of a ZIP with a fixed time: the same content gives the same bytes."""
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    text = escape(text)
    risky = not text or text.startswith(_RISKY) or text.lstrip().startswith(_RISKY)
    return "'" + text if risky else text


def original(cell: str) -> str:
    """The inverse of ``neutral``, but for the escape of control characters."""
    return cell[1:] if cell.startswith("'") else cell


def write_table(sheet: Sheet, out: IO[str]) -> None:
    """Write one table with its header."""
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(neutral, sheet.columns))
    writer.writerows(map(_cell, row) for row in sheet.rows)


def table_bytes(sheet: Sheet) -> bytes:
    """The table as the bytes of a file."""
    out = io.StringIO(newline="")
    write_table(sheet, out)
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return neutral(value) if isinstance(value, str) else repr(value)
