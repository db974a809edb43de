"""The canvas in a real browser, one walk: room, menu, selection, filters, undo, views, notes, keyboard and table."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from graph.opaque import token
from tests.ui.canvas_walk import Ground, Walk, operations
from tests.ui.conftest import ADULT, CASE, HUB, MINORS, serving
from tests.ui.screen import Screen, screen_on
from tests.ui.test_casework import at
from tests.ui.test_casework import given as in_address

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
HUB_KEY, OAK_KEY, LOBBY = f"Account/{CASE}:hub", f"Account/{CASE}:oak", f"Room/{CASE}:lobby"
MINOR_TOKENS = {token(f"Account/{CASE}:{identity}") for identity in MINORS}
_CHOSEN = "(host) => [...host.canvasView.highlight.chosen]"
_QUIET = "(host) => host.canvasView.acts.quiet && !host.canvasView.motion.moves.size"
_SEEN = """(host) => {
  const { renderer, graph } = host.canvasView, { width, height } = host.getBoundingClientRect();
  return graph.everyNode((_id, a) => {
    const p = renderer.graphToViewport(a);
    return p.x > 0 && p.y > 0 && p.x < width && p.y < height;
  });
}"""

# By how much is it lower with something of 40 pixels above it, when that has gone, and when the page is scrolled?
_ABOVE = """async (host) => {
  const { page } = host.canvasView, before = host.offsetHeight;
  const something = document.createElement('div');
  const later = () => new Promise((done) => setTimeout(done, 300));
  something.style.height = '40px';
  page.firstElementChild.prepend(something);
  await later();
  const under = host.offsetHeight;
  something.remove();
  await later();
  const again = host.offsetHeight;
  something.style.height = '600px';
  page.firstElementChild.append(something);
  page.scrollTop = 70;
  await later();
  host.canvasView.fill();
  const scrolled = page.scrollTop === 70 ? host.offsetHeight : null;
  something.remove();
  page.scrollTop = 0;
  await later();
  return [before - under, before - again, before - scrolled];
}"""

_LATER = """async (host, pixels) => {
  const { page, renderer } = host.canvasView;
  document.querySelector('#later')?.remove();
  const something = Object.assign(document.createElement('div'), { id: 'later' });
  something.style.height = `${pixels}px`;
  page.firstElementChild.prepend(something);
  await new Promise((done) => setTimeout(done, 300));
  return renderer.getCamera().getState();
}"""


@pytest.fixture(scope="module")
def address(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    # somebody who drew nothing yet: what one draws last is kept for them alone
    with serving(workspace, tmp_path_factory.mktemp("server") / "log.txt", user="cleo") as url:
        yield url


@pytest.fixture(scope="module")
def drawn(browser: Any, address: str) -> Iterator[Screen]:
    """One page for the walk; each test leaves it as it found it."""
    with screen_on(browser, address) as screen:
        screen.page.set_viewport_size({"width": 1366, "height": 768})
        at(screen, f"explore?account={CASE}:hub")
        screen.unfold()
        yield screen


@pytest.fixture(scope="module")
def ground(workspace: Path) -> Ground:
    return Ground.of(workspace)


def act(screen: Screen, key: str) -> None:
    """Press a key on the canvas and wait until the server heard of it."""
    screen.canvas.focus()
    screen.page.keyboard.press(key)
    heard(screen)


def heard(screen: Screen) -> None:
    screen.until(lambda: bool(screen.canvas.evaluate(_QUIET)))
    screen.settle()


def menu(screen: Screen, key: str, row: str) -> None:
    """Choose a row of a node's menu, opened by a right click."""
    screen.page.mouse.click(*screen.place(key), button="right")
    screen.page.get_by_role("menuitem", name=row).first.click()
    heard(screen)


def chosen(screen: Screen) -> set[str]:
    return set(screen.canvas.evaluate(_CHOSEN))


def pick(screen: Screen, *keys: str) -> None:
    for number, key in enumerate(keys):
        if number:
            screen.page.keyboard.down("Shift")
        screen.page.mouse.click(*screen.place(key))
        screen.page.keyboard.up("Shift")
    heard(screen)


def test_the_picture_takes_the_window_and_the_panel_folds(drawn: Screen) -> None:
    box = drawn.canvas.bounding_box()
    assert box["y"] <= 110
    assert 700 <= box["y"] + box["height"] <= 768
    assert drawn.canvas.evaluate(_SEEN), "the first frame shows every node"
    legend = drawn.page.locator(".canvas-legend")
    assert legend.bounding_box()["y"] + legend.bounding_box()["height"] <= 768
    before, width = drawn.nodes(), box["width"]
    drawn.click("explore_fold")
    assert drawn.canvas.bounding_box()["width"] > width + 200
    assert drawn.nodes() == before
    drawn.click("explore_fold")
    assert drawn.canvas.bounding_box()["width"] == width


def test_the_canvas_keeps_to_the_window_s_foot_whatever_comes_above_it_or_scrolls(drawn: Screen) -> None:
    assert drawn.canvas.evaluate(_ABOVE) == [40, 0, 0]


def test_a_picture_nobody_touched_fits_whatever_comes_above_it_and_a_touched_one_stays(
    browser: Any, address: str
) -> None:
    with screen_on(browser, address) as screen:
        at(screen, f"explore?account={CASE}:hub")
        began = screen.pixels()
        screen.canvas.evaluate(_LATER, 40)
        framed = screen.pixels()
        assert framed != began
        screen.canvas.evaluate("(host) => host.canvasView.renderer.getCamera().setState({ ratio: 3 })")
        screen.canvas.evaluate(_LATER, 39)
        screen.canvas.evaluate(_LATER, 40)
        assert screen.pixels() == framed, "framed from the same place, to the same digit"
        screen.canvas.evaluate(_LATER, 0)
        assert screen.pixels() == began
        screen.page.locator("[data-action=in]").click()
        screen.settle()
        nearer = screen.canvas.evaluate(_LATER, 0)
        assert screen.canvas.evaluate(_LATER, 40) == nearer
        screen.page.locator("[data-action=fit]").click()
        settled = screen.pixels()
        assert settled.keys() == framed.keys()
        assert all(settled[one] == pytest.approx(framed[one], abs=0.01) for one in framed)
        screen.click("tab_close")


def test_a_menu_counts_before_it_draws_and_says_how_many_it_drew(drawn: Screen) -> None:
    before = drawn.nodes()
    pick(drawn, HUB_KEY)
    act(drawn, "k")  # all others are hidden
    assert set(drawn.nodes()) == {token(HUB_KEY)}
    act(drawn, "m")
    rows = drawn.page.locator(".canvas-menu button")
    drawn.page.get_by_role("menuitem", name="Contacts").first.wait_for()
    told = {tuple(text.split("\n")) for text in rows.all_inner_texts()}
    assert {("Contacts", "21"), ("… the minors among them", "8"), ("Used: device", "1")} <= told
    drawn.page.keyboard.press("Escape")
    menu(drawn, HUB_KEY, "… the minors among them")
    assert set(drawn.nodes()) == {token(HUB_KEY)} | MINOR_TOKENS
    act(drawn, "Control+z")
    act(drawn, "Control+z")
    assert drawn.nodes() == before


def test_an_expansion_says_how_much_of_how_many_it_drew(drawn: Screen) -> None:
    before, seen = drawn.nodes(), drawn.pixels()
    pick(drawn, HUB_KEY, OAK_KEY)
    act(drawn, "k")
    pick(drawn, OAK_KEY)
    act(drawn, "e")
    assert {token(OAK_KEY), token(f"Account/{CASE}:x0")} <= set(drawn.nodes())
    assert "All its neighbours are drawn." in drawn.words()
    assert drawn.pixels().items() <= seen.items(), "not a pixel"
    act(drawn, "Control+z")
    act(drawn, "Control+z")
    assert (drawn.nodes(), drawn.pixels()) == (before, seen)


def test_what_two_have_in_common_is_selected_where_it_is_drawn_already(drawn: Screen) -> None:
    before = drawn.nodes()
    pick(drawn, HUB_KEY, OAK_KEY)
    menu(drawn, HUB_KEY, "What they have in common")
    drawn.until(lambda: len(chosen(drawn)) == 2 and token(f"Account/{CASE}:x0") in chosen(drawn))
    assert "2 in common: all drawn already, now selected." in drawn.words(), "an account and a lead"
    assert drawn.nodes() == before
    act(drawn, "Escape")


def test_several_are_selected_and_hidden_and_come_back(drawn: Screen) -> None:
    before = drawn.nodes()
    pick(drawn, HUB_KEY, OAK_KEY)
    assert chosen(drawn) == {token(HUB_KEY), token(OAK_KEY)}
    assert "2 nodes are selected" in drawn.page.locator(".st-key-details").inner_text()
    drawn.page.locator(".st-key-select_by button").first.click()
    drawn.click("select_minors")
    drawn.until(lambda: chosen(drawn) == MINOR_TOKENS)
    drawn.page.keyboard.press("Escape")
    act(drawn, "h")
    assert set(before) - set(drawn.nodes()) == MINOR_TOKENS
    assert "8 nodes are hidden: 8 by hand" in drawn.words()
    drawn.click("show_all")
    assert drawn.nodes() == before
    minor = f"Account/{CASE}:{MINORS[0]}"
    pick(drawn, minor)
    assert chosen(drawn) == {token(minor)}, "what was hidden is found by a click again"
    box = drawn.canvas.bounding_box()
    drawn.canvas.focus()
    drawn.page.keyboard.press("b")
    drawn.page.mouse.move(box["x"] + 5, box["y"] + 5)
    drawn.page.mouse.down()
    drawn.page.mouse.move(box["x"] + box["width"] - 60, box["y"] + box["height"] - 5, steps=4)
    drawn.page.mouse.up()
    heard(drawn)
    assert chosen(drawn) == set(before)
    act(drawn, "b")
    act(drawn, "Escape")
    assert chosen(drawn) == set()


def test_what_a_saved_query_finds_is_selected_as_far_as_it_is_drawn(drawn: Screen) -> None:
    drawn.page.locator(".st-key-select_by button").first.click()
    drawn.page.locator(".st-key-select_query input").fill("Accounts that several leads name")
    drawn.page.keyboard.press("Enter")
    drawn.settle()
    drawn.click("select_query_run")
    drawn.until(lambda: token(HUB_KEY) in chosen(drawn))
    assert "“Accounts that several leads name”: " in drawn.words()
    drawn.page.keyboard.press("Escape")
    act(drawn, "Escape")


def test_a_path_leads_from_a_node_s_menu_to_the_node_that_is_clicked_next(drawn: Screen) -> None:
    menu(drawn, OAK_KEY, "Path from here")
    hint = drawn.page.locator(".canvas-hint")
    assert ADULT in hint.inner_text()
    pick(drawn, f"Account/{CASE}:{MINORS[0]}")
    lit = "(host) => [...host.canvasView.highlight.path.nodes]"
    wanted = {token(OAK_KEY), token(HUB_KEY), token(f"Account/{CASE}:{MINORS[0]}")}
    drawn.until(lambda: set(drawn.canvas.evaluate(lit)) == wanted)
    assert not hint.is_visible()
    act(drawn, "Control+z")
    assert drawn.canvas.evaluate(lit) == []
    menu(drawn, OAK_KEY, "Path from here")
    act(drawn, "Escape")
    assert not hint.is_visible()


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
    drawn.page.locator(".st-key-filter_measure [role=combobox]").click()
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
    drawn.page.mouse.move(x, y)
    drawn.page.mouse.down()
    drawn.page.mouse.move(x - 40, y + 30, steps=4)
    drawn.page.mouse.up()
    heard(drawn)
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
    hub, note = drawn.place(HUB_KEY), drawn.page.locator(".canvas-note").bounding_box()
    drawn.page.mouse.move(*hub)
    drawn.page.mouse.down()
    drawn.page.mouse.move(hub[0] + 40, hub[1] + 30, steps=4)
    drawn.page.mouse.up()
    heard(drawn)
    after, there = drawn.page.locator(".canvas-note").bounding_box(), drawn.place(HUB_KEY)
    by = (there[0] - hub[0], there[1] - hub[1])
    assert min(by) > 20
    assert (after["x"] - note["x"], after["y"] - note["y"]) == pytest.approx(by, abs=0.5), "it follows its node"
    act(drawn, "Control+z")
    assert drawn.page.locator(".canvas-note").bounding_box() == note
    act(drawn, "Control+y")
    assert drawn.page.locator(".canvas-note").bounding_box() == after
    act(drawn, "Control+z")
    pick(drawn, HUB_KEY, OAK_KEY)
    drawn.canvas.focus()
    drawn.page.keyboard.press("g")
    drawn.page.locator(".canvas-menu input").fill("Two of a kind")
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


def test_a_view_is_saved_opened_elsewhere_and_has_revisions(drawn: Screen, browser: Any, address: str) -> None:
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
    with screen_on(browser, address) as other:
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
    drawn.choose("explore_panel", "Details")


def test_the_table_is_selected_with_the_canvas(drawn: Screen) -> None:
    act(drawn, "Escape")
    drawn.choose("twin", "Nodes")
    drawn.row(".st-key-node_table", 0, x=15)
    drawn.until(lambda: chosen(drawn) == {token(HUB_KEY)})
    pick(drawn, OAK_KEY)
    assert chosen(drawn) == {token(OAK_KEY)}
    drawn.settle()
    first = drawn.page.locator(".st-key-node_table [role=gridcell]").all_text_contents()[:3]
    assert ADULT in first
    drawn.choose("twin", "Nodes")
    assert drawn.page.locator(".st-key-node_table").count() == 0


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


def test_two_windows_that_begin_at_once_keep_a_picture_each(browser: Any, address: str) -> None:
    with screen_on(browser, address) as one, screen_on(browser, address) as other:
        for window in (one, other):  # both begin with a tab of the same number
            at(window, "explore")
        kept = []
        for window, begin in ((one, "begin_leads"), (other, "begin_whole")):
            window.click(begin)
            kept.append(window.nodes())
        assert kept[0] != kept[1]
        assert int(one.canvas.get_attribute("data-edges")) > 0, "the strongest leads stand with what they rest on"
        for window, picture in zip((one, other), kept, strict=True):
            window.page.reload()
            window.settle()
            assert window.nodes() == picture
        tabs = one.page.locator(".st-key-explore_tabs button")
        assert len([name for name in tabs.all_inner_texts() if name[:1].isdigit()]) >= 2
        for window in (one, other):
            window.click("tab_close")


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
