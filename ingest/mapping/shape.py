"""How is a text file cut into columns?  Delimiter, header and first rows, told from its beginning."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.mapping.declared import WHITESPACE
from ingest.sources.text_lines import head_lines

DELIMITERS = (",", ";", "\t", "|")
ROWS = 200
_HEAD_BYTES = 256 << 10
_AGREE = 0.8  # share of the lines that must have the same number of columns
_MOST_COLUMNS = 500
_VALUE = re.compile(r"[-+]?[\d\s.,:/TZ+-]*\d[\d\s.,:/TZ+-]*|[^\s@]+@[^\s@]+\.\w+")


@dataclass(frozen=True)
class Shape:
    """``columns``: their names, of the header or by number; ``rows``: the first rows, each as wide as ``columns``.

    ``guessed``: some of these lines are no UTF-8, so that they were read as Windows-1252.
    """

    delimiter: str
    quote: str
    comment: str
    header: bool
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guessed: bool = False

    def values(self, column: str) -> list[str]:
        """What stands in a column of the first rows, without the empty ones."""
        place = self.columns.index(column)
        return [row[place] for row in self.rows if row[place]]


def shape_of(path: Path, *, delimiter: str | None = None, header: bool | None = None) -> Shape | None:
    """How the file is cut, with what is given taken as given; None if it is no table of at least two columns."""
    head = head_lines(path, size=_HEAD_BYTES)
    lines = [line for line, _ in head]
    if len(lines) > 1 and path.stat().st_size > _HEAD_BYTES:
        lines.pop()  # perhaps cut
    comment = _comment(lines)
    lines = [line for line in lines if not (comment and line.startswith(comment))][: ROWS + 1]
    if lines and "\x00" in lines[0]:
        return None
    chosen = _delimiter(lines) if delimiter is None else delimiter
    if not lines or chosen is None:
        return None
    quote = "" if chosen == WHITESPACE else '"'
    cells = [cells_of(line, chosen, quote) for line in lines]
    width = Counter(map(len, cells)).most_common(1)[0][0]
    if (width < 2 and delimiter is None) or width > _MOST_COLUMNS:
        return None
    has_header = _is_header(cells[0]) if header is None else header
    if has_header:
        columns = unique_names(cells[0])
        body = cells[1:]
    else:
        columns, body = numbered(width), cells
    rows = tuple(tuple(row) for row in body if len(row) == len(columns))[:ROWS]
    return Shape(chosen, quote, comment, has_header, columns, rows, not all(plain for _, plain in head))


def cells_of(line: str, delimiter: str, quote: str) -> list[str]:
    """The texts between the delimiters of a line."""
    if delimiter == WHITESPACE:
        return line.split()
    if not quote:
        return [cell.strip() for cell in line.split(delimiter)]
    return next(csv.reader([line], delimiter=delimiter, quotechar=quote), [])


def unique_names(cells: Sequence[str]) -> tuple[str, ...]:
    """A header's cells as names that differ: an empty one is named by its place, a repeated one by its turn."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = base = cell.strip() or f"column {place}"
        turn = 2
        while name in names:
            name, turn = f"{base} ({turn})", turn + 1
        names.append(name)
    return tuple(names)


def numbered(width: int) -> tuple[str, ...]:
    """Names of columns that have none."""
    return tuple(f"column {place}" for place in range(1, width + 1))


def _comment(lines: Sequence[str]) -> str:
    """``#`` if lines are remarks; a first line alone that is cut like the next one is a header that begins so."""
    if not lines or not lines[0].startswith("#"):
        return ""
    if len(lines) > 1 and not lines[1].startswith("#"):
        for delimiter in DELIMITERS:
            first, second = (len(cells_of(line, delimiter, '"')) for line in lines[:2])
            if first == second > 1:
                return ""
    return "#"


def _delimiter(lines: Sequence[str]) -> str | None:
    best, best_width = None, 1
    for delimiter in (*DELIMITERS, WHITESPACE):
        if delimiter == WHITESPACE and best is not None:
            break
        widths = Counter(len(cells_of(line, delimiter, '"' if delimiter != WHITESPACE else "")) for line in lines)
        if not widths:
            return None
        width, agreeing = widths.most_common(1)[0]
        if agreeing >= _AGREE * len(lines) and width > best_width:
            best, best_width = delimiter, width
    return best


def _is_header(cells: Sequence[str]) -> bool:
    """Names differ, are short, and are no numbers, times or addresses."""
    named = [cell.strip() for cell in cells if cell.strip()]
    return (
        len(named) * 2 > len(cells) and len(set(named)) == len(named)
        and not any(len(cell) > 64 or _VALUE.fullmatch(cell) for cell in named)
    )
