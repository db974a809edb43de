"""``ui``: serve the workbench on loopback until Ctrl-C, and leave no process behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

import workbench as package
from ingest.case_folder import cases_in
from ingest.errors import FilatureError
from workbench.cli.opening import opened
from workbench.cli.options import given, shared_options
from workbench.errors import WorkbenchError
from workbench.sign_in import read_sign_in

HOST = os.environ.get("FILATURE_HOST", "127.0.0.1")  # a container publishes from another address
FIRST_PORT = 8501
START_S = 60.0
STOP_S = 15.0


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help=f"Port on loopback [the first free one from {FIRST_PORT}].")
@shared_options
def ui(port: int | None) -> None:
    """Open the workbench."""
    with opened() as workbench:
        settings = workbench.settings
    if settings.sign_in is not None:
        read_sign_in(settings.sign_in)  # every fault is told before anybody meets one
    serve(settings.workspace, port=port, sign_in=settings.sign_in)


def serve(workspace: Path, *, port: int | None = None, sign_in: Path | None = None) -> None:
    """Run the screens until interrupted; raises WorkbenchError if they do not come up.

    ``sign_in``: the file by which people sign in there.
    """
    chosen = _free_port(port)
    environ = {**os.environ, "FILATURE_WORKSPACE": str(workspace)}
    for name in ("graph", "case"):
        if (value := given(name)) is not None:
            environ[f"FILATURE_{name.upper()}"] = value
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(app_file()),
        "--server.headless=true",
        f"--server.address={HOST}",
        f"--server.port={chosen}",
        "--browser.gatherUsageStats=false",
        *([f"--secrets.files={sign_in}"] if sign_in else []),
    ]
    # A session of its own: one signal from us reaches the server and its workers, and none comes twice.
    with (
        _interruptible(),
        subprocess.Popen(
            command, env=environ, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as server,
    ):
        try:
            _await(server, chosen)
            click.echo(f"Filature answers at http://{HOST}:{chosen} (Ctrl-C ends it)")
            sys.stdout.flush()
            with _engine_ready(workspace):
                server.communicate()
            raise WorkbenchError(f"the screens ended with code {server.returncode}", fix="run filature ui --debug")
        except KeyboardInterrupt:
            click.echo("stopping")
        finally:
            _end(server)
            _end_engine(workspace)


def app_file() -> Path:
    """``app.py``: beside the package in a checkout, inside it in an installed wheel."""
    folder = Path(package.__file__).parent
    inside = folder / "app.py"
    return inside if inside.is_file() else folder.parent / "app.py"


def _free_port(wanted: int | None) -> int:
    for port in [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((HOST, port))
                return port
    raise WorkbenchError("the port is taken", where=f"{HOST}:{wanted or FIRST_PORT}", fix="choose another with --port")


def _await(server: "subprocess.Popen[str]", port: int) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://{HOST}:{port}/_stcore/health", timeout=2):
            return
        time.sleep(0.1)
    tail = ""
    if server.poll() is not None and server.stderr is not None:
        tail = server.stderr.read()[-500:]
    reason = f"the screens did not start: {tail or 'no answer'}"
    raise WorkbenchError(reason, where=f"{HOST}:{port}", fix="run make setup again")


def _end(server: "subprocess.Popen[str]") -> None:
    """SIGTERM to the server and its workers, SIGKILL to what is left after STOP_S."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.communicate(timeout=STOP_S)
    server.wait()


@contextlib.contextmanager
def _engine_ready(workspace: Path) -> Iterator[None]:
    """The embedded engine starts beside the screens, so that nobody waits for it at their first picture."""
    held = contextlib.ExitStack()
    known = cases_in(workspace)
    name = given("case") if given("case") in known else next(iter(known), None)

    def start() -> None:
        from graph.embedded import EmbeddedEngine

        with contextlib.suppress(FilatureError, OSError):  # whoever needs it is told what is wrong with it
            held.enter_context(EmbeddedEngine(workspace).lease(str(name)))

    thread = threading.Thread(target=start, name="filature-engine-ready", daemon=True)
    wanted = name is not None and not (given("graph") or os.environ.get("FILATURE_GRAPH"))
    if wanted:
        thread.start()
    try:
        yield
    finally:
        if wanted:
            thread.join(STOP_S)
        held.close()


def _end_engine(workspace: Path) -> None:
    """Wait for the embedded engine to leave, unless another process still holds a lease."""
    from graph.embedded import EmbeddedEngine

    EmbeddedEngine(workspace).stop_if_idle(timeout_s=STOP_S)


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM and SIGHUP end us as Ctrl-C does, and Ctrl-C does even where a shell had us ignore it (``&``)."""

    def interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = {sign: signal.signal(sign, interrupt) for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
