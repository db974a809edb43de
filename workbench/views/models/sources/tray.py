"""Where do uploaded files lie until they are read?  In a folder of this session, each under its own name."""

import hashlib
import os
import secrets
import shutil
import time
import unicodedata
import weakref
from pathlib import Path
from typing import IO

from ingest.case_folder import CaseFolder

_LONGEST = 200  # bytes of a name; file systems take 255
_FORGOTTEN_S = 2 * 86_400


class Tray:
    """Files of one session below ``WORKSPACE/incoming``; they go when the session does."""

    def __init__(self, workspace: Path) -> None:
        incoming = workspace / "incoming"
        _clear(incoming)
        self.folder = incoming / secrets.token_hex(8)
        self.folder.mkdir(parents=True, mode=0o700)
        self._kept: dict[str, Path] = {}
        self._end = weakref.finalize(self, shutil.rmtree, self.folder, True)

    def keep(self, identity: str, name: str, stream: IO[bytes]) -> Path:
        """Where the upload of that identity lies; written the first time it is asked for."""
        if identity not in self._kept:
            staged = self.folder / f"{secrets.token_hex(8)}.part"
            digest = hashlib.sha256()
            stream.seek(0)
            with staged.open("wb") as target:
                while block := stream.read(1 << 20):
                    digest.update(block)
                    target.write(block)
            path = self.folder / digest.hexdigest()[:16] / own_name(name)
            path.parent.mkdir(exist_ok=True)
            self._kept[identity] = staged.replace(path)
        return self._kept[identity]


def keep_in_case(case: CaseFolder, path: Path) -> Path:
    """A file of the tray at its place in the case, ``sources/HASH/NAME``; the same content and name share it."""
    target = case.sources / path.parent.name / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        try:
            os.link(path, target)
        except OSError:  # a file system without links
            staged = target.parent / f".{secrets.token_hex(8)}.part"
            shutil.copyfile(path, staged)
            staged.replace(target)
    return target


def keep_mapping(case: CaseFolder, text: str) -> Path:
    """A mapping as a file of the case, named by its SHA-256 as manifests have it."""
    data = text.encode()
    target = case.sources / "mappings" / f"{hashlib.sha256(data).hexdigest()}.toml"
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        staged = target.with_suffix(".part")
        staged.write_bytes(data)
        staged.replace(target)
    return target


def own_name(name: str) -> str:
    """The name of an upload as a file may have it: no folder, no control or format character, not hidden, not endless.

    Formats read names (``#room_2024-05-01.log``), so whatever else stands in one stays.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join("_" if unicodedata.category(char)[0] == "C" else char for char in last).lstrip(". ").strip()
    while len(plain.encode()) > _LONGEST:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[:-1]}{dot}{ending}" if dot and stem and len(ending) < 12 else plain[:-1]
    return plain or "upload"


def _clear(incoming: Path) -> None:
    """Remove what a server that was killed left behind."""
    for folder in incoming.glob("*") if incoming.is_dir() else ():
        if time.time() - folder.stat().st_mtime > _FORGOTTEN_S:
            shutil.rmtree(folder, ignore_errors=True)
