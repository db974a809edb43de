"""A load that a kill cuts short, and two at once, on both engines: the next one ends in the same graph."""

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.embedded import EmbeddedEngine
from graph.store import Store
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from tests import scenarios
from tests.contract.batches import Load, chat, three_batches
from tests.contract.graph_content import add, content, expected
from tests.forked import Forking, forking

KILLED = """
import os, signal, sys
from pathlib import Path
from graph.embedded import EmbeddedEngine
from graph.load import project
from graph.store import Address, Store
from ingest.case_folder import CaseFolder
from ingest.lake import Lake

def main(url, user, password, database, workspace, name, engine, steps):
    left = int(steps)

    def progress(stage, done, total):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    with Lake(CaseFolder(Path(workspace), name)) as lake:
        with Store.connect(Address(url, user, password, database or None)) as store:
            report = project(
                lake, store, case=name, engine=EmbeddedEngine(Path(engine)) if engine else None, progress=progress
            )
            print(report.mode)
"""


@pytest.fixture(scope="module")
def projecting() -> Iterator[Forking]:
    with forking(KILLED) as processes:
        yield processes


def arguments(steps: int, case: CaseFolder, store: Store, workspace: Path | None) -> list[str]:
    """Of ``main`` in a process that kills itself at that step of its progress; 0: it does not."""
    address = store.address
    return [
        address.url, address.user, address.password, address.database or "",
        str(case.workspace), case.name, str(workspace or ""), str(steps),
    ]


def killed_after(steps: int, case: CaseFolder, store: Store, workspace: Path | None, projecting: Forking) -> None:
    """Project in a process of its own that kills itself at that step of its progress."""
    code, _ = projecting.run(*arguments(steps, case, store, workspace))
    assert code == -signal.SIGKILL


@pytest.mark.parametrize("bulk", [False, True], ids=["rows", "bulk"])
def test_a_first_load_cut_by_a_kill_is_done_again(
    bulk: bool, case: CaseFolder, store: Store, engine: EmbeddedEngine | None, load: Load,
    projecting: Forking, tmp_path: Path,
) -> None:
    if bulk and engine is None:
        assert store.engine == "neo4j"  # a server has no bulk load: the rows' half is all there is
        return
    scenarios.every_table(tmp_path / "all")
    ingest([tmp_path / "all"], case=case)
    workspace = engine.folder.path.parent if engine is not None and bulk else None
    killed_after(4, case, store, workspace, projecting)
    mark = store.case()
    assert mark is None or mark.evidence_digest == ""
    assert load(bulk=bulk).mode == "full"
    assert content(store) == expected(case)
    assert not list((case.path / "scratch").glob("graph-*"))


def test_an_increment_cut_by_a_kill_is_done_again(
    case: CaseFolder, store: Store, load: Load, projecting: Forking, tmp_path: Path
) -> None:
    following = three_batches(case, tmp_path)
    following()
    load(bulk=False)
    following()
    killed_after(7, case, store, None, projecting)  # six labels or types are written
    mark = store.case()
    assert mark is not None
    assert mark.evidence_digest == ""
    assert load(bulk=False).mode == "increment"
    assert content(store) == expected(case)


def test_two_processes_at_once_do_one_load(
    case: CaseFolder, store: Store, load: Load, projecting: Forking, tmp_path: Path
) -> None:
    add(case, tmp_path / "a", messages=chat(*((n, f"a{n % 50}", f"b{n % 70}") for n in range(2_000))))
    with ThreadPoolExecutor(1) as beside:
        other = beside.submit(projecting.run, *arguments(0, case, store, None))
        while not (case.path / "graph.lock").exists() and not other.done():
            time.sleep(0.01)  # until it is at it
        assert load(bulk=False).mode == "unchanged"
        assert other.result(timeout=120) == (0, "full\n")
    assert content(store) == expected(case)
