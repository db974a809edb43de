"""Who ends a runaway statement on an engine that ignores the driver's timeout?  A timer with a second connection."""

import contextlib
import threading
from types import TracebackType
from typing import Self
from uuid import uuid4

import neo4j
import neo4j.exceptions

from graph.store.address import Address


class Watchdog:
    """While it is entered, ends the transaction's statement through TERMINATE TRANSACTIONS after ``timeout_s``.

    The embedded engine lists running statements by connection; asking for the list inside the transaction tells
    which connection is ours.  Inactive (Neo4j, which keeps the driver's timeout itself) it does nothing.
    """

    def __init__(
        self, driver: neo4j.Driver, address: Address, transaction: neo4j.Transaction, timeout_s: float, *, active: bool
    ) -> None:
        self._driver = driver
        self._address = address
        self._transaction = transaction
        self._timer = threading.Timer(timeout_s, self._terminate) if active else None
        self._connection = ""

    def __enter__(self) -> Self:
        if self._timer is not None:
            mark = uuid4().hex
            text = f"SHOW TRANSACTIONS YIELD connectionId, currentQuery WHERE currentQuery CONTAINS '{mark}'"
            record = self._transaction.run(text).single()
            self._connection = str(record[0]) if record is not None else ""
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def cut(self, result: neo4j.Result) -> None:
        """End a result whose rest nobody wants.

        The driver asks the server to discard it, which the embedded engine takes for producing it to the last row.
        """
        if self._timer is None:
            result.consume()
            return
        self._timer.cancel()
        self._terminate()
        with contextlib.suppress(neo4j.exceptions.Neo4jError):
            result.consume()

    def _terminate(self) -> None:
        with self._driver.session(database=self._address.database) as session:
            running = session.run("SHOW TRANSACTIONS YIELD transactionId, connectionId").data()
            for row in running:
                if row["connectionId"] == self._connection:
                    session.run("TERMINATE TRANSACTIONS $id", {"id": row["transactionId"]}).consume()
