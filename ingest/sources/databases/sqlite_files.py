"""How is a SQLite file from a stranger opened?  For reading only: nothing in it can run or write."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from ingest.errors import SourceUnreadable
from ingest.source_files import first_bytes, printable
from ingest.sources.stanzas import add_functions

_MAGIC = b"SQLite format 3\x00"
_ALLOWED = frozenset({sqlite3.SQLITE_READ, sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})


def is_sqlite(path: Path) -> bool:
    """Does the file begin as SQLite files do?  Never raises."""
    return first_bytes(path, len(_MAGIC)) == _MAGIC


def without_unmerged_log(path: Path) -> Path:
    """The path; SourceUnreadable where rows of the database stand in a log beside it, which would be passed over."""
    for ending, what in (("-wal", "write-ahead log"), ("-journal", "rollback journal")):
        log = path.with_name(path.name + ending)
        if log.exists() and log.stat().st_size:
            raise SourceUnreadable(
                f"has rows in its {what}, not in itself", where=printable(path),
                fix="let the program that wrote it end, or give a copy into which the log was merged",
            )
    return path


def opened(path: Path) -> sqlite3.Connection:
    """The database; bytes that are no UTF-8 are read with marks in their place.  SourceUnreadable if it is none."""
    try:
        base = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
        base.text_factory = lambda raw: raw.decode("utf-8", "replace")
        base.execute("PRAGMA trusted_schema = OFF")
        add_functions(base)
        base.execute("SELECT 1 FROM json_each('[]')")  # SQLite declares it once, which readers may not
        tables_of(base)
    except (sqlite3.Error, ValueError) as error:
        raise torn(path) from error
    return base


def tables_of(base: sqlite3.Connection) -> dict[str, list[str]]:
    """Names of tables and of their columns in order; views, which are programs of the file, are left out."""
    names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    listed = "SELECT name FROM pragma_table_info(?)"
    return {name: [column for (column,) in base.execute(listed, (name,))] for name in names}


def read_only(base: sqlite3.Connection) -> None:
    """From here on statements may read and compute, and nothing else."""

    def judged(action: int, _one: str | None, other: str | None, *_: str | None) -> int:
        loads = action == sqlite3.SQLITE_FUNCTION and str(other).lower() == "load_extension"
        return sqlite3.SQLITE_OK if action in _ALLOWED and not loads else sqlite3.SQLITE_DENY

    base.set_authorizer(judged)


def is_torn(error: sqlite3.Error) -> bool:
    """Is it the file that is at fault, not what was asked of it?"""
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR"))


def torn(path: Path) -> SourceUnreadable:
    return SourceUnreadable(
        "is no whole SQLite database", where=printable(path), fix="copy it again from where it was taken"
    )
