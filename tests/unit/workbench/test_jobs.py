"""Long work beside the screens: a worker process, jobs by owner, failures in one line."""

import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from workbench.jobs import Job, Jobs, Task, run_task
from workbench.settings import Settings


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def task(workspace: Path, *sources: Path) -> Task:
    return Task("ingest", Settings(workspace=workspace, user="ann"), "quay", sources)


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
    assert jobs.of("ben") == ()


def test_closing_ends_the_worker(tmp_path: Path) -> None:
    jobs = Jobs()
    jobs.submit(task(tmp_path, tmp_path / "missing.csv"), owner="ann")
    finished(jobs, "ann")
    workers = [
        child for child in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(child.cmdline())
    ]
    assert workers
    jobs.close()
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert alive == []


def test_a_share_is_known_only_where_the_total_is(tmp_path: Path) -> None:
    assert Job("1", "ann", task(tmp_path), done=3, total=4).share == 0.75
    assert Job("1", "ann", task(tmp_path), done=3).share == 0.0


def test_an_unknown_case_is_not_made_by_a_detection(tmp_path: Path) -> None:
    from workbench.errors import UnknownCase

    with pytest.raises(UnknownCase):
        run_task("job-1", Task("detect", Settings(workspace=tmp_path, user="ann"), "nowhere", kinds=("all",)))
