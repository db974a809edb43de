"""What leaves the screens: an export of a lead is masked, its report is one click away."""

import json
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from ingest.case_folder import CaseFolder
from tests import labels
from tests.ui.conftest import CASE, findings
from tests.ui.test_app import at_screen, audit, texts
from workbench.jobs import Task
from workbench.language import words
from workbench.language.kinds import kind_label
from workbench.report.choice import Choice
from workbench.report.kept import Kept
from workbench.views import session
from workbench.views.access import rights
from workbench.views.casefile import made_before, report_part
from workbench.views.models.leads.listing import ordered

pytestmark = pytest.mark.embedded


@pytest.fixture(autouse=True)
def _closed():
    """Give back what the screens hold open, so that the next test starts anew."""
    yield
    session._server.clear()


def test_an_export_masks_in_every_format_unless_somebody_asks_for_names(workspace: Path) -> None:
    app = at_screen("Leads")
    assert app.selectbox(key="finding_format").value == "html"
    assert "Minors are masked, by name and id" in texts(app)
    app.selectbox(key="finding_format").set_value("graphml").run()
    assert "Minors are masked: a token stands for each" in texts(app)
    app.toggle(key="finding_minors").set_value(True).run()
    assert [item.value for item in app.warning if item.value.startswith("Nothing is masked: names and ids")]


def test_the_report_of_a_lead_begins_with_that_lead_ticked(workspace: Path) -> None:
    shell = next(found.finding_id for found in findings().findings if found.kind == "shell")
    app = at_screen("Leads", lead=shell)
    assert any(button.key == "finding_report" for button in app.button)
    app = at_screen("Case", case_tab="report", lead=shell)
    listed = next(frame.value for frame in app.dataframe if {"Tier", "Kind", "Status"} <= set(frame.value.columns))
    assert listed["Kind"][0] == "linked accounts"
    assert "1 lead is ticked" in texts(app)
    assert not app.button(key="report_make").disabled
    assert "0 leads are ticked" in texts(at_screen("Case", case_tab="report"))


def test_a_reader_chooses_nothing_for_a_report_that_they_may_not_make(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "may", lambda right, _case=None: right == "read")
    app = at_screen("Case", case_tab="report")
    assert texts(app).count("Exports and reports are for analysts and leads.") == 1
    assert not [frame for frame in app.dataframe if {"Tier", "Kind", "Status"} <= set(frame.value.columns)]
    assert "report_make" not in {button.key for button in app.button}


def test_leads_for_the_report_are_narrowed_by_kind_and_status_and_ticks_stay(workspace: Path) -> None:
    shell = next(found.finding_id for found in findings().findings if found.kind == "shell")
    app = at_screen("Case", case_tab="report", lead=shell)
    app.multiselect(key="report_kind").set_value(["hub"]).run()
    assert not app.exception
    listed = next(frame.value for frame in app.dataframe if {"Tier", "Kind", "Status"} <= set(frame.value.columns))
    assert set(listed["Kind"]) == {"hub"}
    assert "1 ticked lead is not among those that the filters show" in texts(app)
    assert "1 lead is ticked" in texts(app)
    app.multiselect(key="report_status").set_value(["referred"]).run()
    assert "Nothing fits these filters." in texts(app)
    app.multiselect(key="report_kind").set_value([]).run()
    app.multiselect(key="report_status").set_value([]).run()
    assert "not among those" not in texts(app)
    assert "1 lead is ticked" in texts(app)


def test_what_is_handed_out_says_its_format_and_language_and_is_not_there_while_another_is_made(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one before stood there with nothing that told it apart, and was taken for the one that was asked for."""
    choice = Choice(findings=("a", "b"), language="fr")
    made = SimpleNamespace(
        finished=True, state="done", seen=True, task=SimpleNamespace(choice=choice),
        result={"path": "/r/report-1.pdf", "to": "pdf", "sha256": "0" * 64, "withheld": 0},
    )
    jobs = [made]
    monkeypatch.setattr(report_part, "jobs_of", lambda _name, _case: tuple(jobs))
    monkeypatch.setattr(report_part, "board", lambda *_what, **_how: None)
    app = at_screen("Case", case_tab="report")
    assert "PDF · Français · 2 leads" in texts(app)
    jobs.insert(0, SimpleNamespace(finished=False, state="running", seen=False))
    assert "is made and kept" not in texts(app.run())


def test_texts_go_into_a_report_with_a_reason_that_is_in_the_log_before_it_is_made(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    best, submitted = findings().findings[0].finding_id, []
    app = at_screen("Case", case_tab="report", lead=best)
    before = len(audit("report texts"))

    def submit(task: Task, **_whose: object) -> None:
        submitted.append((task, [json.loads(told) for told in audit("report texts")[before:]]))

    monkeypatch.setattr(session.server().jobs, "submit", submit)
    app.toggle(key="report_texts").set_value(True).run()
    app.button(key="report_make").click().run()
    assert "Write why the texts have to be read." in texts(app)
    assert (submitted, len(audit("report texts"))) == ([], before)
    app.text_input(key="report_reason").set_value("for the hearing").run()
    app.button(key="report_make").click().run()
    assert not app.exception
    ((task, logged),) = submitted
    assert logged == [{"findings": [best], "threads": [], "reason": "for the hearing"}]
    assert (task.to, task.choice) == ("pdf", Choice(findings=(best,), language="en", texts=True))


def test_a_disclosure_package_is_made_on_the_screen_and_kept_with_the_case(workspace: Path) -> None:
    """Only the command line made one."""
    best = findings().findings[0].finding_id
    app = at_screen("Case", case_tab="report", lead=best)
    app.segmented_control(key="report_format").set_value("disclosure").run()
    assert "Make the package" in app.button(key="report_make").label
    app.button(key="report_make").click().run()
    assert not app.exception
    deadline = time.monotonic() + 120
    while "is made and kept" not in texts(app.run()) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert "The package is made and kept with the case as disclosure-1.zip." in texts(app)
    with zipfile.ZipFile(CaseFolder(workspace, CASE).path / "reports" / "disclosure-1.zip") as packed:
        assert {"SHA256SUMS", "leads.json", "records.csv", "report.html"} <= set(packed.namelist())
        assert [lead["finding_id"] for lead in json.loads(packed.read("leads.json"))] == [labels.lead(best)]


def test_the_language_of_the_report_follows_that_of_the_screens_until_another_is_chosen(workspace: Path) -> None:
    app = at_screen("Case", case_tab="report")
    assert app.session_state["report_language"] == "en"
    app.session_state["language"] = "fr"
    app.run()
    assert app.session_state["report_language"] == "fr"
    app.session_state["report_language"] = "en"
    app.run().run()
    assert app.session_state["report_language"] == "en"


def test_leads_for_the_report_stand_in_the_order_of_the_inbox(workspace: Path) -> None:
    app = at_screen("Case", case_tab="report")
    listed = next(frame.value for frame in app.dataframe if {"Tier", "Kind", "Status"} <= set(frame.value.columns))
    document = session.server().workbench.findings(session.server().workbench.case(CASE))
    assert list(listed["Kind"]) == [kind_label(one.kind, words("en")) for one in ordered(document.findings)]


def test_what_was_made_before_is_listed_and_handed_out_again_texts_to_their_maker_alone(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each new report replaced the one before on the screen; then it stood in the folder of the case alone."""
    folder, mine = workspace / "cases" / CASE / "reports", session.server().workbench.person
    kept = tuple(
        Kept(folder / name, "pdf", "2024-01-01T00:00:00Z", user, 1, texts)
        for name, user, texts in (("report-8.pdf", "somebody", True), ("report-7.pdf", "somebody", False),
                                  ("report-6.pdf", mine, True))
    )
    monkeypatch.setattr(made_before, "kept_with", lambda *_what: kept)
    disabled = []
    for place, one in enumerate(kept):
        monkeypatch.setattr(made_before.show, "chosen_row", lambda _frame, place=place, **_how: place)
        app = at_screen("Case", case_tab="report")
        assert any(expander.label == "3 reports and packages are kept with the case" for expander in app.expander)
        button = next(found for found in app.get("download_button") if found.proto.label == f"Download {one.path.name}")
        disabled.append(button.proto.disabled)
    assert disabled == [True, False, False]
