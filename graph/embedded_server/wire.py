"""How do a process and the engine talk beside Bolt?  One JSON object a line over loopback, a token first."""

import json
import socket
from types import TracebackType
from typing import Any, Self

_LONGEST = 1 << 20


class Wire:
    """One control connection.  While it is open, it is a lease: the engine runs on."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._file = connection.makefile("rb")

    @classmethod
    def to(cls, port: int, *, timeout_s: float = 5.0) -> Self:
        connection = socket.create_connection(("127.0.0.1", port), timeout=timeout_s)
        connection.settimeout(None)
        return cls(connection)

    def send(self, message: dict[str, Any]) -> None:
        self._socket.sendall(json.dumps(message).encode() + b"\n")

    def receive(self, *, timeout_s: float | None = None) -> dict[str, Any] | None:
        """The next message; None once the other side has closed, or sends something else."""
        self._socket.settimeout(timeout_s)
        try:
            line = self._file.readline(_LONGEST)
        except (TimeoutError, OSError):
            return None
        if not line.endswith(b"\n"):
            return None
        try:
            message = json.loads(line)
        except ValueError:
            return None
        return message if isinstance(message, dict) else None

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
