"""The screens of a team in process: why a case is opened is asked first, and people are governed on their screen."""

from pathlib import Path

import pytest

from ingest.case_folder import CaseFolder, label_key
from tests.ui.test_app import at_screen, table, texts
from workbench.access import system_user
from workbench.bootstrap import Workbench
from workbench.casebook.people.rights import NotSignedIn
from workbench.masking.leads import lead_called
from workbench.settings import Settings
from workbench.views import session

ME = system_user()


@pytest.fixture(autouse=True)
def _closed():
    """Give back what the screens hold open, so that the next test starts anew."""
    yield
    session._server.clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A team of one administrator, who leads a case without evidence."""
    with Workbench(Settings(tmp_path, ME, purpose="to begin it")) as workbench:
        workbench.casebook.roster.give_role(ME, "administrator", by=ME)
        workbench.casebook.roster.give_role("ann", "reader", by=ME)
        workbench.acting(ME).case("north", create=True)
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path))
    monkeypatch.delenv("FILATURE_USER", raising=False)
    return tmp_path


def test_a_case_is_drawn_once_its_purpose_is_in_the_log(folder: Path) -> None:
    app = at_screen("Leads")
    assert "Opening the case north is written into the audit log" in texts(app)
    assert not app.title
    app.button(key="purpose_send").click().run()
    assert "Write the purpose" in texts(app)
    app.text_input(key="purpose_text").set_value("complaint 12")
    app.button(key="purpose_send").click().run()
    assert app.title[0].value == "Leads"
    assert at_screen("Leads").title, "for the rest of the day it is known"
    with Workbench(Settings(folder, ME)) as workbench:
        log = [entry for entry in workbench.casework.audit() if entry.action == "open case"]
    assert [(entry.user, entry.case, entry.facts) for entry in log] == [(ME, "north", {"purpose": "complaint 12"})]


def test_roles_members_and_passes_are_given_on_the_screen(folder: Path) -> None:
    app = at_screen("People")
    app.selectbox(key="role_of").set_value("ann")
    app.selectbox(key="role_given").set_value("analyst")
    app.button(key="role_send").click().run()
    assert app.selectbox(key="membership_case").value == "north"
    app.button(key="membership_add").click().run()
    drawn = list(app.main)
    (said,) = app.error
    assert said.value == "Choose a case and a person."
    assert drawn.index(said) < drawn.index(app.button(key="membership_add")), "in sight where the button is"
    app.selectbox(key="membership_person").set_value("ann")
    app.button(key="membership_add").click().run()
    app.button(key="pass_send").click().run()
    assert not app.exception
    assert not app.error
    secret = next(code.value for code in app.code if code.value.startswith("filature_"))
    with Workbench(Settings(folder, ME, secret=secret)) as workbench:
        assert workbench.person == ME
        told = {one.name: (one.role, one.cases) for one in workbench.casebook.roster.members(seen_by=ME)}
    assert told == {ME: ("administrator", ("north",)), "ann": ("analyst", ("north",))}
    app.selectbox(key="role_of").set_value(ME)
    app.selectbox(key="role_given").set_value("reader")
    app.button(key="role_send").click().run()
    assert "a team keeps an administrator" in texts(app)


def test_what_a_reader_may_not_do_is_dimmed_and_says_for_whom_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workbench(Settings(folder, ME)) as workbench:
        workbench.casebook.roster.add_member("north", "ann", by=ME)
        secret = workbench.casebook.passes.issue("ann", note="", days=1, by=ME)
    monkeypatch.setenv("FILATURE_PASS", secret)
    app = at_screen("Case")
    app.text_input(key="purpose_text").set_value("complaint 12")
    app.button(key="purpose_send").click().run()
    fields = [app.text_area(key=f"case_{kind}") for kind in ("description", "authority", "scope")]
    for item in (app.button(key="case_save"), *fields):
        assert item.disabled
        assert item.help == "Saying what the case is about, and who works on it, is for analysts and leads."
    assert not [button for button in app.button if button.key == "case_remarks_note_add"]
    app = at_screen("People")
    assert "Who works on a case is for its lead or an administrator to say." in texts(app)
    assert {button.key for button in app.button} & {"role_send", "membership_add", "membership_remove"} == set()
    assert app.button(key="pass_send")
    with Workbench(Settings(folder, ME)) as workbench:
        workbench.casebook.roster.remove_member("north", "ann", by=ME)
    app = at_screen("Leads")
    assert "There is no case that you are a member of" in texts(app)
    assert not app.exception


def test_a_server_that_ran_before_the_team_began_asks_who_works_at_it_at_every_act(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("FILATURE_USER", "noor")
    with Workbench(Settings(tmp_path, "noor")) as workbench:
        workbench.case("north", create=True)
    app = at_screen("Case")
    assert app.title[0].value == "Case"
    with Workbench(Settings(tmp_path, "mira")) as workbench:
        roster = workbench.casebook.roster
        roster.give_role("mira", "administrator", by="mira")
        roster.give_role("noor", "analyst", by="mira")
        roster.add_member("north", "noor", by="mira")
        secret = workbench.acting("noor").casebook.passes.issue("noor", note="", days=1, by="noor")
    app.text_area(key="case_description").set_value("Not written by noor.")
    app.button(key="case_save").click().run()
    assert not app.exception
    assert "nothing tells that you are noor\\; whoever runs the workbench starts it again with a pass" in texts(app)
    assert not app.text_area
    with pytest.raises(NotSignedIn, match="nothing proves that you are noor"):
        session.server()
    with Workbench(Settings(tmp_path, "mira")) as workbench:
        assert not workbench.casework.remarks.of("north", "case:north")
    session._server.clear()
    monkeypatch.setenv("FILATURE_PASS", secret)
    app = at_screen("Case")
    assert app.text_input(key="purpose_text")
    with Workbench(Settings(tmp_path, "mira")) as workbench:
        workbench.casework.passes.withdraw(workbench.casework.passes.standing("noor")[0].number, by="mira")
    app.run()
    assert "This pass is unknown\\, withdrawn or expired" in texts(app)
    assert not app.text_input


def test_a_membership_is_for_the_chosen_case_and_the_case_names_its_members(folder: Path) -> None:
    with Workbench(Settings(folder, ME, purpose="to begin it")) as workbench:
        workbench.acting(ME).case("alder", create=True)
    assert at_screen("People", case="north").selectbox(key="membership_case").value == "north"
    app = at_screen("Case", case="north")
    app.text_input(key="purpose_text").set_value("complaint 12")
    app.button(key="purpose_send").click().run()
    assert f"Members, who may open it: {ME}" in texts(app)
    assert "Nobody is named yet." in texts(app)


def test_the_audit_log_of_a_case_is_read_on_its_screen(folder: Path) -> None:
    with Workbench(Settings(folder, ME, purpose="to look")) as workbench:
        workbench.casebook.roster.add_member("north", "ann", by=ME)
        casebook = workbench.acting(ME).casebook
        casebook.remarks.add("north", ["case:north"], "note", "Ask.", user=ME)
        casebook.remarks.add("north", ["account:north:hub"], "tag", "urgent", user=ME)
        casebook.judge("hub-0123456789abcdef", "in review", "", ME, case="north")
    app = at_screen("Case", case="north", case_tab="log")
    app.text_input(key="purpose_text").set_value("complaint 12")
    app.button(key="purpose_send").click().run()
    log = table(app, "Entry")
    called = lead_called("hub-0123456789abcdef", label_key(CaseFolder(folder, "north")))
    assert list(log["What"])[:5] == ["case opened", "judgement", "tag", "note", "member added"]
    assert log["Details"].iloc[0] == "Purpose: complaint 12"
    assert log["Details"].iloc[1] == f"in review · Lead: {called}"
    assert log["Details"].iloc[2] == "north:hub · urgent"
    assert log["Details"].iloc[4] == "member · ann"
    assert list(log["Entry"]) == sorted(log["Entry"], reverse=True)
    app.multiselect(key="log_what").set_value(["note"]).run()
    assert list(table(app, "Entry")["Who"]) == [ME]
    assert not app.exception


def test_the_language_is_chosen_before_the_sign_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "sign-in.toml"
    file.write_text(
        f'[auth]\nredirect_uri = "http://127.0.0.1:1/oauth2callback"\ncookie_secret = "{"s" * 40}"\n'
        'client_id = "filature"\nclient_secret = "of the tests"\nserver_metadata_url = "http://127.0.0.1:1/known"\n'
    )
    monkeypatch.setenv("FILATURE_SIGN_IN", str(file))
    app = at_screen("Leads")
    assert not app.error, app.error
    assert [button.label for button in app.button] == ["Sign in"]
    app.segmented_control(key="language").set_value("fr").run()
    assert not app.exception
    assert [button.label for button in app.button] == ["Se connecter"]


def test_an_administrator_of_no_case_is_told_where_to_become_a_member_and_a_lead_not_that_there_is_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workbench(Settings(folder, ME)) as workbench:
        workbench.casebook.roster.remove_member("north", ME, by=ME)
        workbench.casebook.roster.give_role("ann", "lead", by=ME)
        secret = workbench.casebook.passes.issue("ann", note="", days=1, by=ME)
    app = at_screen("Overview")
    assert "You are a member of none of the cases there are." in texts(app)
    assert "There is no case yet" not in texts(app)
    assert [app.button(key="to_people").label, app.button(key="to_sources").label] == ["Open People", "Open Sources"]
    app.button(key="to_people").click().run()
    assert app.title[0].value == "People"
    session._server.clear()  # ann has one of her own
    monkeypatch.setenv("FILATURE_PASS", secret)
    app = at_screen("Overview")
    assert "There is no case that you are a member of. An administrator, or who leads one, makes you one" in texts(app)
    assert "to_people" not in {button.key for button in app.button}


def test_what_is_not_chosen_on_the_people_screen_is_said(folder: Path) -> None:
    app = at_screen("People")
    app.button(key="membership_add").click().run()
    assert [error.value for error in app.error] == ["Choose a case and a person."]
    app.button(key="role_send").click().run()
    assert [error.value for error in app.error] == ["Choose a person, or write a name."]
    labels = [box.label for box in app.selectbox if box.key in ("role_of", "membership_person")]
    assert labels == ["Person", "Member"]


def test_the_address_of_a_screen_that_is_not_offered_is_answered_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path))
    monkeypatch.delenv("FILATURE_USER", raising=False)
    app = at_screen("People")
    assert app.title[0].value == "People"
    assert "A team begins with its first role" in texts(app)
    with Workbench(Settings(tmp_path, ME)) as workbench:
        workbench.casebook.roster.give_role("ann", "administrator", by=ME)  # and none to who looks
    app = at_screen("People", language="fr")
    assert "Cet écran n’est pas pour votre rôle." in texts(app)
    assert "ann" not in texts(app)
