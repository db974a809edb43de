"""Which of these files does the case have already, whatever they are called now?  Told by their bytes."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.batch.survey import Job
from ingest.case_folder.manifest import Manifest, in_order


@dataclass(frozen=True)
class Known:
    """A file of the case with the bytes of another: its ``path`` as it was read, and when (empty: with it)."""

    path: str
    read_at: str = ""


def as_first_read(jobs: Sequence[Job], batches: Sequence[Manifest], *, named: Collection[Path] = ()) -> list[Job]:
    """The files; one that is called otherwise than its bytes were when the case first had them is what it was then.

    So it is with the exports of which nothing but the name tells the chat (``SourceFile.by_name``): else a second
    download would be another chat.  Of equal files that come together the first name in the alphabet counts.
    ``named``: files that count under the name they have.  The hashes of ``jobs`` must be known.
    """
    contexts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for batch in in_order(batches):
        for source in batch.sources:
            contexts[source.sha256, source.format].append(source.context)
    for job in sorted(jobs, key=lambda one: one.source.context):
        contexts[job.source.sha256, job.source.format].append(job.source.context)

    def first(job: Job) -> Job:
        if not job.source.by_name or job.source.path in named:
            return job
        return replace(job, source=replace(job.source, context=contexts[job.source.sha256, job.source.format][0]))

    return [first(job) for job in jobs]


def known_files(jobs: Sequence[Job], batches: Sequence[Manifest]) -> dict[Path, Known]:
    """Of each file whose bytes the case has, or that comes twice, the first that had them."""
    first: dict[str, Known] = {}
    for batch in in_order(batches):
        for source in batch.sources:
            first.setdefault(source.sha256, Known(source.path, batch.created_at))
    found: dict[Path, Known] = {}
    for job in jobs:
        if job.source.sha256 in first:
            found[job.source.path] = first[job.source.sha256]
        first.setdefault(job.source.sha256, Known(job.source.name))
    return found
