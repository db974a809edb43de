"""Why does a large answer not wait for the garbage collector?  All it makes is kept: going through it frees nothing."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_reading = 0
_resumed = False


@contextmanager
def collector_paused() -> Iterator[None]:
    """While anybody is in here, the collector looks for no cycles; the last who leaves resumes it."""
    global _reading, _resumed
    with _lock:
        if _reading == 0:
            _resumed = gc.isenabled()
            gc.disable()
        _reading += 1
    try:
        yield
    finally:
        with _lock:
            _reading -= 1
            if _reading == 0 and _resumed:
                gc.enable()
