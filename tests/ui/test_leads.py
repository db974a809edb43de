"""The Leads screen in a real browser: pictures by kind, what a run changed, the list by keys, a run and its notice."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.detect.finding import best_first
from tests import labels
from tests.ui.conftest import CASE, USER, findings, serving
from tests.ui.screen import Screen, at, screen_on
from tests.ui.test_casework import cell, given
from workbench.bootstrap import Workbench
from workbench.settings import Settings
from workbench.views.models.leads.listing import ordered

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
_POSITIONS = """() => Object.fromEntries([...document.querySelectorAll('[data-testid=stMain] [class*=st-key-]')]
  .filter((part) => part.offsetParent && !part.closest('[class*=st-key-notice_]'))
  .map((part) => [[...part.classList].find((name) => name.startsWith('st-key-')), part.getBoundingClientRect()])
  .map(([key, box]) => [key, [Math.round(box.x), Math.round(box.y), Math.round(box.width)]]))"""
# The notice at the end of what makes it go by itself: does it let a press through?  Then it stands again.
_LATER = """(notice) => {
  const { x, y, width, height } = notice.getBoundingClientRect(), goes = notice.getAnimations();
  goes.forEach((one) => one.finish());
  const through = goes.length > 0 && !notice.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  goes.forEach((one) => one.cancel());
  return through;
}"""
LEADS = {found.kind: found.finding_id for found in findings().findings}


def test_an_open_lead_has_a_picture_that_leads_nowhere_and_a_table_of_it(browser: Any, address: str) -> None:
    """Leaving ``screen_on`` checks that nothing was fetched from elsewhere and that no name ran as a script."""
    with screen_on(browser, address, scheme="dark") as screen:
        at(screen, f"leads?lead={LEADS['hub']}")
        picture = screen.page.locator(".st-key-picture")
        picture.locator("canvas, svg.marks").first.wait_for()
        assert "minors 8" in picture.inner_text()
        assert screen.page.locator(".vega-actions, .vega-embed details, .vega-embed a").count() == 0
        picture.locator("canvas, svg.marks").first.hover(position={"x": 150, "y": 120})
        picture.get_by_text("The picture as a table").click()
        screen.settle()
        rows = screen.page.locator(".st-key-picture_rows [role=gridcell]", has_text="cited by the lead")
        rows.first.wait_for(state="attached")
        at(screen, f"leads?lead={LEADS['ambush']}")
        picture.locator("canvas, svg.marks").first.wait_for()
        assert "2 of 2 targets" in picture.inner_text()


def test_the_records_of_a_lead_have_room_beside_the_list(screen: Screen) -> None:
    screen.page.set_viewport_size({"width": 1366, "height": 768})
    at(screen, f"leads?lead={LEADS['hub']}&lead_tab=records")
    table = screen.page.locator(".dvn-scroller").last
    heads = table.locator("xpath=ancestor::*[contains(@class, 'stDataFrame')]").locator("[role=columnheader]")
    screen.until(lambda: heads.all_text_contents() == ["When (UTC)", "Who", "Content", "File and row"])
    assert table.evaluate("(e) => e.scrollWidth <= e.clientWidth")
    assert screen.page.locator(".st-key-record_ways").count() == 0
    screen.page.locator(".st-key-records .dvn-scroller").first.click(position={"x": 150, "y": 70})
    ways = screen.page.locator(".st-key-record_ways button")
    ways.first.wait_for()
    assert "Read it in its conversation" in ways.first.inner_text()
    ways.first.click()
    screen.page.wait_for_url("**/conversation*record=*")


def test_a_panel_that_opens_by_a_key_is_begun_in_and_nothing_lies_over_the_list_in_full_screen(screen: Screen) -> None:
    screen.page.set_viewport_size({"width": 1366, "height": 768})
    at(screen, f"leads?lead={LEADS['hub']}")
    for panel, first in (("judge", "radio"), ("note", "")):
        screen.page.locator(f".st-key-triage_{panel} button").first.press("Enter")
        focused = screen.page.locator(f".st-key-triage_{panel}_inside :focus")
        focused.wait_for()
        assert (focused.get_attribute("role") or "") == first
        screen.page.keyboard.press("Escape")
        focused.wait_for(state="detached")
    within = screen.page.locator("[data-testid=stPopoverBody] :focus")
    told = "(one) => one.outerHTML"
    for panel in ("finding_export", "lead_more"):
        button = screen.page.locator(f".st-key-{panel} button").first
        button.press("Enter")
        within.wait_for(timeout=10_000)
        first = within.evaluate(told)
        screen.page.keyboard.press("Shift+Tab")  # before the first comes the last one, not the page
        assert within.evaluate(told) != first
        screen.page.keyboard.press("Tab")
        assert within.evaluate(told) == first
        screen.page.keyboard.press("Escape")
        screen.until(lambda button=button: bool(button.evaluate("(one) => one === document.activeElement")))
    screen.page.locator(".st-key-leads [data-testid=stDataFrame]").hover()
    screen.page.get_by_role("button", name="Fullscreen").first.click()
    frame = screen.page.locator(".st-key-leads [data-testid=stFullScreenFrame]")
    over = """(frame) => [[100, 400], [1200, 400], [1200, 200]].filter(
      ([x, y]) => !frame.contains(document.elementFromPoint(x, y)))"""
    screen.until(lambda: frame.evaluate(over) == [])


def test_a_lead_without_records_has_no_picture(screen: Screen) -> None:
    at(screen, f"leads?lead={LEADS['shell']}")
    assert screen.page.locator(".st-key-picture").count() == 0
    assert screen.page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize(("language", "told"), [("fr", "n’ont pas de date"), ("en", "have no time")])
def test_the_tools_of_the_list_lie_over_no_word_above_it(screen: Screen, language: str, told: str) -> None:
    screen.page.set_viewport_size({"width": 1366, "height": 768})
    at(screen, f"leads?language={language}&since=2024-03-01")
    caption = screen.page.locator("[data-testid=stCaptionContainer] p", has_text=told)
    caption.wait_for()
    screen.page.locator(".st-key-leads [data-testid=stDataFrame]").hover()
    tools = screen.page.locator(".st-key-leads [data-testid=stElementToolbarButtonContainer]").first
    screen.until(lambda: (tools.bounding_box() or {"width": 0})["width"] > 60)
    box = tools.bounding_box()
    assert box
    covered = """(text, [left, top]) => {
      const words = document.createRange();
      words.selectNodeContents(text);
      return [...words.getClientRects()].filter((line) => line.right > left && line.bottom > top);
    }"""
    assert caption.evaluate(covered, [box["x"], box["y"]]) == []


@pytest.fixture
def former(workspace: Path) -> Iterator[str]:
    """A run before: the hub was weak, the shell was not there, another hub was that is gone; its id."""
    latest = findings()
    hub = next(found for found in latest.findings if found.kind == "hub")
    gone = replace(hub, members=(f"{CASE}:oak",), finding_id="")
    kept = [found for found in latest.findings if found.kind == "ambush"]
    document = replace(
        latest, run_id="run-0", evidence_digest="sha256:before",
        findings=best_first((*kept, gone, replace(hub, tier="weak", score=0.1))),
    )
    folder = workspace / "cases" / CASE / "findings" / "former"
    folder.mkdir()
    (folder / "000001.json").write_text(document.to_json(), encoding="utf-8")
    yield gone.finding_id
    (folder / "000001.json").unlink()
    folder.rmdir()


def test_what_the_last_run_changed_is_marked_and_asked_for(former: str, screen: Screen) -> None:
    at(screen, f"leads?lead={LEADS['hub']}")
    assert "1 new, 1 moved, 1 gone" in screen.words()
    assert "The evidence was weak, it is strong" in screen.words()
    assert "The evidence has changed between the two runs." in screen.words()
    screen.choose("change", "gone")
    cell(screen, "leads", 0)
    assert given(screen, "lead") == labels.lead(former)
    assert "Gone: the last run does not find it any more" in screen.words()
    assert screen.page.locator(".st-key-to_explore").count() == 0
    screen.page.reload()
    screen.page.get_by_role("heading", level=1).wait_for()
    screen.settle()
    assert (given(screen, "lead"), given(screen, "change")) == (labels.lead(former), "gone")
    assert "Gone: the last run does not find it any more" in screen.words()
    screen.choose("change", "new")
    cell(screen, "leads", 0)
    assert given(screen, "lead") == labels.lead(LEADS["shell"])


def test_up_and_down_move_in_the_list_and_every_column_is_whole(screen: Screen, workspace: Path) -> None:
    screen.page.set_viewport_size({"width": 1366, "height": 768})
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:  # other tests may have written leads
        document = workbench.findings(workbench.case(CASE))
    assert document is not None
    order = [found.finding_id for found in ordered(document.findings)]
    screen.open("Leads")
    cell(screen, "leads", 0)
    for key, place in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1)):
        screen.page.keyboard.press(key)
        screen.until(lambda place=place: given(screen, "lead") == labels.lead(order[place]))
        screen.settle()
    widths = screen.page.locator(".st-key-leads .dvn-scroller").first.evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert widths[0] <= widths[1]


def test_tab_past_a_table_chooses_nothing_in_it_and_arrows_go_on_from_the_lead_that_is_open(
    screen: Screen, workspace: Path
) -> None:
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:  # other tests may have written leads
        document = workbench.findings(workbench.case(CASE))
    assert document is not None
    order = [found.finding_id for found in ordered(document.findings)]
    at(screen, f"leads?lead={order[1]}")
    within = "(e) => e.contains(document.activeElement) && document.activeElement.matches('canvas, canvas *')"
    for begin, key in (("lead_step_1", "Tab"), ("leads_csv", "Shift+Tab")):
        screen.page.locator(f".st-key-{begin} button").first.focus()
        for _press in range(8):
            screen.page.keyboard.press(key)
            screen.page.wait_for_timeout(100)
            if screen.page.locator(".st-key-leads").evaluate(within):
                break
        else:
            pytest.fail("the table was not reached")
        screen.settle()
        assert given(screen, "lead") == labels.lead(order[1])
    screen.page.keyboard.press("ArrowDown")
    screen.until(lambda: given(screen, "lead") == labels.lead(order[2]))
    screen.page.keyboard.press("Enter")  # into the lead that is open, not over the cell
    open_lead = screen.page.locator(".st-key-finding")
    screen.until(lambda: bool(open_lead.evaluate("(one) => one.contains(document.activeElement)")))
    screen.page.locator(".st-key-leads canvas").first.focus()
    screen.page.keyboard.press("ArrowUp")
    screen.until(lambda: given(screen, "lead") == labels.lead(order[1]))
    screen.page.keyboard.press("Tab")  # out of the table, not to its next column
    assert not screen.page.locator(".st-key-leads").evaluate(within)
    assert given(screen, "lead") == labels.lead(order[1])


def test_a_table_with_nothing_chosen_waits_for_a_key_that_moves_in_it(screen: Screen) -> None:
    at(screen, f"leads?lead={LEADS['hub']}&lead_tab=records")
    table = screen.page.locator(".st-key-records canvas[data-testid=data-grid-canvas]").first
    screen.page.keyboard.press("Tab")  # by keyboard from now on
    table.focus()
    screen.settle()
    chosen = screen.page.locator(".st-key-records [role=gridcell][aria-selected=true]")
    assert chosen.count() == 0
    screen.page.keyboard.press("ArrowDown")
    screen.page.locator(".st-key-record_ways button").first.wait_for()
    assert chosen.first.get_attribute("id") == "glide-cell-0-0", "the first key begins at the first row"


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_a_day_that_is_typed_under_more_is_taken(screen: Screen, key: str) -> None:
    at(screen, f"leads?lead={LEADS['hub']}")
    screen.page.locator(".st-key-lead_more button").first.click()
    screen.page.locator(".st-key-since [data-type=year]").click()
    screen.page.keyboard.type("20240410")
    screen.page.keyboard.press(key)
    screen.until(lambda: given(screen, "since") == "2024-04-10")
    screen.page.locator("[data-testid=stDateInputCalendar]").wait_for(state="detached")


@pytest.fixture(scope="module")
def run_anew(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The document of a case that nobody else sees, and a server of it: a run there changes nothing for others."""
    folder = tmp_path_factory.mktemp("run-anew") / "workspace"
    shutil.copytree(workspace / "cases", folder / "cases")
    with serving(folder, folder.parent / "log.txt") as url:
        yield folder / "cases" / CASE / "findings" / "latest.json", url


def positions(screen: Screen) -> dict[str, list[int]]:
    """Where every part of the page with a key stands; those of notices are left out."""
    found: dict[str, list[int]] = screen.page.evaluate(_POSITIONS)
    assert found
    return found


@pytest.mark.timeout(900)
def test_parameters_are_set_and_told_and_the_notice_of_their_run_moves_nothing_and_can_be_closed(
    browser: Any, run_anew: tuple[Path, str]
) -> None:
    latest, url = run_anew
    with screen_on(browser, url) as screen:
        screen.page.set_viewport_size({"width": 1366, "height": 768})
        at(screen, "leads?language=fr")
        before, notice = positions(screen), screen.page.locator("[class*=st-key-notice_detect]")
        screen.click("parameters")
        screen.fill("parameter_text_hub_min_minors", "beaucoup")
        field = screen.page.locator(".st-key-parameter_hub_min_minors")
        unfit = "«\u00a0beaucoup\u00a0» ne convient pas\u00a0: écrivez un nombre entier, au moins 2."
        field.get_by_text(unfit).wait_for()
        assert screen.page.locator(".st-key-parameter_run button").is_disabled()
        stopped = "Rien ne peut être lancé avant que ceci soit corrigé\u00a0:"
        foot = screen.page.get_by_role("dialog").get_by_text(stopped)
        assert "hub · Mineurs, au moins : « beaucoup » ne convient pas" in " ".join(foot.inner_text().split())
        assert screen.page.get_by_text("Tout est à sa valeur par défaut").count() == 0
        assert screen.page.get_by_text("min_minors").count() == 0, "a name of the code is no word of the screen"
        screen.fill("parameter_text_hub_strong_evidence", "12")
        screen.click("parameter_usual")
        stands = [screen.page.locator(f".st-key-parameter_text_hub_{name} input").input_value()
                  for name in ("min_minors", "strong_evidence")]
        assert stands == ["3", "6"], "the defaults, as the line below the fields says"
        screen.fill("parameter_text_hub_min_minors", "4")
        screen.page.get_by_text("hub · Mineurs, au moins : 4").wait_for()
        screen.click("parameter_run")
        notice.wait_for(timeout=60_000)
        screen.page.get_by_role("dialog").wait_for(state="detached")
        assert positions(screen) == before
        screen.until(lambda: json.loads(latest.read_text("utf-8"))["parameters"].get("hub", {}).get("min_minors") == 4,
                     within_s=240)
        assert json.loads(latest.read_text("utf-8"))["run_id"] != findings().run_id
        screen.page.get_by_text("Depuis l’exécution précédente").first.wait_for(timeout=300_000)
        told = "Trouvées avec d’autres paramètres que ceux par défaut\u00a0: hub · Mineurs, au moins\u00a0: 4"
        screen.until(lambda: told in screen.words(), within_s=60)
        notice.get_by_test_id("stAlert").wait_for(timeout=300_000)
        notice.hover()  # it goes by itself, but not while somebody is at it
        screen.settle()
        shown = positions(screen)
        screen.page.mouse.move(5, 5)
        assert notice.evaluate(_LATER), "what it covered can be pressed"
        notice.locator("button").click()
        screen.settle()
        assert notice.count() == 0
        assert positions(screen) == shown
        screen.page.reload()
        screen.page.get_by_role("heading", level=1).wait_for(timeout=90_000)
        screen.settle()
        assert notice.count() == 0, "closed is closed"
