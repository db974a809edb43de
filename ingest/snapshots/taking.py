"""How is a snapshot taken?  Every query of the mapping, in the order of its key, as text into one file.

PostgreSQL copies its rows out itself (``COPY … TO STDOUT``), MySQL and MariaDB give them one block after the other.
The file is a zip without compression: ``snapshot.json`` (address, server, mapping, queries, counts) and a Parquet file
a query.
"""

import csv
import datetime
import json
import secrets
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.cell_text import cell_text
from ingest.errors import MappingInvalid, SourceUnreadable
from ingest.lake_engine import Engine, literal
from ingest.mapping import Mapping, TableMapping, find_mapping, read_mapping
from ingest.progress import Progress, silent
from ingest.snapshots.address import connected, is_postgresql, parsed, shown
from ingest.source_files import sha256_of

FACTS, FORM = "snapshot.json", 1
_ROWS = 20_000


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
    draft = folder / f".{secrets.token_hex(8)}"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".taking-") as name, connected(url) as connection:
        server = str(_one(connection, "SELECT version()"))
        tables = [
            _copied(connection, table, Path(name, str(number)), progress)
            if is_postgresql(url) else _fetched(connection, table, Path(name, str(number)), progress)
            for number, table in enumerate(plan.tables)
        ]
        _check(plan, tables, Path(name))
        rows = tuple(pq.read_metadata(path).num_rows for path in tables)
        facts = {
            "form": FORM, "address": shown(url), "server": server, "mapping": plan.name,
            "mapping_text": file.read_text(encoding="utf-8"),
            "taken_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "queries": [[table.table, table.query, count] for table, count in zip(plan.tables, rows, strict=True)],
        }
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as packed:
            packed.writestr(FACTS, json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True))
            for number, path in enumerate(tables):
                packed.write(path, f"{number}.parquet")
    sha256 = sha256_of(draft)[0]
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


class _Counted:
    """A file that says how much was written to it."""

    def __init__(self, stream: Any, stage: str, progress: Progress) -> None:
        self._stream, self._stage, self._progress, self._bytes = stream, stage, progress, 0

    def write(self, data: bytes) -> int:
        self._bytes += len(data)
        self._progress(self._stage, self._bytes, None)
        return int(self._stream.write(data))


def _copied(connection: Any, table: TableMapping, path: Path, progress: Progress) -> Path:
    """The query's rows in the order of its key, as PostgreSQL writes them."""
    key = '"' + table.key.replace('"', '""') + '"'
    written, target = path.with_suffix(".csv"), path.with_suffix(".parquet")
    cursor = connection.cursor()
    with written.open("wb") as stream:
        cursor.execute(
            f"COPY (SELECT * FROM ({table.query.strip()}\n) AS asked ORDER BY {key}) TO STDOUT "
            "WITH (FORMAT csv, HEADER true, FORCE_QUOTE *, NULL '')",
            stream=_Counted(stream, f"reading {table.table}", progress),
        )
    cursor.close()
    with Engine(path.with_suffix(".scratch"), memory_limit="700MB") as engine:
        engine.run(
            f"COPY (SELECT * FROM read_csv({literal(str(written))}, all_varchar = true, header = true, delim = ',', "
            "quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, auto_detect = false, "
            f"columns = {_columns(written)}, max_line_size = 67108864, parallel = false)) TO {literal(str(target))} "
            "(FORMAT parquet, COMPRESSION zstd)",
            stage=f"keeping {table.table}", progress=progress,
        )
    written.unlink()
    return target


def _columns(written: Path) -> str:
    """The header's names with their type, as DuckDB asks for them; the header is the first line, quoted throughout."""
    with written.open(encoding="utf-8", newline="") as stream:
        names = next(csv.reader(stream), [])
    if len(set(names)) != len(names):
        raise MappingInvalid("a query gives one name to two columns", where="the mapping", fix="rename one with AS")
    return "{" + ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names) + "}"


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
