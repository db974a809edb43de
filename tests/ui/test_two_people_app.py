"""Two people at the screens of one case, in process: what one wrote meanwhile is not covered up by the other unread."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import CASE, USER, findings
from tests.ui.test_app import _closed, at_screen, submit, table, texts, written_in
from workbench.bootstrap import Workbench
from workbench.casebook import Standing
from workbench.settings import Settings
from workbench.views import session

__all__ = ["_closed"]
pytestmark = pytest.mark.embedded
ANN = "ann@agency.example"


def by_ann(workspace: Path, kind: str, text: str) -> None:
    with Workbench(Settings(workspace=workspace, user=ANN)) as workbench:
        workbench.casebook.remarks.add(CASE, [f"case:{CASE}"], kind, text, user=ANN)


def stands(workspace: Path, kind: str) -> str:
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        return Standing.of(CASE, workbench.casebook.remarks.of(CASE)).text(kind)


def warnings(app: AppTest) -> str:
    return "\n".join(str(one.value) for one in app.warning).replace("\\", "").replace(":small[]", "")


def test_only_what_a_person_changed_of_the_case_is_written_and_a_newer_text_is_shown(workspace: Path) -> None:
    app = at_screen("Case")
    by_ann(workspace, "description", "A complaint of March.")
    app.text_area(key="case_scope").set_value("The harbour.")
    app.button(key="case_save").click().run()
    assert not app.exception
    assert (stands(workspace, "description"), stands(workspace, "scope")) == ("A complaint of March.", "The harbour.")
    assert app.text_area(key="case_description").value == "A complaint of March."
    by_ann(workspace, "scope", "The whole coast.")
    app.text_area(key="case_scope").set_value("The harbour and its boats.")
    app.button(key="case_save").click().run()
    assert stands(workspace, "scope") == "The whole coast."
    assert f"Scope: {ANN} has changed this text meanwhile" in warnings(app)
    assert "The whole coast." in texts(app)
    assert app.text_area(key="case_scope").value == "The harbour and its boats."
    app.button(key="case_save").click().run()
    assert stands(workspace, "scope") == "The harbour and its boats."
    assert not app.warning


def test_somebody_who_judged_since_the_page_was_drawn_is_read_first_and_opposed_judgements_are_said(
    workspace: Path
) -> None:
    lead = findings().findings[-1].finding_id
    app = at_screen("Leads", lead=lead, lead_tab="judgement")
    with Workbench(Settings(workspace=workspace, user=ANN)) as workbench:
        workbench.casebook.judge(lead, "substantiated", "read all of it", ANN, case=CASE)
    judge_cleared(app, "a helper")
    assert "Somebody judged since this page was drawn" in warnings(app)
    assert "read all of it" in texts(app)
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        assert [one.user for one in workbench.casebook.judgements(CASE, lead)] == [ANN]
    assert next(area for area in app.text_area if written_in(area, "judgement")).value == "a helper"
    submit(app, "Add judgement", "judgement")
    assert not app.warning
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        assert [one.status for one in workbench.casebook.judgements(CASE, lead)] == ["substantiated", "cleared"]
    assert "cleared · disputed" in texts(app)
    assert "disputed" in set(table(app, "Tier", "Status")["Status"])


def judge_cleared(app: AppTest, note: str) -> None:
    """Fill in the form of a judgement, and send it."""
    next(area for area in app.text_area if written_in(area, "judgement")).set_value(note)
    next(box for box in app.pills if written_in(box, "judgement")).set_value("cleared")
    submit(app, "Add judgement", "judgement")


def test_a_view_saved_in_another_window_is_told_before_it_is_covered_and_the_same_is_saved_once(
    workspace: Path
) -> None:
    first, second = (at_screen("Explore", case=CASE, account=f"{CASE}:oak") for _ in range(2))
    assert saved(first) == ["Saved: Harbour, revision 1"]
    assert saved(first) == saved(second) == ["“Harbour” is saved like this already: revision 1."]
    filtered(first, "minors")
    assert saved(first) == ["Saved: Harbour, revision 2"]
    filtered(second, "adults")
    assert saved(second) == []
    assert f"“Harbour” has a revision that this picture does not go on from: Revision 2, {USER}, " in warnings(second)
    assert revisions(workspace) == 2
    second.button(key="view_save_over").click().run()
    assert (toasts(second), revisions(workspace)) == (["Saved: Harbour, revision 3"], 3)
    assert not second.warning
    told = texts(second).replace("\\", "")
    for number in (1, 2, 3):
        assert re.search(rf"^Revision {number}, {USER}, .* · \d+ nodes", told, re.MULTILINE), told
    first.run()
    number = [one.name for one in session.server().workbench.casebook.boards.views(CASE)].index("Harbour")
    first.button(key=f"view_open_{number}").click().run()
    first.button(key="wanted_alone").click().run()
    filtered(first, "minors")
    assert saved(first) == ["Saved: Harbour, revision 4"], "it was opened: nothing is covered unread"


def saved(app: AppTest) -> list[str]:
    """What is said once the picture was saved as that view."""
    app.segmented_control(key="explore_panel").set_value("views").run()
    app.text_input(key="view_name").set_value("Harbour")
    submit(app, "Save what is drawn")
    assert not app.exception
    return toasts(app)


def toasts(app: AppTest) -> list[str]:
    return [str(one.value).replace("\\", "") for one in app.toast]


def filtered(app: AppTest, ages: str) -> None:
    app.segmented_control(key="explore_panel").set_value("filters").run()
    app.segmented_control(key="filter_ages").set_value(ages).run()


def revisions(workspace: Path) -> int:
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        return len(workbench.casebook.boards.revisions(CASE, "Harbour"))


def test_what_the_same_person_judged_in_another_tab_is_said_before_a_second_judgement(workspace: Path) -> None:
    lead = findings().findings[-2].finding_id
    app = at_screen("Leads", lead=lead, lead_tab="judgement")
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        workbench.casebook.judge(lead, "substantiated", "the first tab", USER, case=CASE)
    judge_cleared(app, "the second tab")
    assert "You judged in another tab since this page was drawn" in warnings(app)
    assert "the first tab" in texts(app)
    submit(app, "Add judgement", "judgement")
    assert not app.warning
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        assert [one.status for one in workbench.casebook.judgements(CASE, lead)] == ["substantiated", "cleared"]
