"""Addresses, in process: the same one shows the same again, an unknown one says so, the bare one what was open last."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from graph.opaque import token
from ingest.batch import ingest
from ingest.case_folder import CaseFolder, label_key
from tests import labels
from tests.ui.conftest import CASE, ROOT, findings, table
from tests.ui.english import told
from tests.ui.screen import TOOK
from tests.ui.test_app import at_screen, texts
from tests.ui.test_saved_queries import answered
from workbench.views import session

pytestmark = pytest.mark.embedded
_DRAWN = re.compile("#T_.*|[0-9a-f]{5}|[0-9a-f]{32}")
"""What Streamlit and pandas call a table or its colours, anew each time."""
SECOND = findings().findings[1].finding_id


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Give back what the screens hold open, so that the next test starts anew."""
    yield
    session._server.clear()


def address_of(app: AppTest) -> dict[str, list[str]]:
    """What the address holds, whoever wrote it."""
    return {name: value if isinstance(value, list) else [value] for name, value in app.query_params.items()}


def shown(app: AppTest) -> tuple[str, set[str]]:
    """All that is to be read, without what differs from run to run."""
    lines = {TOOK.sub("", line) for line in told(app)}
    return TOOK.sub("", texts(app)), {line for line in lines if not _DRAWN.fullmatch(line)}


def bare() -> AppTest:
    """A new session at the address without anything."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90).run()
    assert not app.exception
    return app


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("screen", "given"),
    [
        ("Account", {"account": f"{CASE}:hub", "account_tab": "timeline"}), ("Room", {"room": f"{CASE}:lobby"}),
        ("Conversation", {"a": f"{CASE}:hub", "b": f"{CASE}:oak"}), ("Account", {"identifier": "device:d-1"}),
        ("Queries", {"query": "contacts-of", "p_account": f"{CASE}:hub", "run": "1"}), ("Case", {"case_tab": "judged"}),
    ],
)
def test_a_new_session_at_the_same_address_shows_the_same(screen: str, given: dict[str, Any]) -> None:
    """Of Leads and Explore it is looked at in the browser, with a reload."""
    app = answered(at_screen(screen, **given))
    assert len(texts(app)) > 60
    again = answered(at_screen(screen, **address_of(app)))
    assert shown(again) == shown(app)
    assert address_of(again) == address_of(app)
    assert given.items() <= {name: value for name, (value,) in address_of(app).items()}.items()


@pytest.mark.parametrize(
    ("screen", "given", "said"),
    [
        ("Account", {"account": "harbour:nobody"}, "no account of the id"),
        ("Room", {"room": "harbour:nowhere"}, "no room of the id"),
        ("Room", {"room": "harbour:nowhere"}, "The search at the left finds by names"),
        ("Company", {"company": "c9"}, "no company of the id"),
        ("Overview", {"case": "no-such-case"}, "names a case that is not here"),
        ("Leads", {"lead": "none"}, "The lead of this address is not among those of the case"),
        ("Explore", {"view": "nothing"}, "The picture of this address is not in this case"),
        ("Queries", {"query": "no-such-query"}, "The query of this address is not in the library"),
    ],
)
def test_an_unknown_address_says_so(workspace: Path, screen: str, given: dict[str, str], said: str) -> None:
    app = at_screen(screen, **given)
    assert said in texts(app) + " ".join(item.value for item in app.warning)


@pytest.mark.usefixtures("workspace")
def test_an_identifier_has_a_page_of_its_own_with_holders_notes_and_ways_on() -> None:
    """It was headed “Account”, and led nowhere but to the accounts."""
    app = at_screen("Account", identifier="device:d-1", account=f"{CASE}:x0")
    assert [title.value for title in app.title] == ["Identifier"]
    assert "3 accounts used it" in texts(app)
    assert any(area.key == "identifier_remarks_note_text" for area in at_screen(
        "Account", identifier="device:d-1", identifier_tab="notes"
    ).text_area)
    app.button(key="identifier_back").click().run()
    assert [title.value for title in app.title] == ["Account"]
    assert address_of(app)["account"] == [f"{CASE}:x0"]
    app = at_screen("Account", identifier="device:d-1")
    assert all(button.key != "identifier_back" for button in app.button)
    assert app.button(key="identifier_explore").label == "Show in Explore"
    app = at_screen("Explore", case=CASE, identifier="device:d-1")
    number = app.session_state["explore_tab"][CASE]
    drawn = {node.id for node in app.session_state["explore_views"][CASE, number].subgraph.nodes}
    assert {"device:d-1", f"{CASE}:hub", f"{CASE}:x0", f"{CASE}:x1"} <= drawn


@pytest.mark.usefixtures("workspace")
def test_where_no_account_is_chosen_one_is_searched_for() -> None:
    app = at_screen("Account")
    app.text_input(key="account_search").set_value("north_star").run()
    app.button(key="account_search_hit_0").click().run()
    assert not app.exception
    assert address_of(app)["account"] == [f"{CASE}:hub"]


@pytest.mark.usefixtures("workspace")
def test_at_an_id_that_the_case_lacks_stands_what_bears_it_and_opens() -> None:
    app = at_screen("Account", account="elsewhere:hub")  # as an address of another case has it
    app.button(key="unknown_account_hit_0").click().run()
    assert not app.exception
    assert address_of(app)["account"] == [f"{CASE}:hub"]
    app = at_screen("Room", room="lobby")
    app.button(key="unknown_room_hit_0").click().run()
    assert address_of(app)["room"] == [f"{CASE}:lobby"]


@pytest.mark.usefixtures("workspace")
def test_two_people_who_never_wrote_are_told_from_an_account_that_the_case_lacks() -> None:
    app = at_screen("Conversation", a=f"{CASE}:oak", b=f"{CASE}:x1")
    assert [one for one in told(app) if "wrote each other nothing in private" in one]
    app = at_screen("Conversation", a=f"{CASE}:oak", b=f"{CASE}:nobody")
    assert f"no account {CASE}\\:nobody: whether the two wrote" in " ".join(one.value for one in app.warning)
    assert not [one for one in told(app) if "wrote each other nothing" in one]
    assert {"thread_end_a_other", "thread_end_b_box"} <= {one.key for one in (*app.button, *app.text_input)}
    app = at_screen("Conversation", room=f"{CASE}:nowhere")
    assert [one for one in told(app) if "nothing that was written in the room" in one]


def test_an_account_that_reports_alone_name_is_one_of_the_case_and_masked_as_a_minor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    table(source / "accounts.csv", ("account_id", "pseudonym"), [("oak", "old_oak")])
    told_of = [("1", "lone-ash", "oak", "2024-03-03T09:00:00Z", "she is 13 years old")]
    table(source / "reports.csv", ("report_id", "reported_id", "reporter_id", "made_at", "reason"), told_of)
    case = CaseFolder(tmp_path / "workspace", CASE).create()
    assert ingest([source], case=case).rejected == 0
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "workspace"))
    for tab in ("who", "contacts", "timeline", "activity"):
        app = at_screen("Account", account=f"{CASE}:lone-ash", account_tab=tab)
        assert not app.exception
        assert "no account of the id" not in texts(app)
        assert "lone-ash" not in " ".join(told(app))
    app = at_screen("Conversation", a=f"{CASE}:oak", b=f"{CASE}:lone-ash")
    assert not app.warning
    assert [one for one in told(app) if "wrote each other nothing in private" in one]
    assert "lone-ash" not in " ".join(told(app))


def test_a_masked_person_s_mail_stands_in_no_address_and_leads_back_from_its_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    table(source / "accounts.csv", ("account_id", "declared_age"), [("oak", 41), ("ash", 13), ("5550001", 41)])
    marks = [
        ("ash", "email", "Ash.Low@mail.example"), ("ash", "phone", "5550001"), ("ash", "device", "d-1"),
        ("oak", "email", "oak@mail.example"),
    ]
    table(source / "identifiers.csv", ("account_id", "kind", "value"), marks)
    case = CaseFolder(tmp_path / "workspace", CASE).create()
    assert ingest([source], case=case).rejected == 0
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "workspace"))
    mail = "email:Ash.Low@mail.example"
    hidden = "~" + token(mail, label_key(case))
    app = at_screen("Account", identifier=mail)
    assert address_of(app)["identifier"] == [hidden]
    assert "1 account used it" in texts(app)
    for given, stands in ((hidden, hidden), ("email:oak@mail.example",) * 2, ("device:d-1",) * 2):
        app = at_screen("Account", identifier=given)
        assert "1 account used it" in texts(app)
        assert address_of(app)["identifier"] == [stands]
        assert "ash.low" not in " ".join(told(app)).casefold()
    hidden = "~" + token("Ash.Low@mail.example", label_key(case))
    for given in ("Ash.Low@mail.example", "ash.low@MAIL.example", hidden):  # what is typed leads back to what there is
        app = at_screen("Queries", query="accounts-of-identifier", p_value=given)
        assert address_of(app)["p_value"] == [hidden]
    app = at_screen("Account", account=f"{CASE}:5550001")
    assert address_of(app)["account"] == [f"{CASE}:5550001"], "an account called by the number of somebody else"
    assert "no account of the id" not in texts(app)


@pytest.mark.usefixtures("workspace")
def test_what_was_open_last_is_there_at_the_bare_address() -> None:
    app = at_screen("Leads", lead=SECOND, tier=["weak", "strong"])
    again = bare()
    assert shown(again) == shown(app)
    assert address_of(again) == address_of(app)
    assert address_of(again)["lead"] == [labels.lead(SECOND)]


@pytest.mark.usefixtures("workspace")
def test_two_accounts_of_a_shell_lead_stand_side_by_side_in_one_click() -> None:
    shell = next(found for found in findings().findings if found.kind == "shell")
    app = at_screen("Leads", case=CASE, lead=shell.finding_id)
    app.button(key="way_beside").click().run()
    assert not app.exception
    assert app.title[0].value == "Account"
    address = address_of(app)
    assert (address["account"][0], address["beside"][0]) == shell.members[:2]
    assert address["account_tab"] == ["beside"]
    assert "The evidence holds no private message between them." in texts(app)
