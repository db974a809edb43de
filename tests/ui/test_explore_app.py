"""Explore in process: what a beginning draws and says, what is undone at once, which picture a view is drawn into."""

import json
import os
from dataclasses import replace
from datetime import date, time
from itertools import count
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph.subgraph import Edge, Node, Subgraph
from ingest.case_folder import CaseFolder
from tests import labels
from tests.ui.conftest import CASE, MINORS, USER, findings
from tests.ui.test_app import at_screen, table, texts
from workbench.bootstrap import Workbench
from workbench.explore.written import written
from workbench.language import Words, words
from workbench.language.kinds import kind_label
from workbench.lead_graphs import MEMBER, Drawing
from workbench.lead_graphs.drawing import HANDED_OVER, NAME, SAME_NAME, SENT_TO
from workbench.settings import Settings
from workbench.views import kept, session
from workbench.views.explore import leads as explore_leads
from workbench.views.explore import menu as explore_menu
from workbench.views.explore.tabs.strip import title_told
from workbench.views.models.explore import View, changed, chosen, undone

pytestmark = pytest.mark.embedded
_PEOPLE = count(1)


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch):
    """Somebody who drew nothing yet, nor another test; what the screens hold open is given back."""
    monkeypatch.setenv("FILATURE_USER", f"eve-{next(_PEOPLE)}")
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
    workbench = session.server().workbench
    leads = workbench.findings(workbench.case(CASE)).findings  # with those that a person opened in another test
    kinds = list(dict.fromkeys(lead.kind for lead in leads))[:3]
    assert len(view(app).board.leads) == 3
    assert [step.name for step in view(app).history.done] == [f"leads:{','.join(kinds)}"]
    assert undone(view(app)).empty
    said = texts(app)
    named = ", ".join(kind_label(kind, Words("en", {})) for kind in kinds)
    assert f"The strongest lead of each of these kinds is drawn: {named}." in said
    assert "Leads of this picture" in said
    opens = [button.label.replace("\\", "") for button in app.button if (button.key or "").startswith("open_lead_")]
    assert len(opens) == 3
    assert "hub, strong: north_star" in opens
    said += "".join(opens)
    assert not any(f"little_{identity}" in said or f"{CASE}:{identity}" in said for identity in MINORS)


@pytest.mark.usefixtures("workspace")
def test_a_lead_s_picture_is_whole_again_after_a_reload_and_beside_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand-overs and shared names stand in records alone: no graph gives them back."""
    undrawn: list[dict[str, int]] = []
    found, count = explore_leads.drawing, explore_menu.undrawn
    one, other, name = f"Account/{CASE}:x0", f"Account/{CASE}:x1", Node("alike", NAME, {"accounts": 2})
    told = [Edge(one, other, HANDED_OVER), Edge(one, name.key, SAME_NAME), Edge(other, name.key, SAME_NAME)]

    def tied(case: CaseFolder, finding_id: str) -> Drawing | None:
        drawn = found(case, finding_id)
        if drawn is None or one not in drawn.parts or drawn.parts[one] != MEMBER:
            return drawn
        graph = Subgraph.of((*drawn.subgraph.nodes, name), (*drawn.subgraph.edges, *told))
        shows = dict.fromkeys(((edge.source, edge.target, edge.type) for edge in told), ("sessions:s1",))
        return replace(drawn, subgraph=graph, shows={**drawn.shows, **shows})

    def counted(case: CaseFolder, drawn: View) -> dict[str, int]:
        undrawn.append(count(case, drawn))
        return undrawn[-1]

    monkeypatch.setattr(explore_menu, "undrawn", counted)
    shell = next(lead.finding_id for lead in findings().findings if lead.kind == "shell")
    at_screen("Explore", case=CASE, finding=shell)
    monkeypatch.setattr(explore_leads, "drawing", tied)
    app = at_screen("Explore", case=CASE, finding=shell)
    assert undrawn[-1] == undrawn[0], "whom records alone tie are no neighbours in the graph"
    fresh, picture = view(app).drawn, address_of(app)
    assert {edge.type for edge in fresh.edges} >= {HANDED_OVER, SAME_NAME}
    again = at_screen("Explore", case=CASE, view=picture)
    assert view(again).drawn == fresh
    boards = session.server().workbench.casebook.boards
    boards.save(CASE, "Tied", written(view(app).board), user=os.environ["FILATURE_USER"], digest="")
    again = at_screen("Explore", case=CASE, account=f"{CASE}:oak")
    again.segmented_control(key="explore_panel").set_value("views").run()
    again.button(key=opened("Tied")).click().run()
    again.button(key="wanted_beside").click().run()
    assert all(edge in view(again).subgraph.edges for edge in fresh.edges)
    assert view(again).board.leads == (shell,)


@pytest.mark.usefixtures("workspace")
def test_the_part_of_the_panel_that_is_open_is_open_at_its_address() -> None:
    app = at_screen("Explore", case=CASE, finding=findings().findings[0].finding_id)
    app.segmented_control(key="explore_panel").set_value("notes").run()
    assert app.query_params["explore_panel"] in ("notes", ["notes"]), "its name, of no language"
    again = at_screen("Explore", case=CASE, view=address_of(app), explore_panel="notes")
    assert again.segmented_control(key="explore_panel").value == "notes"
    again.segmented_control(key="explore_panel").set_value("details").run()
    assert "explore_panel" not in again.query_params, "as it is before any choice"


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(("language", "said"), [
    ("en", "The picture of this address is not in this case"), ("fr", "Cette affaire n’a pas l’image de cette adresse"),
])
def test_a_picture_that_is_not_there_is_told_in_one_sentence(language: str, said: str) -> None:
    app = at_screen("Explore", case=CASE, view="nothing", language=language)
    (problem,) = app.error
    assert problem.value.startswith(said)
    assert not set("“”«»") & set(problem.value), "nothing is quoted: the sentence is the screen's own"


@pytest.mark.usefixtures("workspace")
def test_that_a_filter_hides_whom_a_lead_is_about_is_said() -> None:
    app = at_screen("Explore", case=CASE, finding=findings().findings[0].finding_id)
    app.segmented_control(key="explore_panel").set_value("filters").run()
    assert "Whom a lead is about is hidden" not in texts(app)
    app.segmented_control(key="filter_ages").set_value("minors").run()
    assert texts(app).count("by age. Whom a lead is about is hidden: north_star.") == 2, "in the panel and below"
    app.segmented_control(key="filter_ages").set_value("adults").run()
    assert "Whom a lead is about is hidden" not in texts(app)


@pytest.mark.usefixtures("workspace")
def test_a_period_has_hours_and_another_filter_leaves_the_seconds_that_the_strip_chose() -> None:
    """One evening could not be written, and any other filter made whole days of what the strip had chosen."""
    app = at_screen("Explore", case=CASE, finding=findings().findings[0].finding_id)
    app.segmented_control(key="explore_panel").set_value("filters").run()

    def period() -> tuple[str, str]:
        filters = view(app).board.filters
        return filters.since, filters.until

    assert app.time_input(key="filter_since_at").disabled, "without a day there is no hour"
    app.date_input(key="filter_since").set_value(date(2024, 3, 1)).run()
    app.date_input(key="filter_until").set_value(date(2024, 3, 1)).run()
    assert period() == ("2024-03-01T00:00:00+00:00", "2024-03-01T23:59:59.999999+00:00")
    app.time_input(key="filter_since_at").set_value(time(18)).run()
    app.time_input(key="filter_until_at").set_value(time(22, 30)).run()
    assert period() == ("2024-03-01T18:00:00+00:00", "2024-03-01T22:30:59.999999+00:00")
    again = at_screen("Explore", case=CASE, view=app.session_state["explore_named"][1])
    assert view(again).board.filters == view(app).board.filters, "the address holds them"
    shown, strip = view(app), ("2024-03-01T18:05:12.250000+00:00", "2024-03-01T19:00:07+00:00")
    board = replace(shown.board, filters=replace(shown.board.filters, since=strip[0], until=strip[1]))
    app.session_state["explore_views"][CASE, app.session_state["explore_tab"][CASE]] = changed(shown, board, "filter")
    app.run()
    assert (app.time_input(key="filter_since_at").value, app.time_input(key="filter_until_at").value) == (
        time(18, 5), time(19)
    )
    app.segmented_control(key="filter_ages").set_value("minors").run()
    assert period() == strip
    app.date_input(key="filter_since").set_value(None).run()
    assert period() == ("", strip[1])


@pytest.mark.usefixtures("workspace")
def test_names_give_way_in_the_table_of_links_so_that_its_last_moment_stands_whole() -> None:
    app = at_screen("Explore", case=CASE, finding=findings().findings[0].finding_id)
    app.segmented_control(key="twin").set_value("links").run()
    links = next(one for one in app.dataframe if "Relationship" in one.value.columns)
    assert links.value.columns[-1] == "last"
    given = {name: one["width"] for name, one in json.loads(links.proto.columns).items() if one.get("width")}
    assert given == {"From": 160, "To": 160}


@pytest.mark.usefixtures("workspace")
def test_a_lead_on_the_canvas_says_what_it_says_and_is_opened() -> None:
    hub = next(lead for lead in findings().findings if lead.kind == "hub")
    app = at_screen("Explore", case=CASE)
    app.button(key="begin_whole").click().run()
    number = app.session_state["explore_tab"][CASE]
    views = app.session_state["explore_views"]
    assert f"Finding/{hub.finding_id}" in views[CASE, number].board.nodes
    views[CASE, number] = chosen(views[CASE, number], nodes=[f"Finding/{hub.finding_id}"])
    app.run()
    said = texts(app)
    assert "hub: north_star" in said
    assert "strong evidence · " in said
    assert "8 of the 21 people of known age it wrote to first were minors" in said
    assert not any(f"little_{identity}" in said or f"{CASE}:{identity}" in said for identity in MINORS)
    app.button(key="open_node_lead").click().run()
    assert app.query_params["lead"] == labels.lead(hub.finding_id)
    assert "Leads" in texts(app)


@pytest.mark.usefixtures("workspace")
def test_a_device_on_the_canvas_says_how_many_accounts_use_it() -> None:
    app = at_screen("Explore", case=CASE)
    app.button(key="begin_whole").click().run()
    number = app.session_state["explore_tab"][CASE]
    views = app.session_state["explore_views"]
    (device,) = [node.key for node in views[CASE, number].subgraph.nodes if node.label == "Identifier"]
    views[CASE, number] = chosen(views[CASE, number], nodes=[device])
    app.run()
    assert "used by 3 accounts" in texts(app)


@pytest.mark.usefixtures("workspace")
def test_a_link_that_records_alone_tell_has_when_who_and_row_and_the_way_to_the_message(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    pair, found = next(lead for lead in findings().findings if lead.kind == "ambush").finding_id, explore_leads.drawing
    sent = Edge(f"Account/{CASE}:x0", f"Account/{CASE}:m0", SENT_TO)

    def lead_drawing(case: CaseFolder, finding_id: str) -> Drawing | None:
        drawn = found(case, finding_id)
        assert drawn is not None
        graph = Subgraph.of((*drawn.subgraph.nodes, Node(f"{CASE}:m0", "Account")), (*drawn.subgraph.edges, sent))
        shows = {(sent.source, sent.target, SENT_TO): (f"messages:m-{len(MINORS)}-0",)}
        return replace(drawn, subgraph=graph, shows={**drawn.shows, **shows})

    monkeypatch.setattr(explore_leads, "drawing", lead_drawing)
    app = at_screen("Explore", case=CASE, finding=pair)
    drawing = app.session_state["canvas_drawing"][3]
    number = app.session_state["explore_tab"][CASE]
    views = app.session_state["explore_views"]
    name = next(name for name, edge in drawing.edges.items() if edge.type == SENT_TO)
    views[CASE, number] = chosen(views[CASE, number], edge=name)
    app.run()
    (row,) = table(app, "When (UTC)", "Who", "File and row").to_dict("records")
    assert row["When (UTC)"].replace("T", " ").startswith("2024-03-01 18:05:00")
    assert row["Who"].startswith("north_star → ")
    assert row["File and row"].startswith("messages.csv:")
    app.button(key="read_record").click().run()
    assert app.query_params["a"] == f"{CASE}:hub"
    assert app.query_params["b"] == f"{CASE}:x0"
    assert app.query_params["record"].endswith(f"m-{len(MINORS)}-0")
    assert app.query_params["lead"] == labels.lead(pair)


@pytest.mark.usefixtures("workspace")
def test_two_windows_that_begin_at_once_keep_a_picture_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILATURE_USER", "gus")  # who has no tab yet
    windows = [at_screen("Explore", case=CASE) for _window in range(2)]  # both begin with a tab of the same number
    for window, begin in zip(windows, ("begin_leads", "begin_whole"), strict=True):
        window.button(key=begin).click().run()
        assert not window.exception
    leads, whole = (view(window).board for window in windows)
    assert leads.nodes != whole.nodes
    assert view(windows[0]).drawn.edges, "the strongest leads stand with what they rest on"
    for window, board in zip(windows, (leads, whole), strict=True):
        assert view(window.run()).board == board
        again = at_screen("Explore", case=CASE, view=address_of(window))
        assert view(again).board == board
        assert len(session.server().workbench.casebook.boards.tabs("gus", CASE)) == 2
        assert {option[:1] for option in again.button_group(key="explore_tab_chosen").options} >= {"1", "2"}


@pytest.mark.usefixtures("workspace")
def test_a_tab_with_one_lead_names_whom_it_is_about_and_no_minor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tabs with a hub each were all called so."""
    monkeypatch.setenv("FILATURE_USER", "ida")  # who has no tab yet
    hub = next(lead for lead in findings().findings if lead.kind == "hub")
    app = at_screen("Explore", case=CASE, finding=hub.finding_id)
    app.button(key="tab_new").click().run()
    app.button(key="begin_leads").click().run()
    one, several = app.button_group(key="explore_tab_chosen").options
    assert one == "1 · hub: north_star"
    assert several.startswith("2 · ")
    assert several.count(",") == 2, "three kinds"
    case, english = session.server().workbench.case(CASE), words("en")
    assert title_told(case, "hub-0123456789abcdef", english) == "hub", "the last run has it no more"
    assert title_told(case, "hub,shell", english) == "hub, linked accounts"


@pytest.mark.usefixtures("workspace")
def test_tabs_of_leads_read_the_evidence_for_their_names_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each was read anew at every click."""
    monkeypatch.setenv("FILATURE_USER", "jon")  # who has no tab yet
    read: list[CaseFolder] = []
    lake, (hub, pair, _shell) = kept.Lake, (lead.finding_id for lead in findings().findings)
    app = at_screen("Explore", case=CASE, finding=hub)
    app.button(key="tab_new").click().run()
    app.query_params["finding"] = pair
    app.run()
    assert len(app.button_group(key="explore_tab_chosen").options) == 2
    monkeypatch.setattr(kept, "Lake", lambda case: (read.append(case), lake(case))[1])
    assert not app.run().exception
    assert read == []


@pytest.mark.usefixtures("workspace")
def test_a_lead_that_is_opened_again_is_gone_to_with_the_work_on_it() -> None:
    """It was drawn once more, in another tab of the same name."""
    hub = next(lead for lead in findings().findings if lead.kind == "hub")

    def again() -> AppTest:
        app.query_params["finding"] = hub.finding_id
        return app.run()

    def tab(app: AppTest) -> int:
        number: int = app.session_state["explore_tab"][CASE]
        return number

    app = at_screen("Explore", case=CASE, finding=hub.finding_id)
    drawn, first = view(app).board, tab(app)
    assert "there is a picture already" not in texts(again()), "it is what is open"
    assert not app.toast, "nothing of it is hidden"
    app.segmented_control(key="explore_panel").set_value("filters").run()
    app.segmented_control(key="filter_ages").set_value("minors").run()
    work = view(app).board
    app.button(key="tab_new").click().run()
    app.button(key="begin_whole").click().run()
    assert tab(again()) == first
    assert view(app).board == work
    (notice,) = app.toast
    assert notice.value.startswith("The lead is drawn as you left it\\. "), "what is hidden would pass for nothing"
    assert "hidden" in notice.value
    other = at_screen("Explore", case=CASE, finding=hub.finding_id)
    assert (tab(other), view(other).board) == (first, work), "in another session too"
    target = f"Account/{CASE}:{MINORS[0]}"
    number = app.session_state["explore_tab"][CASE]
    app.session_state["explore_views"][CASE, number] = chosen(view(app), nodes=[target])
    app.segmented_control(key="explore_panel").set_value("details").run()
    app.button(key="hide").click().run()
    assert "there is a picture already" in texts(again()), "a part of the lead was hidden by hand"
    app.button(key="wanted_tab").click().run()
    assert tab(app) > first
    assert view(app).board.nodes == drawn.nodes


@pytest.mark.usefixtures("workspace")
def test_the_menu_of_a_lead_opens_it() -> None:
    hub = findings().findings[0].finding_id
    app = at_screen("Explore", case=CASE)
    app.session_state["explore_open"] = (CASE, "lead", (f"Finding/{hub}",), "", "")
    app.run()
    assert app.query_params["lead"] == labels.lead(hub)


def test_another_case_leaves_what_is_open_of_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path))
    with Workbench(Settings(workspace=tmp_path, user=USER)) as workbench:
        for name in ("quay", "wharf"):
            workbench.case(name, create=True)
    app = at_screen("Leads", case="quay", view="0123", lead="shell-1", a="quay:x", p_account="quay:x", query="lurkers")
    app.selectbox(key="case").set_value("wharf").run()
    assert not app.exception
    assert set(app.query_params) == {"case", "query"}, "the query is of no case"


def address_of(app: AppTest) -> str:
    """The name under which the address finds the picture."""
    return str(app.session_state["explore_named"][1])


def opened(name: str) -> str:
    """The key of the button that opens the saved view of that name."""
    saved = session.server().workbench.casebook.boards.views(CASE)
    return f"view_open_{[view.name for view in saved].index(name)}"
