"""Every screen from the entry point, in process: no exception, the right words, nothing unmasked."""

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests import labels
from tests.labels import mask
from tests.ui.conftest import ADULT, CASE, HUB, MINORS, ROOT, USER, findings
from tests.unit.ingest.evidence_folder import write
from tests.unit.workbench.custody.held_case import opened, without_graph
from tests.unit.workbench.hostile import HOSTILE
from tests.unit.workbench.test_hash_lists import KNOWN, first_batch, second_batch
from workbench.casebook import STATUSES
from workbench.views import session
from workbench.views.leads import page as leads_page
from workbench.views.models.leads import listing

pytestmark = pytest.mark.embedded


@pytest.fixture(autouse=True)
def _closed():
    """Give back what the screens hold open, so that the next test starts anew."""
    yield
    session._server.clear()


def at_screen(name: str, **given: str) -> AppTest:
    """A screen, at an address with these values."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
    app.query_params.update({"language": "en", **given})  # at the bare address stands what was open last
    if name != "Overview":
        app._page_hash = calc_hash(name.lower())
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    """All words on the page, tables included."""
    parts = [
        element.value for kind in ("title", "caption", "text", "markdown", "error") for element in getattr(app, kind)
    ]
    return "\n".join([*map(str, parts), *(frame.value.to_string() for frame in app.dataframe)])


def table(app: AppTest, *columns: str) -> pd.DataFrame:
    """The first table with these columns; AppTest knows keys only of tables in which rows can be selected."""
    return next(frame.value for frame in app.dataframe if set(columns) <= set(frame.value.columns))


def test_an_empty_workspace_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "new"))
    for language, said in (("en", "There is no case yet"), ("fr", "Il n’y a pas encore d’affaire")):
        for name in ("Overview", "Case", "Leads", "Account", "Room", "Company", "Conversation", "Search", "Queries"):
            app = at_screen(name, language=language)
            assert said in texts(app), name
            assert app.button(key="to_sources"), name
        assert not at_screen("Sources", language=language).error


def test_account_and_room_say_which_records_name_known_media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "workspace"))
    with opened(tmp_path) as bench, without_graph():
        case = bench.case("quay", create=True)
        bench.ingest(case, [first_batch(tmp_path), second_batch(tmp_path)])
        bench.add_hash_list(case, write(tmp_path, "known.csv", f"sha256,category\n{KNOWN},2\n"))
    for screen, given in (
        ("Account", {"account": "quay:b", "account_tab": "Reports and leads"}),
        ("Room", {"room": "quay:r", "room_tab": "Leads"}),
    ):
        app = at_screen(screen, **given)
        assert "1 record of known media" in texts(app)
        assert list(table(app, "Known by")["Known by"]) == ["known.csv (category 2)"]


def test_faulty_settings_are_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("FILATURE_GRAPH", "http://nowhere")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not app.exception
    assert "Graph address" in app.error[0].value


def test_the_overview_counts_what_was_read_and_what_was_rejected(workspace: Path) -> None:
    app = at_screen("Overview")
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures["Rejected rows, open"] == "1"
    assert figures["Batches"] == "1"
    assert figures["Leads, strong"] == "1"
    assert app.selectbox(key="case").value == CASE
    assert USER in texts(app)


def leads_list(app: AppTest) -> pd.DataFrame:
    """The list of leads: its key follows what it lists."""
    return next(frame.value for frame in app.dataframe if "Tier" in frame.value.columns or "Niveau" in frame.value)


def submit(app: AppTest, label: str, form: str = "") -> None:
    """Press the button of a form: the first of that label, or that of the form, or of the fields, named."""
    next(
        button for button in app.button
        if button.label == label
        and (form in (button.form_id, (button.key or "").rpartition("_")[0]) if form else button.form_id)
    ).click().run()


def written_in(field: Any, form: str) -> bool:
    """Is it a field of the form, or of the fields, named?"""
    return form in (field.form_id, re.sub(r"_(status|reasons|text)(_\d+)?$", "", field.key or ""))


def audit(action: str) -> list[str]:
    """The details of these entries of the audit log."""
    log = session.server().workbench.casebook.audit()
    return [entry.detail for entry in log if entry.action == action]


def test_leads_mask_minors_and_hide_texts_until_they_are_opened_with_a_reason(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_USER", "bea")  # whose reason opens them to nobody else
    app = at_screen("Leads", lead_tab="Records")
    assert list(leads_list(app)["Kind"]) == ["hub", "ambush", "linked accounts"]
    words = texts(app)
    assert HUB in words
    assert "minors among first contacts" in words
    assert not any(f"little_{minor}" in words or f"{CASE}:{minor}" in words for minor in MINORS)
    assert "hello there" not in words
    assert "messages.csv:" in words
    before = len(audit("open texts"))
    app.text_input(key="open_texts_reason").set_value("  ")
    submit(app, "Open")
    assert "hello there" not in texts(app), "a reason is needed"
    app.text_input(key="open_texts_reason").set_value("to judge the lead")
    submit(app, "Open")
    assert "hello there" in texts(app)
    (told,) = audit("open texts")[before:]
    assert "to judge the lead" in told


def test_a_reason_opens_the_conversation_that_the_prompt_names_and_the_lead_s_others_ask_anew(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_USER", "cyn")
    lead, before = findings().findings[0].finding_id, len(audit("open conversation"))
    first, other = MINORS[6:8]
    app = at_screen("Conversation", a=f"{CASE}:hub", b=f"{CASE}:{first}", lead=lead)
    assert f"the conversation between {HUB} ({CASE}:hub) and {mask(f'{CASE}:{first}')}, and no other" in texts(app)
    app.text_input(key="open_thread_reason").set_value("to judge the lead")
    submit(app, "Open the conversation")
    assert not any(button.label == "Open the conversation" for button in app.button), "it is open"
    app.query_params.update({"b": f"{CASE}:{other}"})
    app.run()
    assert f"and {mask(f'{CASE}:{other}')}, and no other" in texts(app)
    assert app.text_input(key="open_thread_reason").value == "", "a reason for another matter is not filled in"
    assert "“to judge the lead”" in texts(app), "the last one is offered"
    submit(app, "Take up the last reason")
    assert app.text_input(key="open_thread_reason").value == "to judge the lead"
    submit(app, "Open the conversation")
    one, two = [json.loads(told) for told in audit("open conversation")[before:]]
    assert {one["other"], two["other"]} == {f"{CASE}:{first}", f"{CASE}:{other}"}
    assert (one["stated"], two["stated"]) == (True, True)
    app = at_screen("Leads", lead_tab="Records", lead=lead)
    assert app.text_input(key="open_texts_reason").value == ""
    assert "“to judge the lead”" in texts(app)
    assert "This opens to you the texts of the 8 messages that this reason of the lead cites" in texts(app)


def test_a_conversation_of_a_lead_is_chosen_by_its_messages_and_each_name_stands_once(workspace: Path) -> None:
    app = at_screen("Leads", lead_tab="Who")
    people = table(app, "Part", "Messages here")
    assert list(people["Messages here"]) == [24, *[3] * len(MINORS)]
    assert "" not in set(people["Name"])
    assert set(people["Id"][1:]) == {""}
    other = next(box for box in app.selectbox if str(box.key).startswith("with_"))
    assert other.options[0] == f"{mask(f'{CASE}:m0')} · 3 messages, 1 cited"


def test_lifting_one_person_s_mask_leaves_the_others_masked(workspace: Path) -> None:
    app = at_screen("Leads", lead_tab="Who")
    who = next(box for box in app.selectbox if str(box.key).startswith("who_"))
    who.set_value(1).run()  # the first target
    app.button(key="lift_show").click().run()
    assert "Write why the name is needed." in [item.value for item in app.error]
    app.text_input(key="lift_reason").set_value("to find the child's parents")
    app.button(key="lift_show").click().run()
    words = texts(app)
    assert "little_m0" in words
    assert not any(f"little_{minor}" in words or f"{CASE}:{minor}" in words for minor in MINORS[1:])
    assert "find the child's parents" in audit("unmask minor")[-1]


def test_filters_that_hide_the_open_lead_open_the_first_that_they_show(workspace: Path) -> None:
    kinds = {found.kind: found.finding_id for found in findings().findings}
    app = at_screen("Leads", lead=kinds["hub"])
    app.button_group(key="kind").set_value(["shell"]).run()
    assert not app.exception
    assert opened_lead(app) == labels.lead(kinds["shell"])
    assert "The open lead is not among those" not in texts(app)


def test_a_lead_that_a_link_opens_stays_and_is_said_to_be_outside_the_filters(workspace: Path) -> None:
    kinds = {found.kind: found.finding_id for found in findings().findings}
    app = at_screen("Leads", lead=kinds["hub"], kind="shell")
    assert opened_lead(app) == labels.lead(kinds["hub"])
    assert "The open lead is not among those that the filters show." in texts(app)


def test_what_each_judgement_means_stands_where_one_is_chosen(workspace: Path) -> None:
    words = texts(at_screen("Leads", lead_tab="judgement"))
    for status in STATUSES:
        assert f"- **{status}**: " in words


def test_next_opens_the_next_lead_in_one_run_of_the_page(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ran twice, which was half of a click's time on a large case."""
    runs: list[str] = []
    asked = leads_page.casework_of
    monkeypatch.setattr(leads_page, "casework_of", lambda case: (runs.append(case.name), asked(case))[1])
    app = at_screen("Leads")
    first, before = opened_lead(app), len(runs)
    app.button(key="lead_step_1").click().run()
    assert (opened_lead(app) != first, len(runs) - before) == (True, 1)


def opened_lead(app: AppTest) -> object:
    return app.query_params["lead"]


def test_leads_tell_in_french_for_the_session_with_minors_masked(workspace: Path) -> None:
    app = at_screen("Leads", language="fr")
    words = texts(app)
    assert "8 des 21 personnes" in words
    assert not any(f"little_{minor}" in words for minor in MINORS)
    for name in ("explore", "leads"):
        app._page_hash = calc_hash(name)
        app.run()
    assert "8 des 21 personnes" in texts(app)  # remembered over another screen


def test_a_replay_is_a_table_of_targets_and_members(workspace: Path) -> None:
    app = at_screen("Leads")
    app.query_params["lead"] = next(found.finding_id for found in findings().findings if found.kind == "ambush")
    app.run()
    replay = table(app, "First (UTC)")
    assert list(replay.columns) == ["Target", "First (UTC)", HUB, ADULT]
    assert list(replay.iloc[0])[1:] == ["2024-03-01 18:05", "first", "+38 h 55"]
    assert list(replay.iloc[1])[1:] == ["2024-03-01 19:05", "first", ""]
    words = texts(app)
    assert "2 of 2 targets, 2 of 2 members" in words
    assert f"“{HUB}” ({CASE}:hub) came first on 2 of the 2 targets" in words


def test_a_judgement_is_added_with_name_and_reasons_and_never_without(workspace: Path) -> None:
    app = at_screen("Leads")
    note = next(area for area in app.text_area if written_in(area, "judgement"))
    note.set_value("seen in person")  # and no status: none is chosen beforehand
    submit(app, "Add judgement", "judgement")
    assert "A judgement needs a status and its reasons." in [item.value for item in app.error]
    assert next(area.value for area in app.text_area if written_in(area, "judgement")) == "seen in person"
    next(box for box in app.pills if written_in(box, "judgement")).set_value("in review")
    submit(app, "Add judgement", "judgement")
    assert [toast.value for toast in app.toast] == [f"Added and signed by {USER}"]
    said = texts(app).replace("\\", "")
    assert "Status: in review" in said
    assert f"in review · {USER}" in said
    assert "seen in person" in said
    assert leads_list(app).iloc[0]["Status"] == "in review"


def test_the_address_carries_the_lead_and_says_what_it_does_not_know(workspace: Path) -> None:
    app = at_screen("Leads")
    best, second = (found.finding_id for found in findings().findings[:2])
    assert app.query_params["lead"] in (labels.lead(best), [labels.lead(best)])
    app.query_params["lead"] = second
    app.run()
    assert app.query_params["lead"] in (labels.lead(second), [labels.lead(second)])
    app.query_params["lead"] = "no-such-lead"
    app.run()
    assert "not among those of the case" in app.warning[0].value


def test_explore_searches_and_draws_what_was_found(workspace: Path) -> None:
    app = at_screen("Explore")
    app.text_input(key="explore_search").set_value(ADULT).run()
    app.button(key="explore_search_hit_0").click().run()
    assert not app.exception
    assert len(app.get("bidi_component")) == 2, "the canvas and its side"
    app.segmented_control(key="twin").set_value("nodes").run()
    nodes = app.dataframe[-1].value
    assert ADULT in set(nodes["Name"])
    assert "Showing" in texts(app)
    assert app.query_params["twin"] in ("nodes", ["nodes"]), "a choice has a name in the address, no language's word"


def test_a_saved_query_runs_with_its_parameters(workspace: Path) -> None:
    app = at_screen("Queries", query="accounts-contacting-most-minors")
    assert len(app.dataframe(key="query_list").value) >= 50
    app.button(key="run_query").click().run()
    assert not app.exception
    assert not app.error


def test_explore_shows_every_hit_and_more_on_demand(workspace: Path) -> None:
    app = at_screen("Explore")
    app.text_input(key="explore_search").set_value(f"{CASE}:").run()
    assert not app.exception
    shown = [button for button in app.button if str(button.key).startswith("explore_search_hit_")]
    total = len(MINORS) + len(HOSTILE) + 2 + 1 + 2 + 1  # accounts, a room, companies, a person
    assert f"10 of {total} found" in texts(app)
    while any(button.key == "explore_search_more" for button in app.button):
        app.button(key="explore_search_more").click().run()
    shown = [button for button in app.button if str(button.key).startswith("explore_search_hit_")]
    assert len(shown) == total
    words = texts(app) + " ".join(button.label for button in shown)
    assert not [identity for identity in MINORS if f"{CASE}:{identity} " in words or f"little_{identity}" in words]
    app.text_input(key="explore_search").set_value("d-1").run()
    assert "exact · device:d-1 · device · used by 3 accounts" in texts(app)
    assert "4 of 4 found" in texts(app), "the device, then the accounts that used it"
    app.text_input(key="explore_search").set_value("nobody at all").run()
    assert "Nothing in the case has that name or id." in texts(app)
    app.text_input(key="explore_search").set_value("<b").run()
    assert "Nothing in the case has that name or id." in texts(app), "what was not looked for is said beside it"
    assert "fewer than 3 letters" in texts(app)


def test_one_search_stands_on_every_screen_and_shows_five_hits_before_all(workspace: Path) -> None:
    for name in ("Overview", "Sources", "Leads", "Account", "Company", "Conversation", "Queries"):
        app = at_screen(name)
        app.text_input(key="search").set_value(f"{CASE}:").run()
        assert not app.exception, name
        shown = [button for button in app.button if str(button.key).startswith("search_hit_")]
        assert len(shown) == 5, name
    total = len(MINORS) + len(HOSTILE) + 2 + 1 + 2 + 1
    assert app.button(key="search_more").label == f"Show all hits ({total})"
    app.button(key="search_more").click().run()
    assert len([button for button in app.button if str(button.key).startswith("search_hit_")]) == total


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        (HUB, "Account", HUB),
        ("The lobby", "Room", "The lobby"),
        ("Quay Ltd", "Company", "Quay Ltd"),
        ("A. Keel", "Company", "1 company is held directly"),
        ("d-1", "Identifier", "3 accounts used it"),
    ],
)
def test_a_hit_opens_what_it_names(workspace: Path, text: str, title: str, words: str) -> None:
    app = at_screen("Sources")
    app.text_input(key="search").set_value(text).run()
    app.button(key="search_hit_0").click().run()
    assert not app.exception
    assert app.title[0].value == title
    assert words in texts(app)


def test_a_hit_counts_the_leads_that_its_own_page_lists_with_what_it_is_in_each(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = at_screen("Sources")
    app.text_input(key="search").set_value(f"{CASE}:x0").run()
    found = re.search(r"messages sent .*· (\d+) leads", texts(app))
    assert found is not None
    app = at_screen("Account", account=f"{CASE}:x0", account_tab="leads")
    assert f"· {found[1]} leads ·" in texts(app), "as a member of a shell, and as a target"
    listed = [button.label for button in app.button if str(button.key).startswith("open_lead_")]
    assert len(listed) == int(found[1])
    assert {label.rpartition(" · ")[2] for label in listed} == {"as a member", "as a target"}
    hub, ambush = (next(one for one in findings().findings if one.kind == kind) for kind in ("hub", "ambush"))
    monkeypatch.setattr(listing, "similar", lambda *_leads: ((ambush, 3, 4),))
    app = at_screen("Leads", lead=hub.finding_id, lead_tab="related")
    assert "its member is a member there too" in texts(app)
    assert "3 of 4 alike" in texts(app), "one lead may share people and reasons"


@pytest.mark.usefixtures("workspace")
def test_a_timeline_says_which_leads_it_does_not_hold() -> None:
    app = at_screen("Account", account=f"{CASE}:hub", account_tab="timeline")
    assert "1 lead has no time and stands under “Reports and leads”." in [caption.value for caption in app.caption]
