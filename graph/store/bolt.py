"""How is a graph read and written?  Through the official driver, with limits that hold on both engines."""

import contextlib
import logging
import random
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import neo4j
from neo4j.exceptions import ConstraintError, Neo4jError

from graph.dialect import ARCADEDB, COMMAND_TIMEOUT_MS, NEO4J, engine_of, neo4j_schema, text_query, text_search
from graph.errors import Disturbed, GraphError, StatementStopped, StatementTooLarge, WrongCase
from graph.schema import CASE_LABEL, NODES, SCHEMA_VERSION
from graph.store.address import Address
from graph.store.answer import answer, chunks
from graph.store.faults import fault
from graph.store.moments import plain_moments
from graph.store.plans import columns_of, plan_of
from graph.store.received import MOST_BYTES, Received, bounded
from graph.store.rows import Plan, Rows
from graph.store.stop import Stop
from graph.store.watchdog import MARK, Watchdog
from graph.subgraph import Node
from ingest.runtime.garbage_collection import collector_paused

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # else what the driver tries again stands on stderr

Progress = Callable[[str, int, int | None], None]
Parameters = Mapping[str, Any] | None

DEFAULT_TIMEOUT_S = 30.0
_ATTEMPTS = 6
_DISTURBED_WAITS_S = (0.05, 0.2, 0.8)
_WIPE_BATCH = 10_000
_EXPLAIN = "EXPLAIN "
_BLANKS = re.compile(r"\s*")
_BLANKS_AND_COMMENTS = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)


@dataclass(frozen=True)
class CaseMark:
    """The single ``:Case`` node of a database: whose graph it is, and of which evidence."""

    id: str
    evidence_digest: str
    schema_version: int


@dataclass(frozen=True)
class TextHits:
    """Nodes a text search found, best first; ``total`` counts those not shown as well."""

    nodes: tuple[Node, ...]
    total: int


class Store:
    """One database of one graph server.  Safe to share between threads; close it when done."""

    def __init__(self, driver: neo4j.Driver, address: Address, engine: str, *, read_only: bool) -> None:
        self._driver = driver
        self.address = address
        self.engine = engine
        self.read_only = read_only

    @classmethod
    def connect(cls, address: Address, *, read_only: bool = False) -> Self:
        """Open and check the connection; raises EngineUnavailable where nobody answers or lets us in."""
        try:
            driver = neo4j.GraphDatabase.driver(
                address.url,
                auth=(address.user, address.password),
                user_agent="filature",
                notifications_min_severity="OFF",
                telemetry_disabled=True,
                connection_timeout=10.0,
                connection_acquisition_timeout=30.0,
                max_transaction_retry_time=10.0,
                keep_alive=True,
            )
        except Exception as error:
            raise fault(error, where=str(address)) from error
        try:
            with driver.session(database=address.database, default_access_mode=neo4j.READ_ACCESS) as session:
                agent = session.run("RETURN 1").consume().server.agent
        except Exception as error:
            driver.close()
            raise fault(error, where=str(address)) from error
        return cls(driver, address, engine_of(agent), read_only=read_only)

    def close(self) -> None:
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- reading -------------------------------------------------------------
    def read(
        self,
        cypher: str,
        parameters: Parameters = None,
        *,
        timeout_s: float = DEFAULT_TIMEOUT_S,
        max_rows: int | None = None,
        stop: Stop | None = None,
    ) -> Rows:
        """Run one statement in a read transaction that is rolled back at the end.

        Stops after ``max_rows`` rows and says so in ``truncated``.  Raises StatementTimeout once ``timeout_s`` have
        passed (the embedded engine ends any statement after 30 s), StatementStopped once ``stop`` is asked for,
        StatementTooLarge where it would take more memory than the engine or its reader has, GraphError for what the
        engine refuses.  A bulk load that swaps the embedded engine's graph takes running transactions with it: the
        statement is run again.
        """
        if self.engine == ARCADEDB:
            timeout_s = min(timeout_s, COMMAND_TIMEOUT_MS / 1000)
        until = time.monotonic() + timeout_s
        for wait_s in _DISTURBED_WAITS_S:
            try:
                return self._read(cypher, parameters, timeout_s, max_rows, stop)
            except Disturbed:
                if self.engine != ARCADEDB or time.monotonic() + wait_s > until:
                    raise
                time.sleep(wait_s)
        return self._read(cypher, parameters, timeout_s, max_rows, stop)

    def _read(
        self, cypher: str, parameters: Parameters, timeout_s: float, max_rows: int | None, stop: Stop | None
    ) -> Rows:
        stopped = StatementStopped("the statement was ended on request", where="statement")
        if stop is not None and stop.asked:
            raise stopped
        mark = uuid4().hex
        received: Received | None = None
        try:
            with (
                self._session(neo4j.READ_ACCESS) as session,
                contextlib.closing(session.begin_transaction(timeout=timeout_s, metadata={MARK: mark})) as work,
                Watchdog(
                    self._driver, self.address, work, timeout_s, engine=self.engine, mark=mark, stop=stop
                ) as watchdog,  # the transaction is closed, never committed
            ):
                plain_moments(work)
                cut = watchdog.cut if max_rows is not None else None
                received = bounded(work) if max_rows is not None else None
                with collector_paused():
                    rows = answer(work, cypher, parameters, max_rows=max_rows, cut=cut)
            return rows if rows.columns else Rows(self._columns(cypher, parameters), [])
        except GraphError:
            raise
        except Exception as error:
            if received is not None and received.exceeded:
                raise StatementTooLarge(
                    f"a single row of the answer is larger than {MOST_BYTES >> 20} MB", where="statement",
                    fix="return less, or count it",
                ) from error
            if stop is not None and stop.asked:
                raise stopped from error
            raise fault(error, where="statement", timeout_s=timeout_s, around=self._around(cypher)) from error

    def explain(self, cypher: str, parameters: Parameters = None) -> Plan:
        """What the engine would do, without doing it; raises GraphError where it cannot even plan it."""
        try:
            with self._session(neo4j.READ_ACCESS) as session:
                result = session.run(f"{_EXPLAIN}{cypher}", dict(parameters or {}))
                return plan_of(result.consume(), self.engine)
        except Exception as error:
            raise fault(error, where="explain", around=self._around(cypher, explained=True)) from error

    def search_text(self, text: str, *, labels: Sequence[str] | None = None, limit: int = 20) -> TextHits:
        """Nodes whose names hold every word of the text, as prefixes, case apart; best first, then by label and id."""
        query = text_query(text)
        types = [NODES[label] for label in labels or NODES]
        if not query or limit < 1:
            return TextHits((), 0)
        best: dict[str, tuple[float, Node]] = {}
        total = 0
        for index, label in text_search(self.engine, types):
            hits = (
                "CALL db.index.fulltext.queryNodes($index, $query) YIELD node, score "
                f"WITH node, score WHERE node:{label} "
            )
            wanted = {"index": index, "query": query, "limit": limit}
            count = int(self.read(f"{hits} RETURN count(node)", wanted).scalar() or 0)
            total += count
            for node, score in self.read(
                f"{hits} RETURN node, score ORDER BY score DESC, node.id LIMIT $limit", wanted
            ) if count else ():
                best[node.key] = (score, node)
        ordered = sorted(best.values(), key=lambda hit: (-hit[0], hit[1].key))
        return TextHits(tuple(node for _, node in ordered[:limit]), total)

    # -- writing -------------------------------------------------------------
    def write(self, cypher: str, parameters: Parameters = None) -> Rows:
        """Run one statement in a write transaction, again where a concurrent writer got in its way."""
        return self._write(cypher, dict(parameters or {}))

    def write_rows(
        self,
        cypher: str,
        rows: Iterable[Mapping[str, Any]],
        *,
        chunk: int = 10_000,
        progress: Progress | None = None,
        stage: str = "graph",
    ) -> int:
        """Run a statement that unwinds ``$rows`` once per chunk, each chunk a transaction; returns the rows given."""
        done = 0
        for batch in chunks(rows, chunk):
            self._write(cypher, {"rows": batch})
            done += len(batch)
            if progress is not None:
                progress(stage, done, None)
        return done

    def ensure_schema(self) -> None:
        """Constraints and indexes of a Neo4j database; the embedded engine makes its own when it opens a case."""
        if self.engine == NEO4J:
            for statement in neo4j_schema():
                self._write(statement, {})
            self._write("CALL db.awaitIndexes(60)", {})

    def wipe(self) -> None:
        """Delete everything, relationships first and the case's mark last, so that a torn wipe is still that case's."""
        batches = (
            "MATCH ()-[r]->() WITH r LIMIT $n DELETE r RETURN count(*)",
            f"MATCH (n) WHERE NOT n:{CASE_LABEL} WITH n LIMIT $n DELETE n RETURN count(*)",
            "MATCH (n) WITH n LIMIT $n DELETE n RETURN count(*)",
        )
        for statement in batches:
            while self._write(statement, {"n": _WIPE_BATCH}).scalar():
                pass

    # -- whose graph ---------------------------------------------------------
    def case(self) -> CaseMark | None:
        """The mark of the case this database holds; None in an empty one.  Raises WrongCase if there are several."""
        rows = self.read(f"MATCH (c:{CASE_LABEL}) RETURN c.id, c.evidence_digest, c.schema_version LIMIT 2").rows
        if len(rows) > 1:
            raise WrongCase("the database holds several cases", where=str(self.address), fix="use one database a case")
        return CaseMark(str(rows[0][0]), str(rows[0][1] or ""), int(rows[0][2] or 0)) if rows else None

    def require_case(self, case: str) -> CaseMark | None:
        """The mark, or None in an empty database; raises WrongCase where it holds another case or a foreign graph."""
        mark = self.case()
        fix = "name another database, neo4j://host:port/DATABASE, or another server"
        if mark is None and self.read("MATCH (n) RETURN 1 LIMIT 1").rows:
            mark = self.case()  # a bulk load may have put its graph, mark and all, in place between the two reads
            if mark is None:
                raise WrongCase("the database holds a graph that is no case of ours", where=str(self.address), fix=fix)
        if mark is not None and mark.id != case:
            raise WrongCase(
                f"the database holds the case {mark.id!r}, not {case!r}: one case, one database",
                where=str(self.address), fix=fix,
            )
        return mark

    def mark_case(self, case: str, evidence_digest: str) -> CaseMark:
        """Write the case's mark; raises WrongCase where the database is not this case's to have."""
        self.require_case(case)
        self.write(
            f"MERGE (c:{CASE_LABEL} {{id: $id}}) SET c.evidence_digest = $digest, c.schema_version = $version",
            {"id": case, "digest": evidence_digest, "version": SCHEMA_VERSION},
        )
        return CaseMark(case, evidence_digest, SCHEMA_VERSION)

    # -- within --------------------------------------------------------------
    def _columns(self, cypher: str, parameters: Parameters) -> tuple[str, ...]:
        """The column names of an empty answer, which the embedded engine leaves out: they stand in its plan."""
        with self._session(neo4j.READ_ACCESS) as session:
            return columns_of(session.run(f"{_EXPLAIN}{cypher}", dict(parameters or {})).consume())

    def _around(self, cypher: str, *, explained: bool = False) -> tuple[str, str]:
        """From where the engine counts the place of an error: the embedded one leaves out blanks, and comments unless
        it explains, and the word EXPLAIN.
        """
        if self.engine == NEO4J:
            return "", _EXPLAIN if explained else ""
        head = (_BLANKS if explained else _BLANKS_AND_COMMENTS).match(cypher)
        return head[0] if head else "", ""

    def _session(self, mode: str) -> neo4j.Session:
        return self._driver.session(database=self.address.database, default_access_mode=mode)

    def _write(self, cypher: str, parameters: dict[str, Any]) -> Rows:
        if self.read_only:
            raise GraphError("this store only reads", where="write", fix="open a writing store")
        for attempt in range(_ATTEMPTS):
            try:
                with self._session(neo4j.WRITE_ACCESS) as session:
                    return session.execute_write(lambda work: answer(work, cypher, parameters))
            except (ConstraintError, Neo4jError) as error:
                if attempt == _ATTEMPTS - 1 or not _worth_another_try(error):
                    raise fault(error, where="write") from error
                time.sleep(0.02 * 2**attempt * (1 + random.random()))  # noqa: S311 - spreads writers, guards nothing
            except GraphError:
                raise
            except Exception as error:
                raise fault(error, where="write") from error
        raise AssertionError("the last attempt returns or raises")


def _worth_another_try(error: Neo4jError) -> bool:
    return isinstance(error, ConstraintError) or error.is_retryable()
