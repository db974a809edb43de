"""What would come of a source if it were read so?  The ingest itself, on a copy of nothing, without the commit.

Everything is done as ``ingest`` does it, in a folder of its own that is removed at the end.  A large file is tried on
its beginning; then the trial says that it is not ``complete``.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.archives import Archives
from ingest.batch.again import rows_again
from ingest.batch.check import age_sql
from ingest.batch.day_and_month import read_both_ways
from ingest.batch.instants import NO_ZONE, check_timezone
from ingest.batch.known import Known, as_first_read, known_files
from ingest.batch.survey import Job, read_staged, survey
from ingest.batch.write import Written, write_batch
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import Counts, Manifest, manifests
from ingest.errors import SourceUnreadable
from ingest.lake.columns import PROVENANCE, STORED
from ingest.lake.engine import Engine, parquet_scan, quoted
from ingest.mapping import find_mapping, read_mapping
from ingest.runtime.progress import Progress, silent
from ingest.source_files import printable, sha256_of
from ingest.sources.delimited import Delimited
from ingest.sources.evidence.folder import EvidenceFolder
from ingest.sources.gzip_files import TORN, opened, torn
from ingest.sources.irc import IrcLogs
from ingest.sources.reader import Desk, SourceFile, StagedTable
from ingest.sources.registry import format_of_mapping

SAMPLE_ROWS = 8
_LEAST_UNPACKED = 64 << 20  # out of an archive, to find what can be read
_LEAST_BYTES = 64 << 10  # of a file that is cut: its header and some rows
_BY_LINES = frozenset({EvidenceFolder.NAME, IrcLogs.NAME, Delimited.NAME})
_PROVENANCE = frozenset(name for name, _ in PROVENANCE)


@dataclass(frozen=True)
class FaultGroup:
    """Rejected rows that have the same fault: how many, and the first of them."""

    table: str
    column: str
    reason: str
    hint: str
    rows: int
    file: str
    row: int
    raw: str


@dataclass(frozen=True)
class Sample:
    """First accepted rows of a table as evidence holds them: the columns that are filled, and their texts."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Trial:
    """``counts`` by table, ``faults`` most frequent first, ``samples`` of accepted rows; ``complete``: of the whole.

    ``again``: accepted rows whose file and row the case has already, read otherwise: they would stand there twice.
    ``known``: of one file, that of the case which has its bytes.  ``renamed``: a chat had another name there.
    ``under_age``: ids and names of accounts that declare an age below that which was asked for, rejected or not.
    ``both_ways``: by table and column, how many times there are where each reads with day and month exchanged too.
    """

    format: str
    files: tuple[str, ...]
    ignored: tuple[str, ...]
    counts: Mapping[str, Counts] = field(default_factory=dict)
    faults: tuple[FaultGroup, ...] = ()
    samples: Mapping[str, Sample] = field(default_factory=dict)
    complete: bool = True
    again: int = 0
    known: Known | None = None
    renamed: bool = False
    both_ways: Mapping[tuple[str, str], int] = field(default_factory=dict)
    under_age: frozenset[str] = frozenset()

    @property
    def accepted(self) -> int:
        return sum(counts.accepted for counts in self.counts.values())

    @property
    def rejected(self) -> int:
        return sum(counts.rejected for counts in self.counts.values())

    @property
    def adds_nothing(self) -> bool:
        """Has the case all that can be read of it?"""
        return bool(self.counts) and self.accepted == 0 and any(one.duplicate for one in self.counts.values())

    @property
    def without_zone(self) -> int:
        """Rows rejected because a time in them has no zone."""
        return sum(fault.rows for fault in self.faults if NO_ZONE in fault.reason)


def try_out(
    path: Path,
    *,
    scratch: Path,
    format: str = "auto",
    mapping: Path | str | None = None,
    timezone: str | None = None,
    case: CaseFolder | None = None,
    case_name: str = "case",
    as_named: bool = False,
    adult: int = 0,
    most_bytes: int | None = None,
    progress: Progress = silent,
) -> Trial:
    """What an ingest of the source would give; raises what the ingest would raise.

    ``scratch``: a folder to work in.  ``case``: whose rows count as duplicates; without one, ``case_name`` is the
    platform of rows that name none.  ``as_named`` as in ``ingest``.  ``adult``: the age of which ``under_age`` is
    told; of 0 nobody.  ``most_bytes``: how much to read of the source at most, in whole lines.
    """
    found = None if mapping is None else find_mapping(mapping)
    way = format_of_mapping(found) if found is not None and format == "auto" else format
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="trial-") as name:
        folder = Path(name)
        most = None if most_bytes is None else max(most_bytes, _LEAST_UNPACKED)
        archives = Archives(folder / "archives", progress=progress, most=most)
        jobs, ignored = survey([path], format=way, mapping=found, contexts={}, archives=archives)
        jobs.sort(key=lambda job: job.source.format)
        name_of = ", ".join(dict.fromkeys(job.reader.NAME for job in jobs))
        batches = () if case is None else manifests(case)
        chosen, complete = _bounded(jobs, most_bytes, folder)
        chosen, same = _as_in_case(chosen, batches)
        first = as_first_read(chosen, batches)
        renamed = [job.source for job in first] != [job.source for job in chosen]
        chosen = chosen if as_named else first
        complete = complete and archives.complete
        sources = [job.source for job in chosen]
        files = tuple(job.source.shown or printable(job.source.path.name) for job in jobs)
        if not sources:
            return Trial(name_of, files, ignored, complete=False)
        with archives.naming(), Engine(folder / "scratch", memory_limit="700MB") as engine:
            check_timezone(timezone, engine)
            desk = Desk(engine, folder, found, progress)
            staged = read_staged(chosen, desk)
            both_ways = {} if found is None else read_both_ways(read_mapping(found), staged, engine)
            into = case or CaseFolder(folder, case_name)
            written = write_batch(staged, sources, case=into, batch_id="trial", timezone=timezone, desk=desk)
            return Trial(
                name_of, files, ignored, written.counts, _faults(written, engine), _samples(written, engine), complete,
                rows_again(written, same, into, batches, engine),
                known=next(iter(known_files(chosen, batches).values()), None) if len(jobs) == 1 else None,
                renamed=renamed, both_ways=both_ways,
                under_age=_under_age(staged, adult, engine) if adult else frozenset(),
            )


def _bounded(jobs: Sequence[Job], most: int | None, folder: Path) -> tuple[list[Job], bool]:
    """The files up to so many bytes, the last of them cut; nothing if not even a part of the first can be read."""
    chosen: list[Job] = []
    left = most
    for place, job in enumerate(jobs):
        size = job.source.path.stat().st_size
        # no source has a hash here: its place makes it one of its own
        source = replace(job.source, sha256=_placeholder_hash(place), bytes=size)
        if left is None:
            chosen.append(replace(job, source=source))
            continue
        if left <= 0:
            return chosen, False
        part, complete = _head(source, max(left, _LEAST_BYTES), folder / f"head-{place}")
        if part is None:
            return chosen, False
        chosen.append(replace(job, source=part))
        if not complete:
            return chosen, False
        left -= max(size, part.readable.stat().st_size)
    return chosen, True


def _placeholder_hash(index: int) -> str:
    return f"{index:064x}"


def _head(source: SourceFile, most: int, target: Path) -> tuple[SourceFile | None, bool]:
    if source.path.suffix == ".parquet":
        return (source, True) if source.bytes <= most else (_parquet_head(source, most, target), False)
    if source.format not in _BY_LINES:
        return (source, True) if source.bytes <= most else (None, False)  # a part of such a file tells nothing
    try:
        with opened(source.path) as stream:
            data = stream.read(most + 1)
    except (OSError, *TORN) as error:
        raise torn(source.path, error) from error
    if len(data) <= most:
        return source, True
    target.write_bytes(data[: data.rfind(b"\n", 0, most) + 1] or data[:most])
    return replace(source, content=target, bytes=target.stat().st_size), False


def _parquet_head(source: SourceFile, most: int, target: Path) -> SourceFile:
    try:
        file = pq.ParquetFile(source.path)
        batch = next(file.iter_batches(batch_size=max(1, file.metadata.num_rows * most // source.bytes)), None)
        pq.write_table(pa.Table.from_batches([] if batch is None else [batch], schema=file.schema_arrow), target)
    except (OSError, ValueError) as error:
        raise SourceUnreadable(
            "is no readable Parquet file", where=printable(source.path), fix="copy or export it again"
        ) from error
    return replace(source, content=target)


def _faults(written: Written, engine: Engine) -> tuple[FaultGroup, ...]:
    paths = [path for place, path in written.files.items() if place.startswith("rejects/")]
    if not paths:
        return ()
    rows = engine.run(
        'SELECT "table", coalesce("column", \'\'), reason, coalesce(hint, \'\'), count(*) AS times, '
        'min({\'number\': file_row_number, \'file\': file, \'row\': "row", \'raw\': raw}) AS first '
        f"FROM {parquet_scan(paths, options=', file_row_number = true')} GROUP BY ALL ORDER BY times DESC, 1, 2, 3, 4"
    )
    return tuple(
        FaultGroup(table, column, reason, hint, times, first["file"], first["row"], first["raw"] or "")
        for table, column, reason, hint, times, first in rows
    )


def _as_in_case(jobs: Sequence[Job], batches: Sequence[Manifest]) -> tuple[list[Job], tuple[str, ...]]:
    """The files, with their hashes those whose bytes these batches have read, and these hashes.

    What a reader names by the hash (the owner of an export that does not say who that is) must come out as it did.
    """
    known = {(source.bytes, source.sha256) for batch in batches for source in batch.sources}
    sizes = {size for size, _ in known}
    found: dict[str, None] = {}
    hashed = []
    for job in jobs:
        size = job.source.path.stat().st_size
        sha256 = sha256_of(job.source.path)[0] if size in sizes else ""
        if (size, sha256) in known and sha256 not in found:  # one hash is one source
            found[sha256] = None
            job = replace(job, source=replace(job.source, sha256=sha256))
        hashed.append(job)
    return hashed, tuple(found)


def _under_age(staged: Sequence[StagedTable], adult: int, engine: Engine) -> frozenset[str]:
    found: set[str] = set()
    for table in staged:
        if table.table != "accounts" or "declared_age" not in table.columns:
            continue
        young = f"{age_sql('declared_age')} < {adult}"
        for name in ("account_id", "pseudonym"):
            if name in table.columns:
                found.update(str(row[0]) for row in engine.run(
                    f"SELECT DISTINCT {name} FROM {table.relation} WHERE {name} IS NOT NULL AND {young}"
                ))
    return frozenset(found)


def _samples(written: Written, engine: Engine) -> dict[str, Sample]:
    samples = {}
    for place, path in written.files.items():
        kind, table, *_ = place.split("/")
        if kind != "evidence":
            continue
        listed = [*(name for name, _ in STORED[table].canonical if name not in _PROVENANCE), "attributes"]
        found = engine.run(
            f"SELECT {', '.join(f'{quoted(name)}::VARCHAR' for name in listed)} FROM {parquet_scan([path])} "
            f"LIMIT {SAMPLE_ROWS}"
        )
        filled = [place for place in range(len(listed)) if any(row[place] is not None for row in found)]
        samples[table] = Sample(
            tuple(listed[place] for place in filled),
            tuple(tuple(row[place] or "" for place in filled) for row in found),
        )
    return samples
