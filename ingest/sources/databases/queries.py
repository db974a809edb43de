"""How does a mapping ask a database?  Its queries checked, then one SELECT a contract table, all cells as text."""

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.errors import MappingInvalid, SourceUnreadable
from ingest.lake.engine import parquet_scan, quoted
from ingest.mapping import Mapping, TableMapping, read_mapping, shipped_mappings
from ingest.source_files import printable
from ingest.sources.databases.cell_text import cell_text
from ingest.sources.databases.sqlite_files import is_torn, read_only, tables_of, torn
from ingest.sources.mapped_rows import mapped_rows
from ingest.sources.reader import Desk, SourceFile, StagedTable

_ROWS = 20_000
_SHOWN = 12


def chosen_mapping(base: sqlite3.Connection, given: Path | None, *, where: str) -> Mapping:
    """The mapping that is given, checked against the database, else the shipped one that fits its tables.

    SourceUnreadable where none does, MappingInvalid where the given one does not fit.
    """
    tables = tables_of(base)
    mapping = read_mapping(given) if given is not None else _known(base, tables)
    if mapping is None:
        listed = sorted(tables)
        more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
        raise SourceUnreadable(
            f"is a database of no known layout (tables {', '.join(map(printable, listed[:_SHOWN])) or 'none'}"
            f"{more})", where=where, fix="say with a mapping what its tables hold: see docs/formats.md, Databases",
        )
    if not mapping.database:
        raise MappingInvalid(
            "is the mapping of a delimited file, and this is a database", where=f"mapping {mapping.name}",
            fix="give one with a [database]",
        )
    _check(base, mapping, tables)
    return mapping


def asked(mapping: Mapping, **more: str) -> str:
    """What is asked of the database, as the manifest tells it; ``more``: facts about it."""
    told = {
        "mapping": mapping.name, **more,
        "queries": [[table.table, hashlib.sha256(table.query.encode()).hexdigest()[:16], table.query]
                    for table in mapping.tables],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def mapping_of(source: SourceFile, desk: Desk) -> Mapping:
    """The mapping with which the source was surveyed."""
    return read_mapping(desk.mapping or json.loads(source.context)["mapping"])


def staged_tables(
    base: sqlite3.Connection, mapping: Mapping, source: SourceFile, index: int, desk: Desk, *,
    rejects: str | None = None,
) -> Iterator[StagedTable]:
    """One staged table a query; ``rejects``: rows of the first of them that could not be read."""
    read_only(base)
    rows: dict[str, int] = defaultdict(int)
    for table in mapping.tables:
        reading = _Reading(base, mapping, table, source, desk)
        yield reading.staged(index, after=rows[table.table], rejects=rejects)
        rows[table.table] += reading.rows
        rejects = None


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

    def staged(self, index: int, *, after: int, rejects: str | None) -> StagedTable:
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
            self._mapping, self._table, spare, f"FROM {parquet_scan([path])}", cell=cells.__getitem__, rejects=rejects
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
                texts = [[cell_text(value) for value in record] for record in block]
                raws = [json.dumps(dict(zip(columns, record, strict=True)), ensure_ascii=False) for record in texts]
                numbers = list(range(after + done + 1, after + done + 1 + len(block)))
                cells = list(map(list, zip(*texts, strict=True)))
                writer.write_table(pa.table([[index] * len(block), numbers, raws, *cells], schema=schema))
                done += len(block)
                self._desk.progress(f"reading {self._table.table}", done, self.rows)
