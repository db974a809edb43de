"""What do the tests of the screens stand on?  A small case made by the real ingest, a real server, a real browser."""

import contextlib
import csv
import functools
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psutil
import pytest
from streamlit.components.v2 import manifest_scanner

from graph.detect.finding import Finding, FindingsDocument, best_first
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.values import account, count, number, quote, seconds, word
from graph.load import write_findings
from ingest.case_folder import CaseFolder
from ingest.lake.digest import case_digest
from tests.labels import known_key
from tests.ui.screen import Screen, at, screen_on
from tests.unit.workbench.hostile import HOSTILE
from workbench.bootstrap import Workbench
from workbench.runs.findings_file import store_findings
from workbench.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
CASE, USER = "harbour", "ann"
ADULT, HUB = "old_oak", "north_star"
MINORS = tuple(f"m{i}" for i in range(8))
_AS_INSTALLED = Path(__file__).with_name("as_installed")
_OF_THE_SUITE = {"FILATURE_TEST_DATA", "FILATURE_ENGINE_JAVA", "FILATURE_GIVES_WAY"}
_SERVED: dict[int, None] = {}


def evidence(folder: Path) -> Path:
    """A platform of some thirty accounts: one star around minors, a ring of friends, hostile names, one bad row."""
    folder.mkdir(parents=True)
    accounts = [("hub", HUB, 34), ("oak", ADULT, 41)]
    accounts += [(identity, f"little_{identity}", 13) for identity in MINORS]
    accounts += [(f"x{i}", name.replace("\x00", ""), 30) for i, name in enumerate(HOSTILE)]
    table(folder / "accounts.csv", ("account_id", "pseudonym", "declared_age"), accounts)
    messages = []
    for place, identity in enumerate((*MINORS, *(f"x{i}" for i in range(len(HOSTILE))), "oak")):
        for turn in range(3):
            pair = ("hub", identity) if turn != 1 else (identity, "hub")
            messages.append(
                (f"m-{place}-{turn}", f"2024-03-0{turn + 1}T1{place % 10}:05:00Z", *pair, "", "hello there")
            )
    messages += [(f"r-{i}", "2024-03-02T09:00:00Z", f"x{i}", "", "lobby", HOSTILE[0]) for i in range(6)]
    messages.append(("f-0", "2024-03-03T09:00:00Z", "oak", "x0", "", "good morning"))
    messages.append(("bad", "29 February 2023", "oak", "hub", "", "not a time"))
    table(folder / "messages.csv", ("message_id", "sent_at", "sender_id", "recipient_id", "room_id", "text"), messages)
    table(folder / "rooms.csv", ("room_id", "name"), [("lobby", "The lobby")])
    devices = [(identity, "device", "d-1") for identity in ("hub", "x0", "x1")]
    table(folder / "identifiers.csv", ("account_id", "kind", "value"), devices)
    table(folder / "companies.csv", ("company_id", "name"), [("c1", "Quay Ltd"), ("c2", HOSTILE[1])])
    table(folder / "persons.csv", ("person_id", "name"), [("p1", "A. Keel")])
    table(folder / "ownerships.csv", ("owner_id", "owned_id", "share"), [("p1", "c1", 0.8), ("c1", "c2", 0.9)])
    table(folder / "operators.csv", ("company_id", "platform"), [("c2", CASE)])
    return folder


def table(path: Path, header: tuple[str, ...], rows: list[Any]) -> None:
    """A CSV file of evidence."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)


def findings() -> FindingsDocument:
    """Three findings over that platform; the hub's targets are minors, the pair's replay is of two real messages."""
    told = {
        "minors": count(8), "contacts": count(21), "usual": number(1.4),
        "records": word("some"), "beyond": word("more"), "cited": count(8),
    }
    hub = Finding(
        "hub",
        (f"{CASE}:hub",),
        "strong",
        0.97,
        (
            Reason(
                "minors_among_first_contacts", told, 8, 1.4, "minors",
                tuple(f"messages:m-{number}-0" for number in range(8)),
            ),
        ),
        (CounterEvidence("most_answered", {"answered": count(4), "minors": count(8)}, 4, 3.2, "minors"),),
        targets=tuple(f"{CASE}:{identity}" for identity in MINORS),
        q_value=1.2e-6,
        first_at="2024-03-01T10:05:00Z",
        last_at="2024-03-03T19:05:00Z",
    )
    one_device = {
        "held": count(2), "members": count(2), "value": quote("d-1"), "ever": count(3), "accounts": count(31),
        "more_pairs": count(0),
    }
    shell = Finding(
        "shell", (f"{CASE}:x0", f"{CASE}:x1"), "weak", 0.41, (Reason("same_device", one_device, 2, 0.1, "accounts"),)
    )
    hub_came, oak_came, next_came = f"messages:m-{len(MINORS)}-0", "messages:f-0", f"messages:m-{len(MINORS) + 1}-0"
    order = {
        "gap": seconds(38 * 3600), "opener": account(f"{CASE}:hub"), "first": count(2), "targets": count(2),
        "openers": count(1),
    }
    pair = Finding(
        "ambush", (f"{CASE}:hub", f"{CASE}:oak"), "weak", 0.2,
        (Reason("replay", order, 1, None, "targets", (hub_came, oak_came, next_came)),),
        targets=(f"{CASE}:x0", f"{CASE}:x1"),
    )
    kinds = {"kinds": ["hub", "ambush", "shell"]}
    return FindingsDocument(CASE, "run-1", "sha256:test", kinds, best_first((shell, hub, pair)))


def store_current_findings(case: CaseFolder, document: FindingsDocument) -> FindingsDocument:
    """Stored as what a run found in the evidence that the case holds now."""
    return store_findings(case, replace(document, evidence_digest=case_digest(case)))


@contextlib.contextmanager
def made(folder: Path, *, user: str = USER, database: str | None = None) -> Iterator[Path]:
    """A workspace with the case ``harbour``, ingested and projected for real; its engine is stopped at the end."""
    with Workbench(Settings(workspace=folder, user=user, database_url=database)) as workbench:
        case = known_key(workbench.case(CASE, create=True))
        workbench.ingest(case, [evidence(folder.parent / "sources")])
        kept = store_current_findings(case, findings())
        with workbench.writer(case) as store:
            write_findings(store, kept)
        yield folder


def environment_of_the_suite() -> dict[str, str]:
    """This process's environment without the settings of whoever runs the suite."""
    return {
        name: value for name, value in os.environ.items() if name in _OF_THE_SUITE or not name.startswith("FILATURE_")
    }


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The one that tests share: what one of them notes, saves or judges there, another may see."""
    with made(tmp_path_factory.mktemp("screens") / "workspace") as folder:
        yield folder


@pytest.fixture(scope="session")
def spare_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One for what is not to be seen in the shared one: notes that name minors, a graph that is made older."""
    with made(tmp_path_factory.mktemp("spare") / "workspace") as folder:
        yield folder


@pytest.fixture(scope="session", autouse=True)
def _installed() -> Iterator[None]:
    """For each screen AppTest looks anew through all that is installed, which does not change while tests run."""
    with pytest.MonkeyPatch.context() as patch:
        scan = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(autouse=True)
def _settings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest reads the settings from the process environment, as the server does."""
    for name in set(os.environ) - set(environment_of_the_suite()):
        monkeypatch.delenv(name)
    if "workspace" in request.fixturenames:
        monkeypatch.setenv("FILATURE_WORKSPACE", str(request.getfixturevalue("workspace")))
        monkeypatch.setenv("FILATURE_USER", USER)


@contextlib.contextmanager
def serving(
    folder: Path, log: Path, *, user: str | None = USER, sign: int = signal.SIGTERM,
    settings: Mapping[str, str] = MappingProxyType({}), options: Sequence[str] = (),
) -> Iterator[str]:
    """The real server on loopback; on leaving it gets the signal, and no process of it may be left."""
    port = _port()
    environment = environment_of_the_suite()
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(_AS_INSTALLED), os.environ.get("PYTHONPATH"))))
    environment |= {"FILATURE_WORKSPACE": str(folder), **settings, **({"FILATURE_USER": user} if user else {})}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), f"--server.port={port}", *options]
    with log.open("w") as output:
        server = subprocess.Popen(
            command, cwd=log.parent, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        _await_health(port, server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        family = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
        server.send_signal(sign)
        try:
            server.wait(60)  # a workspace of its own ends its engine with it
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
            raise AssertionError(f"the server did not end within a minute: {log.read_text()[-2000:]}") from None
        _, alive = psutil.wait_procs(family, timeout=15)
        # the embedded engine is not the server's child to end: other processes of the workspace use it too
        left = [process for process in alive if "embedded_server" not in " ".join(process.cmdline())]
        for process in left:
            process.kill()
        assert not left, f"processes left behind: {left}"


def _port() -> int:
    """A free one, of those that served before if one is: there a browser has at hand what it fetched and compiled."""
    for port in (*_SERVED, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            free = int(probe.getsockname()[1])
            _SERVED.setdefault(free)
            return free
    raise AssertionError("no port is free")


def _await_health(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise AssertionError(f"the server ended: {log.read_text()[-800:]}")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
            return
        time.sleep(0.1)
    raise AssertionError("the server did not answer within 60 s")


@pytest.fixture(scope="session")
def address(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server that tests share, as people share one; who looks at how a server begins or ends starts another."""
    with serving(workspace, tmp_path_factory.mktemp("server") / "log.txt") as url:
        yield url


@pytest.fixture
def screen(browser: Any, address: str) -> Iterator[Screen]:
    with screen_on(browser, address) as opened:
        yield opened


@pytest.fixture(scope="session")
def address_of_cleo(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for somebody who drew nothing yet: what one draws last is kept for them alone."""
    with serving(workspace, tmp_path_factory.mktemp("server") / "log.txt", user="cleo") as url:
        yield url


@pytest.fixture(scope="module")
def drawn(browser: Any, address_of_cleo: str) -> Iterator[Screen]:
    """The hub's neighbours on the canvas, one page for all tests of a file; each leaves it as it found it."""
    with screen_on(browser, address_of_cleo) as screen:
        screen.page.set_viewport_size({"width": 1366, "height": 768})
        at(screen, f"explore?account={CASE}:hub")
        if screen.close_tabs():  # of other files: their row takes room from the canvas
            at(screen, f"explore?account={CASE}:hub")
        screen.unfold()
        yield screen
        screen.click("clear")
