"""Is this file an archive that may be opened?  Told by its first bytes, never by its name alone."""

import bz2
import gzip
import lzma
import zlib
from pathlib import Path
from typing import IO, Literal, cast

from ingest.source_files import first_bytes

Kind = Literal["zip", "tar", "gzip", "bzip2", "xz"]
ARCHIVE = "archive"
"""What the format of an archive is called."""
TORN = (EOFError, OSError, zlib.error, lzma.LZMAError)

_PACKED: tuple[tuple[bytes, Kind], ...] = ((b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"))
_CLOSED = {b"7z\xbc\xaf\x27\x1c": "a 7z archive", b"Rar!\x1a\x07": "a RAR archive"}
_DOCUMENTS = frozenset((
    ".apk", ".docm", ".docx", ".epub", ".ipa", ".jar", ".key", ".numbers", ".odp", ".ods", ".odt", ".pages", ".pptx",
    ".ufdr", ".xlsm", ".xlsx", ".xps",
))
"""Files that are zips within, but no archives to whoever made them."""
_HEAD = 512


def archive_kind(path: Path) -> Kind | None:
    """Which kind of archive this is; None if it is none.  Never raises."""
    head = first_bytes(path, _HEAD)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return None if path.suffix.lower() in _DOCUMENTS else "zip"
    if _is_tar(head):
        return "tar"
    for magic, kind in _PACKED:
        if head.startswith(magic):
            return "tar" if _is_tar(_beginning(path, kind)) else kind
    return None


def closed_kind(path: Path) -> str:
    """What kind of archive it is that nothing here can open; empty if it is none of these."""
    head = first_bytes(path, 8)
    return next((what for magic, what in _CLOSED.items() if head.startswith(magic)), "")


def opened(path: Path, kind: Kind) -> IO[bytes]:
    """The bytes that are packed in a file of one of the kinds that hold a single member."""
    if kind == "gzip":
        return cast("IO[bytes]", gzip.open(path))
    return bz2.open(path) if kind == "bzip2" else lzma.open(path)


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _beginning(path: Path, kind: Kind) -> bytes:
    try:
        with opened(path, kind) as stream:
            return stream.read(_HEAD)
    except TORN:
        return b""
