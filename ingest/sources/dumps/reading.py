"""How is a SQL dump read without a server?  Its rows go into a SQLite file of ours, which the mapping then asks.

So one mapping reads a platform's SQLite file and its dump alike.  No statement of the dump is ever run: a seized dump
may hold any.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.errors import SourceUnreadable
from ingest.lake.engine import parquet_scan
from ingest.mapping import Mapping
from ingest.source_files import printable
from ingest.sources.databases.queries import asked, chosen_mapping
from ingest.sources.dumps.declared import Tables, declared_tables
from ingest.sources.dumps.dialect import dialect_of, is_custom
from ingest.sources.dumps.loading import empty, load, tables_asked
from ingest.sources.dumps.rows import BadRow
from ingest.sources.reader import Desk, SourceFile
from ingest.sources.stanzas import add_functions


def is_dump(path: Path) -> bool:
    """Did ``pg_dump``, ``mysqldump``, ``mariadb-dump`` or phpMyAdmin write it, as text or in a packed form?"""
    return dialect_of(path) is not None or is_custom(path)


def surveyed_dump(path: Path, given: Path | None) -> str:
    """What is asked of the dump, for the manifest; SourceUnreadable or MappingInvalid as for a database."""
    dialect = dialect_of(path)
    if dialect is None:
        raise SourceUnreadable(
            "is a dump in PostgreSQL's packed form" if is_custom(path) else "is no SQL dump", where=printable(path),
            fix="write it as plain text with pg_restore and give that",
        )
    with closing(_made(declared_tables(path), path)) as base:
        mapping = chosen_mapping(base, given, where=printable(path))
    return asked(mapping, server=f"{dialect.name} {dialect.server}".strip())


def loaded(source: SourceFile, mapping: Mapping, index: int, desk: Desk) -> tuple[Path, str | None]:
    """(a SQLite file with the tables that the mapping asks for, SQL of the rows that could not be read)."""
    dialect = dialect_of(source.readable)
    if dialect is None:
        raise SourceUnreadable("is no SQL dump", where=source.name, fix="dump it again")
    tables = declared_tables(source.readable)
    with closing(_made(tables, source.path)) as base:
        wanted = tables_asked(base, (table.query for table in mapping.tables))
    target = desk.parquet("dump").with_suffix(".sqlite")
    bad = load(source.readable, dialect, tables, wanted, target, progress=desk.progress)
    return target, _rejects(bad, index, desk) if bad else None


def _made(tables: Tables, path: Path) -> sqlite3.Connection:
    """The dump's tables without rows, with what a mapping's queries may call."""
    if not tables:
        raise SourceUnreadable("declares no table", where=printable(path), fix="dump it again, with its tables")
    try:
        base = empty(tables)
    except sqlite3.Error as error:
        raise SourceUnreadable(
            f"declares a table that cannot be made ({error})", where=printable(path), fix="dump it again"
        ) from error
    add_functions(base)
    base.execute("SELECT 1 FROM json_each('[]')")  # SQLite declares it once, which readers may not
    return base


def _rejects(bad: Sequence[BadRow], index: int, desk: Desk) -> str:
    path = desk.parquet("unread")
    pq.write_table(pa.table({
        "source": pa.array([index] * len(bad), pa.int32()), "row": pa.array([one.line for one in bad], pa.int64()),
        "column": [""] * len(bad),
        "reason": [f"the row of {printable(one.table)} in this line of the dump {one.reason}" for one in bad],
        "hint": ["dump the table again, or mend the line in a copy"] * len(bad), "raw": [one.raw for one in bad],
    }), path)
    return parquet_scan([path])
