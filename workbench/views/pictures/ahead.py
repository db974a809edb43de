"""What a person will likely look at next is read while they look at what stands there."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Ahead(Generic[K, V]):
    """The ``most`` values asked for last, each made once for its key by ``make``, which needs no session.

    What could not be made is not kept: who asks for it is told, and who asks again lets it be tried again.
    """

    def __init__(self, make: Callable[[K], V], *, most: int) -> None:
        self._make, self._most = make, most
        self._lock = threading.Lock()
        self._found: OrderedDict[K, Future[V]] = OrderedDict()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead")

    def now(self, key: K) -> V:
        """The value; waits for it where it is being made."""
        future, ours = self._of(key)
        if ours:
            self._fill(key, future)
        return future.result()

    def soon(self, key: K) -> None:
        """Have the value made beside everything else, unless it is there."""
        future, ours = self._of(key)
        if ours:
            self._worker.submit(self._fill, key, future)

    def known(self, key: K) -> V | None:
        """The value where it has been made; None until then."""
        with self._lock:
            future = self._found.get(key)
        return future.result() if future is not None and future.done() and future.exception() is None else None

    def _of(self, key: K) -> tuple["Future[V]", bool]:
        """What holds the value or will hold it, and whether it is for the caller to fill it."""
        with self._lock:
            known = self._found.get(key)
            future: Future[V] = known if known is not None else Future()
            self._found[key] = future
            self._found.move_to_end(key)
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return future, known is None

    def _fill(self, key: K, future: "Future[V]") -> None:
        try:
            future.set_result(self._make(key))
        except BaseException as error:
            with self._lock:
                if self._found.get(key) is future:
                    del self._found[key]
            future.set_exception(error)
