"""How are the CSV files of exports and returns read?  Record by record under their header's names.

Records are numbered as a spreadsheet does: the header is row 1.  A damaged record is a reject, and reading goes on with
the next line.  Returns of some providers hold several tables in one file, each below a legend and a line of ``=``.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.source_files import printable
from ingest.sources.chats.json_stream import first
from ingest.sources.chats.rows import ChatRows
from ingest.sources.csv_with_care import Damage, careful_records
from ingest.sources.reader import SourceFile

Record = dict[str, str | None]


def header_of(path: Path, *, delimiter: str = ",") -> list[str]:
    """The names in the first line of a CSV file; none if it is no such file."""
    if path.suffix.lower() != ".csv":
        return []
    try:
        return next(iter(csv.reader(io.StringIO(first(path), newline=""), delimiter=delimiter, strict=True)), [])
    except csv.Error:
        return []


def plain_records(
    source: SourceFile, *, delimiter: str = ",", header: list[str] | None = None
) -> Iterator[tuple[int, Record | Damage]]:
    """(row, values by name, or what is wrong) of every record.  ``header``: the names, if not as they stand.

    SourceUnreadable if there is not even a header.
    """
    names = header or header_of(source.path, delimiter=delimiter)
    if not names or source.readable.stat().st_size == 0:
        raise SourceUnreadable(
            "is empty: not even a header", where=printable(source.path), fix="remove the file or export it again"
        )
    for row, (record, _) in enumerate(careful_records(source.readable, names, delimiter), start=2):
        yield row, record if isinstance(record, Damage) else dict(zip(names, record, strict=True))


def records(
    rows: ChatRows,
    index: int,
    source: SourceFile,
    *,
    table: str = "messages",
    delimiter: str = ",",
    header: list[str] | None = None,
) -> Iterator[tuple[int, Record]]:
    """(row, values by name) of every sound record that is not all blank; the others become rejects."""
    for row, record in plain_records(source, delimiter=delimiter, header=header):
        if isinstance(record, Damage):
            rows.reject(
                table,
                index,
                row,
                column="",
                reason=f"the record {record.reason}",
                hint=record.hint,
                raw=record.raw.decode("utf-8", "backslashreplace"),
            )
        elif any(record.values()):
            yield row, record


def sections(
    rows: ChatRows, index: int, source: SourceFile, *, table: str = "messages"
) -> Iterator[tuple[int, Record]]:
    """(line, values by name in lower case) of files with a legend, a line of ``=``, a header and records, repeated."""
    names: list[str] = []
    ruled = False
    alone: list[tuple[int, str]] = []  # lines of one cell: a legend if a line of ``=`` follows, else no record

    def lost(line: int, reason: str, raw: str) -> None:
        rows.reject(table, index, line, reason=reason, hint="the return was cut or changed: ask for it again", raw=raw)

    with source.readable.open(encoding="utf-8-sig", errors="backslashreplace", newline="") as stream:
        reader = csv.reader(_lines(stream))
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                lost(line, f"is no CSV record ({error})", "")
                continue
            if cells is None:
                break
            if any(cell and not cell.strip("=") for cell in cells):
                ruled, names, alone = True, [], []
                continue
            if ruled:
                ruled, names = False, [cell.strip().lower().replace(" ", "_") for cell in cells]
                continue
            if not names or not any(cell.strip() for cell in cells):
                continue
            if len(cells) == 1 and len(names) > 1:
                alone.append((line, cells[0]))
                continue
            for place, text in alone:
                lost(place, f"has 1 columns, the header {len(names)}", text)
            alone = []
            if len(cells) == len(names):
                yield line, {name: cell or None for name, cell in zip(names, cells, strict=True)}
            else:
                lost(line, f"has {len(cells)} columns, the header {len(names)}", ",".join(cells))
        for place, text in alone:
            lost(place, f"has 1 columns, the header {len(names)}", text)


def _lines(stream: io.TextIOBase) -> Iterator[str]:
    """Lines without the null bytes, which no CSV holds."""
    for line in iter(lambda: stream.readline(1 << 24), ""):
        yield line.replace("\0", "\ufffd")
