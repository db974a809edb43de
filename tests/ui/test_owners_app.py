"""Screens of a company's owners: whoever a chain names opens, and is shown in Explore."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from graph.detect.finding import Finding, FindingsDocument
from graph.detect.reason import Reason
from graph.detect.values import quote
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.ui.conftest import CASE, table
from tests.ui.test_app import _closed, at_screen, texts
from tests.ui.test_app import table as listed
from workbench.bootstrap import Workbench
from workbench.views import session, show
from workbench.views.dossiers import owners

__all__ = ["_closed"]  # a fixture: what the screens hold open is given back after every test
pytestmark = pytest.mark.embedded


def test_a_person_given_as_a_company_opens_on_what_it_owns(workspace: Path) -> None:
    app = at_screen("Company", company=f"{CASE}:p1")
    assert not app.exception
    assert "1 company is held directly" in texts(app)
    assert "No lead names it." in texts(app)


@pytest.mark.usefixtures("workspace")
def test_at_an_id_that_no_company_has_stand_the_one_that_the_register_calls_so_and_the_list() -> None:
    app = at_screen("Company", company="c1")
    assert "The case holds no company of the id in this address." in texts(app)
    assert list(listed(app, "Company", "Id")["Id"]) == [f"{CASE}:c2", f"{CASE}:c1"]
    app.button(key=f"near_{CASE}:c1").click().run()
    assert f"Quay Ltd ({CASE}:c1)" in texts(app)
    app = at_screen("Company", company="c9")
    assert not [button for button in app.button if str(button.key).startswith("near_")]
    assert len(listed(app, "Company", "Id")) == 2


@pytest.mark.usefixtures("workspace")
def test_a_name_in_a_chain_of_owners_opens_that_owner() -> None:
    for name, opened in (("A. Keel", "1 company is held directly"), ("Quay Ltd", f"Quay Ltd ({CASE}:c1)")):
        app = at_screen("Company", company=f"{CASE}:c2")
        found = [button for button in app.button if str(button.key).startswith("owner_of_")]
        named = {button.label.replace("\\", ""): button for button in found}
        assert list(named) == ["Quay Ltd", "A. Keel"]
        named[name].click().run()
        assert not app.exception
        assert opened in texts(app)


@pytest.mark.timeout(180)
def ways_on(app: AppTest) -> list[Any]:
    """The buttons that open the ultimate owner who is chosen."""
    return [one for one in app.button if str(one.key).startswith("ultimate_") and str(one.key).endswith("_open")]


def test_who_owns_itself_stays_on_its_screen_and_of_a_circle_another_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that is chosen stays chosen: to open its own screen again would go on for ever."""
    source = tmp_path / "register"
    source.mkdir()
    table(source / "companies.csv", ("company_id", "name"), [("c1", "Own"), ("c2", "One"), ("c3", "Other")])
    held = [("c1", "c1", 1.0), ("c2", "c3", 1.0), ("c3", "c2", 1.0)]
    table(source / "ownerships.csv", ("owner_id", "owned_id", "share"), held)
    case = CaseFolder(tmp_path / "workspace", CASE).create()
    assert ingest([source], case=case).rejected == 0
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setattr(show, "chosen_row", lambda *_told, key, **_looks: 0 if key.startswith("ultimate_") else None)
    app = at_screen("Company", company=f"{CASE}:c1")
    assert f"Own ({CASE}:c1)" in texts(app)
    assert not ways_on(app), "it leads nowhere else"
    opened: list[str] = []
    monkeypatch.setattr(owners, "open_party", lambda identity, _found: opened.append(identity))
    for company in ("c2", "c3"):
        app = at_screen("Company", company=f"{CASE}:{company}")
        assert len(opened) == (company == "c3"), "a row that is chosen is not opened yet"
        (way,) = ways_on(app)
        way.click().run()
    assert opened == [f"{CASE}:c3", f"{CASE}:c2"]


@pytest.mark.usefixtures("workspace")
def test_a_holding_is_told_by_file_and_row_and_all_its_columns_fit_beside_each_other() -> None:
    app = at_screen("Company", company=f"{CASE}:c2")
    held = next(one for one in app.dataframe if "Circle" in one.value.columns)
    assert set(held.value["File and row"].str.split(":").str[0]) == {"ownerships.csv"}
    assert "Record" not in held.value.columns
    widths = [one["width"] for one in json.loads(held.proto.columns).values() if "width" in one]
    assert len(widths) == len(held.value.columns)
    assert sum(widths) < 1_047, "a window of 1366 pixels leaves so many"
    for tab in ("in-turn", "seats", "owns"):
        app.query_params["company_tab"] = tab
        app.run()
        assert not app.exception
        assert not [one for one in app.dataframe if "Record" in one.value.columns]


@pytest.mark.usefixtures("workspace")
def test_an_owner_s_lead_opens_everybody_of_its_chains(monkeypatch: pytest.MonkeyPatch) -> None:
    at_screen("Company")
    workbench = session.server().workbench
    with Lake(workbench.case(CASE)) as lake:
        held = lake.table("ownerships").record_id.to_pyarrow().to_pylist()
    said = {name: quote("written by a person") for name in ("measure", "detail")}
    reason = Reason("as_written", said, records=tuple(f"ownerships:{record}" for record in held))
    lead = Finding("owner", (f"{CASE}:p1",), "weak", 0.3, (reason,), targets=(f"{CASE}:c2",))
    document = FindingsDocument(CASE, "run-2", "sha256:owners", {"kinds": ["owner"]}, (lead,))
    for name in ("findings", "run_findings"):
        monkeypatch.setattr(Workbench, name, lambda _workbench, _case: document)
    app = at_screen("Leads", lead=lead.finding_id)
    ways = {button.label: button for button in app.button if str(button.key).startswith("party_")}
    assert set(ways) == {"Quay Ltd"}, "the owner and the company have a way above the picture"
    ways["Quay Ltd"].click().run()
    assert f"Quay Ltd ({CASE}:c1)" in texts(app)


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(("name", "identity", "label"), [("company", "c1", "Company"), ("owner", "p1", "Person")])
def test_companies_and_their_owners_are_shown_in_explore(
    monkeypatch: pytest.MonkeyPatch, name: str, identity: str, label: str
) -> None:
    monkeypatch.setenv("FILATURE_USER", f"nobody-{identity}")  # who drew nothing yet
    app = at_screen("Company", **{name: f"{CASE}:{identity}"})
    app.button(key="company_explore").click().run()
    assert not app.exception
    drawn = app.session_state["explore_views"][CASE, app.session_state["explore_tab"][CASE]]
    assert drawn.selection.node == f"{label}/{CASE}:{identity}"
    assert len(drawn.board.nodes) > 1
