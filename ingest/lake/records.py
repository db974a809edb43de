"""Which rows stand behind a finding?  Opens ``table:record_id`` references back to file and row."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import Manifest, platforms_of
from ingest.errors import IngestError
from ingest.lake.columns import STORED, StoredTable
from ingest.lake.engine import Engine, parquet_scan, quoted
from ingest.lake.record_ids import Naming, record_sql

_LOCATED = re.compile(r"([0-9a-f]{12})-([0-9]{1,18})")
_TEXTS = frozenset({"text", "attributes"})
_AFTER_ID = re.compile(r"(.+)@[0-9a-f]{12}-[0-9]{1,18}", re.DOTALL)


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
    refs: Sequence[str], *, engine: Engine, case: CaseFolder, batches: Iterable[Manifest], texts: bool = True
) -> list[Record]:
    """The rows of the given references, in the order asked, then by source and row; IngestError on a malformed one.

    A reference that no row has opens to nothing; several rows may share one, all are returned: all that describe an
    account, a room, a company or a person.  A message or report has a reference of its own; one from before its id came
    twice, without platform or row, opens every row that it may mean.  Without ``texts`` the widest columns are
    not read: what messages say, how instants were written, further attributes.
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for ref in dict.fromkeys(refs):
        table, separator, record_id = ref.partition(":")
        if table not in STORED or not separator or not record_id:
            raise IngestError("no such record reference", where=repr(ref), fix="write table:record_id")
        wanted[table].append(record_id)
    listed = tuple(batches)
    platforms = platforms_of(listed)
    naming = Naming.of(listed)
    paths = {(batch.batch_id, source.sha256): source.path for batch in listed for source in batch.sources}
    found: dict[str, list[Record]] = defaultdict(list)
    for table, record_ids in wanted.items():
        files = case.table_files(table, tuple(batch.batch_id for batch in listed))
        if files:
            ids = _Ids(STORED[table], naming, platforms)
            for record in _rows(ids, record_ids, files, engine, paths, texts=texts):
                found[record.ref].append(record)
    return [
        record
        for ref in dict.fromkeys(refs)
        for record in sorted(found[ref], key=lambda record: (record.source, record.row, record.sha256))
    ]


@dataclass(frozen=True)
class _Ids:
    """How a table's rows are named; ``platforms``: those that may stand before an id."""

    stored: StoredTable
    naming: Naming
    platforms: tuple[str, ...]

    def natives(self, record_ids: list[str]) -> list[str]:
        """Values of the native column that these record ids may mean."""
        heads = [f"{name}:" for name in self.platforms] if self.naming.across and self.stored.bare else []
        whole = {match[1] for record_id in record_ids if (match := _AFTER_ID.fullmatch(record_id))}
        told = {*record_ids, *(whole if self.stored.name in self.naming.repeated else ())}
        return sorted(told | {record_id.removeprefix(head) for record_id in told for head in heads})

    def earlier(self, columns: Mapping[str, str | None]) -> set[str]:
        """What this row was called before its id came twice."""
        native = None if self.stored.native is None else columns[self.stored.native]
        if native is None or not self.stored.bare:
            return set()
        heads = ("", f"{columns['platform']}:") if self.naming.across else ("",)
        after = f"@{str(columns['source_sha256'])[:12]}-{columns['row']}"
        tails = ("", after) if self.stored.name in self.naming.repeated else ("",)
        return {head + native + tail for head in heads for tail in tails} - {str(columns["record_id"])}


def _rows(
    ids: _Ids, record_ids: list[str], files: Sequence[Path], engine: Engine, paths: Mapping[tuple[str, str], str],
    *, texts: bool,
) -> Iterable[Record]:
    stored = ids.stored
    kept = {name for name, _ in (stored.stored if texts else stored.canonical)} - (set() if texts else _TEXTS)
    names = ["record_id", *(name for name, _ in stored.stored if name in kept)]
    listed = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in names[1:])
    record = record_sql(stored, ids.naming)
    found: list[tuple[object, ...]] = []
    for file, numbers in _places(ids, record_ids, files, engine, {sha256 for _, sha256 in paths}).items():
        wide = parquet_scan([file], options=", file_row_number = true")
        holes = ", ".join("?" for _ in numbers)
        found += engine.run(f"SELECT {record}, {listed} FROM {wide} WHERE file_row_number IN ({holes})", numbers)
    rows = [
        {name: None if value is None else str(value) for name, value in zip(names, row, strict=True)} for row in found
    ]
    wanted = set(record_ids)
    unknown = wanted - {str(columns["record_id"]) for columns in rows}
    for columns in rows:
        for named in ({str(columns["record_id"])} & wanted) | (ids.earlier(columns) & unknown):
            sha256, batch_id = str(columns["source_sha256"]), str(columns["batch_id"])
            yield Record(
                ref=f"{stored.name}:{named}",
                table=stored.name,
                source=paths.get((batch_id, sha256), "unknown source"),
                sha256=sha256,
                row=int(str(columns["row"])),
                columns=columns,
            )


def _places(
    ids: _Ids, record_ids: list[str], files: Sequence[Path], engine: Engine, sources: set[str]
) -> dict[Path, list[int]]:
    """Where in which file the rows stand.

    Found in the narrow columns alone: a row group that holds one wanted row would give up all its texts to find it.
    """
    narrow = parquet_scan(files, options=", file_row_number = true, filename = true")
    found: dict[Path, set[int]] = defaultdict(set)
    for condition, values in _conditions(ids, record_ids, sources):
        for file, number in engine.run(f"SELECT filename, file_row_number FROM {narrow} WHERE {condition}", values):
            found[Path(str(file))].add(int(str(number)))
    return {file: sorted(numbers) for file, numbers in sorted(found.items())}


def _conditions(ids: _Ids, record_ids: list[str], sources: set[str]) -> Iterable[tuple[str, list[str | int]]]:
    """What to look for: plain columns reach the row groups' statistics, the composed id would not."""
    if ids.stored.native is not None:
        natives = ids.natives(record_ids)
        yield f"{quoted(ids.stored.native)} IN ({', '.join('?' for _ in natives)})", [*natives]
    located: dict[str, set[int]] = defaultdict(set)
    for record_id in record_ids:
        if match := _LOCATED.fullmatch(record_id):
            located[match[1]].add(int(match[2]))
    for sha256 in sorted(sources):
        if rows := sorted(located.get(sha256[:12], ())):
            yield f"source_sha256 = ? AND {quoted('row')} IN ({', '.join('?' for _ in rows)})", [sha256, *rows]
