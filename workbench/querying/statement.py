"""How does a statement run beside the screen that asked for it?  In a thread; it can be waited for, and stopped."""

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from graph.errors import StatementStopped
from graph.store import Stop, Store
from queries.runner import QueryResult, run
from queries.saved_query import SavedQuery


class StatementRun:
    """A statement that has begun; ``opened`` gives the store to ask, in the thread."""

    def __init__(
        self, opened: Callable[[], AbstractContextManager[Store]], query: SavedQuery | str,
        parameters: Mapping[str, Any], *, max_rows: int,
    ) -> None:
        self._opened = opened
        self._query = query
        self._parameters = parameters
        self._max_rows = max_rows
        self._stop = Stop()
        self._result: QueryResult | None = None
        self._error: BaseException | None = None
        self._began = time.monotonic()
        self._ended: float | None = None
        self._thread = threading.Thread(target=self._work, name="filature-statement", daemon=True)
        self._thread.start()

    @property
    def finished(self) -> bool:
        return self._ended is not None

    @property
    def seconds(self) -> float:
        """How long it has run, or ran."""
        return (self._ended or time.monotonic()) - self._began

    def wait(self, seconds: float) -> bool:
        """Wait for the end at most so long; has it come?"""
        self._thread.join(seconds)
        return self.finished

    def stop(self) -> None:
        """Have the engine end it; ``result`` raises StatementStopped then."""
        self._stop.ask()

    def result(self) -> QueryResult:
        """The answer of what has finished; raises what went wrong."""
        if self._error is not None:
            raise self._error
        if self._result is None:
            raise StatementStopped("the statement has not finished")
        return self._result

    def _work(self) -> None:
        try:
            with self._opened() as store:
                self._result = run(
                    store, self._query, self._parameters, max_rows=self._max_rows, stop=self._stop
                )
        except BaseException as error:
            self._error = error
        finally:
            self._ended = time.monotonic()
