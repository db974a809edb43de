"""Which files do the sources of an ingest mean, and what is in them?  Files with their readers, then staged tables."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.errors import IngestError
from ingest.source_files import printable, regular_file
from ingest.sources.reader import Desk, Reader, SourceFile, StagedTable
from ingest.sources.registry import readers_for


@dataclass(frozen=True)
class Job:
    """One source file, its reader, and what is fixed for the whole ingest."""

    reader: Reader
    source: SourceFile
    modified_ns: int = 0

    @property
    def identity(self) -> tuple[str, str, str, str]:
        return (self.source.sha256, self.source.format, self.source.context, self.reader.VERSION)


def survey(
    sources: Sequence[Path], *, format: str, mapping: Path | None, contexts: Mapping[Path, str]
) -> tuple[list[Job], tuple[str, ...]]:
    """(files, not hashed yet, of all sources; names of files that no reader takes); SourceUnreadable as readers do."""
    if not sources:
        raise IngestError("no source given", fix="name a file or a folder")
    jobs: list[Job] = []
    ignored: list[str] = []
    for path in sources:
        if not path.is_dir():
            regular_file(path)
        taken: set[Path] = set()
        aside: list[str] = []
        for reader in readers_for(path, format=format):  # what the first of them takes, no other does
            found = reader.survey(path, mapping=mapping)
            fresh = [source for source in found.files if source.path not in taken]
            taken |= {source.path for source in fresh}
            jobs += [
                Job(reader, replace(source, context=contexts.get(source.path, source.context))) for source in fresh
            ]
            aside += found.ignored
        named = {printable(entry) for entry in taken}
        ignored += [name for name in dict.fromkeys(aside) if name not in named]
    return jobs, tuple(ignored)


def read_staged(jobs: Sequence[Job], desk: Desk) -> list[StagedTable]:
    """Staged tables of every reader; their ``source`` numbers are those of the jobs, which are sorted by format."""
    readers: dict[str, Reader] = {}
    groups: dict[str, list[tuple[int, SourceFile]]] = defaultdict(list)
    for place, job in enumerate(jobs):
        readers[job.reader.NAME] = job.reader
        groups[job.reader.NAME].append((place, job.source))
    staged: list[StagedTable] = []
    for name, group in groups.items():
        first = group[0][0]  # a reader's sources stand together
        for table in readers[name].read([source for _, source in group], desk):
            staged.append(table if first == 0 else _shifted(table, first))
    return staged


def _shifted(table: StagedTable, by: int) -> StagedTable:
    def moved(relation: str) -> str:
        return f"(SELECT * REPLACE ((source + {by})::INTEGER AS source) FROM {relation})"

    rejects = None if table.rejects is None else moved(table.rejects)
    return replace(table, relation=moved(table.relation), rejects=rejects)
