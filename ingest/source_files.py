"""Is this path a file we may read, and which bytes are in it?"""

import hashlib
import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.runtime.background import Beside
from ingest.runtime.progress import Progress, silent

_CHUNK = 1 << 22
_ESCAPE = re.compile(rb"\\(\\|x[0-9a-f]{2})")
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


def regular_file(path: Path) -> Path:
    """The path, if it is a readable regular file (links are followed); SourceUnreadable otherwise.  Never blocks."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceUnreadable(
            f"cannot be read ({reason.lower()})", where=printable(path), fix="check the path and its permissions"
        ) from error
    if not stat.S_ISREG(mode):
        kind = next((name for test, name in _KINDS if test(mode)), "no regular file")
        raise SourceUnreadable(f"is {kind}, not a file", where=printable(path), fix="copy its content to a file first")
    if not os.access(path, os.R_OK):
        raise SourceUnreadable("may not be read by this user", where=printable(path), fix="check its permissions")
    return path


def first_bytes(path: Path, size: int) -> bytes:
    """The beginning of a regular file, for recognising it; empty of anything else: a pipe would never answer."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as stream:
            return stream.read(size)
    except (OSError, ValueError):
        return b""


def files_below(folder: Path, *, limit: int | None = None) -> list[Path]:
    """Files of a folder and its folders that are not hidden, sorted; no link to a folder is followed."""
    found: list[Path] = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(here) / name for name in sorted(names) if not name.startswith(".")]
        if limit is not None and len(found) >= limit:
            return found[:limit]
    return found


def unchanged(path: Path, size: int, modified_ns: int) -> None:
    """SourceUnreadable if the file is no longer as it was when it was hashed."""
    try:
        now = path.stat()
    except OSError:
        now = None
    if now is None or (now.st_size, now.st_mtime_ns) != (size, modified_ns):
        raise SourceUnreadable("changed while it was read", where=printable(path), fix="ingest a copy that rests")


def printable(path: Path | str) -> str:
    """The path as one line of printable text: a backslash is doubled, any odd byte stands as ``\\xNN``."""
    return "".join(map(_escaped, os.fsencode(path).decode("utf-8", "surrogateescape")))


def _escaped(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if character.isprintable():
        return character
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))


def original_path(text: str) -> Path:
    """The path that ``printable`` wrote as this text."""
    found = _ESCAPE.sub(lambda match: b"\\" if match[1] == b"\\" else bytes([int(match[1][1:], 16)]), text.encode())
    return Path(os.fsdecode(found))


@dataclass(frozen=True)
class Hashes:
    """What identifies a file's bytes; SHA-1 only because older lists and papers name files by it."""

    sha256: str
    sha1: str
    bytes: int


def hashes_of(path: Path, *, progress: Progress = silent) -> Hashes:
    """SHA-256, SHA-1 and size of a file, which is read once."""
    sha1, beside = hashlib.sha1(usedforsecurity=False), Beside()
    large = path.stat().st_size > _CHUNK  # for a small file a thread would cost more than it saves
    try:
        sha256, size = _digest(path, progress, partial(beside.do, sha1.update) if large else sha1.update)
    finally:
        beside.end()
    return Hashes(sha256, sha1.hexdigest(), size)


def sha256_of(path: Path, *, progress: Progress = silent) -> tuple[str, int]:
    """(SHA-256 in hex, bytes) of a file."""
    return _digest(path, progress)


def _digest(
    path: Path, progress: Progress, also: Callable[[bytes], None] | None = None
) -> tuple[str, int]:
    """(SHA-256 in hex, bytes) of a file; every block of it goes to ``also``."""
    digest, size = hashlib.sha256(), 0
    total = path.stat().st_size
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if also is not None:
                also(chunk)
            digest.update(chunk)
            size += len(chunk)
            progress(f"hashing {printable(path.name)}", size, total)
    return digest.hexdigest(), size
