"""What people add to leads stands with the lead it was written about, in process."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.util import calc_hash

from ingest.case_folder import CaseFolder, label_key
from tests.ui.conftest import CASE, USER, findings
from tests.ui.test_app import _closed, at_screen, audit, leads_list, submit, texts, written_in
from workbench.bootstrap import Workbench
from workbench.masking.leads import lead_called
from workbench.settings import Settings
from workbench.views.widgets import table_download

__all__ = ["_closed"]
pytestmark = pytest.mark.embedded


def test_what_was_written_about_one_lead_and_not_kept_stands_under_that_one_alone(workspace: Path) -> None:
    """One click signed it, with its status, on somebody else; and it was lost on the way back."""
    app = at_screen("Leads")
    for form in ("triage_judge_form", "judgement"):
        next(area for area in app.text_area if written_in(area, form)).set_value("seen in person")
        submit(app, "Add judgement", form)  # no status: refused, and the words stay
    app.text_area(key="triage_note_text").set_value("ask the school")
    app.text_input(key="triage_tag_text").set_value("urgent")
    submit(app, "Take tag off", "triage_tag_form")
    next(choice for choice in app.pills if written_in(choice, "judgement")).set_value("cleared").run()
    forms = ("triage_judge_form", "judgement", "triage_tag", "triage_note", "triage_assign")

    def written() -> list[str]:
        fields = (*app.text_area, *app.text_input)
        return [next(field.value for field in fields if written_in(field, form)) for form in forms]

    def status() -> str | None:
        return next(choice.value for choice in app.pills if written_in(choice, "judgement"))

    assert written()[:4] == ["seen in person", "seen in person", "urgent", "ask the school"]
    app.button(key="lead_step_1").click().run()
    assert (written(), status()) == (["", "", "", "", USER], None)
    app.button(key="lead_step_-1").click().run()
    assert (written(), status()) == (["seen in person", "seen in person", "", "ask the school", USER], "cleared")
    submit(app, "Add judgement", "judgement")
    app.button(key="lead_step_1").click().run()
    app.button(key="lead_step_-1").click().run()
    kept = ["seen in person", "", "", "ask the school", USER]
    assert (written(), status()) == (kept, None), "what was kept is no draft"


def test_a_judgement_and_a_note_that_a_click_on_another_screen_interrupts_stand_there_on_the_way_back(
    workspace: Path,
) -> None:
    """The panels' forms kept them in the browser alone; here they come with the very click that leaves the screen."""
    app = at_screen("Leads")
    status = next(choice for choice in app.pills if written_in(choice, "triage_judge_form")).set_value("in review")
    reasons = next(area for area in app.text_area if written_in(area, "triage_judge_form")).set_value("half a sen")
    note = app.text_area(key="triage_note_text").set_value("ask the school")
    app._page_hash = calc_hash("search")
    app.run()
    assert not [area for area in app.text_area if area.key == note.key]
    app._page_hash = calc_hash("leads")
    app.run()
    assert not app.exception
    assert [app.pills(key=status.key).value, app.text_area(key=reasons.key).value] == ["in review", "half a sen"]
    assert app.text_area(key=note.key).value == "ask the school"


def test_a_judgement_goes_on_to_the_next_lead_of_the_list_with_the_same_click(workspace: Path) -> None:
    app = at_screen("Leads")
    judged, told = app.session_state["lead"], "Add and open the next lead"
    next(area for area in app.text_area if written_in(area, "judgement")).set_value("nothing else to read")
    submit(app, told, "judgement")
    assert app.session_state["lead"] == judged, "no status: refused, and nothing else is opened"
    next(choice for choice in app.pills if written_in(choice, "judgement")).set_value("in review")
    submit(app, told, "judgement")
    assert not app.exception
    following = app.session_state["lead"]
    assert following != judged
    assert [next(area for area in app.text_area if written_in(area, "judgement")).value,
            next(choice for choice in app.pills if written_in(choice, "judgement")).value] == ["", None]
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        told_of = [[one.note for one in workbench.casebook.judgements(CASE, lead)] for lead in (judged, following)]
    assert ["nothing else to read" in notes for notes in told_of] == [True, False]
    while any(button.label == told for button in app.button):
        app.button(key="lead_step_1").click().run()
    assert app.button(key="lead_step_1").disabled, "it stands under every lead that another follows"


def test_where_no_lead_fits_the_filters_our_words_say_so_and_one_click_takes_them_off(workspace: Path) -> None:
    """An empty table said "empty" in English, beside "Choose a lead in the list"."""
    app = at_screen("Leads", words="zzzz", tier="strong", lead_tab="why")
    leads = [frame for frame in app.dataframe if "Score" in frame.value.columns]
    assert "No lead fits these filters." in texts(app)
    assert leads == []
    assert "Choose a lead in the list" not in texts(app)
    app.button(key="leads_unfiltered").click().run()
    assert not app.exception
    assert "No lead fits these filters." not in texts(app)
    assert any("Score" in frame.value.columns for frame in app.dataframe)
    assert app.text_input(key="words").value == ""


@pytest.mark.parametrize("typed", [False, True])
def test_a_lead_s_id_among_the_words_is_found_and_stands_as_the_lead_is_called(workspace: Path, typed: bool) -> None:
    """What a field of the address holds is read over shoulders; the id follows from whom the lead is about."""
    lead = findings().findings[0].finding_id
    called = lead_called(lead, label_key(CaseFolder(workspace, CASE)))
    app = at_screen("Leads", **({} if typed else {"words": f"{lead} "}))
    if typed:
        app.text_input(key="words").set_value(lead).run()
    assert app.text_input(key="words").value.strip() == called
    assert len(leads_list(app)) == 1
    assert lead not in str(app.query_params)


def test_a_period_says_which_leads_have_no_time_and_the_file_of_a_part_says_so(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of one lead was called as that of all of them."""
    files: list[tuple[str, Any]] = []
    monkeypatch.setattr(table_download.st, "download_button", lambda _label, *, file_name, data, **_how: files.append(
        (file_name, data)
    ))
    app = at_screen("Leads")
    total = len(leads_list(app))  # other tests may have written leads, which have no time
    left_out = f"{total - 1} leads have no time and are left out"
    assert "no time" not in texts(app)
    app = at_screen("Leads", since="2024-01-01")
    assert list(leads_list(app)["Kind"]) == ["hub"]
    assert left_out in texts(app)
    assert "no time" not in texts(at_screen("Leads", since="2024-01-01", tier="strong"))
    app = at_screen("Leads", since="2030-01-01")
    assert "No lead fits these filters." in texts(app)
    assert left_out in texts(app), "nothing is left out silently"
    files = [(name, made) for name, made in files if name.endswith(".csv")]
    assert [name for name, _made in files] == [f"{CASE}-leads.csv", *[f"{CASE}-leads-1-of-{total}.csv"] * 2]
    files[1][1]()
    (*_before, told) = audit("export")
    assert json.loads(told)["selection"] == {"table": "leads", "rows": 1, "of": total}


def test_an_assignment_that_changes_nothing_is_refused_and_one_taken_back_is_said_in_the_language(
    workspace: Path
) -> None:
    app = at_screen("Leads", language="fr")
    lead = app.session_state["lead"]

    def assign(who: str) -> str:
        app.text_input(key="triage_assign_text").set_value(who)
        submit(app, "Attribuer", "triage_assign_form")
        assert not app.exception
        return "".join(error.value for error in app.error).replace("\\", "")

    def recorded() -> list[str]:
        with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
            added = workbench.casebook.remarks.of(CASE, f"finding:{lead}")
        return [one.text for one in added if one.kind == "assign"]

    assert "Personne n’y travaille" in assign(" ")
    assert recorded() == []
    assert assign("eve") == ""
    assert "eve y travaille déjà" in assign("eve")
    assert assign("") == ""
    assert recorded() == ["eve", ""]
    told = [text.value for text in app.text]
    assert f"{USER}\u00a0: personne" in told
    assert not any("(empty)" in one for one in told)
