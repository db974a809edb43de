"""How far a job is: in a notice over a corner, or in the page, where what is done is told by what it made."""

import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from workbench.jobs import Job, State, Task
from workbench.settings import Settings
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
