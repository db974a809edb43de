"""Which readings of files were cut off, as where the server was killed?  A mark stands, locked, while files are read.

What was being read leaves nothing in the evidence; the mark that nobody holds any more says so.
"""

import json
import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.case_folder import CaseFolder
from ingest.errors import IngestError
from ingest.runtime.file_lock import locked

_WAIT_S = 5.0
_HELD = IngestError("another ingest is at work", fix="wait for it and try again")


@dataclass(frozen=True)
class CutOff:
    """A reading that ended with its process: when it began (ISO 8601 UTC), by whom, the paths of its files."""

    mark: Path
    at: str
    by: str
    files: tuple[str, ...]


@contextmanager
def marked(case: CaseFolder, files: Iterable[Path], *, by: str) -> Iterator[None]:
    """While these files are read into the case; however that ends but by the end of the process, the mark goes."""
    folder = _folder(case)
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / f"{secrets.token_hex(8)}.json"
    told = {"at": datetime.now(UTC).isoformat(), "by": by, "files": [str(path) for path in files]}
    with locked(mark, wait_s=_WAIT_S, busy=_HELD):
        mark.write_text(json.dumps(told), encoding="utf-8")
        try:
            yield
        finally:
            mark.unlink(missing_ok=True)


def cut_off(case: CaseFolder) -> tuple[CutOff, ...]:
    """The readings of the case that were cut off and are not put away, the latest first."""
    found = []
    for mark in _folder(case).glob("*.json"):
        try:
            with locked(mark, wait_s=0, busy=_HELD):
                text = mark.read_text(encoding="utf-8")
                if text:
                    told = json.loads(text)
                    found.append(CutOff(mark, told["at"], told["by"], tuple(told["files"])))
                else:
                    mark.unlink(missing_ok=True)  # it went just then, or ended before it was written
        except (OSError, ValueError, IngestError):
            continue
    return tuple(sorted(found, key=lambda one: (one.at, one.mark.name), reverse=True))


def put_away(case: CaseFolder, read: Collection[str] | None = None) -> None:
    """Forget what was cut off; with ``read`` (paths) only what has been read since."""
    for one in cut_off(case):
        if read is None or (one.files and set(one.files) <= set(read)):
            one.mark.unlink(missing_ok=True)


def _folder(case: CaseFolder) -> Path:
    return case.path / "reading"
