"""Who may go on now?  One process at a time holds a lock file; the kernel gives it back however its holder dies."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import FilatureError

POLL_S = 0.05


@contextmanager
def locked(path: Path, *, wait_s: float, busy: FilatureError) -> Iterator[None]:
    """Hold ``path`` alone among all processes; raises ``busy`` if it is not free within ``wait_s``."""
    deadline = time.monotonic() + wait_s
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise busy from None
                time.sleep(POLL_S)
        yield
