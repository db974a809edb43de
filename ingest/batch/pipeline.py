"""How do sources become evidence?  Survey, hash, read, check, leave out what is there already, commit as one batch."""

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.archives import Archives
from ingest.batch.again import rows_again
from ingest.batch.commit import clear_leftovers, commit, ingest_lock
from ingest.batch.instants import check_timezone
from ingest.batch.known import as_first_read, known_files
from ingest.batch.report import IngestReport, SourceReport
from ingest.batch.survey import Job, read_staged, survey
from ingest.batch.write import Written, write_batch
from ingest.case_folder import SCHEMA_VERSION, CaseFolder
from ingest.case_folder.kept_sources import Keep, keep_sources
from ingest.case_folder.manifest import (
    Counts,
    Manifest,
    ManifestArchive,
    ManifestSource,
    StoredFile,
    manifest_sha256,
    manifests,
)
from ingest.lake.engine import Engine
from ingest.mapping import find_mapping
from ingest.runtime.progress import Progress, silent
from ingest.source_files import hashes_of, printable, sha256_of, unchanged
from ingest.sources.reader import Desk, SourceFile
from ingest.sources.registry import format_of_mapping
from ingest.tables import TABLES


def ingest(
    sources: Sequence[Path],
    *,
    case: CaseFolder,
    format: str = "auto",
    mapping: Path | str | None = None,
    timezone: str | None = None,
    contexts: Mapping[Path, str] | None = None,
    as_named: bool = False,
    keep: Keep | None = None,
    progress: Progress | None = None,
    memory_limit: str = "1400MB",
    wait_s: float = 30.0,
) -> IngestReport:
    """Reads files and folders into the case as one batch and reports what came of every row.

    Rows at fault go to the rejects.  A source that cannot be read at all raises SourceUnreadable and nothing is
    committed.  What the case already holds is counted as duplicate; what was rejected of a file read before,
    as rejected again.  ``timezone`` is the zone of times without one.  ``contexts``: files that are read again alone,
    with what their names told when they were read before.  ``as_named``: a chat that the case has under another name
    is another one; else it is the same and adds nothing.  ``keep``: keep the sources in the case as well.
    """
    shown = silent if progress is None else progress
    mapping = None if mapping is None else find_mapping(mapping)
    if mapping is not None and format == "auto":
        format = format_of_mapping(mapping)
    mapping_sha256 = None if mapping is None else sha256_of(mapping)[0]
    case.create()
    with ingest_lock(case, wait_s=wait_s):
        clear_leftovers(case)
        archives = Archives(case.staging / "archives", progress=shown)
        try:
            found, ignored = survey(
                sources, format=format, mapping=mapping, contexts=contexts or {}, archives=archives
            )
            batches = manifests(case)
            jobs = _hashed(found, shown)
            if not as_named:
                jobs = sorted(as_first_read(jobs, batches, named=contexts or {}), key=_order)
            before_it = known_files(jobs, batches)
            batch_id = _batch_id(jobs, mapping_sha256, timezone)
            kept = keep_sources([job.source for job in jobs], keep, case=case, progress=shown) if keep else {}
            known = _known_sources(batches, mapping_sha256, timezone)
            fresh = list({job.identity: job for job in reversed(jobs) if job.identity not in known}.values())[::-1]
            totals: dict[str, Counts] = defaultdict(lambda: Counts(0, 0, 0, 0))
            twice, assumed = 0, ""
            if fresh:
                staging = case.staging / batch_id
                staging.mkdir(parents=True)
                with archives.naming(), Engine(staging / "scratch", memory_limit=memory_limit) as engine:
                    check_timezone(timezone, engine)
                    desk = Desk(engine, staging, mapping, shown)
                    staged = read_staged(fresh, desk)
                    ordered = [job.source for job in fresh]
                    written = write_batch(staged, ordered, case=case, batch_id=batch_id, timezone=timezone, desk=desk)
                    read = {source.sha256 for batch in batches for source in batch.sources}
                    same = {source.sha256 for source in ordered if source.sha256 in read}
                    twice, assumed = rows_again(written, same, case, batches, engine), written.assumed
                for job in fresh:
                    unchanged(job.source.path, job.source.bytes, job.modified_ns)
                archives.unchanged()
                manifest = _manifest(batch_id, fresh, written, mapping_sha256, timezone, ignored)
                shown("committing", 0, None)
                commit(case, manifest, files=written.files, staging=staging)
                for table, counts in written.counts.items():
                    totals[table] += counts
                known |= {job.identity: source for job, source in zip(fresh, manifest.sources, strict=True)}
            told = {job.identity for job in fresh}
            for job in (job for job in jobs if not any(job is new for new in fresh)):
                before = known[job.identity]
                rejected = {} if job.identity in told else before.rejected  # of a file given twice they are told once
                told.add(job.identity)
                for table, rows in before.read.items():
                    again = rejected.get(table, 0)
                    totals[table] += Counts(rows, 0, again, rows - again)
        finally:
            clear_leftovers(case)
    listed = tuple(
        SourceReport(
            source.name, source.sha256, source.bytes, source.format, source.sha1,
            kept.get(source.archive.sha256 if source.archive else source.sha256, ""), source.archive,
            before_it.get(source.path),
        )
        for source in (job.source for job in jobs)
    )
    counted = {name: totals[name] for name in TABLES if name in totals}
    return IngestReport(
        batch_id, listed, counted, ignored, manifest_sha256(case, batch_id), again=twice, assumed=assumed,
    )


def _hashed(jobs: Sequence[Job], progress: Progress) -> list[Job]:
    """The files with their hashes, in one order whatever that of the arguments: the same files are the same batch."""
    found = []
    for job in jobs:
        modified_ns = job.source.path.stat().st_mtime_ns
        read = hashes_of(job.source.path, progress=progress)
        source = replace(job.source, sha256=read.sha256, sha1=read.sha1, bytes=read.bytes)
        found.append(Job(job.reader, source, modified_ns))
    return sorted(found, key=_order)


def _order(job: Job) -> tuple[str, str, str]:
    return (job.source.format, job.source.context, job.source.sha256)


def _batch_id(jobs: Sequence[Job], mapping_sha256: str | None, timezone: str | None) -> str:
    content = [SCHEMA_VERSION, sorted({job.identity for job in jobs}), mapping_sha256, timezone]
    return "b" + hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def _known_sources(
    batches: Sequence[Manifest], mapping_sha256: str | None, timezone: str | None
) -> dict[tuple[str, str, str, str], ManifestSource]:
    """Every source that the case has read in the same way, with its rows read and rejected."""
    return {
        (source.sha256, source.format, source.context, source.reader_version): source
        for batch in batches
        if batch.mapping_sha256 == mapping_sha256 and batch.timezone == timezone
        for source in batch.sources
    }


def _archive(source: SourceFile) -> ManifestArchive | None:
    file = source.archive
    return None if file is None else ManifestArchive(printable(file.path), file.sha256, file.bytes)


def _manifest(
    batch_id: str,
    jobs: Sequence[Job],
    written: Written,
    mapping_sha256: str | None,
    timezone: str | None,
    ignored: tuple[str, ...],
) -> Manifest:
    listed = tuple(
        ManifestSource(
            path=job.source.shown or printable(job.source.path.absolute()),
            sha256=job.source.sha256,
            bytes=job.source.bytes,
            format=job.source.format,
            context=job.source.context,
            reader_version=job.reader.VERSION,
            read=written.read[place],
            rejected=written.rejected[place],
            sha1=job.source.sha1,
            archive=_archive(job.source),
        )
        for place, job in enumerate(jobs)
    )
    stored = {}
    for place, path in written.files.items():
        sha256, _ = sha256_of(path)
        stored[place] = StoredFile(place, sha256, written.rows[place])
    return Manifest(
        batch_id=batch_id,
        sources=listed,
        tables=written.counts,
        evidence={Path(place).parent.name: file for place, file in stored.items() if place.startswith("evidence/")},
        rejects=next((file for place, file in stored.items() if place.startswith("rejects/")), None),
        timezone=timezone,
        mapping_sha256=mapping_sha256,
        platforms=written.platforms,
        bases=written.bases,
        ignored=ignored,
        ids_across=written.naming.across,
        ids_repeated=tuple(sorted(written.naming.repeated)),
        created_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    )
