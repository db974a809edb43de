"""Which rows does a dump fill its tables with?  COPY blocks and INSERT statements, streamed; nothing is ever executed.

PostgreSQL, "COPY", text format; MySQL, "String Literals".  A row that cannot be read is told with its line, and reading
goes on behind it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from ingest.sources.dumps.declared import NAME, bare, names_in
from ingest.sources.dumps.dialect import Dialect

LONGEST = 64 << 20
"""Bytes of one row, or of one line that is none, at most."""
_SHOWN = 2_000
_COPY = re.compile(rf"COPY ({NAME}) \((.*)\) FROM stdin;\s*$".encode(), re.I)
_INSERT = re.compile(
    rf"(?:INSERT|REPLACE) (?:IGNORE )?INTO ({NAME})\s*(?:\(([^)]*)\)\s*)?"
    rf"(?:OVERRIDING (?:SYSTEM|USER) VALUE\s*)?VALUES\s*".encode(), re.I,
)
_COPY_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.S)
_COPY_SIGNS = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
_MYSQL_ESCAPE = re.compile(rb"\\(.)|''", re.S)
_MYSQL_SIGNS = {b"0": b"\0", b"b": b"\b", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"Z": b"\x1a", b"%": b"\\%",
                b"_": b"\\_"}
_PLAIN = rb"'(?:[^']++|'')*+'"
_ESCAPED = rb"'(?:[^'\\]++|\\.|'')*+'"
Cell = str | bytes | None


@dataclass(frozen=True)
class Row:
    """``columns``: the names that the dump gives for it, None where it means all of the table's in order."""

    table: str
    columns: tuple[str, ...] | None
    cells: Sequence[Cell]
    line: int


@dataclass(frozen=True)
class BadRow:
    """What stands at ``line`` and is no row, or not a whole one."""

    table: str
    line: int
    reason: str
    raw: str


def rows_of(
    stream: IO[bytes], dialect: Dialect, *, wanted: Callable[[str], bool], told: Callable[[int], None]
) -> Iterator[Row | BadRow]:
    """Every row of the tables that are wanted, in order; ``told`` is called with the bytes read so far."""
    lines = _Lines(stream, told)
    while (line := lines.next()) is not None:
        first = line[:1].upper()
        if first == b"C" and (copy := _COPY.match(line)):
            table, names = bare(_name(copy[1])), tuple(names_in(_name(copy[2])))
            yield from _copied(lines, table, names, dialect, wanted=wanted(table))
        elif first in (b"I", b"R") and (insert := _INSERT.match(line)):
            table = bare(_name(insert[1]))
            columns = None if insert[2] is None else tuple(names_in(_name(insert[2])))
            if wanted(table):
                yield from _Inserted(lines, table, columns, dialect).rows(line[insert.end():])


def _name(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


class _Lines:
    """Lines with their numbers; a line beyond bounds comes cut, and the rest of it is passed over."""

    def __init__(self, stream: IO[bytes], told: Callable[[int], None]) -> None:
        self._stream, self._told, self._read = stream, told, 0
        self.number, self.cut = 0, False

    def next(self) -> bytes | None:
        line = self._stream.readline(LONGEST)
        if not line:
            return None
        self.number += 1
        self._read += len(line)
        self.cut = len(line) == LONGEST and not line.endswith(b"\n")
        if self.cut:
            while (rest := self._stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                self._read += len(rest)
        if self.number % 4096 == 0 or len(line) > 1 << 16:
            self._told(self._read)
        return line


def _copied(
    lines: _Lines, table: str, names: tuple[str, ...], dialect: Dialect, *, wanted: bool
) -> Iterator[Row | BadRow]:
    while (line := lines.next()) is not None:
        body = line.rstrip(b"\n").removesuffix(b"\r")
        if body == b"\\.":
            return
        if not wanted:
            continue
        cells = _copy_cells(body, dialect)
        if lines.cut:
            yield BadRow(table, lines.number, f"is longer than {LONGEST:,} bytes", _shown(body))
        elif len(cells) != len(names):
            yield BadRow(table, lines.number, f"has {len(cells)} values for {len(names)} columns", _shown(body))
        else:
            yield Row(table, names, cells, lines.number)
    yield BadRow(table, lines.number + 1, "is missing: the dump ends within this table", "")


def _copy_cells(body: bytes, dialect: Dialect) -> list[Cell]:
    if b"\\" not in body:
        try:
            return list(body.decode(dialect.encoding).split("\t"))
        except UnicodeDecodeError:
            pass
    return [
        None if cell == b"\\N" else decoded(_COPY_ESCAPE.sub(_copy_sign, cell) if b"\\" in cell else cell, dialect)
        for cell in body.split(b"\t")
    ]


def _copy_sign(found: re.Match[bytes]) -> bytes:
    octal, hexadecimal, sign = found.groups()
    if octal is not None:
        return bytes([int(octal, 8) & 0xFF])
    if hexadecimal is not None:
        return bytes([int(hexadecimal, 16)])
    return _COPY_SIGNS.get(sign, sign)


def decoded(raw: bytes, dialect: Dialect) -> Cell:
    """The text; the bytes where they are none in the dump's encoding."""
    try:
        return raw.decode(dialect.encoding)
    except UnicodeDecodeError:
        return raw


class _Inserted:
    """The rows of one INSERT, which may go on over lines."""

    def __init__(self, lines: _Lines, table: str, columns: tuple[str, ...] | None, dialect: Dialect) -> None:
        self._lines, self._table, self._columns, self._dialect = lines, table, columns, dialect
        quoted = _ESCAPED if dialect.backslash else _PLAIN
        self._token = re.compile(
            rb"\s*(?:([(),;])|((?:_[A-Za-z0-9]+\s*|[NnXxBb])?" + quoted + rb")|([Ee]" + _ESCAPED + rb")"
            rb"|([+-]?[\w.+-]+)(?=[\s(),;]))", re.S,
        )

    def rows(self, rest: bytes) -> Iterator[Row | BadRow]:
        """``rest``: what follows VALUES in its line."""
        self._buffer, self._at, self._step = rest, 0, 1
        begun, line = self._at, self._lines.number
        cells: list[Cell] | None = None
        while True:
            match = self._token.match(self._buffer, self._at)
            if match is None:
                if self._buffer[self._at:].strip() and self._hopeless():
                    yield self._bad(line, "cannot be read", begun)
                    return
                if cells is None:
                    self._buffer, self._at, begun = self._buffer[self._at:], 0, 0
                if not self._more():
                    yield self._bad(line, "is missing or cut: the dump ends within this table", begun)
                    return
                if self._lines.cut or len(self._buffer) - begun > LONGEST:
                    yield self._bad(line, f"is longer than {LONGEST:,} bytes", begun)
                    return
                continue
            self._at = match.end()
            sign = match[1]
            if sign is None:
                if cells is None:
                    yield self._bad(line, "cannot be read", begun)
                    return
                cells.append(self._value(match))
            elif sign == b"(":
                if cells is not None:  # a call of a function: no dump of rows has one
                    yield self._bad(line, "cannot be read", begun)
                    return
                cells, begun, line = [], match.start(), self._lines.number
            elif sign == b")" and cells is not None:
                yield Row(self._table, self._columns, cells, line)
                cells, self._step = None, 1
            elif sign == b";" and cells is None:
                return

    def _hopeless(self) -> bool:
        """Is what stands here the beginning of nothing, so that more lines would not help?"""
        at = len(self._buffer) - len(self._buffer[self._at:].lstrip())
        return self._buffer[at:at + 1] not in b"'_NnXxBbEe" and b"\n" in self._buffer[at:]

    def _more(self) -> bool:
        """Take more lines, each time twice as many: a text of many lines is not looked through once a line."""
        taken = []
        for _ in range(self._step):
            line = self._lines.next()
            if line is None:
                break
            taken.append(line)
            if self._lines.cut or sum(map(len, taken)) > LONGEST:
                break
        self._step = min(self._step * 2, 1 << 16)
        self._buffer += b"".join(taken)
        return bool(taken)

    def _value(self, match: re.Match[bytes]) -> Cell:
        quoted, escaped, plain = match[2], match[3], match[4]
        if plain is not None:
            return self._bare(plain)
        text = escaped if escaped is not None else quoted
        begin = text.index(b"'")
        prefix, inner = text[:begin].strip().lower(), text[begin + 1:-1]
        if self._dialect.backslash or escaped is not None:
            inner = _MYSQL_ESCAPE.sub(_mysql_sign, inner) if b"\\" in inner or b"''" in inner else inner
        elif b"''" in inner:
            inner = inner.replace(b"''", b"'")
        if prefix == b"x":
            return _from_hex(inner)
        if prefix == b"b" and inner.strip(b"01") == b"":
            return str(int(inner or b"0", 2))
        return inner if prefix == b"_binary" else decoded(inner, self._dialect)

    @staticmethod
    def _bare(plain: bytes) -> Cell:
        lower = plain.lower()
        if lower == b"null":
            return None
        if lower.startswith(b"0x"):
            return _from_hex(plain[2:])
        return plain.decode("utf-8", "replace")

    def _bad(self, line: int, reason: str, begun: int) -> BadRow:
        return BadRow(self._table, line, reason, _shown(self._buffer[begun:begun + _SHOWN]))


def _mysql_sign(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return b"'" if sign is None else _MYSQL_SIGNS.get(sign, sign)


def _from_hex(digits: bytes) -> bytes:
    try:
        return bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return digits


def _shown(raw: bytes) -> str:
    return raw[:_SHOWN].decode("utf-8", "backslashreplace").rstrip("\n")
