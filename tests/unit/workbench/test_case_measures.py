"""Measures of a whole case are computed once an evidence and kept in its folder, which nothing else takes notice of."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import workbench.case_measures as room
from graph.measures import MEASURES
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError
from ingest.lake import Lake
from ingest.lake.digest import case_digest
from workbench.bootstrap import Workbench
from workbench.bundles.document import FOLDERS
from workbench.case_measures import kept, measured, messages_of
from workbench.jobs import Jobs, Task
from workbench.settings import Settings

LINKS = [("a", "b"), ("b", "a"), ("b", "c"), ("b", "d")]


def written(folder: Path, links: list[tuple[str, str]]) -> Path:
    folder.mkdir(exist_ok=True)
    rows = [f"{folder.name}{n},2024-03-01T10:{n:02}:00Z,{one},{other},,hello" for n, (one, other) in enumerate(links)]
    head = "message_id,sent_at,sender_id,recipient_id,room_id,text"
    (folder / "messages.csv").write_text("\n".join([head, *rows]) + "\n")
    return folder


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench(Settings(workspace=tmp_path / "workspace", user="ann", graph_url="bolt://127.0.0.1:9")) as made:
        yield made


@pytest.fixture
def case(workbench: Workbench, tmp_path: Path) -> CaseFolder:
    return evidence(workbench, written(tmp_path / "sources", LINKS))


def evidence(workbench: Workbench, source: Path) -> CaseFolder:
    case = workbench.case("quay", create=True)
    ingest([source], case=case)
    return case


class Counted:
    """A lake that says how often it was opened."""

    def __init__(self, workbench: Workbench, case: CaseFolder) -> None:
        self.workbench, self.case, self.opened = workbench, case, 0

    @contextmanager
    def __call__(self) -> Iterator[Lake]:
        self.opened += 1
        with self.workbench.lake(self.case) as lake:
            yield lake


def files(case: CaseFolder) -> list[Path]:
    return sorted((case.path / "measures").iterdir())


def test_what_was_measured_is_there_after_a_restart_with_what_computed_it_and_when(workbench, case) -> None:
    lake = Counted(workbench, case)
    found = measured(case, lake, ["degree", "betweenness", "community"])
    assert dict(found["degree"].values) == {
        "Account/quay:a": 2, "Account/quay:b": 4, "Account/quay:c": 1, "Account/quay:d": 1
    }
    assert found["betweenness"].values["Account/quay:b"] == 1.0
    assert (found["degree"].by, found["betweenness"].by[:6], found["community"].by[:9]) == ("", "NumPy ", "NetworkX ")
    again = measured(case, lake, ["degree", "betweenness", "community"])
    assert again == found
    assert [type(value) for value in again["degree"].values.values()] == [int] * 4
    assert lake.opened == 1, "nothing was read for it"


def test_other_evidence_another_measure_and_other_code_are_measured_anew(
    workbench, case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = Counted(workbench, case)
    measured(case, lake, ["degree"])
    assert kept(case, case_digest(case), "core") is None
    monkeypatch.setattr(room, "_code", lambda: "other")
    assert kept(case, case_digest(case), "degree") is None
    monkeypatch.undo()
    assert kept(case, case_digest(case), "degree") is not None
    before = case_digest(case)
    evidence(workbench, written(tmp_path / "more", [("e", "a")]))
    assert case_digest(case) != before
    assert measured(case, lake, ["degree"])["degree"].values["Account/quay:a"] == 3
    assert messages_of(case) == 5


def test_it_is_no_part_of_the_evidence(workbench, case) -> None:
    before = case_digest(case)
    measured(case, Counted(workbench, case), list(MEASURES))
    assert case_digest(case) == before
    assert len(files(case)) == len(MEASURES)
    assert "measures" not in FOLDERS


def test_a_file_that_is_not_whole_is_made_again_and_a_draft_left_behind_goes(workbench, case) -> None:
    lake = Counted(workbench, case)
    first = measured(case, lake, ["degree"])["degree"]
    [path] = files(case)
    path.write_bytes(path.read_bytes()[:40])
    left, fresh = path.with_name(".old.partial"), path.with_name(".new.partial")
    for draft in (left, fresh):
        draft.write_bytes(b"x")
    os.utime(left, (time.time() - 7_200,) * 2)
    assert measured(case, lake, ["degree"])["degree"].values == first.values
    assert files(case) == sorted([path, fresh])


def test_what_was_used_longest_ago_leaves(workbench, case, monkeypatch: pytest.MonkeyPatch) -> None:
    lake = Counted(workbench, case)
    measured(case, lake, ["degree", "core", "pagerank"])
    for age, name in ((300, "core"), (200, "degree"), (100, "pagerank")):
        os.utime(room._path(case, case_digest(case), name), (time.time() - age,) * 2)
    assert kept(case, case_digest(case), "core") is not None, "it is used again"
    monkeypatch.setattr(room, "MOST_BYTES", 3 * max(path.stat().st_size for path in files(case)) + 100)
    measured(case, lake, ["hub"])
    assert [path.name.partition("-")[0] for path in files(case)] == ["core", "hub", "pagerank"]


def test_it_tells_how_far_it_is_and_what_was_measured_before_it_is_given_up_stays(workbench, case) -> None:
    told: list[tuple[str, int, int | None]] = []
    measured(case, Counted(workbench, case), ["betweenness"], progress=lambda *said: told.append(said))
    assert told == [("contacts", 0, None), ("betweenness", 0, None), *(("betweenness", n, 4) for n in range(5))]

    def enough(stage: str, done: int, total: int | None) -> None:
        if stage == "core":
            raise FilatureError("enough")

    with pytest.raises(FilatureError, match="enough"):
        measured(case, Counted(workbench, case), ["degree", "core"], progress=enough)
    assert kept(case, case_digest(case), "degree") is not None
    assert kept(case, case_digest(case), "core") is None


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_time(workbench, case) -> None:
    (case.path / "measures").write_text("a file stands there")
    assert measured(case, Counted(workbench, case), ["degree"])["degree"].values["Account/quay:b"] == 4


def test_the_worker_measures_and_a_server_finds_it(workbench, case) -> None:
    jobs = Jobs()
    try:
        jobs.submit(Task("measure", workbench.settings, "quay", measures=("degree", "community")), owner="ann")
        deadline = time.monotonic() + 90
        while not jobs.of("ann")[0].finished:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        [job] = jobs.of("ann")
        assert (job.state, job.error, job.result) == ("done", "", {"measures": ["degree", "community"]})
        assert job.cancellable
    finally:
        jobs.close()
    assert kept(case, case_digest(case), "community") is not None
