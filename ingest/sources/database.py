"""How is a platform's own database read?  A SQLite file by a declarative mapping: one SELECT a contract table.

The layouts of widespread software are shipped and known by the tables that are there; any other takes a mapping of
one's own.  The file is opened for reading only; views and triggers of a seized database are never trusted, and a
statement can do nothing but read (SQLite, "Defense Against The Dark Arts": trusted_schema, authorizer).
"""

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.errors import MappingInvalid, SourceUnreadable
from ingest.lake_engine import parquet_scan, quoted
from ingest.mapping import Mapping, TableMapping, read_mapping, shipped_mappings
from ingest.source_files import printable, regular_file
from ingest.sources.mapped_rows import mapped_rows
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey
from ingest.sources.sqlite_files import is_sqlite, is_torn, opened, read_only, tables_of, torn, without_unmerged_log

_ROWS = 20_000
_SHOWN = 12


class Database:
    """Reader of SQLite files.  A row's number is its place in the order of its query's key, counted on through the
    queries of one contract table; the key itself stands in the row's text and attributes."""

    NAME = "database"
    VERSION = "1"

    def recognises(self, path: Path) -> bool:
        return path.is_file() and is_sqlite(path)

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        files = [entry for entry in sorted(path.iterdir()) if self.recognises(entry)] if path.is_dir() else [path]
        if not files:
            raise SourceUnreadable("holds no SQLite database", where=printable(path), fix="name the file itself")
        return Survey(tuple(_surveyed(without_unmerged_log(regular_file(file)), mapping) for file in files))

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        for index, source in enumerate(sources):
            mapping = read_mapping(desk.mapping or json.loads(source.context)["mapping"])
            with closing(opened(source.readable)) as base:
                read_only(base)
                rows: dict[str, int] = defaultdict(int)
                for table in mapping.tables:
                    reading = _Reading(base, mapping, table, source, desk)
                    yield reading.staged(index, after=rows[table.table])
                    rows[table.table] += reading.rows
        desk.progress("reading databases", len(sources), len(sources))


def _surveyed(path: Path, given: Path | None) -> SourceFile:
    """The file with what is to be asked of it, which the manifest then tells."""
    with closing(opened(path)) as base:
        tables = tables_of(base)
        version = base.execute("SELECT sqlite_version()").fetchone()[0]
        mapping = read_mapping(given) if given is not None else _known(base, tables)
        if mapping is None:
            listed = sorted(tables)
            more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
            raise SourceUnreadable(
                f"is a database of no known layout (tables {', '.join(map(printable, listed[:_SHOWN])) or 'none'}"
                f"{more})", where=printable(path),
                fix="say with a mapping what its tables hold: see docs/formats.md, Databases",
            )
        if not mapping.database:
            raise MappingInvalid(
                "is the mapping of a delimited file, and this is a database", where=f"mapping {mapping.name}",
                fix="give one with a [database]",
            )
        _check(base, mapping, tables)
    asked = {
        "mapping": mapping.name, "sqlite": version,
        "queries": [[table.table, hashlib.sha256(table.query.encode()).hexdigest()[:16], table.query]
                    for table in mapping.tables],
    }
    return SourceFile(path, Database.NAME, context=json.dumps(asked, ensure_ascii=False, sort_keys=True))


def _known(base: sqlite3.Connection, tables: dict[str, list[str]]) -> Mapping | None:
    """The shipped mapping whose tables are all there, with the columns that it asks for; that of most tables first."""
    shipped = [mapping for file in shipped_mappings().values() if (mapping := read_mapping(file)).database]
    for mapping in sorted(shipped, key=lambda one: -len(one.database)):
        if set(mapping.database) <= set(tables) and not _faults(base, mapping, tables):
            return mapping
    return None


def _check(base: sqlite3.Connection, mapping: Mapping, tables: dict[str, list[str]]) -> None:
    """MappingInvalid tells every query that does not fit the database or may not run."""
    if faults := _faults(base, mapping, tables):
        raise MappingInvalid("; ".join(faults), where=f"mapping {mapping.name}", fix="correct its queries")


def _faults(base: sqlite3.Connection, mapping: Mapping, tables: dict[str, list[str]]) -> list[str]:
    faults = [f"the database has no table {name}" for name in mapping.database if name not in tables]
    read_only(base)
    for table in mapping.tables if not faults else ():
        try:
            columns = _columns(base, table)
        except (sqlite3.Error, sqlite3.Warning) as error:
            faults.append(f"the query of {table.table}: {error}")
            continue
        missing = [name for name in (*table.used, table.key) if name not in columns]
        if missing:
            faults.append(f"the query of {table.table} gives no column {', '.join(missing)}")
    return faults


def _columns(base: sqlite3.Connection, table: TableMapping) -> tuple[str, ...]:
    with closing(base.execute(f"SELECT * FROM ({table.query}\n) LIMIT 0")) as found:
        return tuple(name for name, *_ in found.description)


class _Reading:
    """One query: all cells as text, in the order of its key."""

    def __init__(
        self, base: sqlite3.Connection, mapping: Mapping, table: TableMapping, source: SourceFile, desk: Desk
    ) -> None:
        self._base, self._mapping, self._table, self._source, self._desk = base, mapping, table, source, desk
        self._key = '"' + table.key.replace('"', '""') + '"'
        self.rows = 0

    def staged(self, index: int, *, after: int) -> StagedTable:
        """The rows, numbered from ``after`` + 1; SourceUnreadable if the file is torn, MappingInvalid if it is asked
        amiss or keys repeat."""
        path = self._desk.parquet("records")
        try:
            columns = _columns(self._base, self._table)
            self._count()
            self._write(columns, index, after, path)
        except sqlite3.Error as error:
            if is_torn(error):
                raise torn(self._source.path) from error
            raise MappingInvalid(
                f"the query of {self._table.table}: {error}", where=f"mapping {self._mapping.name}",
                fix="correct its queries",
            ) from error
        spare = [name for name in columns if name not in self._table.used]
        cells = {name: quoted(f"c{place}") for place, name in enumerate(columns)}
        return mapped_rows(
            self._mapping, self._table, spare, f"FROM {parquet_scan([path])}", cell=cells.__getitem__
        )

    def _count(self) -> None:
        told = f"SELECT count(*), count(DISTINCT {self._key}) FROM ({self._table.query}\n)"
        self.rows, different = self._base.execute(told).fetchone()
        if different < self.rows:
            raise MappingInvalid(
                f"the key {self._table.key} of {self._table.table} stands in several rows, or in none: it has"
                f" {different:,} values for {self.rows:,} rows", where=f"mapping {self._mapping.name}",
                fix="name a column that tells the rows apart",
            )

    def _write(self, columns: tuple[str, ...], index: int, after: int, path: Path) -> None:
        names = [f"c{place}" for place in range(len(columns))]
        schema = pa.schema([("source", pa.int32()), ("row", pa.int64()), ("raw", pa.string()),
                            *((name, pa.string()) for name in names)])
        done = 0
        with pq.ParquetWriter(path, schema, compression="none") as writer, closing(
            self._base.execute(f"SELECT * FROM ({self._table.query}\n) ORDER BY {self._key}")
        ) as found:
            while block := found.fetchmany(_ROWS):
                texts = [[_text(value) for value in record] for record in block]
                raws = [json.dumps(dict(zip(columns, record, strict=True)), ensure_ascii=False) for record in texts]
                numbers = list(range(after + done + 1, after + done + 1 + len(block)))
                cells = list(map(list, zip(*texts, strict=True)))
                writer.write_table(pa.table([[index] * len(block), numbers, raws, *cells], schema=schema))
                done += len(block)
                self._desk.progress(f"reading {self._table.table}", done, self.rows)


def _text(value: object) -> str | None:
    """A cell as text: whole numbers with all digits, bytes as text where they are UTF-8, else in hexadecimal."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value.hex()
    return str(value) if isinstance(value, int) else repr(value)
