"""What people write of a minor: kept, and said to be withheld from reports."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import ADULT, CASE, HUB, MINORS, findings
from tests.ui.test_app import at_screen, submit, written_in
from workbench.views import session

pytestmark = pytest.mark.embedded
_WARNED = "Kept. A minor’s name or number is among its words"


@pytest.fixture(autouse=True)
def _closed():
    """Give back what the screens hold open, so that the next test starts anew."""
    yield
    session._server.clear()


@pytest.fixture(scope="module")
def workspace(spare_workspace: Path) -> Path:
    """What is written here names minors."""
    return spare_workspace


def warned(app: AppTest) -> bool:
    assert not app.exception
    return any(toast.value.startswith(_WARNED) for toast in app.toast)


@pytest.mark.parametrize(("note", "said"), [
    (f"Spoke with LITTLE_{MINORS[3]}.", True), (f"Spoke with {HUB} and {ADULT}.", False), ("Read it all.", False),
])
def test_a_judgement_that_names_a_minor_is_kept_and_said_to_be_withheld(
    workspace: Path, note: str, said: bool
) -> None:
    app = at_screen("Leads", lead=findings().findings[0].finding_id)
    next(area for area in app.text_area if written_in(area, "judgement")).set_value(note)
    next(box for box in app.pills if written_in(box, "judgement")).set_value("in review")
    submit(app, "Add judgement", "judgement")
    assert warned(app) == said
    assert any(note in text.value for text in app.text), "kept either way"


def test_so_are_notes_tags_and_the_case_s_description(workspace: Path) -> None:
    named = f"of little_{MINORS[2]}"
    app = at_screen("Account", account=f"{CASE}:hub", account_tab="notes")
    app.text_area(key="account_remarks_note_text").set_value(named)
    assert warned(app.button(key="account_remarks_note_add").click().run())
    app.text_input(key="account_remarks_tag_text").set_value(named)
    submit(app, "Add tag")
    assert warned(app)
    app.text_area(key="account_remarks_note_text").set_value(f"of {HUB}")
    assert not warned(app.button(key="account_remarks_note_add").click().run())
    app = at_screen("Case", case_tab="about")
    app.text_area(key="case_description").set_value(named)
    assert warned(app.button(key="case_save").click().run())
