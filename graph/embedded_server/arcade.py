"""How is ArcadeDB run?  Quiet, on loopback, with a reading user, one database a case, swapped as a whole."""

import hashlib
import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from uuid import uuid4

import arcadedb_embedded
import jpype
from arcadedb_embedded.jvm import start_jvm

from graph.dialect import arcadedb_indexes, arcadedb_types
from graph.embedded_server.builder import build
from graph.embedded_server.bulk_files import EdgeFile, NodeFile
from graph.embedded_server.folder import EngineFolder
from graph.embedded_server.settings import DATABASE_SETTINGS, GROUPS, jvm_options, run, settle
from graph.errors import EngineUnavailable

_START_ATTEMPTS = 3


class Arcade:
    """The server inside this process.  Methods may be called from any thread."""

    def __init__(self, folder: EngineFolder, *, heap: str, writer_password: str, reader_password: str) -> None:
        self._folder = folder
        self._heap = heap
        self.writer_password = writer_password
        self.reader_password = reader_password
        self.bolt_port = 0
        self._server: Any = None
        self._lock = threading.RLock()
        self._opened: set[str] = set()

    def start(self) -> None:
        """Start the JVM and the server on free loopback ports; raises EngineUnavailable where that fails."""
        self._mend()
        start_jvm(
            heap_size=self._heap,
            jvm_args=[
                *jvm_options(), "-XX:+UseSerialGC", f"-XX:ErrorFile={self._folder.log / 'hs_err_pid%p.log'}",
            ],
        )
        (self._folder.config / "server-users.jsonl").unlink(missing_ok=True)
        (self._folder.config / "server-groups.json").write_text(json.dumps(GROUPS), encoding="utf-8")
        for attempt in range(_START_ATTEMPTS):
            try:
                self._start_server()
                break
            except Exception as error:  # a port taken between looking and binding
                if attempt == _START_ATTEMPTS - 1:
                    raise EngineUnavailable(" ".join(str(error).split())[:500], where="embedded engine") from error
        java = self._server._java_server
        java.getHttpServer().stopService()
        security = java.getSecurity()
        user = {
            "name": "reader", "databases": {"*": ["readers"]},
            "password": str(security.encodePassword(self.reader_password)),
        }
        security.createUser(jpype.JClass("com.arcadedb.serializer.json.JSONObject")(json.dumps(user)))

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()

    def open(self, case: str) -> None:
        """Open the case's database, made with its schema if it is not there; a damaged one is set aside first."""
        with self._lock:
            if case in self._opened:
                return
            try:
                database = self._server.create_database(case)
            except Exception as error:
                self._set_aside(case, error)
                database = self._server.create_database(case)
            if not self._marker(self._folder.databases / case).exists():
                settle(database)
                run(database, (*arcadedb_types(), *arcadedb_indexes()))
                self._marker(self._folder.databases / case).touch()
            self._opened.add(case)

    def drop(self, case: str) -> None:
        """Delete the case's database and make it anew, empty."""
        with self._lock:
            self.open(case)
            with self._nobody_opens():
                self._close(case)
                shutil.rmtree(self._folder.databases / case)
                self.open(case)

    def bulk(
        self,
        case: str,
        nodes: Sequence[NodeFile],
        edges: Sequence[EdgeFile],
        *,
        evidence_digest: str,
        progress: Callable[[int, int], None],
    ) -> dict[str, Any]:
        """Build a new database beside the old one, then put it in its place."""
        began = time.monotonic()
        site = self._folder.building / f"{case}-{uuid4().hex}"
        try:
            counts = build(site, nodes, edges, case=case, evidence_digest=evidence_digest, progress=progress)
            self._marker(site).touch()
            with self._lock:
                self._swap(case, site)
        finally:
            shutil.rmtree(site, ignore_errors=True)
        return {"nodes": counts[0], "relationships": counts[1], "seconds": time.monotonic() - began}

    # -- within --------------------------------------------------------------
    @staticmethod
    def _marker(database: Path) -> Path:
        """The file that says that a database has this very schema, so that opening it need not say it all again."""
        text = "\n".join((*arcadedb_types(), *arcadedb_indexes(), *DATABASE_SETTINGS))
        return database / f"filature-{hashlib.sha256(text.encode()).hexdigest()[:16]}.schema"

    def _start_server(self) -> None:
        self.bolt_port, http_port = _free_ports(2)
        self._server = arcadedb_embedded.create_server(
            root_path=str(self._folder.path),
            root_password=self.writer_password,
            config={
                "host": "127.0.0.1", "bolt_host": "127.0.0.1", "bolt_port": self.bolt_port, "http_port": http_port,
                "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin", "mode": "development",
                "server_logsDirectory": str(self._folder.log),
            },
        )
        self._server.start()

    def _swap(self, case: str, site: Path) -> None:
        """Old graph out, new graph in; ``_mend`` finishes or undoes what a kill tears here."""
        place, ready, retired = (
            folder / case for folder in (self._folder.databases, self._folder.ready, self._folder.retired)
        )
        shutil.rmtree(ready, ignore_errors=True)
        shutil.rmtree(retired, ignore_errors=True)
        site.rename(ready)
        with self._nobody_opens():
            self._close(case)
            if place.exists():
                place.rename(retired)
            ready.rename(place)
            self.open(case)
        shutil.rmtree(retired, ignore_errors=True)

    def _nobody_opens(self) -> AbstractContextManager[None]:
        """While it is held, a statement that arrives waits: it would open the folder that is being replaced."""
        held: AbstractContextManager[None] = jpype.synchronized(self._server._java_server.getDatabasesLock())
        return held

    def _close(self, case: str) -> None:
        java = self._server._java_server
        if java.existsDatabase(case):
            java.getDatabase(case).getEmbedded().close()
            java.removeDatabase(case)
        self._opened.discard(case)

    def _mend(self) -> None:
        """Finish or undo a torn swap, forget torn builds."""
        for ready in sorted(self._folder.ready.iterdir()):
            place = self._folder.databases / ready.name
            if not place.exists():
                ready.rename(place)
        for retired in sorted(self._folder.retired.iterdir()):
            place = self._folder.databases / retired.name
            if not place.exists():
                retired.rename(place)
        for folder in (self._folder.building, self._folder.ready, self._folder.retired):
            for left in folder.iterdir():
                shutil.rmtree(left, ignore_errors=True)

    def _set_aside(self, case: str, error: Exception) -> None:
        """Keep a graph that does not open for a look, and make room: evidence can project it anew."""
        print(f"the graph of {case} does not open and was set aside: {error}", flush=True)
        place, damaged = self._folder.databases / case, self._folder.damaged / case
        if not place.exists():
            raise error
        shutil.rmtree(damaged, ignore_errors=True)
        place.rename(damaged)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports: list[int] = [item.getsockname()[1] for item in sockets]
    for item in sockets:
        item.close()
    return ports
