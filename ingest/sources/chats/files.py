"""A reader of exports that are read one file after the other: those it knows of a folder; the others are left aside."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.source_files import files_below, printable, regular_file
from ingest.sources.chats.rows import ChatRows
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey

_LOOKED_AT = 400


@dataclass(frozen=True)
class ExportFiles:
    """What tells one format of exports from another.

    ``shown`` is the format's name for people and ``holds`` what a file of it is, as in "holds no Discord export";
    ``taken`` knows a file by its content, ``read_file`` gives its rows, ``context`` is what the reader takes from its
    name.  ``asked``: is the format looked for where none is named?  ``rows`` collects what is read.
    ``by_name`` as in ``SourceFile``.
    """

    NAME: str
    shown: str
    holds: str
    taken: Callable[[Path], bool]
    read_file: Callable[[ChatRows, int, SourceFile, Desk], None]
    context: Callable[[Path], str] | None = None
    platform: str = ""
    asked: bool = True
    VERSION: str = "1"
    rows: type[ChatRows] = ChatRows
    by_name: bool = False

    def recognises(self, path: Path) -> bool:
        if not self.asked:
            return False
        if path.is_dir():
            return any(self.taken(entry) for entry in files_below(path)[:_LOOKED_AT])
        return path.is_file() and self.taken(path)

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        if mapping is not None:
            raise SourceUnreadable(
                f"a {self.holds} takes no mapping", where=printable(path), fix="leave the mapping out"
            )
        files, ignored = [], []
        for entry in files_below(path) if path.is_dir() else [regular_file(path)]:
            if entry.is_file() and self.taken(entry):
                context = self.context(entry) if self.context else ""
                files.append(SourceFile(regular_file(entry), self.NAME, context=context, by_name=self.by_name))
            else:
                ignored.append(printable(entry))
        if not files:
            raise SourceUnreadable(
                f"holds no {self.holds}", where=printable(path),
                fix="see docs/formats.md for what is read and how to get it",
            )
        return Survey(tuple(files), tuple(ignored))

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        rows = self.rows(desk, self.platform or self.NAME)
        for index, source in enumerate(sources):
            desk.progress(f"reading {self.shown}", index, len(sources))
            self.read_file(rows, index, source, desk)
        desk.progress(f"reading {self.shown}", len(sources), len(sources))
        return rows.tables()
