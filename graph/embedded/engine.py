"""How does a process get the embedded engine?  It takes a lease; the last one to leave turns off the light."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph.embedded_server.bulk_files import BulkReport, EdgeFile, NodeFile
from graph.embedded_server.folder import Endpoint, EngineFolder
from graph.embedded_server.wire import Wire
from graph.errors import EngineUnavailable, GraphError
from graph.store.address import Address
from ingest.case_folder import CaseFolder

Progress = Callable[[str, int, int | None], None]

START_S = 90.0
WRITER, READER = "root", "reader"


class Lease:
    """The right to use one case's graph.  The engine runs while any lease of its workspace is open.

    ``writer`` may do everything; ``reader`` belongs to a group that can only read, for untrusted statements.
    A process that dies loses its leases with its connections.
    """

    def __init__(self, wire: Wire, endpoint: Endpoint, case: str) -> None:
        self._wire = wire
        self.case = case
        self.engine_pid = endpoint.pid
        url = f"bolt://127.0.0.1:{endpoint.bolt_port}"
        self.writer = Address(url, WRITER, endpoint.writer_password, case)
        self.reader = Address(url, READER, endpoint.reader_password, case)

    def close(self) -> None:
        self._wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class EmbeddedEngine:
    """ArcadeDB for the cases of one workspace: one child process, one database a case.

    ``heap`` is the most memory its Java heap may take; ``grace_s`` how long it waits for a next lease after the
    last one was given back.  Everything it keeps or logs is in ``WORKSPACE/engine``; it listens on loopback only.
    Works on systems with POSIX file locks (Linux, macOS).
    """

    def __init__(self, workspace: Path, *, heap: str = "1g", grace_s: float = 3.0) -> None:
        self.folder = EngineFolder(workspace.absolute() / "engine")
        self._heap = heap
        self._grace_s = grace_s

    def lease(self, case: str) -> Lease:
        """A lease on the case's graph, made empty if it is not there yet; starts the engine where none runs.

        Raises EngineUnavailable where it cannot start or open the graph, IngestError for a name no case can have.
        """
        CaseFolder(self.folder.path.parent, case)
        wire, endpoint = self._connect()
        try:
            self._ask(wire, {"op": "open", "case": case})
        except BaseException:
            wire.close()
            raise
        return Lease(wire, endpoint, case)

    def bulk(
        self,
        case: str,
        nodes: Sequence[NodeFile],
        edges: Sequence[EdgeFile],
        *,
        evidence_digest: str,
        progress: Progress | None = None,
    ) -> BulkReport:
        """Fill the case's graph from Parquet files and put it in place of the old one, as a whole or not at all.

        The engine builds the new graph beside the old one (GraphBatch, then indexes), writes the case's mark into
        it, and swaps the directories; open stores keep working, a write running at that moment fails, a read is run
        again.  A kill at any point leaves the old graph or the new one.  ``progress`` gets ("graph", rows done, rows in
        all).  Raises GraphError where an edge's end or a schema property is missing or an id stands twice.
        """
        CaseFolder(self.folder.path.parent, case)
        wire, _ = self._connect()
        with wire:
            answer = self._ask(
                wire,
                {
                    "op": "bulk", "case": case, "evidence_digest": evidence_digest,
                    "nodes": [item.to_dict() for item in nodes], "edges": [item.to_dict() for item in edges],
                },
                progress,
            )
        return BulkReport(answer["nodes"], answer["relationships"], answer["seconds"])

    def drop(self, case: str) -> None:
        """Delete the case's graph; the next lease finds it empty."""
        CaseFolder(self.folder.path.parent, case)
        wire, _ = self._connect()
        with wire:
            self._ask(wire, {"op": "drop", "case": case})

    def pid(self) -> int | None:
        """The process id of the running engine; None where none answers."""
        endpoint = self.folder.endpoint()
        if endpoint is None:
            return None
        wire = _reach(endpoint)
        if wire is None:
            return None
        wire.close()
        return endpoint.pid

    def stop_if_idle(self, *, timeout_s: float = 10.0) -> bool:
        """Have the engine leave without its grace, unless somebody holds a lease; True once no engine runs."""
        endpoint = self.folder.endpoint()
        if endpoint is None:
            return True
        wire = _reach(endpoint)
        if wire is not None:
            with wire:
                # A lease given back a moment ago may not have been noticed yet.
                deadline = time.monotonic() + min(timeout_s, 1.0)
                while self._ask(wire, {"op": "leave", "case": ""})["others"]:
                    if time.monotonic() >= deadline:
                        return False
                    time.sleep(0.05)
        try:
            with self.folder.locked("serving", wait_s=timeout_s):
                return True
        except EngineUnavailable:
            return False

    # -- within --------------------------------------------------------------
    def _connect(self) -> tuple[Wire, Endpoint]:
        """An accepted control connection, under the start lock so that no engine leaves while we knock."""
        self.folder.create()
        with self.folder.locked("start", wait_s=START_S):
            endpoint = self.folder.endpoint()
            if endpoint is not None:
                wire = _reach(endpoint)
                if wire is not None:
                    return wire, endpoint
                self.folder.endpoint_file.unlink(missing_ok=True)
            return self._start()

    def _start(self) -> tuple[Wire, Endpoint]:
        root = str(Path(__file__).resolve().parents[2])
        environment = {
            name: value for name, value in os.environ.items()
            if name not in ("ARCADEDB_JVM_ARGS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH")
        }
        environment["PYTHONPATH"] = root
        with (self.folder.log / "engine.log").open("wb") as log:
            child = subprocess.Popen(
                [
                    sys.executable, "-P", "-m", "graph.embedded_server.child", str(self.folder.path),
                    "--heap", self._heap, "--grace", str(self._grace_s),
                ],
                cwd=self.folder.path, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )
        # A thread waits for the child, or it would stay a zombie of a process that outlives it.
        threading.Thread(target=child.wait, name="filature-engine", daemon=True).start()
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            endpoint = self.folder.endpoint()
            wire = _reach(endpoint) if endpoint is not None else None
            if endpoint is not None and wire is not None:
                return wire, endpoint
            if child.poll() is not None:
                break
            time.sleep(0.03)
        raise EngineUnavailable(
            "the embedded graph engine did not start" + self._last_words(),
            where=str(self.folder.log / "engine.log"), fix="see its log, or name a Neo4j server with --graph",
        )

    def _last_words(self) -> str:
        text = (self.folder.log / "engine.log").read_text(encoding="utf-8", errors="replace")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return f" ({lines[-1][:300]})" if lines else ""

    def _ask(self, wire: Wire, message: dict[str, Any], progress: Progress | None = None) -> dict[str, Any]:
        wire.send(message)
        while True:
            answer = wire.receive()
            if answer is None:
                raise EngineUnavailable(
                    "the embedded graph engine went away", where=str(self.folder.log / "engine.log"), fix="try again"
                )
            if "error" in answer:
                raise GraphError(answer["error"], where=f"graph of {message['case']!r}", fix=answer.get("fix", ""))
            if "done" in answer:
                if progress is not None:
                    progress("graph", answer["done"], answer["total"])
                continue
            return answer


def _reach(endpoint: Endpoint) -> Wire | None:
    """A control connection that the engine has accepted, or None: nobody there, or somebody else's port."""
    try:
        wire = Wire.to(endpoint.control_port)
    except OSError:
        return None
    try:
        wire.send({"token": endpoint.token})
        if wire.receive(timeout_s=10.0) == {"welcome": endpoint.pid}:
            return wire
    except OSError:
        pass
    wire.close()
    return None
