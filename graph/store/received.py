"""Can one row of an answer fill the reader's memory?  The driver takes a row whole before anybody can weigh it.

A row that grows past ``MOST_BYTES`` on its way is an error of the connection: the driver gives it up, and the server
what it was doing for it.  The driver knows no such limit; what it is set on here is not its public interface,
and a test on both engines holds it.
"""

from typing import Any, Self

import neo4j

MOST_BYTES = 64 << 20


class Received(bytearray):
    """What has come of the row that is being received; ``exceeded`` once it would have been too much."""

    exceeded = False

    def __iadd__(self, more: Any) -> Self:  # type: ignore[misc]
        if len(self) + len(more) > MOST_BYTES:
            self.exceeded = True
            raise OSError(f"a row of more than {MOST_BYTES:,} bytes")
        return super().__iadd__(more)


def bounded(transaction: neo4j.Transaction) -> Received:
    """Bound the rows of the transaction's connection from now on."""
    inbox: Any = transaction._connection.inbox
    if not isinstance(inbox._buffer.data, Received):
        inbox._buffer.data = Received(inbox._buffer.data)
    received: Received = inbox._buffer.data
    return received
