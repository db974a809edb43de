"""What is in a gzip file?  Its bytes, unpacked within bounds: a few of them may claim to be a disk full."""

import gzip
import io
import zlib
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.runtime.progress import Progress, silent
from ingest.source_files import printable

_MAGIC = b"\x1f\x8b"
_CHUNK = 4 << 20
MOST_RATIO = 400
"""Texts shrink to a tenth, dull ones to a hundredth; what swells more than this was made to."""
_UNBOUNDED_BELOW = 256 << 20  # so much may come out of any file
TORN = (EOFError, gzip.BadGzipFile, zlib.error)


def is_packed(path: Path) -> bool:
    """Does the file begin as gzip files do?"""
    with path.open("rb") as stream:
        return stream.read(2) == _MAGIC


def opened(path: Path) -> gzip.GzipFile | io.BufferedReader:
    """The file's bytes, unpacked where it is packed."""
    return gzip.open(path) if is_packed(path) else path.open("rb")


def unpack(path: Path, target: Path, *, progress: Progress = silent) -> None:
    """Writes what is packed in ``path`` to ``target``; SourceUnreadable if it is torn or swells beyond bounds."""
    packed = path.stat().st_size
    written = 0
    try:
        with path.open("rb") as raw, gzip.GzipFile(fileobj=raw) as stream, target.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                written += out.write(chunk)
                check_growth(path, packed, written)
                progress(f"unpacking {printable(path.name)}", raw.tell(), packed)
    except TORN as error:
        raise torn(path, error) from error


def check_growth(path: Path, packed: int, written: int) -> None:
    """SourceUnreadable if so many bytes out of so few are beyond reason."""
    if written > _UNBOUNDED_BELOW and written > packed * MOST_RATIO:
        raise SourceUnreadable(
            f"swells to more than {MOST_RATIO} times its size", where=printable(path),
            fix="unpack it and look at it first",
        )


def torn(path: Path, error: BaseException) -> SourceUnreadable:
    return SourceUnreadable(f"is damaged ({error})", where=printable(path), fix="copy or export it again")
