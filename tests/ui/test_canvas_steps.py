"""What is done to a picture in a real browser: filtered, moved, noted, saved, put beside another, and then undone."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.labels import token
from tests.ui.canvas_hands import HUB_KEY, MINOR_TOKENS, OAK_KEY, act, chosen, drag, heard, pick
from tests.ui.canvas_walk import Ground, Walk, operations
from tests.ui.conftest import CASE, HUB
from tests.ui.screen import Screen, at, screen_on
from tests.ui.test_casework import given as in_address

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
_COVERED = """(host) => {
  const slips = [...host.querySelectorAll('.canvas-note')].map((slip) => slip.getBoundingClientRect());
  const { left, top } = host.getBoundingClientRect(), { names, nodes } = host.canvasView.labels.boxes();
  const under = (box) => slips.some((slip) => box.x0 < slip.right - left && slip.left - left < box.x1
    && box.y0 < slip.bottom - top && slip.top - top < box.y1);
  return [...names, ...nodes].filter(under).map((box) => box.owner);
}"""
"""Nodes and names that lie under a note."""


@pytest.fixture(scope="module")
def ground(workspace: Path) -> Ground:
    return Ground.of(workspace)


def test_a_filter_hides_and_counts_and_moves_nothing(drawn: Screen) -> None:
    before, seen = drawn.nodes(), drawn.pixels()
    drawn.choose("explore_panel", "Filters")
    drawn.choose("filter_ages", "Minors")
    left = drawn.nodes()
    assert MINOR_TOKENS <= set(left) < set(before)
    assert left == {key: before[key] for key in left}
    assert drawn.pixels().items() <= seen.items(), "not a pixel"
    assert "by age" in drawn.words()
    drawn.choose("filter_ages", "All")
    assert drawn.nodes() == before
    measure = drawn.page.locator(".st-key-filter_measure [role=combobox]")
    measure.scroll_into_view_if_needed()  # a list closes when what it hangs on scrolls
    drawn.settle()
    measure.click()
    drawn.page.get_by_role("option", name="degree", exact=True).click()
    drawn.settle()
    assert drawn.nodes() == before
    drawn.fill("filter_value", "9")
    assert token(HUB_KEY) in drawn.nodes()
    assert drawn.nodes().items() < before.items()
    assert "below the measure" in drawn.words()
    assert "in this picture" in drawn.words()
    drawn.choose("filter_scope", "The whole case")
    assert drawn.nodes() == before, "a value of one measure is none of another"
    drawn.fill("filter_value", "9")
    left = drawn.nodes()
    assert token(HUB_KEY) in left, "on the picture it has as many links as in the case"
    assert not MINOR_TOKENS & set(left)
    assert left == {key: before[key] for key in left}
    assert "among the accounts of this picture" in drawn.words()
    drawn.click("filter_none")
    assert drawn.nodes() == before
    drawn.choose("explore_panel", "Details")


def test_a_period_drawn_on_the_strip_leaves_its_links_and_counts_the_rest(drawn: Screen) -> None:
    before, links = drawn.nodes(), int(drawn.canvas.get_attribute("data-edges"))
    strip = drawn.page.locator(".canvas-time")
    assert "64 messages" in strip.inner_text()
    box = strip.bounding_box()
    drawn.page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 15)
    drawn.page.mouse.down()
    drawn.page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 15, steps=4)
    assert re.search(r"\d Mar 2024, \d\d:\d\d – \d Mar 2024, \d\d:\d\d UTC", strip.inner_text())
    drawn.page.mouse.up()
    heard(drawn)
    told = strip.inner_text()
    assert "outside the period" in told
    assert 0 < int(drawn.canvas.get_attribute("data-edges")) < links
    assert drawn.nodes() == before
    undo, play = drawn.page.locator("[data-action=undo]"), drawn.page.locator(".canvas-play")
    assert undo.get_attribute("title") == "Undo: filter (Ctrl+Z)"
    play.click()
    drawn.until(lambda: strip.inner_text() != told)
    playing = "(host) => Boolean(host.canvasView.brush.playing)"
    drawn.until(lambda: not drawn.canvas.evaluate(playing) and strip.inner_text() == told)
    act(drawn, "Control+z")
    assert int(drawn.canvas.get_attribute("data-edges")) == links, "what was played made no step"
    act(drawn, "Control+y")
    assert strip.inner_text() == told
    strip.dblclick(position={"x": 60, "y": 40})
    heard(drawn)
    assert int(drawn.canvas.get_attribute("data-edges")) == links


def test_a_drag_is_undone_and_redone_also_after_a_reload(drawn: Screen) -> None:
    before = drawn.nodes()
    x, y = drawn.place(OAK_KEY)
    drag(drawn, (x, y), (x - 40, y + 30))
    after = drawn.nodes()
    assert {key for key in before if before[key] != after[key]} == {token(OAK_KEY)}
    seen = drawn.pixels()
    drawn.page.reload()
    drawn.settle()
    assert (drawn.nodes(), drawn.pixels()) == (after, seen), "not a pixel"
    act(drawn, "Control+z")
    assert drawn.nodes() == before
    act(drawn, "Control+y")
    assert drawn.nodes() == after
    act(drawn, "Control+z")


def test_notes_and_groups_stand_on_the_picture(drawn: Screen) -> None:
    pick(drawn, HUB_KEY)
    drawn.canvas.focus()
    drawn.page.keyboard.press("n")
    drawn.page.locator(".canvas-menu input").fill("<b>Who</b> is it?")
    drawn.page.keyboard.press("Enter")
    heard(drawn)
    assert drawn.page.locator(".canvas-note").inner_text() == "<b>Who</b> is it?"
    slip = drawn.page.locator(".canvas-note")
    drawn.until(lambda: drawn.canvas.evaluate(_COVERED) == [])
    hub, note = drawn.place(HUB_KEY), slip.bounding_box()
    assert note is not None
    drag(drawn, hub, (hub[0] + 40, hub[1] + 30))
    drawn.until(lambda: slip.bounding_box() != note and drawn.canvas.evaluate(_COVERED) == [])
    there, after = drawn.place(HUB_KEY), slip.bounding_box()
    assert after is not None
    assert abs(after["x"] - there[0]) + abs(after["y"] - there[1]) < 200, "it follows its node"
    assert drawn.page.locator(".canvas-leader").count() == 1
    act(drawn, "Control+z")
    drawn.until(lambda: slip.bounding_box() == note)
    act(drawn, "Control+y")
    drawn.until(lambda: slip.bounding_box() == after)
    act(drawn, "Control+z")
    pick(drawn, HUB_KEY, OAK_KEY)
    drawn.canvas.focus()
    drawn.page.keyboard.press("g")
    field = drawn.page.locator(".canvas-menu input")
    field.fill("x" * 200 + "\N{FLOPPY DISK}")
    drawn.page.keyboard.press("Enter")
    told = drawn.page.locator(".canvas-menu-told")
    assert told.inner_text() == "At most 200 characters are kept; these are 201."
    color = "part => getComputedStyle(part).color"
    assert told.evaluate(color) != field.evaluate(color)
    field.fill("Two of a kind")
    drawn.page.keyboard.press("Enter")
    heard(drawn)
    assert drawn.page.locator(".canvas-groups text").text_content() == "Two of a kind"
    drawn.choose("explore_panel", "Notes")
    count = len(drawn.nodes())
    drawn.click("group_fold_1")
    assert len(drawn.nodes()) == count - 1
    for _step in range(3):
        act(drawn, "Control+z")
    assert drawn.page.locator(".canvas-note").count() == 0
    drawn.choose("explore_panel", "Details")


def test_what_is_selected_is_grouped_beside_its_details(drawn: Screen) -> None:
    pick(drawn, HUB_KEY, OAK_KEY)
    drawn.page.locator(".st-key-selected_group button").first.click()
    drawn.page.locator(".st-key-group_title input").fill("Two of a kind")
    drawn.page.locator(".st-key-group_title input").press("Enter")
    drawn.until(lambda: drawn.page.locator(".canvas-groups text").count() == 1)
    assert drawn.page.locator(".canvas-groups text").text_content() == "Two of a kind"
    drawn.until(lambda: not drawn.page.locator(".st-key-group_title").is_visible())
    act(drawn, "Control+z")
    assert drawn.page.locator(".canvas-groups text").count() == 0
    act(drawn, "Escape")


def test_what_was_done_is_told_again_where_the_message_is_lost(drawn: Screen) -> None:
    before = drawn.nodes()
    drawn.canvas.evaluate("""(host, node) => {
      const { acts } = host.canvasView, { tell } = acts;
      acts.tell = () => { acts.tell = tell; };
      acts.say('hide', { nodes: [node] });
    }""", token(OAK_KEY))
    heard(drawn)
    assert set(before) - set(drawn.nodes()) == {token(OAK_KEY)}
    act(drawn, "Control+z")
    assert drawn.nodes() == before


def test_a_view_is_saved_opened_elsewhere_and_has_revisions(drawn: Screen, browser: Any, address_of_cleo: str) -> None:
    before, picture = drawn.nodes(), in_address(drawn, "view")
    pick(drawn, OAK_KEY)
    drawn.choose("explore_panel", "Views")
    drawn.page.locator(".st-key-view_name input").fill("Harbour, first look")
    drawn.page.get_by_role("button", name="Save what is drawn").click()
    drawn.settle()
    act(drawn, "h")
    drawn.page.get_by_role("button", name="Save what is drawn").click()
    drawn.settle()
    assert "Revision 2, cleo" in drawn.page.locator(".st-key-saved_view_0").inner_text()
    with screen_on(browser, address_of_cleo) as other:
        at(other, f"explore?case={CASE}")
        other.click("begin_last")
        assert set(before) - set(other.nodes()) == {token(OAK_KEY)}
        other.choose("explore_panel", "Views")
        other.page.locator(".st-key-view_past_0 button").first.click()
        left = other.nodes()
        other.click("view_open_0_1")
        assert other.nodes() == left
        assert "The view is not drawn yet: there is a picture already." in other.words()
        other.click("wanted_alone")
        assert other.nodes() == before
        assert chosen(other) == {token(OAK_KEY)}
        assert in_address(other, "view") == picture
        other.click("clear")
        assert "Harbour, first look" in other.page.locator(".st-key-begin_views").inner_text()
        other.click("view_open_0")
        assert set(before) - set(other.nodes()) == {token(OAK_KEY)}, "where nothing is drawn"
    act(drawn, "Control+z")
    assert drawn.nodes() == before
    panel = drawn.page.locator(".st-key-explore_part")
    bound = panel.evaluate("(part) => getComputedStyle(part).maxHeight")
    drawn.click("view_archive_0")
    assert "1 archived view" in drawn.words()
    assert panel.evaluate("(part) => getComputedStyle(part).maxHeight") == bound, "the notice left the style sheet"
    drawn.choose("explore_panel", "Details")


def test_a_lead_that_is_opened_beside_a_picture_asks(drawn: Screen) -> None:
    before, seen = drawn.nodes(), drawn.pixels()
    drawn.page.get_by_role("link", name="Leads", exact=True).click()
    drawn.page.get_by_role("heading", name="Leads", exact=True).wait_for()
    drawn.settle()
    drawn.click("to_explore")
    drawn.page.get_by_role("heading", name="Explore", exact=True).wait_for()
    drawn.settle()
    assert drawn.nodes() == before, "a page switch moves nothing"
    assert "there is a picture already" in drawn.words()
    drawn.click("wanted_alone")
    assert len(drawn.nodes()) < len(before)
    assert token(HUB_KEY) in drawn.nodes()
    act(drawn, "Control+z")
    assert (drawn.nodes(), drawn.pixels()) == (before, seen), "not a pixel"
    assert HUB in drawn.canvas.evaluate("(host) => host.canvasView.graph.mapNodes((_id, a) => a.label)")


def test_a_lead_is_opened_in_a_tab_of_its_own_which_a_reload_finds(drawn: Screen) -> None:
    before = drawn.nodes()
    drawn.page.get_by_role("link", name="Leads", exact=True).click()
    drawn.page.get_by_role("heading", name="Leads", exact=True).wait_for()
    drawn.settle()
    drawn.click("to_explore")
    drawn.page.get_by_role("heading", name="Explore", exact=True).wait_for()
    drawn.settle()
    drawn.click("wanted_tab")
    lead = drawn.nodes()
    assert len(lead) < len(before)
    drawn.choose("explore_tabs", "1")
    assert drawn.nodes() == before
    drawn.page.reload()
    drawn.settle()
    assert drawn.nodes() == before
    drawn.page.locator(".st-key-explore_tabs").get_by_text("2 · ").click()
    drawn.settle()
    assert drawn.nodes() == lead
    drawn.canvas.focus()
    drawn.page.keyboard.press("Control+z")
    drawn.page.locator(".st-key-explore_empty").wait_for()
    drawn.settle()
    drawn.click("begin_redo")
    assert drawn.nodes() == lead, "one undo too many loses nothing"
    drawn.click("tab_close")
    assert drawn.nodes() == before
    assert drawn.page.locator(".st-key-explore_tabs").count() == 0


@settings(
    max_examples=1, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(operations(24))
def test_after_random_operations_the_canvas_equals_a_model_and_undone_it_equals_the_start(
    drawn: Screen, ground: Ground, asked: list[tuple[str, int, int]]
) -> None:
    """Two hundred of them: ``python -m tests.benchmarks.canvas_walk``."""
    Walk(drawn, ground).take(asked)
