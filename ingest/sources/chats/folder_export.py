"""A reader of exports that are one folder: some of its files belong together, and one tells what the others mean."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.source_files import files_below, printable, regular_file
from ingest.sources.chats.rows import ChatRows
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey

_DEEPEST, _MOST_FOLDERS = 4, 400  # levels and folders a level that are looked into


@dataclass(frozen=True)
class FolderExport:
    """What tells one format of folders from another.

    ``root`` gives the folder the export begins in, for a path in or above it, or None.  ``contexts`` tells of that
    folder which of its files are read, each with what the others say of it; ``reading`` begins a reading, in which
    each file gives its rows, in the order of what the others say.
    """

    NAME: str
    shown: str
    holds: str
    root: Callable[[Path], Path | None]
    contexts: Callable[[Path, Sequence[Path]], dict[Path, str]]
    reading: Callable[[ChatRows], Callable[[int, SourceFile], None]]
    platform: str = ""
    VERSION: str = "1"

    def recognises(self, path: Path) -> bool:
        return path.is_dir() and bool(self._roots(path))

    def _roots(self, path: Path) -> list[Path]:
        """Every folder in which an export begins: this one, or folders below it."""
        found: list[Path] = []
        here = [path]
        for _ in range(_DEEPEST):
            roots = [(folder, self.root(folder)) for folder in here[:_MOST_FOLDERS]]
            found += [root for _, root in roots if root is not None]
            here = [below for folder, root in roots if root is None for below in _folders(folder)]
        return list(dict.fromkeys(found))

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        if mapping is not None:
            raise SourceUnreadable(
                f"a {self.holds} takes no mapping", where=printable(path), fix="leave the mapping out"
            )
        if path.is_file():  # one of its files, read again by itself with what is known of it
            return Survey((SourceFile(regular_file(path), self.NAME),))
        entries = files_below(path)
        contexts: dict[Path, str] = {}
        for root in self._roots(path):
            contexts |= self.contexts(root, files_below(root))
        if not contexts:
            raise SourceUnreadable(
                f"holds no {self.holds}",
                where=printable(path),
                fix="see docs/formats.md for what is read and how to get it",
            )
        return Survey(
            tuple(SourceFile(regular_file(entry), self.NAME, context=context) for entry, context in contexts.items()),
            tuple(printable(entry) for entry in entries if entry not in contexts),
        )

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        rows = ChatRows(desk, self.platform or self.NAME)
        read_file = self.reading(rows)
        for index, source in enumerate(sources):
            desk.progress(f"reading {self.shown}", index, len(sources))
            read_file(index, source)
        desk.progress(f"reading {self.shown}", len(sources), len(sources))
        return rows.tables()


def _folders(path: Path) -> list[Path]:
    try:
        return sorted(
            entry
            for entry in path.iterdir()
            if entry.is_dir() and not entry.is_symlink() and not entry.name.startswith(".")
        )
    except OSError:
        return []


def below(path: Path, *names: str) -> Path | None:
    """The entry by these names below each other, in whatever case they are written; None if there is none."""
    here = path
    for name in names:
        try:
            here = next(entry for entry in sorted(here.iterdir()) if entry.name.lower() == name.lower())
        except (OSError, StopIteration):
            return None
    return here
