"""How does another thread end a statement that is running?  It holds the stop that the reader was given."""

import threading


class Stop:
    """A wish to end what is running, asked for once and for good; safe between threads."""

    def __init__(self) -> None:
        self._asked = False
        self._lock = threading.Lock()
        self._waiting: set[threading.Event] = set()

    @property
    def asked(self) -> bool:
        return self._asked

    def ask(self) -> None:
        """End it; the reader raises StatementStopped, at once or before its next statement."""
        with self._lock:
            self._asked = True
            for event in self._waiting:
                event.set()

    def notify(self, event: threading.Event) -> None:
        """Set the event once the stop is asked for, or now if it was."""
        with self._lock:
            self._waiting.add(event)
            if self._asked:
                event.set()

    def forget(self, event: threading.Event) -> None:
        with self._lock:
            self._waiting.discard(event)
