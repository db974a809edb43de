"""Who ends a runaway statement?  A thread with a second connection, when its time is up or somebody asks for it."""

import contextlib
import threading
from types import TracebackType
from typing import Self

import neo4j
import neo4j.exceptions

from graph.dialect import ARCADEDB
from graph.store.address import Address
from graph.store.stop import Stop

MARK = "filature"
"""The name under which a transaction's metadata hold its mark on Neo4j."""
_AGAIN_S = 0.2


class Watchdog:
    """While it is entered, ends the transaction's statement after ``timeout_s``, or once ``stop`` is asked for.

    The embedded engine ignores the driver's timeout and lists running statements by connection: asking for the list
    inside the transaction tells which connection is ours.  Neo4j keeps the timeout itself and lists transactions
    with their metadata, which hold ``mark``.
    """

    def __init__(
        self, driver: neo4j.Driver, address: Address, transaction: neo4j.Transaction, timeout_s: float, *,
        engine: str, mark: str, stop: Stop | None,
    ) -> None:
        self._driver = driver
        self._address = address
        self._transaction = transaction
        self._embedded = engine == ARCADEDB
        self._timeout_s = timeout_s if self._embedded else None
        self._mark = mark
        self._stop = stop
        self._connection = ""
        self._wake = threading.Event()
        self._over = False
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        if self._embedded:
            text = f"SHOW TRANSACTIONS YIELD connectionId, currentQuery WHERE currentQuery CONTAINS '{self._mark}'"
            record = self._transaction.run(text).single()
            self._connection = str(record[0]) if record is not None else ""
        if self._stop is not None:
            self._stop.notify(self._wake)
        if self._timeout_s is not None or self._stop is not None:
            self._thread = threading.Thread(target=self._watch, name="filature-watchdog", daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = True
        self._wake.set()
        if self._stop is not None:
            self._stop.forget(self._wake)
        if self._thread is not None:
            self._thread.join()  # it must not end what the connection carries next

    def cut(self, result: neo4j.Result) -> None:
        """End a result whose rest nobody wants: the driver would have the server produce it, to be thrown away."""
        self._over = True
        self._wake.set()
        self._terminate()
        with contextlib.suppress(neo4j.exceptions.Neo4jError):
            result.consume()

    def _watch(self) -> None:
        self._wake.wait(self._timeout_s)
        while not self._over:  # the statement may not have begun when it is first asked to end
            with contextlib.suppress(neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError):
                self._terminate()
            self._wake.clear()
            self._wake.wait(_AGAIN_S)

    def _terminate(self) -> None:
        with self._driver.session(database=self._address.database) as session:
            if self._embedded:
                running = session.run("SHOW TRANSACTIONS YIELD transactionId, connectionId").data()
                ours = [row["transactionId"] for row in running if row["connectionId"] == self._connection]
            else:
                running = session.run("SHOW TRANSACTIONS YIELD transactionId, metaData").data()
                ours = [row["transactionId"] for row in running if row["metaData"].get(MARK) == self._mark]
            for identity in ours:
                session.run("TERMINATE TRANSACTIONS $id", {"id": identity}).consume()
