"""Who may write a case's graph now?  One process at a time; the others wait for their turn."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import GraphError

WAIT_S = 600.0


@contextmanager
def alone(case_path: Path, *, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold the case's graph for writing; raises GraphError when it is not free within ``wait_s``.

    The kernel gives the lock back when its holder dies, however it dies.
    """
    path = case_path / "graph.lock"
    deadline = time.monotonic() + wait_s
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise GraphError(
                        "another process is writing the case's graph", where=str(path), fix="wait for it to finish"
                    ) from None
                time.sleep(0.1)
        yield
