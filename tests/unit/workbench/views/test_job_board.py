"""How far a job is: in a notice over a corner, or in the page, where what is done is told by what it made."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ingest.errors import FilatureError
from workbench.jobs import Job, State, Task
from workbench.settings import Settings
from workbench.views.session import Person
from workbench.views.widgets import job_board


def page() -> None:
    import streamlit as st

    from workbench.views.widgets.job_board import board

    board("report", "harbour", in_page=st.session_state["in_page"])


@pytest.mark.parametrize(("in_page", "state", "told"), [
    (False, "done", True), (True, "done", False), (True, "cancelled", True), (True, "waiting", True),
])
def test_what_is_done_is_told_by_a_notice_alone(
    monkeypatch: pytest.MonkeyPatch, in_page: bool, state: State, told: bool
) -> None:
    job = Job("1", "ann", Task("report", Settings(workspace=Path(), user="ann"), "harbour"), state)
    monkeypatch.setattr(job_board, "jobs_of", lambda _name, _case: (job,))
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    app = AppTest.from_function(page, default_timeout=90)
    app.session_state["in_page"] = in_page
    app.run()
    assert not app.exception
    assert bool(len(app.success) + len(app.info) + len(app.get("progress"))) is told


def screens() -> None:
    import streamlit as st

    from workbench.views.widgets.job_board import board, come_to

    come_to(st.session_state["screen"])
    if st.session_state["screen"] == "leads":
        board("detect", "harbour")


_COUNTS = {"read": 2, "accepted": 1, "rejected": 1, "duplicate": 0}


class _Kept:
    """Jobs as a server keeps them, one of them."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.jobs = self  # as a server has them

    def put_away(self, identity: str, *, owner: str) -> None:
        assert (identity, owner) == (self.job.id, "ann")
        self.job = replace(self.job, seen=True)


@pytest.mark.parametrize(("state", "result", "after_a_while", "after_another_screen"), [
    ("done", {"findings": 3}, False, False), ("done", {"tables": {"messages": _COUNTS}}, True, False),
    ("failed", {}, True, True),
])
def test_a_notice_of_what_is_done_goes_by_itself_and_with_another_screen_and_a_failure_stays(
    monkeypatch: pytest.MonkeyPatch, state: State, result: dict[str, Any], after_a_while: bool,
    after_another_screen: bool,
) -> None:
    problem = FilatureError("it ended") if state == "failed" else None
    task = Task("detect", Settings(workspace=Path(), user="ann"), "harbour")
    kept, now = _Kept(Job("1", "ann", task, state, result=result, problem=problem)), [100.0]
    monkeypatch.setattr(job_board, "jobs_of", lambda _name, _case: (kept.job,))
    monkeypatch.setattr(job_board, "server", lambda: kept)
    monkeypatch.setattr(job_board, "person", lambda: Person("ann", None))
    monkeypatch.setattr(job_board, "monotonic", lambda: now[0])
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    app = AppTest.from_function(screens, default_timeout=90)

    def told(screen: str) -> bool:
        app.session_state["screen"] = screen
        app.run()
        assert not app.exception
        return bool(len(app.success) + len(app.error))

    assert told("leads")
    now[0] += 9
    assert told("leads")
    now[0] += 2
    assert told("leads") is after_a_while
    assert not told("overview")
    assert told("leads") is after_another_screen
