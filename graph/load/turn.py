"""Who may write a case's graph now?  One process at a time; the others wait for their turn."""

from contextlib import AbstractContextManager
from pathlib import Path

from graph.errors import GraphError
from ingest.runtime.file_lock import locked

WAIT_S = 600.0


def alone(case_path: Path, *, wait_s: float = WAIT_S) -> AbstractContextManager[None]:
    """Hold the case's graph for writing; raises GraphError when it is not free within ``wait_s``."""
    path = case_path / "graph.lock"
    busy = GraphError("another process is writing the case's graph", where=str(path), fix="wait for it to finish")
    return locked(path, wait_s=wait_s, busy=busy)
