"""A subgraph as an Excel workbook with the sheets ``nodes``, ``edges`` and ``about``.  No cell can be a formula.

Texts are written as texts, whatever they look like: nothing is taken for a formula, a link or a number, so no mark is
put before them.  What a workbook cannot hold, or would take for its own escape (``_x0041_``), is written ``\\uHHHH``.
A sheet holds 1,048,576 rows and a cell 32,767 characters; more is refused, not cut.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from graph.subgraph import Subgraph
from workbench.errors import ExportError
from workbench.exports.tables.columns import Sheet, sheets_of
from workbench.exports.values import encode

_ROWS, _TEXT, _EXACT, _DIGITS = 1_048_575, 32_767, 2**53, 16  # digits: as the library writes numbers
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "constant_memory": True, "nan_inf_to_errors": False}
_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001  a workbook's property has no zone; no clock is read


_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)|\\\\(?=u[0-9A-F]{4})"
)


def plain(text: str) -> str:
    """The text as a cell holds it; the inverse reads every ``\\uHHHH`` as its character."""
    return _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04X}", text)


def write_xlsx(subgraph: Subgraph, path: Path, provenance: Mapping[str, Any]) -> None:
    """Write the file.  ExportError if a table or a text is larger than a sheet holds."""
    for what, count in (("nodes", len(subgraph.nodes)), ("edges", len(subgraph.edges))):
        if count > _ROWS:
            raise ExportError(f"{count:,} {what} are more than a sheet holds ({_ROWS:,})", where=str(path),
                              fix="choose less, or another format (parquet, csv)")
    write_book(sheets_of(subgraph), path, provenance)


def write_book(sheets: Iterable[Sheet], path: Path, provenance: Mapping[str, Any]) -> None:
    """Write these tables, a sheet each, and ``about``."""
    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        book.set_properties({"created": _CREATED, "title": "Filature"})
        bold = book.add_format({"bold": True})
        for sheet in sheets:
            _write(book, sheet, bold, path)
        about = book.add_worksheet("about")
        for number, (name, value) in enumerate(sorted(provenance.items())):
            about.write_string(number, 0, plain(str(name)), bold)
            about.write_string(number, 1, _fitting(plain(str(encode(value, "json"))), path))


def _write(book: Any, sheet: Sheet, bold: Any, path: Path) -> None:
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    for place, name in enumerate(sheet.columns):
        page.write_string(0, place, _fitting(plain(name), path), bold)
    for number, row in enumerate(sheet.rows, 1):
        for place, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, bool):
                page.write_boolean(number, place, value)
            elif isinstance(value, int | float) and float(f"{value:.{_DIGITS}G}") == value and abs(value) <= _EXACT:
                page.write_number(number, place, value)
            else:  # a longer number would lose digits
                page.write_string(number, place, _fitting(plain(str(value)), path))


def _fitting(text: str, path: Path) -> str:
    if len(text.encode("utf-16-le")) // 2 > _TEXT:
        raise ExportError(f"a text of {len(text):,} characters is longer than a cell holds ({_TEXT:,})",
                          where=str(path), fix="choose less, or another format (parquet, csv)")
    return text
