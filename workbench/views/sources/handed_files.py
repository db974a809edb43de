"""For whom was a file made?  Its address names nobody; here stands who may have which."""

import hashlib
import threading
from collections import OrderedDict

MOST = 4_096
"""Files that are remembered, the latest ones; an older one is made again by a click."""


class HandedFiles:
    """Each file's digest with the persons and cases it was made for; safe between threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._made: OrderedDict[bytes, frozenset[tuple[str, str]]] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, content: bytes, person: str, case: str) -> None:
        """The file was made for that person, of that case; empty where it is of none."""
        digest = hashlib.sha256(content).digest()
        with self._lock:
            self._made[digest] = self._made.pop(digest, frozenset()) | {(person, case)}
            while len(self._made) > self._most:
                self._made.popitem(last=False)

    def cases(self, content: bytes, person: str) -> frozenset[str]:
        """Of which cases it was made for that person; none where it was made for others alone."""
        digest = hashlib.sha256(content).digest()
        with self._lock:
            return frozenset(case for who, case in self._made.get(digest, ()) if who == person)
