"""An ingest killed at any moment leaves nothing or the whole batch, and the next one cleans up after it."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.batch.commit import ingest_lock
from ingest.case_folder.manifest import manifests
from ingest.case_folder.verification import verify
from ingest.errors import IngestError, SourceUnreadable
from ingest.lake import Lake
from tests.forked import Forking, forking
from tests.unit.ingest.evidence_folder import MESSAGES, T, case_in, rejects, write

# runs an ingest and kills itself with SIGKILL at the n-th file operation of the chosen kind
_VICTIM = """
import signal
from pathlib import Path
import ingest.batch.commit
import ingest.lake.engine
from ingest.batch import ingest as run
from ingest.case_folder import CaseFolder
calls = 0
def deadly(original, nth):
    def call(*arguments, **options):
        global calls
        calls += 1
        if calls == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*arguments, **options)
    return call
def main(operation, nth, source, workspace):
    if operation == "rename":
        Path.rename = deadly(Path.rename, int(nth))
    elif operation == "sync":
        os.fsync = deadly(os.fsync, int(nth))
    else:
        ingest.lake.engine.Engine.run = deadly(ingest.lake.engine.Engine.run, int(nth))
    run([Path(source)], case=CaseFolder(Path(workspace), "harbour"))
    print(calls)
"""


@pytest.fixture(scope="module")
def victims() -> Iterator[Forking]:
    with forking(_VICTIM) as processes:
        yield processes


def run_victim(victims: Forking, tmp_path: Path, operation: str, nth: int) -> tuple[int, str]:
    """The exit code of an ingest of its own process, and what it printed."""
    return victims.run(operation, str(nth), str(tmp_path / "source"), str(tmp_path / "workspace"))


def sources(tmp_path: Path) -> Path:
    write(tmp_path / "source", "messages.csv", MESSAGES + f"m1,{T},a,r,,x\nm2,{T},,r,,y\n")
    write(tmp_path / "source", "rooms.jsonl", '{"room_id": "r"}\n')
    return tmp_path / "source"


@pytest.mark.parametrize(
    ("operation", "nth"),
    [
        ("statement", 3), ("statement", 20), ("rename", 1), ("rename", 2), ("rename", 3), ("rename", 4),
        ("sync", 1), ("sync", 4), ("sync", 8), ("sync", 10), ("sync", 11),
    ],
)
def test_a_killed_ingest_leaves_nothing_or_everything(
    victims: Forking, tmp_path: Path, operation: str, nth: int
) -> None:
    source, case = sources(tmp_path), case_in(tmp_path)
    assert run_victim(victims, tmp_path, operation, nth) == (-signal.SIGKILL, "")
    committed = manifests(case)
    with Lake(case) as lake:
        seen = lake.counts()
        opened = {table: lake.table(table).count().to_pyarrow().as_py() for table in ("messages", "rooms")}
    whole = bool(committed)
    assert opened == {"messages": int(whole), "rooms": int(whole)}
    assert len(rejects(case)) == int(whole)
    assert seen["messages"] == int(whole)
    report = ingest([source], case=case)
    assert report.tables["messages"].accepted == int(not whole)
    assert not case.staging.exists()
    assert verify(case) == []
    assert len(list(case.evidence.rglob("*.parquet"))) == 2


def test_the_points_of_death_cover_the_whole_commit(victims: Forking, tmp_path: Path) -> None:
    sources(tmp_path)
    assert run_victim(victims, tmp_path, "sync", 10_000) == (0, "11\n")


def test_a_second_ingest_waits_for_the_first_and_says_so_if_it_takes_too_long(tmp_path: Path) -> None:
    source, case = sources(tmp_path), case_in(tmp_path).create()
    with ingest_lock(case, wait_s=0), pytest.raises(IngestError, match="another ingest is at work"):
        ingest([source], case=case, wait_s=0.2)
    assert ingest([source], case=case, wait_s=0.2).tables["rooms"].accepted == 1


def test_an_ingest_that_fails_leaves_no_staging(tmp_path: Path) -> None:
    source, case = sources(tmp_path), case_in(tmp_path)
    write(source, "accounts.parquet", b"PAR1 torn")
    with pytest.raises(SourceUnreadable):
        ingest([source], case=case)
    assert not case.staging.exists()
    assert not list(case.batches.glob("*"))


def test_a_source_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    source, case = sources(tmp_path), case_in(tmp_path)

    def meddle(stage: str, done: int, total: int | None) -> None:
        if stage.startswith("hashing rooms"):
            write(source, "messages.csv", MESSAGES + f"m9,{T},a,r,,other\n")

    with pytest.raises(SourceUnreadable, match=r"messages\.csv: changed while it was read"):
        ingest([source], case=case, progress=meddle)
    assert not list(case.batches.glob("*"))
