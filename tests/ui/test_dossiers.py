"""Dossiers and threads in a real browser: an account with 100,000 messages, hostile names.

Nothing here needs the graph: dossiers are read from evidence.  What needs no browser is looked at in process.
"""

import json
import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ingest.batch import ingest
from tests import labels
from tests.labels import known_key, token
from tests.ui.conftest import USER, serving, store_current_findings
from tests.ui.english import told
from tests.ui.quay import CASE, HUB, MANY, MINOR, OTHER, evidence, findings
from tests.ui.screen import Screen, at
from tests.ui.test_app import _closed, at_screen, submit
from tests.ui.test_app import texts as words
from tests.ui.test_casework import cell, date_typed, given
from workbench.bootstrap import Workbench
from workbench.settings import Settings

__all__ = ["_closed"]  # a fixture: what the screens in process hold open is given back after every test
pytestmark = pytest.mark.browser
IN_TIME_S = 2.0
"""What a page of an account with 100,000 messages may take of the server's time."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("dossiers")
    with Workbench(Settings(workspace=made / "w", user=USER)) as workbench:
        case = known_key(workbench.case(CASE, create=True))
        assert ingest([evidence(made / "sources")], case=case).rejected == 0
        store_current_findings(case, findings())
        workbench.casebook.judge(findings().findings[0].finding_id, "in review", "to look at", "ann", case=CASE)
    return made / "w"


@pytest.fixture(scope="module")
def address(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(folder, tmp_path_factory.mktemp("server") / "log.txt") as url:
        yield url


def tab(screen: Screen, name: str) -> None:
    screen.page.get_by_role("tab", name=name, exact=True).click()
    screen.settle()


def cells(screen: Screen) -> list[str]:
    return screen.page.locator("[role=gridcell]").all_text_contents()


def shows(screen: Screen, *wanted: str) -> bool:
    """Whether tables show these cells, once they are drawn."""
    screen.until(lambda: set(wanted) <= set(cells(screen)), within_s=30)
    return True


def says(screen: Screen, wanted: str) -> None:
    """Wait for a sentence: a tab that is opened is read when it is opened."""
    screen.until(lambda: wanted in screen.words(), within_s=30)


def drawn(screen: Screen, told: str) -> None:
    """Wait for the picture that is told so to who cannot see it."""
    picture = screen.page.locator(f'[data-testid=stVegaLiteChart][aria-label*="{told}"]')
    picture.locator("canvas, svg").first.wait_for(timeout=60_000)


def opened(screen: Screen, path: str) -> None:
    """The conversation, with its reason given where it is asked for."""
    at(screen, path)
    if screen.page.locator(".st-key-open_thread_reason").count():
        screen.page.locator(".st-key-open_thread_reason input").fill("to judge the lead")
        screen.page.get_by_role("button", name="Open the conversation").click()
    screen.page.locator(".thread-message").first.wait_for(timeout=60_000)
    screen.settle()


def texts(screen: Screen) -> list[str]:
    return screen.page.locator(".thread-text").all_inner_texts()


def test_who_else_used_a_mark_is_listed_and_opened_by_a_click(screen: Screen) -> None:
    at(screen, f"account?account={HUB}")
    assert shows(screen, "d-1", "192.0.2.1")
    cell(screen, f"marks_{token(HUB)}", 0)
    cell(screen, f"sharers_{token(f'{HUB}deviced-1')}", 0)
    screen.until(lambda: given(screen, "account") == OTHER)
    screen.settle()
    assert screen.page.get_by_role("tab", name="Who, and who else").get_attribute("aria-selected") == "true"


def test_sessions_and_the_timeline_are_read_by_pages_and_a_row_opens_what_it_tells_of(screen: Screen) -> None:
    at(screen, f"account?account={HUB}")
    tab(screen, "Sessions")
    says(screen, "1 to 200 of 450")
    screen.fill(f"sessions_{token(HUB)}", "3")
    says(screen, "401 to 450 of 450")
    tab(screen, "Timeline")
    drawn(screen, "Events by day")
    screen.page.locator(".st-key-timeline_lanes").get_by_text("Judgements and notes", exact=True).click()
    screen.settle()
    says(screen, "1 event")
    assert shows(screen, "judgement")
    rows = f"timeline_rows_{token(HUB)}"
    screen.page.locator(".st-key-timeline_lanes").get_by_text("Judgements and notes", exact=True).click()
    says(screen, "events")
    screen.settle()
    screen.page.locator(".st-key-timeline_lanes").get_by_text("First contacts", exact=True).click()
    says(screen, "2 events")
    assert shows(screen, "was written to first by", "wrote first to")
    screen.settle()
    cell(screen, rows, 1)
    screen.page.get_by_role("heading", name="Conversation", exact=True).wait_for()
    screen.settle()
    assert given(screen, "record") == "k0", "at the first message of the contact that was clicked"
    screen.page.go_back()
    screen.page.get_by_role("heading", name="Account", exact=True).wait_for()
    screen.settle()
    assert given(screen, "account_tab") == "timeline"
    says(screen, "2 events")  # the address holds what is looked at
    screen.page.locator(".st-key-timeline_lanes").get_by_text("First contacts", exact=True).click()
    says(screen, "529 events")
    screen.settle()
    cell(screen, rows, 3)  # a session opens nothing
    screen.page.locator(".st-key-timeline_lanes").get_by_text("Leads", exact=True).click()
    says(screen, "1 event")
    screen.settle()
    assert screen.page.get_by_role("heading", level=1).inner_text() == "Account", "another row stands in its place now"
    cell(screen, rows, 0)
    screen.page.get_by_role("heading", name="Leads", exact=True).wait_for()
    screen.settle()
    assert given(screen, "lead") == labels.lead(findings().findings[0].finding_id)


def test_two_accounts_side_by_side_say_when_one_was_there_and_the_other_not(screen: Screen) -> None:
    at(screen, f"account?account={HUB}&beside={OTHER}")
    tab(screen, "Side by side")
    says(screen, "No session of one ever ran while a session of the other did.")
    says(screen, "The shortest time from the end of one's session to the start of the other's: 5 min.")
    says(screen, "They wrote to each other: 50,000 and 50,000 messages.")
    drawn(screen, "the one, the other or both")
    assert given(screen, "beside") == OTHER


def test_a_page_of_an_account_with_100_000_messages_opens_in_time(folder: Path) -> None:
    """The server's own time, without the browser's."""
    from ingest.lake import Lake
    from workbench import dossier
    from workbench.views.models import conversation

    with Workbench(Settings(workspace=folder, user=USER)) as workbench, Lake(workbench.case(CASE)) as lake:
        def account() -> None:
            profile, found = dossier.profile(lake, HUB), dossier.contacts(lake, HUB)
            dossier.marks(lake, HUB)
            dossier.age_bases(lake, [HUB])
            dossier.timeline(lake, profile, contacts=found).page()

        thread = conversation.Thread(HUB, OTHER)
        for what in (
            account, lambda: dossier.presence(lake, HUB, OTHER), lambda: conversation.page(lake, thread, number=MANY),
            lambda: conversation.numbers_of(lake, thread, conversation.Only(text="needle")),
        ):
            began = time.process_time()
            what()
            assert time.process_time() - began < IN_TIME_S


def test_a_thread_of_100_000_messages_is_read_by_pages_days_words_and_writers(screen: Screen) -> None:
    opened(screen, f"conversation?a={HUB}&b={OTHER}")
    says(screen, "1 to 100 of 100,000")
    assert texts(screen)[0] == "word 0"
    screen.click("thread_above_last")
    assert texts(screen)[-1] == "word 99999"
    screen.click("thread_above_earlier")
    says(screen, "99,801 to 99,900 of 100,000")
    date_typed(screen, "thread_day", "20240110")
    assert "word 12960" in texts(screen), "the first message of that day"
    screen.in_view(".thread-marked")
    assert screen.page.locator(".thread-day").first.inner_text() == "9 January 2024"
    assert re.search(r"messages\.csv:12962$", screen.page.locator(".thread-marked .thread-place").inner_text())
    screen.fill("thread_text", "NEEDLE")
    says(screen, "5 messages fit")
    says(screen, "2 of 5")  # the next one from where the page stood
    assert screen.page.locator(".thread-marked .thread-text").inner_text() == "needle 20007"
    screen.click("hit_before")
    screen.click("hit_before")
    says(screen, "5 of 5")  # round to the last
    screen.click("hit_after")
    screen.click("hit_after")
    assert screen.page.locator(".thread-marked .thread-text").inner_text() == "needle 20007"
    screen.in_view(".thread-marked")
    screen.page.locator(".st-key-thread_alone label").first.click()
    screen.settle()
    assert texts(screen) == [f"needle {n}" for n in range(7, MANY, 20_000)]
    says(screen, "19,999 messages not shown")
    screen.page.reload()
    screen.page.locator(".thread-message").first.wait_for(timeout=60_000)
    screen.settle()
    assert texts(screen) == [f"needle {n}" for n in range(7, MANY, 20_000)], "the address holds what is looked for"
    screen.page.locator(".st-key-thread_by input").fill("north_star")
    screen.page.locator(".st-key-thread_by input").press("Enter")
    screen.until(lambda: given(screen, "by") == HUB)
    screen.settle()
    screen.page.reload()
    says(screen, "5 messages fit")
    assert screen.page.locator(".st-key-thread_by input").input_value() == "north_star"


def test_the_cited_messages_are_marked_and_found_and_the_age_is_that_of_the_moment(screen: Screen) -> None:
    lead = findings().findings[0].finding_id
    opened(screen, f"conversation?a={HUB}&b={MINOR}&lead={lead}")
    assert screen.page.locator(".thread-cited").count() == 1
    heads = screen.page.locator(".thread-head").all_inner_texts()
    assert "34 years old then, by the evidence" in heads[0]
    assert "cited by a lead" in heads[0]
    assert "13 years old then, by the evidence" in heads[1]
    assert heads[1].startswith("minor ▪▪▪")
    says(screen, "9 days of silence")
    opened(screen, f"conversation?a={HUB}&b={OTHER}&lead={lead}")
    screen.page.locator(".st-key-thread_cited label").first.click()
    says(screen, "1 of 1")
    assert screen.page.locator(".thread-marked.thread-cited .thread-text").inner_text() == "word 50001"


def test_a_phrase_leads_from_the_sidebar_to_its_conversation_and_is_looked_for_there(screen: Screen) -> None:
    at(screen, f"account?account={HUB}")
    screen.fill("search", "Néedle")
    screen.click("search_in_texts")
    screen.page.get_by_role("heading", name="Search", level=1).wait_for()
    if screen.page.locator(".st-key-search_texts_reason").count():  # the reason stands where it is tried once more
        screen.fill("search_texts_reason", "who else says so")
    says(screen, "5 messages hold these words, in 1 conversation or room.")
    assert "needle 7" not in cells(screen)
    table = screen.page.locator(".st-key-texts_found canvas").first
    screen.page.keyboard.press("Shift")
    table.focus()  # as by Tab: nothing is chosen; the first key chooses the first row, and opens nothing
    screen.page.keyboard.press("ArrowDown")
    screen.page.locator(".st-key-texts_found_open button").wait_for()
    screen.settle()
    assert screen.page.get_by_role("heading", name="Search", level=1).is_visible()
    screen.page.locator(".st-key-texts_found_open button").focus()
    screen.page.keyboard.press("Enter")
    screen.page.get_by_role("heading", name="Conversation", level=1).wait_for()
    screen.page.go_back()
    says(screen, "5 messages hold these words")
    for comes_back in (True, False):
        screen.row(".st-key-texts_found", 0)
        screen.page.get_by_role("heading", name="Conversation", level=1).wait_for()
        if comes_back:
            screen.page.go_back()
            says(screen, "5 messages hold these words")
    there = urlsplit(screen.page.url)
    opened(screen, f"{there.path.strip('/')}?{there.query}")
    says(screen, "5 messages fit")
    says(screen, "1 of 5")
    assert screen.page.locator(".thread-marked .thread-text").inner_text() == "needle 7"


@pytest.fixture
def in_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same case for screens without a server and a browser."""
    monkeypatch.setenv("FILATURE_WORKSPACE", str(folder))
    monkeypatch.setenv("FILATURE_USER", USER)
    return folder


@pytest.mark.usefixtures("in_process")
def test_the_figures_of_an_account_meet_those_of_its_lead_and_say_how_they_are_counted() -> None:
    app = at_screen("Account", account=HUB)
    assert "2 private contacts, 1 begun by this account" in words(app)
    assert "1 with minors: it wrote first to 1 known as minors then · " in words(app)
    app = at_screen("Account", account=HUB, account_tab="contacts")
    assert "Showing 2 of 2." in words(app)
    app.button_group(key="contact_filter").set_value(["minors"]).run()
    assert "Showing 1 of 2." in words(app)
    assert app.query_params["contact_filter"], "the filter lives in the address"
    assert "minors by what was known then: the figure of a hub's lead" in words(app)
    said = words(at_screen("Account", account=HUB, language="fr"))
    assert "2 contacts privés, dont 1 commencés par ce compte" in said


@pytest.mark.usefixtures("in_process")
def test_a_conversation_leads_to_accounts_room_and_the_leads_that_cite_it_and_names_no_other() -> None:
    lead = findings().findings[0].finding_id
    app = at_screen("Conversation", a=OTHER, b=HUB)
    assert "Cited by 1 lead" in told(app)
    app.session_state["thread_leads"] = True  # as a press on it does
    app.run().button(key=f"open_lead_{lead}").click().run()
    assert (app.title[0].value, app.query_params["lead"]) == ("Leads", labels.lead(lead))
    app = at_screen("Conversation", a=f"{CASE}:x1", b=HUB)
    assert not [line for line in told(app) if "Cited by" in line], "its lead cites none of these messages"
    app = at_screen("Conversation", a=HUB, b=MINOR, lead=lead)
    assert not [line for line in told(app) if "Cited by" in line], "no other lead cites it"
    app.button(key=f"thread_{token(MINOR)}").click().run()
    assert app.title[0].value == "Account"
    app = at_screen("Conversation", room=f"{CASE}:lobby")
    app.button(key=f"thread_{token(f'{CASE}:lobby')}").click().run()
    assert app.title[0].value == "Room"


def test_a_reason_opens_one_conversation_over_a_reload_and_every_opening_is_logged(
    in_process: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_USER", "hal")  # who was asked for no reason yet
    app = at_screen("Conversation", a=MINOR, b=HUB)
    assert not [line for line in told(app) if "good morning" in line]
    app.text_input(key="open_thread_reason").set_value("to judge the lead")
    submit(app, "Open the conversation")
    assert [line for line in told(app) if "good morning" in line]
    app = at_screen("Conversation", a=HUB, b=MINOR)
    assert "open_thread_reason" not in {field.key for field in app.text_input}
    assert "with your reason “to judge the lead”; it stands for 12 hours." in words(app)
    app = at_screen("Conversation", room=f"{CASE}:lobby")
    assert app.text_input(key="open_thread_reason").value == "", "a reason given for something else is not offered"
    with Workbench(Settings(workspace=in_process, user=USER)) as workbench:
        log = workbench.casebook.audit()
    logged = [json.loads(entry.detail) for entry in log if (entry.user, entry.action) == ("hal", "open conversation")]
    assert [{entry["one"], entry["other"]} for entry in logged] == [{MINOR, HUB}] * 2, "each session's opening"
    assert [entry["stated"] for entry in logged] == [True, False], "the reason was stated once"
    assert {entry["reason"] for entry in logged} == {"to judge the lead"}


@pytest.mark.usefixtures("in_process")
def test_a_company_s_owners_at_a_date_in_turn_with_posts_and_addresses() -> None:
    app = at_screen("Company")
    next(button for button in app.button if CASE in button.label).click().run()
    assert "60%" in words(app)
    assert "closes a circle" in words(app)
    assert "54.5%" in words(app), "through the circle"
    app.date_input(key="at").set_value(date(2020, 6, 1)).run()
    assert "A. Keel" in words(app)
    assert "90%" in words(app)
    for tab, shown in (("in-turn", "A. Keel"), ("seats", "director")):
        app.query_params["company_tab"] = tab
        app.run()
        assert not app.exception
        assert shown in words(app)
        assert "[click](javascript" not in "".join(item.value for item in (*app.markdown, *app.caption)), "a name acts"


def test_a_room_shows_its_audience_hubs_and_the_contacts_that_begin_there(screen: Screen) -> None:
    at(screen, f"room?room={CASE}:lobby")
    says(screen, "1 account that leads name as a hub, 1 by strong evidence")
    tab(screen, "Known hubs")
    assert shows(screen, "north_star")
    tab(screen, "Contacts that begin here")
    cell(screen, f"begun_{token(f'{CASE}:lobby')}", 0)
    screen.click("read_room_then")
    screen.page.get_by_role("heading", name="Conversation", exact=True).wait_for()
    screen.settle()
    assert given(screen, "at") == "2024-01-01T01:00:00"
