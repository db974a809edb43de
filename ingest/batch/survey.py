"""Which files do the sources of an ingest mean, and what is in them?  Files with their readers, then staged tables."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.archives import ARCHIVE, Archives, archive_kind
from ingest.errors import IngestError, SourceUnreadable
from ingest.source_files import files_below, original_path, printable, regular_file
from ingest.sources.delimited import Delimited
from ingest.sources.evidence.folder import EvidenceFolder
from ingest.sources.reader import Desk, Reader, SourceFile, StagedTable
from ingest.sources.registry import READERS, reader_for, readers_for
from ingest.sources.structured import ENDINGS, Structured

_SHOWN = 6


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
    sources: Sequence[Path], *, format: str, mapping: Path | None, contexts: Mapping[Path, str], archives: Archives
) -> tuple[list[Job], tuple[str, ...]]:
    """(files, not hashed yet, of all sources; names of files that no reader takes); SourceUnreadable as readers do.

    Archives that no reader takes as they are, given or in a folder, are opened by ``archives``.
    """
    if not sources:
        raise IngestError("no source given", fix="name a file or a folder")
    found = _Survey("auto" if format == ARCHIVE else format, mapping, contexts, archives)
    with archives.naming():
        for path in sources:
            if not path.is_dir():
                regular_file(path)
            found.take(path)
    return found.jobs, tuple(found.ignored)


class _Survey:
    """Collects the files of sources, one after the other."""

    def __init__(self, format: str, mapping: Path | None, contexts: Mapping[Path, str], archives: Archives) -> None:
        self._format, self._mapping, self._contexts, self._archives = format, mapping, contexts, archives
        self.jobs: list[Job] = []
        self.ignored: list[str] = []

    def take(self, path: Path) -> None:
        if self._to_be_opened(path):
            self._open(path)
            return
        below = files_below(path) if path.is_dir() else []
        for entry in below:
            if entry.exists():
                regular_file(entry)  # a pipe would never answer, a device never end
        packed = [entry for entry in below if archive_kind(entry)]
        taken: set[Path] = set()
        aside: list[str] = []
        before = len(self.jobs)
        try:
            readers = readers_for(path, format=self._format)
            for reader in readers:  # what the first of them takes, no other does
                found = reader.survey(path, mapping=self._mapping)
                fresh = [source for source in found.files if source.path not in taken]
                taken |= {source.path for source in fresh}
                self.jobs += [Job(reader, self._described(source)) for source in fresh]
                aside += found.ignored
        except SourceUnreadable:
            if self.jobs[before:] or not any(self._to_be_opened(entry) for entry in packed):
                raise
            aside = [printable(entry) for entry in below]
        packed = [entry for entry in packed if entry not in taken and self._to_be_opened(entry)]
        named = {printable(entry) for entry in (*taken, *packed)}
        self.ignored += [self._shown(name) for name in dict.fromkeys(aside) if name not in named]
        for entry in packed:
            self._open(entry)

    def _open(self, path: Path) -> None:
        before = len(self.jobs)
        folder, aside = self._archives.open(path)
        self.ignored += aside
        try:
            self.take(folder)
        except SourceUnreadable as error:
            if len(self.jobs) > before or error.where != printable(folder):
                raise
            names = [self._archives.shown(entry) for entry in files_below(folder)]
            raise SourceUnreadable(
                "holds nothing of a known format" + (f" ({', '.join(names[:_SHOWN])})" if names else ""),
                where=self._archives.shown(path), fix="see docs/formats.md for what is read and how to get it",
            ) from error

    def _to_be_opened(self, path: Path) -> bool:
        """Is it an archive that no reader takes as it is?"""
        kind = archive_kind(path) if path.is_file() else None
        if kind is None:
            return False
        if self._format == "auto":
            return not any(reader.recognises(path) for reader in READERS)
        reader = reader_for(path, format=self._format)
        if reader.NAME in (Delimited.NAME, EvidenceFolder.NAME) and kind == "gzip":
            return False  # they take packed files themselves
        if reader.NAME == Structured.NAME and (kind == "gzip" or path.suffix.lower() in ENDINGS["sheet"]):
            return False
        if reader.NAME == Delimited.NAME:
            return True
        try:
            reader.survey(path, mapping=self._mapping)
        except SourceUnreadable:
            return True
        return False

    def _described(self, source: SourceFile) -> SourceFile:
        context = self._contexts.get(source.path, source.context)
        return self._archives.described(replace(source, context=context))

    def _shown(self, name: str) -> str:
        return self._archives.shown(original_path(name))


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
