"""How does work go on in a thread while the caller does the next?  One piece at a time, in order, so that no more is
held; what it raises is raised where it is waited for."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any


class Beside:
    """A thread of its own, begun with the first piece of work."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._work: Future[Any] | None = None

    def do(self, work: Callable[..., Any], *arguments: Any) -> None:
        """Begins the work once the piece before has ended."""
        self.wait()
        self._work = self._pool.submit(work, *arguments)

    def wait(self) -> None:
        """Until the last piece has ended."""
        work, self._work = self._work, None
        if work is not None:
            work.result()

    def end(self) -> None:
        """Waits, and ends the thread."""
        try:
            self.wait()
        finally:
            self._pool.shutdown()
