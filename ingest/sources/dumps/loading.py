"""How do a dump's rows become tables that a mapping can ask?  Into a SQLite file of ours, each column by its form."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from ingest.lake.engine import quoted
from ingest.runtime.progress import Progress
from ingest.sources.databases.sqlite_files import tables_of
from ingest.sources.dumps.declared import Column, Tables
from ingest.sources.dumps.dialect import Dialect
from ingest.sources.dumps.rows import BadRow, Cell, Row, rows_of

_ROWS = 5_000
_AFFINITY = {"integer": "INTEGER", "boolean": "INTEGER", "number": "NUMERIC", "bytes": "TEXT", "text": "TEXT"}
_TRUE, _FALSE = frozenset(("t", "true", "1")), frozenset(("f", "false", "0"))


def empty(tables: Tables, path: Path | str = ":memory:") -> sqlite3.Connection:
    """A database with those tables and no rows: what a mapping's queries can be tried on."""
    base = sqlite3.connect(path, isolation_level=None)
    for name, columns in tables.items():
        listed = ", ".join(f"{quoted(column.name)} {_AFFINITY[column.form]}" for column in columns)
        base.execute(f"CREATE TABLE {quoted(name)} ({listed})")
    return base


def tables_asked(base: sqlite3.Connection, queries: Iterable[str]) -> frozenset[str]:
    """The tables that the queries read."""
    names = {name.lower() for name in tables_of(base)}
    found: set[str] = set()

    def seen(action: int, one: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ and one and one.lower() in names:
            found.add(one.lower())
        return sqlite3.SQLITE_OK

    base.set_authorizer(seen)
    try:
        for query in queries:
            base.execute(f"SELECT * FROM ({query}\n) LIMIT 0").close()
    finally:
        base.set_authorizer(None)
    return frozenset(found)


def load(
    source: Path, dialect: Dialect, tables: Tables, wanted: Collection[str], target: Path, *, progress: Progress
) -> list[BadRow]:
    """Fill ``target``, a new SQLite file, with the rows of the tables that are wanted; what could not be read."""
    total = source.stat().st_size
    bad: list[BadRow] = []
    with closing(empty({name: tables[name] for name in wanted}, target)) as base, source.open("rb") as stream:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("BEGIN")
        found = rows_of(
            stream, dialect, wanted=wanted.__contains__, told=lambda done: progress("reading the dump", done, total)
        )
        for table, columns, rows in _blocks(found, tables, bad):
            listed = ", ".join(quoted(column.name) for column in columns)
            marks = ", ".join("?" * len(columns))
            base.executemany(f"INSERT INTO {quoted(table)} ({listed}) VALUES ({marks})", rows)
        base.execute("COMMIT")
    return bad


def _blocks(
    found: Iterable[Row | BadRow], tables: Tables, bad: list[BadRow]
) -> Iterator[tuple[str, Sequence[Column], list[list[Cell | int]]]]:
    """Rows of one table and the same columns together; what does not fit its table goes to ``bad``."""
    held: list[list[Cell | int]] = []
    now: tuple[str, tuple[str, ...] | None] | None = None
    columns: tuple[Column, ...] = ()
    special: list[tuple[int, str]] = []
    for row in found:
        if isinstance(row, BadRow):
            bad.append(row)
            continue
        if (row.table, row.columns) != now or len(held) >= _ROWS:
            if now is not None and held:
                yield now[0], columns, held
            if (row.table, row.columns) != now:
                now = (row.table, row.columns)
                columns = _columns(tables[row.table], row.columns)
                special = [(at, one.form) for at, one in enumerate(columns) if one.form in ("boolean", "bytes")]
            held = []
        if len(row.cells) != len(columns):
            reason = f"has {len(row.cells)} values for {len(columns)} columns"
            bad.append(BadRow(row.table, row.line, reason, repr(row.cells)[:2_000]))
            continue
        cells: list[Cell | int] = list(row.cells)
        for at, form in special:
            cells[at] = _special(row.cells[at], form)
        held.append(cells)
    if now is not None and held:
        yield now[0], columns, held


def _columns(declared: tuple[Column, ...], named: tuple[str, ...] | None) -> tuple[Column, ...]:
    """The columns of a row; one that the dump names and does not declare is not kept, and so its rows do not fit."""
    if named is None:
        return declared
    known = {column.name.lower(): column for column in declared}
    return tuple(known[name.lower()] for name in named if name.lower() in known)


def _special(cell: Cell, form: str) -> Cell | int:
    if form == "boolean" and isinstance(cell, str):
        return 1 if cell.lower() in _TRUE else 0 if cell.lower() in _FALSE else cell
    if form == "bytes" and isinstance(cell, str) and cell.startswith("\\x"):
        try:
            return bytes.fromhex(cell[2:])
        except ValueError:
            return cell
    return cell
