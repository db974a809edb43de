"""Which members does an archive hold, one after the other?  Names as written, and their bytes as a stream."""

import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Literal

from ingest.archives.recognising import TORN, Kind, opened
from ingest.errors import SourceUnreadable
from ingest.source_files import printable

MOST_MEMBERS = 200_000
_MOST_DIRECTORY = 64 << 20
"""Bytes of a zip's directory, which is read whole: some 300 a member."""
_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"
_TAIL = (1 << 16) + 22 + 20 + 56  # the longest comment, and the records of the end before it
_PACKED_ENDINGS = (".gz", ".bz2", ".xz")


@dataclass(frozen=True)
class Member:
    """``size`` is what the archive claims; ``open`` is called before the next member is asked for, or not at all."""

    name: str
    size: int
    form: Literal["file", "link", "other"]
    open: Callable[[], AbstractContextManager[IO[bytes]]]


def members_of(path: Path, kind: Kind) -> Iterator[Member]:
    """Every member that is no folder, in the archive's order.  Ask for them, and read them, within ``readable``."""
    if kind == "zip":
        return _zipped(path)
    if kind == "tar":
        return _tarred(path)
    return iter((Member(_bare(path.name), 0, "file", lambda: opened(path, kind)),))


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """What reading an archive raises becomes SourceUnreadable: it is damaged, or packed in an unknown way."""
    try:
        yield
    except (*TORN, tarfile.TarError, zipfile.BadZipFile, ValueError, struct.error) as error:
        raise SourceUnreadable(
            f"is damaged ({error or type(error).__name__})", where=printable(path), fix="copy it again"
        ) from error
    except (NotImplementedError, RuntimeError) as error:  # a way of packing that Python does not know
        raise SourceUnreadable(
            f"is packed in a way that is not read ({error})", where=printable(path), fix="unpack it and give the folder"
        ) from error


def _bare(name: str) -> str:
    ending = next((ending for ending in _PACKED_ENDINGS if name.lower().endswith(ending)), "")
    return name[: len(name) - len(ending)] or name


def _zipped(path: Path) -> Iterator[Member]:
    if _directory_size(path) > _MOST_DIRECTORY:
        raise _too_many(path)
    with zipfile.ZipFile(path) as packed:
        entries = packed.infolist()
        if len(entries) > MOST_MEMBERS:
            raise _too_many(path)
        if any(entry.flag_bits & 1 for entry in entries):
            raise SourceUnreadable(
                "is locked with a password", where=printable(path), fix="unpack it with its password, give the folder"
            )
        for entry in entries:
            mode = entry.external_attr >> 16
            if entry.is_dir():
                continue
            link = stat.S_ISLNK(mode)
            special = bool(stat.S_IFMT(mode)) and not stat.S_ISREG(mode)
            form: Literal["file", "link", "other"] = "link" if link else "other" if special else "file"
            yield Member(entry.filename, entry.file_size, form, partial(packed.open, entry))


def _directory_size(path: Path) -> int:
    """Bytes of the zip's directory by the record at its end; 0 where that is missing (zipfile then says so)."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _TAIL))
        tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return 0
    told = int(struct.unpack_from("<L", tail, at + 12)[0])
    wide = tail.rfind(_END64, 0, at)
    if told == 0xFFFFFFFF and wide >= 0:
        told = int(struct.unpack_from("<Q", tail, wide + 40)[0])
    return told


class _Told(tarfile.TarInfo):
    """A header; one that the file ends within is a fault, not the end of the archive."""

    @classmethod
    def fromtarfile(cls, tar: tarfile.TarFile) -> "_Told":
        try:
            return super().fromtarfile(tar)
        except tarfile.TruncatedHeaderError as error:  # type: ignore[attr-defined]
            raise tarfile.ReadError("it ends within a header") from error


def _tarred(path: Path) -> Iterator[Member]:
    with tarfile.open(path, "r|*", tarinfo=_Told) as packed:
        for number, entry in enumerate(packed):
            if number >= MOST_MEMBERS:
                raise _too_many(path)
            packed.members = []  # type: ignore[attr-defined]  # it would keep every header
            if entry.isdir():
                continue
            form: Literal["file", "link", "other"] = (
                "link" if entry.issym() or entry.islnk() else "file" if entry.isfile() else "other"
            )
            yield Member(entry.name, entry.size, form, partial(_content, packed, entry))


def _content(packed: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    found = packed.extractfile(entry)
    if found is None:
        raise tarfile.ReadError(f"no content of {entry.name!r}")
    return found


def _too_many(path: Path) -> SourceUnreadable:
    return SourceUnreadable(
        f"has more than {MOST_MEMBERS:,} members", where=printable(path), fix="unpack it and give the folder"
    )
