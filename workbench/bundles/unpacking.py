"""How is a bundle from a stranger opened?  Within bounds, into a folder of ours, each member by the name we gave it.

What the document does not name is not taken out; what it names must be there with the bytes and the hash it says.
"""

import contextlib
import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ingest.archives.members import members_of, readable
from ingest.case_folder import CaseFolder
from ingest.runtime.progress import Progress, silent
from ingest.sources.gzip_files import check_growth
from workbench.bundles.document import AUDIT, CASEWORK, NAME, QUERIES, Document, Member, read_document
from workbench.errors import WorkbenchError

_LARGEST_DOCUMENT = 64 << 20
_LARGEST_TEXT = 2 << 30
"""Bytes of the log or the casework, which are read whole."""
_CHUNK = 1 << 20
_SPARE = 64 << 20
"""Bytes of the disk that are left alone."""


@dataclass(frozen=True)
class Opened:
    """What came out of a bundle: its document, and by member the texts that are no files of the case."""

    document: Document
    audit: bytes
    casework: bytes
    queries: tuple[bytes, ...]


def document_of(path: Path) -> Document:
    """What a bundle says of itself; SourceUnreadable or WorkbenchError if it is none, or one of another version."""
    if not path.is_file():
        raise WorkbenchError("there is no such file", where=str(path), fix="check the path")
    with readable(path), zipfile.ZipFile(path) as packed:
        entry = next(iter(packed.infolist()), None)
        if entry is None or entry.filename != NAME or entry.file_size > _LARGEST_DOCUMENT:
            raise WorkbenchError(
                "is no bundle of a case", where=str(path), fix="make one with filature case export"
            )
        with packed.open(entry) as stream:
            body = stream.read(_LARGEST_DOCUMENT + 1)
    return read_document(body, where=str(path))


def unpack(path: Path, document: Document, into: CaseFolder, *, progress: Progress = silent) -> Opened:
    """Put the case's files into ``into``, a new folder; SourceUnreadable or WorkbenchError if anything differs."""
    total = sum(one.bytes for one in document.members)
    check_growth(path, path.stat().st_size, total)
    wanted = {one.member: one for one in document.members}
    texts: dict[str, bytes] = {}
    into.path.mkdir(parents=True)
    if total > shutil.disk_usage(into.path).free - _SPARE:
        raise WorkbenchError(f"there is no room for its {total:,} bytes", where=str(path), fix="make room")
    done = 0
    with readable(path):
        for found in members_of(path, "zip"):
            told = wanted.pop(found.name, None)
            if told is None:
                continue
            if found.form != "file":
                raise _differs(path, told)
            with found.open() as stream:
                blocks = iter(partial(stream.read, _CHUNK), b"")
                if told.path:
                    _write(_verified(blocks, told, path), into.path / told.path)
                elif told.bytes > _LARGEST_TEXT:
                    raise _differs(path, told)
                else:
                    texts[told.member] = b"".join(_verified(blocks, told, path))
            done += told.bytes
            progress("unpacking the case", done, total)
    for told in wanted.values():
        raise _differs(path, told)
    queries = tuple(body for name, body in sorted(texts.items()) if name.startswith(QUERIES))
    return Opened(document, texts[AUDIT], texts[CASEWORK], queries)


def _verified(blocks: Iterator[bytes], told: Member, path: Path) -> Iterator[bytes]:
    """The blocks, which have to be exactly what the document says."""
    digest, size = hashlib.sha256(), 0
    for block in blocks:
        size += len(block)
        if size > told.bytes:
            raise _differs(path, told)
        digest.update(block)
        yield block
    if (size, digest.hexdigest()) != (told.bytes, told.sha256):
        raise _differs(path, told)


def _write(blocks: Iterator[bytes], target: Path) -> None:
    """Not over anything: two places that differ in letter case alone may be one on this disk."""
    with _disk_faults(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        out = target.open("xb")
    with out:
        for block in blocks:
            with _disk_faults(target):
                out.write(block)


@contextlib.contextmanager
def _disk_faults(target: Path) -> Iterator[None]:
    """What the disk refuses is no damage of the bundle."""
    try:
        yield
    except (OSError, UnicodeEncodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise WorkbenchError(
            f"a file of the case cannot be written ({str(reason).lower()})", where=ascii(target.name),
            fix="give the workspace room and rights",
        ) from error


def _differs(path: Path, told: Member) -> WorkbenchError:
    return WorkbenchError(
        f"{told.path or told.member!a} is not what the bundle says it is", where=str(path), fix="ask for it again"
    )
