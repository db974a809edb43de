"""What is a source taken for?  Its format, and where it is a table of no known name, how that is cut into columns."""

from dataclasses import dataclass
from pathlib import Path

from ingest.archives import ARCHIVE, archive_kind
from ingest.errors import SourceUnreadable
from ingest.mapping.shape import Shape, shape_of
from ingest.source_files import first_bytes, printable, regular_file
from ingest.sources.delimited import Delimited
from ingest.sources.evidence.folder import EvidenceFolder, table_of
from ingest.sources.evidence.header import check_columns
from ingest.sources.registry import READERS
from ingest.sources.structured import Structured
from ingest.sources.structured_shape import StructuredShape, structured_shape
from ingest.tables import TABLES


@dataclass(frozen=True)
class Recognised:
    """``format``: the name of a reader, None if nothing fits; ``beside``: of others that find something in a folder.

    ``shape``: of a table that needs a mapping.

    ``structured``: what that table is where it is no delimited text but a workbook, Parquet or JSON lines.
    ``unfit``: why a file that is named like a table of the contract is none.
    """

    format: str | None
    shape: Shape | None = None
    unfit: str = ""
    structured: StructuredShape | None = None
    beside: tuple[str, ...] = ()

    @property
    def formats(self) -> tuple[str, ...]:
        """All that find something there."""
        return () if self.format is None else (self.format, *self.beside)


def recognise(path: Path) -> Recognised:
    """What the source is taken for, by its name and its beginning; SourceUnreadable if it cannot be read."""
    if path.is_dir():
        names = [reader.NAME for reader in READERS if reader.recognises(path)]
        return Recognised(next(iter(names), None), beside=tuple(names[1:]))
    regular_file(path)
    known = next((reader.NAME for reader in READERS if reader.recognises(path)), None)
    if known not in (None, EvidenceFolder.NAME):
        return Recognised(known)
    table = table_of(path.name)
    if table is not None and table[1] != "csv":
        return Recognised(known)
    if table is None and (found := structured_shape(path)):
        return Recognised(Structured.NAME, found.shape, structured=found)
    shape = shape_of(path)
    if table is None and archive_kind(path) not in (None, "gzip"):
        return Recognised(ARCHIVE)
    if table is None:
        if shape is None and archive_kind(path):
            return Recognised(ARCHIVE)
        if shape is None:
            _refuse_unreadable(path)
        return Recognised(Delimited.NAME if shape else None, shape)
    try:
        if shape is not None:
            check_columns(TABLES[table[0]], list(shape.columns), where=printable(path.name))
    except SourceUnreadable as error:
        return Recognised(Delimited.NAME, shape, error.what)
    return Recognised(known)


def _refuse_unreadable(path: Path) -> None:
    """Of no format, and none that is chosen could read it: what is wrong with it is said at once."""
    head = first_bytes(path, 2)
    if not head:
        raise SourceUnreadable("is empty: not even a header", where=printable(path),
                               fix="remove the file or export it again")
    if head in (b"\xff\xfe", b"\xfe\xff"):
        raise SourceUnreadable("is UTF-16", where=printable(path), fix="convert it to UTF-8")
