"""How does a file appear whole or not at all?  What is written fills a hidden neighbour, which is then renamed."""

import os
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

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
        _to_disk(draft)
        draft.replace(path)
        return result
    finally:
        if draft.is_dir():
            shutil.rmtree(draft, ignore_errors=True)
        else:
            with suppress(OSError):
                draft.unlink()


def _to_disk(path: Path) -> None:
    for entry in path.iterdir() if path.is_dir() else [path]:
        descriptor = os.open(entry, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
