"""Which rows stand behind a finding?  Opens ``table:record_id`` references back to file and row."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ingest.case_folder import CaseFolder
from ingest.errors import IngestError
from ingest.lake_columns import STORED, StoredTable
from ingest.lake_engine import Engine, parquet_scan, quoted
from ingest.manifest import Manifest

_LOCATED = re.compile(r"[0-9a-f]{12}-([0-9]{1,18})")


@dataclass(frozen=True)
class Record:
    """One evidence row.  ``source``: the source file's path as ingested; ``columns``: every stored value as text."""

    ref: str
    table: str
    source: str
    sha256: str
    row: int
    columns: dict[str, str | None]

    @property
    def location(self) -> str:
        """``file:row``, the file by its name."""
        return f"{PurePath(self.source).name}:{self.row}"


def open_records(
    refs: Sequence[str], *, engine: Engine, case: CaseFolder, batches: Iterable[Manifest]
) -> list[Record]:
    """The rows of the given references, in the order asked, then by source and row; IngestError on a malformed one.

    A reference that no row has opens to nothing; several rows may share one, all are returned.
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for ref in dict.fromkeys(refs):
        table, separator, record_id = ref.partition(":")
        if table not in STORED or not separator or not record_id:
            raise IngestError("no such record reference", where=repr(ref), fix="write table:record_id")
        wanted[table].append(record_id)
    listed = tuple(batches)
    paths = {(batch.batch_id, source.sha256): source.path for batch in listed for source in batch.sources}
    found: dict[str, list[Record]] = defaultdict(list)
    for table, record_ids in wanted.items():
        files = case.table_files(table, tuple(batch.batch_id for batch in listed))
        if files:
            for record in _rows(table, record_ids, parquet_scan(files), engine, paths):
                found[record.ref].append(record)
    return [
        record
        for ref in dict.fromkeys(refs)
        for record in sorted(found[ref], key=lambda record: (record.source, record.row))
    ]


def _rows(
    table: str, record_ids: list[str], relation: str, engine: Engine, paths: Mapping[tuple[str, str], str]
) -> Iterable[Record]:
    stored = STORED[table]
    names = ["record_id", *(name for name, _ in stored.stored)]
    listed = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in names[1:])
    found: set[tuple[object, ...]] = set()
    for column, values in _plain_conditions(stored, record_ids):
        holes = ", ".join("?" for _ in values)
        found.update(
            engine.run(f"SELECT {stored.record_sql}, {listed} FROM {relation} WHERE {column} IN ({holes})", values)
        )
    wanted = set(record_ids)
    for row in found:
        columns = {name: None if value is None else str(value) for name, value in zip(names, row, strict=True)}
        if columns["record_id"] in wanted:
            sha256, batch_id = str(columns["source_sha256"]), str(columns["batch_id"])
            yield Record(
                ref=f"{table}:{columns['record_id']}",
                table=table,
                source=paths.get((batch_id, sha256), "unknown source"),
                sha256=sha256,
                row=int(str(columns["row"])),
                columns=columns,
            )


def _plain_conditions(stored: StoredTable, record_ids: list[str]) -> Iterable[tuple[str, list[str] | list[int]]]:
    """Column and values to look for: plain columns reach the row groups' statistics, the composed id would not."""
    if stored.native is not None:
        yield quoted(stored.native), record_ids
    if rows := sorted({int(match[1]) for record_id in record_ids if (match := _LOCATED.fullmatch(record_id))}):
        yield quoted("row"), rows
