"""What do screens say before anything is chosen on them?"""

from pathlib import Path

import pytest

from tests.ui.conftest import ADULT, CASE
from tests.ui.test_app import at_screen, texts
from workbench.views import overview, session
from workbench.views.leads import run_detections

pytestmark = pytest.mark.embedded


@pytest.fixture(autouse=True)
def _closed():
    """Give back what the screens hold open, so that the next test starts anew."""
    yield
    session._server.clear()


def test_the_overview_says_with_what_leads_were_found_and_which_accounts_messages_alone_name(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = overview.model.people
    monkeypatch.setattr(overview.model, "people", lambda lake: known(lake) + lake.counts()["accounts"])
    monkeypatch.setattr(run_detections.model, "of_run", lambda *_given: {"hub": {"min_minors": 12}})
    overview._times.clear()
    said = texts(at_screen("Overview"))
    overview._times.clear()
    assert "Found with other parameters than the defaults: hub · Minors, at least" in said.replace("\\", "")
    assert "known from messages alone" in said


def test_two_accounts_are_chosen_where_no_conversation_is(workspace: Path) -> None:
    app = at_screen("Conversation", a=f"{CASE}:hub")
    assert app.button(key="thread_open").disabled
    app.text_input(key="thread_end_b_box").set_value(ADULT).run()
    app.button(key="thread_end_b_box_hit_0").click().run()
    assert not app.button(key="thread_open").disabled
    app.button(key="thread_open").click().run()
    assert not app.exception
    assert "No conversation is chosen" not in texts(app)
