"""A team on a real PostgreSQL, signed in by an identity provider: what two people do together, a third does not see."""

import contextlib
import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from queries import open_case
from queries.errors import UnknownQuery
from tests.postgres import PostgresServer
from tests.ui.conftest import CASE, ROOT, made, serving, table
from tests.ui.screen import Screen, screen_on
from workbench.access import system_user
from workbench.bootstrap import Workbench
from workbench.casebook.people.rights import NotSignedIn
from workbench.cli.entry import run
from workbench.errors import UnknownCase
from workbench.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.timeout(900)]
ANN, BOB, EVE, ZOE = (f"{name}@agency.example" for name in ("ann", "bob", "eve", "zoe"))
QUERY = "contacts-of-ours"
HANDLE = f"{QUERY}@{ANN}"
PURPOSE = "complaint 12"


@dataclass(frozen=True)
class Team:
    """The running screens of a team, its casework, the sign-in's own address and its file."""

    address: str
    provider: str
    settings: Settings
    rules: Path

    def casework(self) -> Workbench:
        return Workbench(self.settings)


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tests.identity_provider", str(port), ANN, BOB, EVE, ZOE]
    process = subprocess.Popen(command, cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/auth", timeout=2):
                break
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(30)


@contextlib.contextmanager
def made_team(postgres: PostgresServer, provider: str, folder: Path) -> Iterator[Team]:
    """Ann and bob, analysts, are members of the case; eve, an analyst as well, is not; zoe has no role."""
    sign_in = folder / "sign-in.toml"
    sign_in.write_text(
        f'[auth]\nredirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"\ncookie_secret = "{"s" * 40}"\n'
        f'client_id = "filature"\nclient_secret = "of the tests"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n'
        '[filature]\nperson = "email"\nhours = 1\n', encoding="utf-8",
    )
    database, admin = postgres.database(), system_user()
    with made(folder / "workspace", user=admin, database=database) as workspace:
        settings = Settings(workspace, admin, database_url=database, purpose=PURPOSE)
        with Workbench(settings) as workbench:
            roster = workbench.casebook.roster
            roster.give_role(admin, "administrator", by=admin)
            for name in (ANN, BOB, EVE):
                roster.give_role(name, "analyst", by=admin)
            for name in (ANN, BOB):
                roster.add_member(CASE, name, by=admin)
        environment = {"FILATURE_DATABASE": database, "FILATURE_SIGN_IN": str(sign_in), "NO_PROXY": "127.0.0.1"}
        with serving(
            workspace, folder / "log.txt", user=None, settings=environment, options=[f"--secrets.files={sign_in}"]
        ) as address:
            yield Team(address, provider, settings, sign_in)


@pytest.fixture(scope="module")
def new_team(
    postgres: PostgresServer, provider: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Team]]:
    with contextlib.ExitStack() as teams:
        yield lambda: teams.enter_context(made_team(postgres, provider, tmp_path_factory.mktemp("team")))


@pytest.fixture(scope="module")
def first_team(new_team: Callable[[], Team]) -> Team:
    return new_team()


@pytest.fixture
def team(request: pytest.FixtureRequest, new_team: Callable[[], Team], first_team: Team) -> Team:
    """One for all tests, in this order: each looks at a query or a person that no other touches.

    What is tried a second time has a team of its own, and finds nothing that the first try left.
    """
    return new_team() if request.node.execution_count > 1 else first_team


def sign_in(screen: Screen, who: str, *, purpose: str = "") -> None:
    """Through the provider; then the purpose for which the case is opened is given where it is asked."""
    screen.page.goto(screen.address)
    screen.page.locator(".st-key-sign_in button").click(timeout=60_000)
    screen.page.get_by_role("link", name=who).click()
    screen.page.locator(".st-key-whoami, .st-key-sign_out").first.wait_for(timeout=60_000)
    screen.settle()
    if purpose and screen.page.locator(".st-key-purpose_text").count():  # it is asked of each person once
        assert "north_star" not in screen.page.content()
        screen.fill("purpose_text", purpose)
        with contextlib.suppress(Exception):  # Enter may have sent it already
            screen.page.locator(".st-key-purpose_send button").click(timeout=2_000)
        screen.settle()


@contextlib.contextmanager
def at(browser: Any, team: Team) -> Iterator[Screen]:
    with screen_on(browser, team.address, beside=(team.provider,)) as screen:
        yield screen


def open_query(screen: Screen, **values: str) -> None:
    given = "".join(f"&{name}={value}" for name, value in values.items())
    screen.page.goto(f"{screen.address}/queries?case={CASE}{given}")
    screen.page.locator(".st-key-query_team").wait_for(timeout=60_000)
    screen.settle()


def panel(screen: Screen, key: str) -> Any:
    screen.page.locator(f".st-key-query_{key} button").first.click()
    found = screen.page.locator(f".st-key-query_{key}_open")
    found.wait_for(timeout=30_000)
    screen.settle()
    return found


def test_two_people_share_edit_compare_restore_and_run_and_a_third_sees_nothing(
    browser: Any, team: Team, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with at(browser, team) as ann, at(browser, team) as bob, at(browser, team) as eve, at(browser, team) as zoe:
        ann.page.goto(f"{team.address}/leads?case={CASE}")
        ann.page.locator(".st-key-sign_in button").wait_for(timeout=60_000)
        assert CASE not in ann.page.locator("[data-testid=stApp]").inner_text(), "before the sign-in stands nothing"
        sign_in(ann, ANN, purpose=PURPOSE)
        sign_in(bob, BOB, purpose="complaint 13")

        open_query(ann, query="contacts-of")
        panel(ann, "duplicate")
        ann.fill("duplicate_title", "Contacts of, ours")
        ann.page.get_by_text("Duplicated: Contacts of, ours is yours and open here.").wait_for(timeout=30_000)
        ann.page.locator(f"[data-testid=stMain] :text('{QUERY}')").first.wait_for(timeout=30_000)
        open_query(ann, query=HANDLE)
        panel(ann, "share")
        field = ann.page.locator(".st-key-share_edit input")
        field.fill(BOB)
        field.press("Enter")
        field.press("Tab")  # the list of names lies over the button until then
        ann.click("share_send")
        ann.until(lambda: _sharing(team) == {BOB: "edit"})

        open_query(bob, query=HANDLE, p_account=f"{CASE}:hub", run="1")
        bob.answered()
        assert "Showing 21 of 21 rows" in bob.words()
        bob.page.get_by_text("Statement", exact=True).first.click()
        bob.click("to_console")
        statement = bob.page.locator(".st-key-console_editor .cm-content").inner_text()
        bob.write_statement(statement.replace("ORDER BY", "// by bob\nORDER BY", 1))
        bob.page.locator(".st-key-save_popover button").first.click()
        bob.page.locator(".st-key-save_form").wait_for(timeout=30_000)
        bob.click("save_query")
        bob.until(lambda: len(_revisions(team)) == 2)
        assert [(one.author, one.query.title, one.query.owner) for one in _revisions(team)] == [
            (ANN, "Contacts of, ours", ANN), (BOB, "Contacts of, ours", ANN),
        ]

        open_query(ann, query=HANDLE)
        told = panel(ann, "revisions")
        assert "+ // by bob" in told.inner_text()
        ann.click("restore_query")
        ann.until(lambda: len(_revisions(team)) == 3)
        assert _revisions(team)[2].query.cypher == _revisions(team)[0].query.cypher
        open_query(ann, query=HANDLE)
        panel(ann, "ran")
        cells = ann.page.locator(".st-key-query_ran_open [role=gridcell]").all_text_contents()
        assert BOB in cells

        sign_in(eve, EVE)
        eve.page.goto(f"{team.address}/queries?case={CASE}&query={HANDLE}&p_account={CASE}:hub&run=1")
        eve.page.locator(".st-key-no_case").wait_for(timeout=60_000)
        for path in (f"leads?case={CASE}", f"account?case={CASE}&account={CASE}:hub", f"explore?case={CASE}"):
            eve.page.goto(f"{team.address}/{path}")
            eve.page.locator(".st-key-no_case").wait_for(timeout=60_000)
            shown = eve.page.locator("[data-testid=stApp]").inner_text()
            assert "north_star" not in shown
            assert "Contacts of, ours" not in shown
        sign_in(zoe, ZOE)
        assert "has no role here" in zoe.words()
        assert zoe.page.get_by_test_id("stSidebarNavLink").count() == 0
        _a_file_is_whose_it_was_made_for(team, ann, bob, eve, zoe)

        _third_by_command_line_and_python(team, monkeypatch, capsys, tmp_path)
        _a_session_that_was_left_is_over_in_every_tab(ann)


def _a_file_is_whose_it_was_made_for(team: Team, ann: Screen, *others: Screen) -> None:
    open_query(ann, query=HANDLE, p_account=f"{CASE}:hub", run="1")
    ann.answered()
    ann.page.locator(".st-key-query_export button").first.click()
    with ann.page.expect_download() as waiting:
        ann.page.locator(".st-key-answer_download button").click()
    assert waiting.value.suggested_filename == f"{CASE}-{HANDLE.partition('@')[0]}-csv.zip"
    path = urlsplit(waiting.value.url).path
    assert [_file(screen, path) for screen in (ann, *others)] == [200, 404, 404, 403], "not a colleague's either"
    with team.casework() as workbench:
        roster = workbench.casework.roster
        roster.remove_member(CASE, ANN, by=system_user())
        assert _file(ann, path) == 404, "of a case that is hers no more"
        roster.add_member(CASE, ANN, by=system_user())


def _third_by_command_line_and_python(
    team: Team, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with team.casework() as workbench:
        passes = {who: workbench.casebook.passes.issue(who, note="", days=1, by=system_user()) for who in (ANN, EVE)}
    for name, value in (("WORKSPACE", str(team.settings.workspace)), ("DATABASE", str(team.settings.database_url)),
                        ("PURPOSE", PURPOSE), ("PASS", passes[EVE])):
        monkeypatch.setenv(f"FILATURE_{name}", value)
    out, case = tmp_path / "out.graphml", ["--case", CASE]
    for arguments in (
        ["query", "show", HANDLE], ["query", "show", QUERY], ["query", "history", QUERY],
        ["query", "compare", QUERY, "1", "2"], ["query", "restore", QUERY, "1"],
        ["query", "run", HANDLE, "-p", f"account={CASE}:hub", *case], ["cypher", "MATCH (n) RETURN n", *case],
        ["export", "--all", "--to", "graphml", str(out), *case], ["query", "export", str(tmp_path / "pack"), QUERY],
        ["query", "runs", *case], ["custody", *case], ["people", "add", EVE, *case],
        ["people", "give", EVE, "administrator"], ["people", "passes", "--all"],
    ):
        assert run(arguments) == 2, arguments
        told = capsys.readouterr()
        assert "north_star" not in told.out + told.err, arguments
    assert not out.exists()
    assert run(["query", "list"]) == 0
    assert QUERY not in capsys.readouterr().out
    with Workbench(Settings.load(_environment())) as workbench:
        assert workbench.person == EVE
        assert workbench.cases() == ()
        with pytest.raises(UnknownCase):
            open_case(CASE)
        with pytest.raises(UnknownCase):
            workbench.case(CASE)
        with pytest.raises(UnknownQuery):
            workbench.casebook.query(QUERY, EVE)
    monkeypatch.setenv("FILATURE_PASS", passes[ANN])
    assert run(["query", "run", HANDLE, "-p", "account=north_star", *case, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 21
    asked = ["--query", HANDLE, "-p", f"account={CASE}:hub"]
    assert run(["export", *case, *asked, "--to", "graphml", str(out)]) == 0
    monkeypatch.delenv("FILATURE_PASS")
    monkeypatch.setenv("FILATURE_USER", ANN)
    with Workbench(Settings.load(_environment())) as workbench, pytest.raises(NotSignedIn):
        _ = workbench.person
    with team.casework() as workbench:
        entries = workbench.casework.audit()
        acts = [(entry.user, entry.action) for entry in entries]
        assert workbench.casework.verify_audit() == ()
    for act in ((ANN, "duplicate query"), (ANN, "share query"), (BOB, "run query"), (BOB, "save query"),
                (ANN, "restore query"), (ANN, "export"), (EVE, "sign in"), (ANN, "run query")):
        assert act in acts
    assert (EVE, "open case") not in acts
    purposes = {(entry.user, json.loads(entry.detail)["purpose"]) for entry in entries if entry.action == "open case"}
    assert {(ANN, PURPOSE), (BOB, "complaint 13")} <= purposes


def _a_session_that_was_left_is_over_in_every_tab(screen: Screen) -> None:
    cookies = screen.page.context.cookies()
    tab = screen.page.context.new_page()
    tab.goto(f"{screen.address}/leads?case={CASE}")
    tab.locator("[data-testid=stMain] h1").wait_for(timeout=60_000)
    screen.page.locator(".st-key-sign_out button").click()
    screen.page.locator(".st-key-sign_in button").wait_for(timeout=60_000)
    tab.get_by_test_id("stSidebarNavLink").first.click()
    tab.locator(".st-key-sign_in button").wait_for(timeout=60_000)
    assert tab.get_by_test_id("stSidebarNavLink").count() == 0
    screen.page.context.add_cookies(cookies)  # one that was kept opens nothing
    tab.goto(f"{screen.address}/leads?case={CASE}")
    tab.get_by_text("The session has ended").first.wait_for(timeout=60_000)
    assert _file(screen) == 403
    tab.close()


def _file(screen: Screen, path: str = "/media/none.zip") -> int:
    """What the server answers to a request for a file of a page, with this browser's cookies."""
    return int(screen.page.request.get(f"{screen.address}{path}").status)


def _environment() -> dict[str, str]:
    import os

    return dict(os.environ)


def _sharing(team: Team) -> dict[str, str]:
    with team.casework() as workbench:
        return dict(workbench.casework.saved.sharing(HANDLE, ANN).people)


def _revisions(team: Team) -> Any:
    with team.casework() as workbench:
        return workbench.casework.saved.revisions(HANDLE, ANN)


def test_a_watched_query_tells_what_is_new_after_an_ingest_until_it_was_seen(
    browser: Any, team: Team, tmp_path: Path
) -> None:
    with at(browser, team) as screen:
        sign_in(screen, BOB, purpose=PURPOSE)
        open_query(screen, query="contacts-of", p_account=f"{CASE}:hub")
        panel(screen, "watch")
        screen.click("watch_begin")
        screen.until(lambda: bool(_watched(team)), within_s=60.0)
        with team.casework() as workbench:
            table(
                tmp_path / "messages.csv", ("message_id", "sent_at", "sender_id", "recipient_id"),
                [("late-1", "2024-03-04T10:00:00Z", "hub", "newcomer")],
            )
            bob = workbench.acting(BOB)
            bob.ingest(bob.case(CASE), [tmp_path])
        screen.page.goto(f"{team.address}/?case={CASE}")
        screen.page.locator(".st-key-to_watched button").click(timeout=60_000)
        number = _watched(team)[0][0].number
        screen.page.locator(f".st-key-news_{number} button").wait_for(timeout=60_000)
        assert "1 new row" in screen.page.locator(f".st-key-watch_{number}").inner_text()
        screen.click(f"news_{number}")
        cells = screen.page.locator(".st-key-watched_queries [role=gridcell]").all_text_contents()
        assert [cell for cell in cells if cell.startswith(f"{CASE}:")] == [f"{CASE}:newcomer"]
        screen.click(f"seen_{number}")
        screen.until(lambda: _watched(team)[0][1].fresh == 0)
        screen.click(f"unwatch_{number}")
        screen.until(lambda: not _watched(team))


def _watched(team: Team) -> Any:
    with team.casework() as workbench:
        return workbench.casework.watches.of(CASE, BOB)


def test_a_role_of_a_claim_covers_what_it_covers_and_a_session_left_idle_ends(browser: Any, team: Team) -> None:
    usual = team.rules.read_text(encoding="utf-8")
    by_claim = f'{usual}role_claim = "groups"\n%s[filature.roles]\nzoe = "reader"\n'
    with at(browser, team) as zoe, team.casework() as workbench:
        try:
            team.rules.write_text(by_claim % "", encoding="utf-8")
            sign_in(zoe, ZOE)
            workbench.casework.roster.add_member(CASE, ZOE, by=system_user())
            zoe.page.goto(f"{team.address}/leads?case={CASE}")
            zoe.fill("purpose_text", PURPOSE)
            zoe.settle()
            judge = zoe.page.locator(".st-key-triage_judge button").first
            judge.wait_for(timeout=60_000)
            assert judge.is_disabled()
            judge.hover(force=True)
            why = zoe.page.get_by_test_id("stTooltipContent")
            why.get_by_text("Judging, noting and tagging are for analysts and leads.").wait_for(timeout=20_000)
            assert zoe.page.locator(".st-key-finding_export button").first.is_disabled()
            team.rules.write_text(by_claim % "idle_minutes = 0.02\n", encoding="utf-8")
            zoe.page.wait_for_timeout(2_000)
            zoe.page.get_by_test_id("stSidebarNavLink").first.click()
            zoe.page.get_by_text("The session has ended").first.wait_for(timeout=60_000)
            assert zoe.page.get_by_test_id("stSidebarNavLink").count() == 0
        finally:
            team.rules.write_text(usual, encoding="utf-8")
        acts = [(entry.user, entry.action) for entry in workbench.casework.audit()]
        assert ("sign-in", "role by sign-in") in acts
        assert (ZOE, "idle") in acts
