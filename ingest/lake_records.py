"""Which rows stand behind a finding?  Opens ``table:record_id`` references back to file and row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ingest.case_folder import CaseFolder
from ingest.errors import IngestError
from ingest.lake_columns import STORED
from ingest.lake_engine import Engine, parquet_scan, quoted
from ingest.manifest import Manifest


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
    names = [name for name, _ in STORED[table].stored]
    listed = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in names)
    holes = ", ".join("?" for _ in record_ids)
    for values in engine.run(f"SELECT {listed} FROM {relation} WHERE record_id IN ({holes})", record_ids):
        columns = dict(zip(names, values, strict=True))
        sha256, batch_id = str(columns["source_sha256"]), str(columns["batch_id"])
        yield Record(
            ref=f"{table}:{columns['record_id']}",
            table=table,
            source=paths.get((batch_id, sha256), "unknown source"),
            sha256=sha256,
            row=int(str(columns["row"])),
            columns=columns,
        )
