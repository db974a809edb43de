"""Long work beside the screens: a worker process, jobs by owner, failures in one line."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from workbench.bootstrap import Reading
from workbench.jobs import Job, Jobs, Task, run_task
from workbench.settings import Settings


@pytest.fixture(scope="module")
def jobs() -> Iterator[Jobs]:
    """One worker of all tests that do not look at the process: each has owners of its own."""
    made = Jobs()
    yield made
    made.close()


def task(workspace: Path, *sources: Path) -> Task:
    return Task("ingest", Settings(workspace=workspace, user="ann"), "quay", (Reading(sources),))


def spawned() -> set[psutil.Process]:
    """Workers that this process has started and that still run: screens of other tests may have theirs."""
    return {child for child in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(child.cmdline())}


def finished(jobs: Jobs, owner: str) -> Job:
    deadline = time.monotonic() + 60
    while not jobs.of(owner)[0].finished:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return jobs.of(owner)[0]


def test_a_failing_job_ends_with_one_line_and_belongs_to_its_owner_alone(jobs: Jobs, tmp_path: Path) -> None:
    submitted = jobs.submit(task(tmp_path, tmp_path / "missing.csv"), owner="ann")
    assert not submitted.finished
    ended = finished(jobs, "ann")
    assert ended.state == "failed"
    assert "missing.csv" in ended.error
    assert "\n" not in ended.error
    assert ended.problem is not None
    assert ended.problem.where.endswith("missing.csv")
    assert ended.problem.fix == "check the path and its permissions"
    assert jobs.of("ben") == ()


def test_whoever_puts_a_notice_away_is_not_shown_an_older_one_of_its_sort(jobs: Jobs, tmp_path: Path) -> None:
    for _turn in range(2):
        jobs.submit(task(tmp_path, tmp_path / "missing.csv"), owner="cyd")
        finished(jobs, "cyd")
    jobs.submit(task(tmp_path, tmp_path / "missing.csv"), owner="dan")
    finished(jobs, "dan")
    jobs.put_away(jobs.of("cyd")[0].id, owner="cyd")
    assert [job.seen for job in jobs.of("cyd")] == [True, True]
    assert [job.seen for job in jobs.of("dan")] == [False]


def test_closing_waits_for_no_worker_that_ended_while_it_told_its_progress() -> None:
    jobs = Jobs()
    told = jobs._progress._wlock  # what such a worker takes with it
    told.acquire()
    closing = threading.Thread(target=jobs.close, daemon=True)
    closing.start()
    closing.join(30)
    ended = not closing.is_alive()
    told.release()
    assert ended


def test_closing_ends_the_worker(tmp_path: Path) -> None:
    others, jobs = spawned(), Jobs()
    jobs.submit(task(tmp_path, tmp_path / "missing.csv"), owner="ann")
    finished(jobs, "ann")
    workers = spawned() - others
    assert workers
    jobs.close()
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert alive == []


def test_a_job_is_given_up_while_it_reads_and_nothing_of_it_is_kept(jobs: Jobs, tmp_path: Path) -> None:
    long = tmp_path / "accounts.csv"
    with long.open("w") as stream:
        stream.write("account_id,pseudonym\n")
        stream.writelines(f"a{number},{number:0200}\n" for number in range(400_000))
    running = jobs.submit(task(tmp_path / "ws", long), owner="eve")
    waiting = jobs.submit(task(tmp_path / "ws", long), owner="eve")
    deadline = time.monotonic() + 150
    while jobs.of("eve")[-1].state == "waiting":
        assert time.monotonic() < deadline
        time.sleep(0.01)
    jobs.cancel(running.id, owner="fay")  # it is not his
    jobs.cancel(waiting.id, owner="eve")
    jobs.cancel(running.id, owner="eve")
    while not all(job.finished for job in jobs.of("eve")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert [job.state for job in jobs.of("eve")] == ["cancelled", "cancelled"]
    assert not (tmp_path / "ws" / "cases" / "quay").exists(), "a case that holds nothing is not left behind"


def test_a_share_is_known_only_where_the_total_is(tmp_path: Path) -> None:
    assert Job("1", "ann", task(tmp_path), done=3, total=4).share == 0.75
    assert Job("1", "ann", task(tmp_path), done=3).share == 0.0


def test_an_unknown_case_is_not_made_by_a_detection(tmp_path: Path) -> None:
    from workbench.errors import UnknownCase

    with pytest.raises(UnknownCase):
        run_task("job-1", Task("detect", Settings(workspace=tmp_path, user="ann"), "nowhere", kinds=("all",)))


def test_the_worker_gives_way_to_the_screens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FILATURE_GIVES_WAY")  # the suite's
    others = spawned()
    with closing(Jobs()) as jobs:
        jobs.submit(task(tmp_path, tmp_path / "missing.csv"), owner="ann")
        finished(jobs, "ann")
        [worker] = spawned() - others
        assert worker.nice() > psutil.Process().nice()
