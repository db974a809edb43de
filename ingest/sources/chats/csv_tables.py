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
    with source.readable.open(encoding="utf-8-sig", errors="backslashreplace", newline="") as stream:
        reader = csv.reader(_lines(stream))
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                rows.reject(
                    table,
                    index,
                    line,
                    reason=f"is no CSV record ({error})",
                    hint="the return was cut or changed: ask for it again",
                    raw="",
                )
                return
            if cells is None:
                return
            if any(cell and not cell.strip("=") for cell in cells):
                ruled, names = True, []
            elif ruled:
                ruled, names = False, [cell.strip().lower().replace(" ", "_") for cell in cells]
            elif names and any(cell.strip() for cell in cells):
                if len(cells) == len(names):
                    yield line, {name: cell or None for name, cell in zip(names, cells, strict=True)}
                elif len(cells) > 1:  # a legend is one cell
                    rows.reject(
                        table,
                        index,
                        line,
                        reason=f"has {len(cells)} columns, the header {len(names)}",
                        hint="the return was cut or changed: ask for it again",
                        raw=",".join(cells),
                    )


def _lines(stream: io.TextIOBase) -> Iterator[str]:
    """Lines without the null bytes, which no CSV holds."""
    for line in iter(lambda: stream.readline(1 << 24), ""):
        yield line.replace("\0", "\ufffd")
