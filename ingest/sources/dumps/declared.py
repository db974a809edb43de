"""Which tables does a dump declare, with which columns?  CREATE TABLE, and the columns that COPY and INSERT name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 4 << 20
_LONGEST = 1 << 20
"""Bytes of one CREATE TABLE at most."""
NAME = r'(?:(?:"(?:[^"]|"")*"|`(?:[^`]|``)*`|[\w$]+)\.)?(?:"(?:[^"]|"")*"|`(?:[^`]|``)*`|[\w$]+)'
_START = re.compile(
    rf"^(?:CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?({NAME})\s*\(|COPY ({NAME}) \(([^)\n]*)\) FROM stdin;"
    rf"|INSERT (?:IGNORE )?INTO ({NAME})\s*\(([^)\n]*)\)\s*VALUES)".encode(), re.M | re.I,
)
_COLUMN = re.compile(rf"\s*({NAME})\s+([A-Za-z]\w*(?: precision| varying)?)", re.I)
_NO_COLUMN = re.compile(
    r"\s*(?:PRIMARY|UNIQUE|KEY|INDEX|FULLTEXT|SPATIAL|CONSTRAINT|CHECK|FOREIGN|EXCLUDE|LIKE|PERIOD)\b", re.I
)
_INTEGER = re.compile(r"(?:tiny|small|medium|big)?int\w*$|(?:small|big)?serial$|year$|bit$", re.I)
_NUMBER = re.compile(r"numeric|decimal|real|double|float", re.I)


@dataclass(frozen=True)
class Column:
    """``form``: integer, number, boolean, bytes or text."""

    name: str
    form: str


Tables = dict[str, tuple[Column, ...]]
"""Columns in order, by the table's name in small letters, without its schema."""


def declared_tables(path: Path) -> Tables:
    """Every table that the dump declares; a table that is only filled has the columns that are named there, as text."""
    found: Tables = {}
    for match, body in _statements(path):
        created, copied, copy_columns, inserted, insert_columns = match.groups()
        name = bare(_text(created or copied or inserted))
        if created is not None:
            columns = _columns(_text(body))
            if columns:
                found[name] = columns
        elif name not in found:
            listed = names_in(_text(copy_columns if copied is not None else insert_columns))
            found[name] = tuple(Column(one, "text") for one in listed)
    return found


def _statements(path: Path) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """(how a statement begins, what follows), in order, without reading more than a part of the file at once."""
    with path.open("rb") as stream:
        buffer, ended = b"\n", False
        while not ended:
            block = stream.read(_CHUNK)
            ended = len(block) < _CHUNK
            buffer += block
            # what stands near the end may go on in the next block
            safe = len(buffer) if ended else max(0, len(buffer) - _LONGEST)
            last = 0
            for match in _START.finditer(buffer):
                if match.start() >= safe:
                    break
                yield match, buffer[match.end():match.end() + _LONGEST]
                last = match.end()
            cut = max(last, safe)
            buffer = buffer[cut:] if not ended else b""
            if cut and not ended and not buffer.startswith(b"\n"):
                # a line that was begun: what comes up to its end is no beginning of a statement
                newline = buffer.find(b"\n")
                buffer = buffer[newline:] if newline >= 0 else buffer[-1:]


def _columns(body: str) -> tuple[Column, ...]:
    """The columns of a CREATE TABLE, whose inside ``body`` begins with."""
    found: dict[str, Column] = {}
    for piece in _pieces(body):
        match = None if _NO_COLUMN.match(piece) else _COLUMN.match(piece)
        if match is not None:
            name = unquoted(match[1])
            found.setdefault(name.lower(), Column(name, _form(match[2])))
    return tuple(found.values())


def _pieces(body: str) -> Iterator[str]:
    """What commas part, up to the bracket that closes the list; quotes and inner brackets hide theirs."""
    depth, begin, quote = 0, 0, ""
    for at, sign in enumerate(body):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"`":
            quote = sign
        elif sign == "(":
            depth += 1
        elif sign == ")":
            if depth == 0:
                yield body[begin:at]
                return
            depth -= 1
        elif sign == "," and depth == 0:
            yield body[begin:at]
            begin = at + 1


def _form(told: str) -> str:
    kind = told.lower()
    if kind.startswith("bool"):
        return "boolean"
    if kind == "bytea" or kind.endswith("blob") or kind in ("binary", "varbinary"):
        return "bytes"
    return "integer" if _INTEGER.match(kind) else "number" if _NUMBER.match(kind) else "text"


def names_in(listed: str) -> list[str]:
    """The names of a list of columns, as COPY and INSERT write it."""
    return [unquoted(match[0]) for match in re.finditer(NAME, listed)]


def bare(name: str) -> str:
    """The table's own name in small letters, without the schema or database before it."""
    parts = re.findall(r'"(?:[^"]|"")*"|`(?:[^`]|``)*`|[\w$]+', name)
    return unquoted(parts[-1]).lower() if parts else ""


def unquoted(name: str) -> str:
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"`":
        return name[1:-1].replace(name[0] * 2, name[0])
    return name


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "replace")
