"""Does the embedded engine come and go as it should?  Shared, killed, recovered, never left behind."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graph.embedded import EmbeddedEngine
from graph.errors import EngineUnavailable, GraphError
from graph.store import Address, Store
from ingest.errors import IngestError

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.embedded

CLIENT = """
import sys, time
from pathlib import Path
from graph.embedded import EmbeddedEngine
from graph.store import Store
lease = EmbeddedEngine(Path(sys.argv[1]), heap="256m", grace_s=0.3).lease("one")
with Store.connect(lease.writer) as store:
    store.write("MERGE (a:Account {id: $id})", {"id": sys.argv[2]})
print(lease.engine_pid, flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(tmp_path, heap="256m", grace_s=0.3)
    yield engine
    assert engine.stop_if_idle(timeout_s=30.0), "an engine was left behind"


def gone(pid: int, *, within_s: float = 20.0) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


def client(workspace: Path, account: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(workspace), account],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )


def accounts(engine: EmbeddedEngine) -> list[str]:
    with engine.lease("one") as lease, Store.connect(lease.reader, read_only=True) as store:
        return [row[0] for row in store.read("MATCH (a:Account) RETURN a.id ORDER BY a.id")]


def test_processes_that_start_together_share_one_engine_which_outlives_a_killed_one(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    clients = [client(tmp_path, f"p:{number}") for number in range(2)]
    pids = {int(process.stdout.readline()) for process in clients if process.stdout is not None}
    (pid,) = pids
    clients[0].kill()
    clients[0].wait()
    assert accounts(engine) == ["p:0", "p:1"]
    assert psutil.pid_exists(pid)
    clients[1].kill()
    clients[1].wait()
    assert gone(pid)
    assert not (tmp_path / "engine" / "endpoint.json").exists()
    for process in clients:
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
    assert accounts(engine) == ["p:0", "p:1"]


def test_a_torn_endpoint_file_is_no_obstacle_and_the_last_lease_takes_the_engine_with_it(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "endpoint.json").write_text('{"pid": 1, "control', encoding="utf-8")
    with engine.lease("one") as first, engine.lease("two") as second:
        pid = first.engine_pid
        assert second.engine_pid == engine.pid() == pid
    assert gone(pid)
    assert engine.pid() is None
    deadline = time.monotonic() + 5.0
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(pid), "not even a zombie of a process that lives on"


def test_it_listens_on_loopback_only_and_keeps_its_secrets(engine: EmbeddedEngine, tmp_path: Path) -> None:
    elsewhere = set(ROOT.iterdir()) | set(Path.cwd().iterdir())
    with engine.lease("one") as lease:
        process = psutil.Process(lease.engine_pid)
        listening = [item.laddr for item in process.net_connections() if item.status == psutil.CONN_LISTEN]
        assert {address.ip.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}
        assert len(listening) == 2, "Bolt and control, no HTTP"
        assert stat.S_IMODE((tmp_path / "engine" / "endpoint.json").stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "engine").stat().st_mode) == 0o700
        assert os.getsid(lease.engine_pid) == lease.engine_pid, "Ctrl-C in a terminal does not reach it"
        assert lease.writer.password not in " ".join(process.cmdline())
        assert lease.writer.password not in repr(lease.writer)
        stranger = Address(lease.writer.url, "root", "playwithdata", "one")
        with pytest.raises(EngineUnavailable):
            Store.connect(stranger)
        log = (tmp_path / "engine" / "log" / "engine.log").read_text(encoding="utf-8")
        assert lease.writer.password not in log
        assert lease.reader.password not in log
    assert set(ROOT.iterdir()) | set(Path.cwd().iterdir()) == elsewhere
    assert [path.name for path in tmp_path.iterdir()] == ["engine"]


def test_a_signal_stops_it_cleanly_and_the_next_lease_starts_another(engine: EmbeddedEngine, tmp_path: Path) -> None:
    log = tmp_path / "engine" / "log" / "engine.log"
    for stops, number in enumerate((signal.SIGTERM, signal.SIGINT), start=1):
        with engine.lease("one") as lease:
            with Store.connect(lease.writer) as store:
                store.write("CREATE (:Account {id: $id})", {"id": f"p:{stops}"})
            os.kill(lease.engine_pid, number)
            assert gone(lease.engine_pid)
            assert not (tmp_path / "engine" / "endpoint.json").exists()
            assert "is down" in log.read_text(encoding="utf-8")  # each start begins it anew
    assert accounts(engine) == ["p:1", "p:2"]


def test_after_kill_9_of_the_engine_what_was_committed_is_there(engine: EmbeddedEngine) -> None:
    with engine.lease("one") as lease, Store.connect(lease.writer) as store:
        for start in range(0, 3000, 500):
            store.write_rows(
                "UNWIND $rows AS row CREATE (:Account {id: row.id})",
                [{"id": f"p:{number:04}"} for number in range(start, start + 500)],
            )
        os.kill(lease.engine_pid, signal.SIGKILL)
        assert gone(lease.engine_pid)
        with pytest.raises(EngineUnavailable):
            store.read("RETURN 1")
    assert accounts(engine) == [f"p:{number:04}" for number in range(3000)]


def test_a_graph_that_does_not_open_is_set_aside_and_made_anew(engine: EmbeddedEngine, tmp_path: Path) -> None:
    with engine.lease("one"):
        pass
    assert engine.stop_if_idle(timeout_s=30.0)
    (tmp_path / "engine" / "databases" / "one" / "schema.json").write_bytes(b"\x00torn")
    (tmp_path / "engine" / "databases" / "one" / "schema.prev.json").unlink(missing_ok=True)
    for page in (tmp_path / "engine" / "databases" / "one").glob("*.dict"):
        page.write_bytes(b"\x00" * 17)
    assert accounts(engine) == []


@pytest.mark.parametrize("name", ["", "..", "a/b", "a b", "x" * 64])
def test_a_name_no_case_can_have_starts_nothing(engine: EmbeddedEngine, tmp_path: Path, name: str) -> None:
    with pytest.raises((IngestError, GraphError)):
        engine.lease(name)
    assert not (tmp_path / "engine").exists()


def test_an_engine_that_cannot_start_says_why_in_one_line(tmp_path: Path) -> None:
    broken = EmbeddedEngine(tmp_path, heap="nonsense")
    with pytest.raises(EngineUnavailable, match="did not start") as caught:
        broken.lease("one")
    assert "\n" not in str(caught.value)
