"""Leads that do not know what was read since say so, in process; what a run itself does there: ``test_leads``."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake.digest import case_digest
from tests.ui.conftest import CASE, USER, findings, store_current_findings, table
from tests.ui.test_app import _closed, at_screen
from workbench.jobs import Job, Task
from workbench.runs.findings_file import store_findings
from workbench.views import session

__all__ = ["_closed"]
pytestmark = pytest.mark.embedded
WARNED = "these leads do not know all of it"


@pytest.fixture
def case(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CaseFolder:
    """The case, copied into a workspace that nobody else sees: more is read into it."""
    shutil.copytree(workspace / "cases", tmp_path / "workspace" / "cases")
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "workspace"))
    return CaseFolder(tmp_path / "workspace", CASE)


def warned(screen: str) -> bool:
    return any(WARNED in str(one.value) for one in at_screen(screen).warning)


def test_leads_that_do_not_know_what_was_read_since_say_so_and_sources_runs_the_detections(
    case: CaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_findings(case, replace(findings(), evidence_digest=case_digest(case)))
    assert not any(map(warned, ("Leads", "Overview", "Sources")))
    assert "detect_read" not in {button.key for button in at_screen("Sources").button}
    table(tmp_path / "rooms.csv", ("room_id", "name"), [("hall", "The hall")])
    assert ingest([tmp_path / "rooms.csv"], case=case).rejected == 0
    assert warned("Overview")
    assert warned("Leads")
    app = at_screen("Sources")
    assert "The evidence has changed since the detections ran." in [one.value for one in app.text]
    asked: list[tuple[Task, str]] = []

    def submit(task: Task, *, owner: str) -> Job:
        asked.append((task, owner))
        return Job("job-1", owner, task)

    monkeypatch.setattr(session.server().jobs, "submit", submit)
    app.button(key="detect_read").click().run()
    assert not app.exception
    assert app.title[0].value == "Leads"
    assert [(task.name, task.case, task.kinds, owner) for task, owner in asked] == [("detect", CASE, ("all",), USER)]
    store_current_findings(case, findings())  # as that run does at its end
    assert not any(map(warned, ("Leads", "Overview", "Sources")))
