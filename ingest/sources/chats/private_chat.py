"""To whom goes a message of a private chat, where only those who write are named?  To the other, once both wrote."""

from collections.abc import Callable


class PrivateChat:
    """``send(row, values, attributes, recipient)`` is called for every message once the other is known.

    What waits for the other's id is sent in its order; ``settle`` names who never wrote.
    """

    def __init__(self, send: Callable[[int, dict[str, str | None], dict[str, object], str | None], None]) -> None:
        self._send = send
        self._first: str | None = None
        self._other: str | None = None
        self._waiting: list[tuple[int, dict[str, str | None], dict[str, object]]] = []

    def take(self, row: int, values: dict[str, str | None], attributes: dict[str, object]) -> None:
        """The next message of the chat; its sender stands in ``values``."""
        sender = values["sender_id"]
        if self._first is None:
            self._first = sender
        elif self._other is None and sender not in (None, self._first):
            self.settle(sender)
        if self._other is None:
            self._waiting.append((row, values, attributes))
        else:
            self._passed_on(row, values, attributes)

    @property
    def unanswered(self) -> tuple[int, str | None] | None:
        """The first row and who wrote it, while only one has written; None where nobody or both did."""
        return (self._waiting[0][0], self._first) if self._waiting else None

    def settle(self, other: str | None) -> None:
        """The other of the two is this one, unless he is known already."""
        self._other = self._other or other
        for row, values, attributes in self._waiting:
            self._passed_on(row, values, attributes)
        self._waiting = []

    def _passed_on(self, row: int, values: dict[str, str | None], attributes: dict[str, object]) -> None:
        recipient = self._other if values["sender_id"] == self._first else self._first
        self._send(row, values, attributes, recipient)
