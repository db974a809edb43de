"""What must a reader of a source format offer?  The protocol between source files and the checks.

A reader turns files into *staged tables*: every row of the source as text, nothing judged yet.  The batch then checks,
de-duplicates and stores them; readers know nothing of that.  How to write one:

1. ``recognises(path)``: cheap look at the name and the first bytes of a file, or at the names in a folder.
2. ``survey(path, mapping=)``: which files does this source argument mean?  One ``SourceFile`` each (not hashed yet),
   and the names of files left aside.  Open nothing that ``ingest.source_files.regular_file`` has not passed: a pipe
   would hang.
3. ``read(sources, desk)``: yields ``StagedTable`` values.  One staged table may hold rows of many sources (an archive
   of daily logs is one, not thousands).

Bulk work belongs in SQL: ``desk.engine`` runs DuckDB, ``desk.parquet(name)`` gives a fresh path to write to, and
``desk.link(source)`` a path of our own naming for the source file: use it in SQL, since DuckDB expands ``*`` and ``[``
in names, and names are chosen by others.  Values that become SQL text go through ``literal`` and ``quoted``.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from ingest.lake.engine import Engine, literal, quoted
from ingest.runtime.progress import Progress, silent
from ingest.source_files import printable
from ingest.sources.gzip_files import is_packed, unpack


@dataclass(frozen=True)
class Archive:
    """The archive that a file was taken out of, the outermost of several, as it was handed in."""

    path: Path
    sha256: str
    sha1: str
    bytes: int


@dataclass(frozen=True)
class SourceFile:
    """One file to read.  ``context``: what the reader takes from the name (table, room, date), never the folder.

    Two files of equal bytes and equal context are the same evidence; ``sha256`` and ``sha1`` are filled by the batch
    before ``read``.
    ``content``: where the bytes to read stand if that is not ``path``: what was packed, unpacked.
    ``archive``: what the file was taken out of, if it was; then ``shown`` names archive and member.
    ``by_name``: is ``context`` what the chat is called, no more?  Then equal bytes are one chat under any name.
    """

    path: Path
    format: str
    context: str = ""
    sha256: str = ""
    bytes: int = 0
    content: Path | None = None
    sha1: str = ""
    shown: str = ""
    archive: Archive | None = None
    by_name: bool = False

    @property
    def name(self) -> str:
        """The file as people know it, in printable text."""
        return self.shown or printable(self.path)

    @property
    def readable(self) -> Path:
        return self.content or self.path


@dataclass(frozen=True)
class Survey:
    """``files`` a source argument means, and ``ignored`` names that the reader leaves aside (they are reported)."""

    files: tuple[SourceFile, ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class StagedTable:
    """Rows of one contract table, as written in the source.

    ``relation``: SQL that can stand after FROM, with the columns
      ``source`` INTEGER (index into the ``sources`` given to ``read``), ``row`` BIGINT (numbered as docs/ingest.md
      says), any of the contract's columns and ``platform``, all VARCHAR, exactly as written, NULL where empty;
      optional ``attributes`` VARCHAR (a JSON object or NULL), ``NAME_raw`` beside an instant that the reader has
      rewritten (what the source says; it tells no row from another), ``fault`` (``fault_value(…)`` or NULL: what only
      the reader can see) and ``raw`` VARCHAR (the row's original text; if absent the row is written out as JSON).
      Rows stand in the order of ``source``, then ``row``.
      It is scanned more than once and must give the same rows each time: write a Parquet file or a table, compute
      nothing in it.
    ``columns``: which of these columns the relation has.
    ``rejects``: SQL after FROM, or None: rows that could not be split into columns at all, with ``source``, ``row`` and
      VARCHAR ``column``, ``reason``, ``hint``, ``raw``.  They count as read.
    ``platform``: the platform of all rows, where the format implies one (a ``platform`` column goes first).
    ``native``: the table of an evidence folder, whose rows are of no platform that another format implied.
    """

    table: str
    relation: str
    columns: frozenset[str]
    rejects: str | None = None
    platform: str | None = None
    native: bool = False


@dataclass(frozen=True)
class Desk:
    """Where a reader works: an engine, a folder of its own, and what the user said."""

    engine: Engine
    folder: Path
    mapping: Path | None = None
    progress: Progress = silent
    _number: Iterator[int] = field(default_factory=itertools.count, repr=False)

    def parquet(self, name: str) -> Path:
        """A path for a new Parquet file; ``name`` is plain letters."""
        return self.folder / f"{name}-{next(self._number)}.parquet"

    def table(self, name: str) -> str:
        """The SQL name of a new temporary table; what memory cannot hold of it spills into the batch's folder."""
        return quoted(f"{name} {next(self._number)}")

    def link(self, source: SourceFile) -> Path:
        """A path of our own naming through which the source can be read."""
        link = self.folder / f"source-{next(self._number)}{_plain_suffix(source.path)}"
        link.symlink_to(source.readable.absolute())
        return link

    def unpacked(self, source: SourceFile) -> SourceFile:
        """The source with its gzip taken off, if there is one; SourceUnreadable if it is torn or swells too much."""
        if not is_packed(source.readable):
            return source
        target = self.folder / f"unpacked-{next(self._number)}"
        unpack(source.readable, target, progress=self.progress)
        return replace(source, content=target)


def _plain_suffix(path: Path) -> str:
    return path.suffix if path.suffix.isascii() and path.suffix[1:].isalnum() else ""


def fault_value(column: str, reason: str, hint: str) -> str:
    """SQL of a fault that a reader found in a row; ``reason`` continues "the column …"."""
    return f"{{'column': {literal(column)}, 'reason': {literal(reason)}, 'hint': {literal(hint)}}}"


class Reader(Protocol):
    """A source format.  ``VERSION`` changes whenever the same bytes would be read differently."""

    @property
    def NAME(self) -> str: ...  # noqa: N802

    @property
    def VERSION(self) -> str: ...  # noqa: N802

    def recognises(self, path: Path) -> bool:
        """Is this file or folder, which exists, of this format?  Never raises, never blocks."""

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        """The files to read; SourceUnreadable if there is none or one cannot be used."""

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        """Staged tables of all sources; SourceUnreadable if one cannot be read at all."""
