"""How is a snapshot taken?  Every query of the mapping, in the order of its key, as text into one file.

PostgreSQL copies its rows out itself (``COPY … TO STDOUT``), MySQL and MariaDB give them one block after the other.
The file is a zip without compression: ``snapshot.json`` (address, server, mapping, queries, counts) and a Parquet file
a query.
"""

import csv
import datetime
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from ingest.errors import MappingInvalid, SourceUnreadable
from ingest.lake.engine import Engine, literal
from ingest.mapping import Mapping, TableMapping, find_mapping, read_mapping
from ingest.runtime.background import Beside
from ingest.runtime.progress import Progress, silent
from ingest.snapshots.address import connected, is_postgresql, parsed, shown
from ingest.source_files import sha256_of
from ingest.sources.databases.cell_text import cell_text

FACTS, FORM = "snapshot.json", 1
_ROWS = 20_000
_BLOCK = 16 << 20  # bytes of rows that are kept at once


@dataclass(frozen=True)
class Taken:
    """A snapshot that stands at ``path``: ``rows`` of each query, in the mapping's order."""

    path: Path
    sha256: str
    address: str
    server: str
    rows: tuple[int, ...]


def take_snapshot(
    address: str, mapping: Path | str, folder: Path, *, progress: Progress = silent
) -> Taken:
    """Writes what the mapping's queries give now into a file of ``folder``.

    SourceUnreadable if the database cannot be read, MappingInvalid if the mapping does not fit it.
    """
    file = find_mapping(mapping)
    plan = read_mapping(file)
    if not plan.database:
        raise MappingInvalid("is the mapping of a delimited file", where=f"mapping {plan.name}",
                             fix="give one with a [database]")
    url = parsed(address)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".taking-") as name, connected(url) as connection:
        server = str(_one(connection, "SELECT version()"))
        tables = [
            _copied(connection, table, Path(name, str(number)), progress)
            if is_postgresql(url) else _fetched(connection, table, Path(name, str(number)), progress)
            for number, table in enumerate(plan.tables)
        ]
        rows = tuple(pq.read_metadata(path).num_rows for path in tables)
        facts = {
            "form": FORM, "address": shown(url), "server": server, "mapping": plan.name,
            "mapping_text": file.read_text(encoding="utf-8"),
            "taken_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "queries": [[table.table, table.query, count] for table, count in zip(plan.tables, rows, strict=True)],
        }
        draft = Path(name, "snapshot")
        checking = Beside()
        checking.do(_check, plan, tables, Path(name))
        try:
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as packed:
                packed.writestr(FACTS, json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True))
                for number, path in enumerate(tables):
                    packed.write(path, f"{number}.parquet")
            sha256 = sha256_of(draft)[0]
        finally:
            checking.end()
        target = folder / f"{sha256[:16]}.snapshot"
        draft.replace(target)
    return Taken(target, sha256, shown(url), server, rows)


def _one(connection: Any, statement: str) -> Any:
    cursor = connection.cursor()
    try:
        cursor.execute(statement)
        return cursor.fetchone()[0]
    finally:
        cursor.close()


class Keeping:
    """Rows that PostgreSQL writes as CSV become Parquet block by block while the next ones come, in little memory.

    Each call of ``write`` gives one row, the first one the header, as the protocol has it.
    """

    def __init__(self, target: Path, stage: str, progress: Progress) -> None:
        self._target, self._stage, self._progress, self._bytes = target, stage, progress, 0
        self._block = bytearray()
        self._schema: pa.Schema | None = None
        self._writer: pq.ParquetWriter | None = None
        self._beside = Beside()

    def write(self, row: bytes) -> int:
        if self._schema is None:
            self._schema = pa.schema([(name, pa.string()) for name in _columns(row)])
            self._writer = pq.ParquetWriter(
                self._target, self._schema, compression="zstd", compression_level=1, use_dictionary=False
            )
            return len(row)
        self._block += row
        if len(self._block) >= _BLOCK:
            self._hand_over()
        return len(row)

    def _hand_over(self) -> None:
        block, self._block = self._block, bytearray()
        self._bytes += len(block)
        self._progress(self._stage, self._bytes, None)
        self._beside.do(self._keep, block)

    def _keep(self, block: bytearray) -> None:
        assert self._schema is not None  # the header came first
        assert self._writer is not None
        names = self._schema.names
        table = pc.read_csv(
            pa.BufferReader(pa.py_buffer(block)),
            pc.ReadOptions(use_threads=False, block_size=len(block) + 1, column_names=names),
            pc.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            pc.ConvertOptions(column_types=self._schema, null_values=[""], strings_can_be_null=True,
                              quoted_strings_can_be_null=False),
        )
        self._writer.write_table(table)

    def __enter__(self) -> "Keeping":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Keeps what is left; after an exception nothing more, and that one is the one that is told."""
        try:
            try:
                if kind is None and self._block:
                    self._hand_over()
            finally:
                self._end()
        except (pa.ArrowException, OSError):
            if kind is None:
                raise

    def _end(self) -> None:
        try:
            self._beside.end()
        finally:
            if self._writer is not None:
                self._writer.close()


def _copied(connection: Any, table: TableMapping, path: Path, progress: Progress) -> Path:
    """The query's rows in the order of its key, as PostgreSQL writes them."""
    key, target = '"' + table.key.replace('"', '""') + '"', path.with_suffix(".parquet")
    cursor = connection.cursor()
    try:
        with Keeping(target, f"reading {table.table}", progress) as keeping:
            cursor.execute(
                f"COPY (SELECT * FROM ({table.query.strip()}\n) AS asked ORDER BY {key}) TO STDOUT "
                "WITH (FORMAT csv, HEADER true, FORCE_QUOTE *, NULL '')",
                stream=keeping,
            )
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise SourceUnreadable(
            f"gives rows that cannot be kept ({' '.join(str(error).split())[:200]})",
            where=f"the query of {table.table}", fix="have the query give texts in UTF-8",
        ) from error
    cursor.close()
    return target


def _columns(header: bytes) -> tuple[str, ...]:
    """The names in the header."""
    names = next(csv.reader(io.StringIO(header.decode("utf-8"), newline="")), [])
    if len(set(names)) != len(names):
        raise MappingInvalid("a query gives one name to two columns", where="the mapping", fix="rename one with AS")
    return tuple(names)


def _fetched(connection: Any, table: TableMapping, path: Path, progress: Progress) -> Path:
    """The query's rows in the order of its key, fetched a block at a time without keeping them in memory."""
    from pymysql.cursors import SSCursor

    key = '"' + table.key.replace('"', '""') + '"'
    target = path.with_suffix(".parquet")
    cursor = connection.cursor(SSCursor)
    try:
        cursor.execute(f"SELECT * FROM ({table.query.strip()}\n) AS asked ORDER BY {key}")
        names = [name for name, *_ in cursor.description]
        schema = pa.schema([(name, pa.string()) for name in names])
        with pq.ParquetWriter(target, schema, compression="zstd") as writer:
            done = 0
            for block in _blocks(cursor):
                columns = list(map(list, zip(*block, strict=True)))
                writer.write_table(pa.table(columns, schema=schema))
                done += len(block)
                progress(f"reading {table.table}", done, None)
    finally:
        cursor.close()
    return target


def _blocks(cursor: Any) -> Iterator[list[list[str | None]]]:
    while block := cursor.fetchmany(_ROWS):
        yield [[cell_text(value) for value in record] for record in block]


def _check(plan: Mapping, tables: list[Path], folder: Path) -> None:
    """MappingInvalid tells every query whose columns do not fit its table, or whose key repeats."""
    faults: list[str] = []
    with Engine(folder / "check", memory_limit="700MB") as engine:
        for table, path in zip(plan.tables, tables, strict=True):
            columns = pq.read_schema(path).names
            missing = [name for name in (*table.used, table.key) if name not in columns]
            if missing:
                faults.append(f"the query of {table.table} gives no column {', '.join(missing)}")
                continue
            key = '"' + table.key.replace('"', '""') + '"'
            rows, different = engine.run(
                f"SELECT count(*), count(DISTINCT {key}) FROM read_parquet({literal(str(path))})"
            )[0]
            if different < rows:
                faults.append(
                    f"the key {table.key} of {table.table} stands in several rows, or in none: it has"
                    f" {different:,} values for {rows:,} rows"
                )
    if faults:
        raise MappingInvalid("; ".join(faults), where=f"mapping {plan.name}", fix="correct its queries")


def facts_of(path: Path) -> dict[str, Any] | None:
    """What a snapshot says of itself; None if the file is none."""
    try:
        with zipfile.ZipFile(path) as packed:
            entry = packed.getinfo(FACTS)
            if entry.file_size > 8 << 20:
                return None
            told = json.loads(packed.read(entry))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return None
    return told if isinstance(told, dict) and told.get("form") == FORM else None


def unpacked(path: Path, number: int, target: Path) -> Path:
    """The rows of one query, written to ``target``; SourceUnreadable if the snapshot is damaged."""
    try:
        with zipfile.ZipFile(path) as packed, packed.open(f"{number}.parquet") as stream, target.open("wb") as out:
            while block := stream.read(4 << 20):
                out.write(block)
    except (OSError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise SourceUnreadable(f"is damaged ({error})", where=str(path), fix="take the snapshot again") from error
    return target
