"""Explore in process: what a beginning draws and says, what is undone at once, which picture a view is drawn into."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import CASE, MINORS
from tests.ui.test_app import at_screen, texts
from workbench.views import session
from workbench.views.models.explore import View, undone

pytestmark = pytest.mark.embedded


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch):
    """Somebody who drew nothing yet; what the screens hold open is given back."""
    monkeypatch.setenv("FILATURE_USER", "eve")
    yield
    session._server.clear()


def view(app: AppTest) -> View:
    """What is drawn in the tab that is open."""
    number = app.session_state["explore_tab"][CASE]
    return app.session_state["explore_views"][CASE, number]


@pytest.mark.usefixtures("workspace")
def test_the_strongest_leads_are_one_step_that_names_them_and_are_listed() -> None:
    app = at_screen("Explore", case=CASE)
    app.button(key="begin_leads").click().run()
    assert len(view(app).board.leads) == 3
    assert [step.name for step in view(app).history.done] == ["leads:hub,shell,ambush"]
    assert undone(view(app)).empty
    said = texts(app)
    assert "The strongest lead of each of these kinds is drawn: hub, shell, ambush." in said
    assert "Leads of this picture" in said
    assert "hub, strong: north_star" in said
    assert not any(f"little_{identity}" in said or f"{CASE}:{identity}" in said for identity in MINORS)
    assert len([button for button in app.button if (button.key or "").startswith("open_lead_")]) == 3
