"""In French nothing is English where the walk over the screens does not come: empty, unknown, refused, failed, told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from queries.catalog import library
from tests.ui.conftest import CASE, HUB, MINORS, findings, made
from tests.ui.english import English, told
from tests.ui.test_app import _closed, at_screen, submit
from workbench.views import session

__all__ = ["_closed"]  # a fixture: what the screens hold open is given back after every test
pytestmark = pytest.mark.embedded
SCREENS = (
    "Overview", "Case", "Sources", "Leads", "Account", "Room", "Company", "Conversation", "Explore", "Search",
    "Queries",
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One in which nobody saved or ran anything: what people write is in their own language."""
    with made(tmp_path_factory.mktemp("french") / "workspace") as folder:
        yield folder


def french(name: str, **given: str) -> AppTest:
    return at_screen(name, language="fr", **given)


def test_an_empty_workspace_is_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "new"))
    english, app = English(tmp_path), french("Overview")
    for name in SCREENS:
        app._page_hash = calc_hash(name.lower()) if name != "Overview" else ""
        assert english.in_(told(app.run())) == [], name


@pytest.mark.parametrize(
    ("screen", "given"),
    [
        ("Leads", {"lead": "nowhere"}), ("Account", {"account": "nowhere"}), ("Room", {"room": "nowhere"}),
        ("Account", {"identifier": "device:d-1"}), ("Company", {"company": "nowhere"}),
        ("Company", {"owner": f"{CASE}:p1"}),
        ("Conversation", {"a": "nowhere", "b": "nobody"}), ("Conversation", {"a": f"{CASE}:hub", "b": f"{CASE}:oak"}),
        ("Explore", {"account": "nowhere"}), ("Queries", {"query": "nowhere"}), ("Overview", {"case": "nowhere"}),
    ],
)
def test_what_an_address_does_not_find_is_said_in_french(workspace: Path, screen: str, given: dict[str, str]) -> None:
    assert English(workspace).in_(told(french(screen, **given))) == []


@pytest.mark.parametrize(
    ("screen", "kind"), [*((name, "hub") for name in SCREENS), ("Leads", "ambush"), ("Leads", "shell")]
)
def test_every_label_help_placeholder_and_head_of_a_filled_screen_is_french(
    workspace: Path, screen: str, kind: str
) -> None:
    filled = {
        "account": HUB, "room": f"{CASE}:lobby", "company": f"{CASE}:c2", "a": HUB, "b": f"{CASE}:oak",
        "lead": next(found.finding_id for found in findings().findings if found.kind == kind), "sought": "zzzz",
    }
    tabs = {
        "Case": ("case_tab", ("about", "notes", "judged", "report")),
        "Leads": ("lead_tab", ("why", "records", "who", "judgement", "related")),
        "Account": ("account_tab", ("who", "sessions", "contacts", "activity", "leads", "timeline", "beside", "notes")),
        "Room": ("room_tab", ("audience", "begun", "hubs", "writers", "leads", "notes")),
        "Company": ("company_tab", ("owners", "in-turn", "seats", "owns", "leads", "notes")),
    }
    key, named = tabs.get(screen, ("", ("",)))
    english, app = English(workspace), french(screen, **filled)
    for tab in named:
        if tab:
            app.query_params[key] = tab
            app.run()
        said = told(app)
        assert english.in_(said) == [], tab
        assert not [minor for minor in MINORS if any(f"little_{minor}" in line for line in said)], tab
        assert not app.exception
    if (screen, kind) == ("Leads", "hub"):
        assert any("mineur ▪▪▪" in line for line in told(french("Leads", **filled)))
    if screen == "Queries":
        assert {query.french.title for query in library()} & {item.value for item in app.text}


def test_what_a_search_does_not_look_for_is_said_in_french(workspace: Path) -> None:
    app = french("Overview")
    for text in ("zz", "no such name at all", "hub", MINORS[0]):
        app.text_input(key="search").set_value(text).run()
        assert English(workspace, text).in_(told(app)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (n)", "MATCH (n) RETURN coutn(n)", "MATCH (a:Acount) WHERE a.nme = 1 RETURN a", "MATCH (a RETURN a",
        "MATCH (a:Account)\nRETRUN a", "MATCH (a:Account) RETURN a.id LIMIT 2", "EXPLAIN MATCH (a:Account) RETURN a",
    ],
)
def test_what_the_console_answers_or_refuses_is_french(workspace: Path, statement: str) -> None:
    app = french("Queries", query_mode="console")
    app.toggle(key="console_plain").set_value(True).run()
    app.text_area(key="console").set_value(statement).run()
    app.button(key="run_console").click().run()
    for _turn in range(60):
        if not any(button.key == "cancel_statement" for button in app.button):
            break
        app.run()
    assert not app.exception
    assert app.error or app.warning or app.dataframe
    assert English(workspace, *statement.split("\n")).in_(told(app)) == []


def test_forms_that_ask_for_a_reason_ask_in_french(workspace: Path) -> None:
    english = English(workspace)
    app = french("Account", account=f"{CASE}:{MINORS[0]}")
    app.button(key="lift_account_show").click().run()
    assert app.error
    assert english.in_(told(app)) == []
    app = french("Leads", lead_tab="records")
    submit(app, "Ouvrir")
    assert app.error
    assert english.in_(told(app)) == []


def test_a_source_that_cannot_be_read_and_the_words_are_told_in_french(workspace: Path) -> None:
    english = English(workspace)
    app = french("Sources")
    app.segmented_control(key="where").set_value("machine").run()
    for path in ("/nowhere/at/all.csv", "relative.csv"):
        app.text_area(key="paths").set_value(path).run()
        assert app.error, path
        assert english.in_(told(app)) == [], path
    app = french("Overview")
    app.button(key="words_mean").click().run()
    assert not app.exception
    assert english.in_(told(app)) == []
    assert session.server()
