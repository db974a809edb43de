"""What people add to leads stands with the lead it was written about, in process."""

from pathlib import Path

import pytest

from tests.ui.conftest import USER
from tests.ui.test_app import _closed, at_screen, submit

__all__ = ["_closed"]
pytestmark = pytest.mark.embedded


def test_what_was_written_about_one_lead_and_not_kept_does_not_stand_under_the_next(workspace: Path) -> None:
    """One click signed it, with its status, on somebody else."""
    app = at_screen("Leads")
    for form in ("triage_judge_form", "judgement"):
        next(area for area in app.text_area if area.form_id == form).set_value("seen in person")
        submit(app, "Add judgement", form)  # no status: refused, and the words stay
    app.text_input(key="triage_tag_text").set_value("urgent")
    submit(app, "Take tag off", "triage_tag_form")
    kept = {field.form_id: field.value for field in (*app.text_area, *app.text_input) if field.form_id}
    assert (kept["judgement"], kept["triage_tag_form"]) == ("seen in person", "urgent")
    app.button(key="lead_step_1").click().run()
    written = {field.form_id: field.value for field in (*app.text_area, *app.text_input) if field.form_id}
    forms = ("triage_judge_form", "judgement", "triage_tag_form", "triage_note_form", "triage_assign_form")
    assert [written[form] for form in forms] == ["", "", "", "", USER]
