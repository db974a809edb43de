"""What does the child process do?  It serves the graphs, counts the leases, and leaves cleanly after the last one."""

import argparse
import hmac
import os
import secrets
import signal
import socket
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from graph.embedded_server.arcade import Arcade
from graph.embedded_server.bulk_files import EdgeFile, NodeFile
from graph.embedded_server.folder import Endpoint, EngineFolder
from graph.embedded_server.settings import BUILD_AGAIN
from graph.embedded_server.wire import Wire
from ingest.errors import FilatureError

PREVIOUS_ENGINE_S = 60.0
STOP_S = 30.0


class Leases:
    """How many control connections are open, and since when none is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open = 0
        self._idle_since = time.monotonic()
        self._hurry = False

    def enter(self) -> None:
        with self._lock:
            self._open += 1
            self._hurry = False

    def leave(self) -> None:
        with self._lock:
            self._open -= 1
            self._idle_since = time.monotonic()

    def idle_s(self) -> float:
        """How long no connection has been open: 0 while one is, and for ever once told to hurry."""
        with self._lock:
            if self._open:
                return 0.0
            return float("inf") if self._hurry else time.monotonic() - self._idle_since

    def hurry(self) -> int:
        """Leave without grace once the asking connection is gone; returns how many others are open."""
        with self._lock:
            self._hurry = self._open == 1
            return self._open - 1


class Control:
    """The control port: every accepted connection is a lease; its requests are answered one after the other."""

    def __init__(self, arcade: Arcade, leases: Leases, token: str) -> None:
        self._arcade = arcade
        self._leases = leases
        self._token = token
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]

    def serve(self) -> None:
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._converse, args=(Wire(connection),), daemon=True).start()

    def _converse(self, wire: Wire) -> None:
        with wire:
            hello = wire.receive(timeout_s=5.0)
            if hello is None or not hmac.compare_digest(str(hello.get("token", "")), self._token):
                return
            self._leases.enter()
            try:
                wire.send({"welcome": os.getpid()})
                while (request := wire.receive()) is not None:
                    wire.send(self._answer(request, wire))
            except OSError:
                pass  # the other side died: its lease ends with it
            finally:
                self._leases.leave()

    def _answer(self, request: dict[str, Any], wire: Wire) -> dict[str, Any]:
        try:
            if request["op"] == "leave":
                return {"others": self._leases.hurry()}
            case = str(request["case"])
            if request["op"] == "open":
                self._arcade.open(case)
                return {"opened": case}
            if request["op"] == "drop":
                self._arcade.drop(case)
                return {"dropped": case}
            if request["op"] == "bulk":
                return self._arcade.bulk(
                    case,
                    [NodeFile.from_dict(item) for item in request["nodes"]],
                    [EdgeFile.from_dict(item) for item in request["edges"]],
                    evidence_digest=str(request["evidence_digest"]),
                    progress=lambda done, total: wire.send({"done": done, "total": total}),
                )
        except FilatureError as error:
            return {"error": error.what, "fix": error.fix}
        except OSError:
            raise
        except Exception as error:
            traceback.print_exc()
            fix = BUILD_AGAIN if request.get("op") == "bulk" else ""
            return {"error": " ".join(str(error).split())[:500], "fix": fix}
        return {"error": "unknown request"}


def serve(folder: EngineFolder, *, heap: str, grace_s: float) -> None:
    """Serve until the last lease has been gone for ``grace_s``, or SIGTERM or SIGINT asks to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    with folder.locked("serving", wait_s=PREVIOUS_ENGINE_S):
        writer_password, reader_password = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        arcade = Arcade(folder, heap=heap, writer_password=writer_password, reader_password=reader_password)
        arcade.start()
        try:
            leases = Leases()
            token = secrets.token_urlsafe(32)
            control = Control(arcade, leases, token)
            control.serve()
            folder.publish(
                Endpoint(
                    os.getpid(), control.port, token, arcade.bolt_port, arcade.writer_password, arcade.reader_password
                )
            )
            while not stop.is_set() and not _leave(folder, leases, grace_s):
                stop.wait(0.2)
            folder.endpoint_file.unlink(missing_ok=True)
            control.close()
        finally:
            # A statement under way must not keep us for ever: the log restores what was committed.
            impatience = threading.Timer(STOP_S, os._exit, (1,))
            impatience.daemon = True
            impatience.start()
            arcade.stop()


def _leave(folder: EngineFolder, leases: Leases, grace_s: float) -> bool:
    """True once nobody holds a lease and nobody is about to take one: the endpoint is then gone."""
    if leases.idle_s() < grace_s or leases.idle_s() == 0.0:
        return False
    try:
        with folder.locked("start", wait_s=0.0):
            if leases.idle_s() == 0.0:
                return False
            folder.endpoint_file.unlink(missing_ok=True)
            return True
    except FilatureError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--heap", default="1g")
    parser.add_argument("--grace", type=float, default=3.0)
    options = parser.parse_args()
    os.umask(0o077)
    serve(EngineFolder(options.folder), heap=options.heap, grace_s=options.grace)


if __name__ == "__main__":
    try:
        main()
    except BaseException as error:
        if not isinstance(error, FilatureError):
            traceback.print_exc()
        print(" ".join(f"{type(error).__name__}: {error}".split()), flush=True)
        os._exit(2)
    # The databases are closed; the JVM would wait for threads that serve connections still open.
    sys.stdout.flush()
    os._exit(0)
