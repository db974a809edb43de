"""How does a file appear whole or not at all?  What is written fills a hidden neighbour, which is then renamed."""

import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from ingest.runtime.to_disk import to_disk

R = TypeVar("R")


def put_whole(path: Path, write: Callable[[Path], R]) -> R:
    """What ``write`` returns, once it has filled a hidden neighbour that is renamed to ``path``.  Raises OSError."""
    draft = path.with_name(f".{secrets.token_hex(8)}{path.suffix}")
    try:
        result = write(draft)
        if draft.is_dir():
            if path.exists():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        elif path.is_dir():
            path.rmdir()
        for entry in draft.iterdir() if draft.is_dir() else [draft]:
            to_disk(entry)
        draft.replace(path)
        return result
    finally:
        if draft.is_dir():
            shutil.rmtree(draft, ignore_errors=True)
        else:
            with suppress(OSError):
                draft.unlink()
