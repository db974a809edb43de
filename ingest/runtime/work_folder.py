"""A folder of one's own below a scratch folder that others make and take away at the same time."""

import contextlib
import shutil
import tempfile
from pathlib import Path

_ATTEMPTS = 100


def new_work_folder(scratch: Path, prefix: str) -> Path:
    """A new folder in ``scratch``, which is made where it is not.

    Whoever leaves an empty scratch folder takes it away, at times just before this would stand in it: then again.
    """
    for _attempt in range(_ATTEMPTS):
        scratch.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            return Path(tempfile.mkdtemp(prefix=prefix, dir=scratch))
    return Path(tempfile.mkdtemp(prefix=prefix, dir=scratch))


def leave_work_folder(folder: Path) -> None:
    """The folder goes with all that it holds, and the scratch folder with it where nothing else stands in it."""
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        folder.parent.rmdir()
