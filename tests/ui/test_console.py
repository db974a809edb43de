"""The Cypher console in a real browser: what only the editor, the chart and a running statement show."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.ui.conftest import CASE
from tests.ui.screen import Screen

pytestmark = pytest.mark.embedded
CONTACTS = "MATCH (a:Account)-[c:CONTACTED]->(b) RETURN a.id AS who, sum(c.messages) AS messages ORDER BY who"
# some 10 to the power of 12 rows, none of which is an answer
ENDLESS = "MATCH (a), (b), (c), (d), (e), (f), (g), (h) WHERE a.id + h.id = 'x' RETURN a"


def editor_text(screen: Screen) -> str:
    return str(screen.page.locator(".editor-host").evaluate("host => host.editorView.view.state.doc.toString()"))


def test_a_statement_is_written_run_stopped_charted_exported_and_taken_up_again(
    screen: Screen, tmp_path: Path
) -> None:
    page = screen.page
    screen.open("Queries")
    screen.choose("query_mode", "Cypher console")
    # completion knows the case's graph, and the guard's functions
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")  # another test may have left a draft
    page.keyboard.press("Delete")
    page.keyboard.type("MATCH (a:Acc")
    page.locator(".cm-tooltip-autocomplete li[aria-selected]", has_text="Account").wait_for()
    page.wait_for_timeout(200)  # a completion that has just opened takes no key
    page.keyboard.press("Tab")
    assert editor_text(screen) == "MATCH (a:Account)"
    assert page.locator(".cm-content span", has_text="MATCH").first.evaluate(
        "(word) => getComputedStyle(word).color !== getComputedStyle(word.closest('.cm-content')).color"
    )
    # what is selected runs alone; a name that is not there is marked
    screen.write_statement("RETURN 1 AS one\n\nMATCH (a:Acount) RETURN a.id AS who")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Control+Enter")
    page.get_by_text("No label Acount in this graph: Account?").wait_for()
    page.locator(".cm-lintRange-warning", has_text="Acount").wait_for()
    # a running statement is stopped, and the engine answers on
    screen.write_statement(ENDLESS)
    page.keyboard.press("Control+Enter")
    page.locator(".st-key-cancel_statement button").click()
    page.get_by_text("The engine has ended the statement.").wait_for()
    # aggregates: as a chart, and as a file
    screen.write_statement(CONTACTS)
    page.keyboard.press("Control+Enter")
    screen.answered()
    # an answer of another statement says so while that is still written
    of_before = page.get_by_text("The answer below is that of what ran before")
    assert of_before.count() == 0
    screen.write_statement(f"{CONTACTS} LIMIT 3")
    of_before.wait_for()
    screen.write_statement(CONTACTS)
    page.keyboard.press("Control+Enter")
    screen.answered()
    of_before.wait_for(state="detached")
    screen.choose("answer_as", "Chart")
    page.locator("[data-testid=stVegaLiteChart]").locator("canvas, svg").first.wait_for(timeout=60_000)
    page.locator(".st-key-query_export button").first.click()
    page.locator(".st-key-answer_format").click()
    page.get_by_role("option", name="json", exact=True).click()
    screen.settle()
    with page.expect_download() as download:
        page.locator(".st-key-answer_download button").click()
    saved = tmp_path / "answer.zip"
    download.value.save_as(saved)
    with zipfile.ZipFile(saved) as archive:
        rows = json.loads(archive.read(f"{CASE}-answer.json"))
        manifest = json.loads(archive.read(f"{CASE}-answer.json.manifest.json"))
    assert {row["who"] for row in rows} >= {f"{CASE}:hub", f"{CASE}:oak"}
    assert (manifest["rows"], manifest["statement"]) == (len(rows), CONTACTS)
    page.keyboard.press("Escape")
    # the history holds what was run, and gives it back
    screen.write_statement("RETURN 1 AS one")
    page.locator(".st-key-console_history button").first.click()
    cells = page.locator(".st-key-console_history_rows .dvn-scroller").first
    cells.wait_for()
    screen.settle()
    cells.click(position={"x": 60, "y": 50})
    screen.settle()
    screen.until(lambda: editor_text(screen) == CONTACTS)
    # the address says nothing of it
    assert "MATCH" not in page.url
    assert "CONTACTED" not in page.url


def test_in_the_plain_field_too_ctrl_enter_runs_and_what_was_saved_is_said_in_sight_found_and_run(
    screen: Screen
) -> None:
    page = screen.page
    screen.open("Queries")
    screen.choose("query_mode", "Cypher console")
    plain = page.locator(".st-key-console_plain label").first
    plain.click()
    screen.settle()
    field = page.locator(".st-key-console textarea")
    for rows in (3, 2):
        field.fill(f"{CONTACTS} LIMIT {rows}")
        field.press("Control+Enter")
        page.get_by_text(f"Showing {rows} of {rows} rows").wait_for(timeout=60_000)
        screen.settle()
    page.locator(".st-key-save_popover button").first.click()
    page.locator("[class*=st-key-save_title_] input").fill("Who writes most")
    page.locator(".st-key-save_query button").click()
    page.get_by_text("Saved as who-writes-most, revision 1.").wait_for()
    screen.in_view("[data-testid=stPopoverBody] [data-testid=stAlert]")
    # what is said of it is as it stands now, and another query can be made of it
    page.get_by_text("nobody else sees it").wait_for()
    page.locator(".st-key-save_form").get_by_text("Share with the team").click()
    page.locator(".st-key-save_query button").click()
    page.get_by_text("Saved as who-writes-most, revision 2.").wait_for()
    page.get_by_text("nobody else sees it").wait_for(state="detached")
    page.locator(".st-key-save_form").get_by_text("As a new query").click()
    page.locator(".st-key-save_query button").click()
    page.get_by_text("Saved as who-writes-most-2, revision 1.").wait_for()
    page.keyboard.press("Escape")
    # an empty field says what is missing
    field.fill(" ")
    field.press("Control+Enter")
    page.get_by_text("Nothing is written yet").wait_for()
    screen.settle()
    plain.click()
    screen.settle()
    # it stands in the library, and its answer is brought into the window, below which it begins
    page.set_viewport_size({"width": 1440, "height": 440})
    screen.choose("query_mode", "Saved queries")
    screen.fill("query_filter", "Who writes most")
    screen.row("[class*=st-key-query_list]", 0)  # what this person had open last stays until another is chosen
    assert "revision 2 · who-writes-most" in screen.words()
    screen.click("run_query")
    assert "Showing 2 of 2 rows" in screen.words()
    screen.in_view(".st-key-answer_bar")
