"""The canvas in a real browser, one walk: room, menu, selection, filters, undo, views, notes, keyboard and table."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.opaque import token
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
    before = drawn.nodes()
    pick(drawn, HUB_KEY, OAK_KEY)
    act(drawn, "k")
    pick(drawn, OAK_KEY)
    act(drawn, "e")
    assert {token(OAK_KEY), token(f"Account/{CASE}:x0")} <= set(drawn.nodes())
    assert "All its neighbours are drawn." in drawn.words()
    act(drawn, "Control+z")
    act(drawn, "Control+z")
    assert drawn.nodes() == before


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


def test_a_filter_hides_and_counts_and_moves_nothing(drawn: Screen) -> None:
    before = drawn.nodes()
    drawn.choose("explore_panel", "Filters")
    drawn.choose("filter_ages", "Minors")
    left = drawn.nodes()
    assert MINOR_TOKENS <= set(left) < set(before)
    assert left == {key: before[key] for key in left}
    assert "by age" in drawn.words()
    drawn.choose("filter_ages", "All")
    assert drawn.nodes() == before
    drawn.choose("explore_panel", "Details")


def test_a_period_drawn_on_the_strip_leaves_its_links_and_counts_the_rest(drawn: Screen) -> None:
    before, links = drawn.nodes(), int(drawn.canvas.get_attribute("data-edges"))
    strip = drawn.page.locator(".canvas-time")
    assert "64 messages" in strip.inner_text()
    box = strip.bounding_box()
    drawn.page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 15)
    drawn.page.mouse.down()
    drawn.page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 15, steps=4)
    drawn.page.mouse.up()
    heard(drawn)
    assert "outside the period" in strip.inner_text()
    assert 0 < int(drawn.canvas.get_attribute("data-edges")) < links
    assert drawn.nodes() == before
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
    seen = drawn.place(HUB_KEY)
    drawn.page.reload()
    drawn.settle()
    assert drawn.nodes() == after
    assert drawn.place(HUB_KEY) == seen, "not a pixel"
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
        other.click("view_open_0_1")
        assert other.nodes() == before
        assert chosen(other) == {token(OAK_KEY)}
        assert in_address(other, "view") == picture
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
    before = drawn.nodes()
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
    assert drawn.nodes() == before
    assert HUB in drawn.canvas.evaluate("(host) => host.canvasView.graph.mapNodes((_id, a) => a.label)")


OPS = ("hide", "keep", "move", "pin", "undo", "undo", "redo", "mark", "reload")
_DO = """(host, acts) => acts.forEach(([op, nodes, x, y]) => {
  const view = host.canvasView;
  if (op === 'move') {
    view.graph.mergeNodeAttributes(nodes[0], { x, y });
    view.acts.say(op, { nodes, x: [x], y: [y] });
  } else view.acts.say(op, { nodes, values: op === 'mark' ? { color: 'red' } : {} });
})"""


@settings(
    max_examples=1, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(
    st.lists(
        st.tuples(st.sampled_from(OPS), st.integers(0, 10_000), st.integers(-80, 80)), min_size=200, max_size=200
    )
)
def test_after_two_hundred_acts_the_canvas_equals_a_model_and_undone_it_equals_the_start(
    drawn: Screen, asked: list[tuple[str, int, int]]
) -> None:
    """The model is what a person would keep on paper: who is hidden, put where, pinned, marked, and each step."""
    start = drawn.nodes()
    everybody = sorted(start)
    past: list[Paper] = [Paper(frozenset(), {}, frozenset(), frozenset())]
    now = 0
    waiting: list[Any] = []

    def told() -> None:
        drawn.canvas.evaluate(_DO, waiting)
        waiting.clear()
        heard(drawn)
        seen = drawn.nodes()
        assert seen == {
            name: past[now].places.get(name, place) for name, place in start.items() if name not in past[now].hidden
        }

    for op, number, offset in asked:
        paper = past[now]
        left = [name for name in everybody if name not in paper.hidden]
        if op == "reload":
            if number % 5 == 0:
                told()
                drawn.page.reload()
                drawn.settle()
            continue
        if op in ("undo", "redo"):
            to = now + (1 if op == "redo" else -1)
            if 0 <= to < len(past):  # what was done before this walk is not undone by it
                now = to
                waiting.append([op, [], 0, 0])
        elif len(left) > 3:
            name = left[number % len(left)]
            x, y = offset / 4, number % 97 / 4
            if op == "keep" and number % 7:
                continue
            nodes = left[: len(left) // 2] if op == "keep" else [name]
            after = {
                "hide": replace(paper, hidden=paper.hidden | {name}),
                "keep": replace(paper, hidden=paper.hidden | (set(everybody) - set(nodes))),
                "move": replace(
                    paper, places={**paper.places, name: (round(x * 1e4), round(y * 1e4))}, pins=paper.pins | {name}
                ),
                "pin": replace(paper, pins=paper.pins ^ {name}),
                "mark": replace(paper, marks=paper.marks | {name}),
            }[op]
            waiting.append([op, nodes, x, y])
            if after != paper:
                past[now + 1 :] = [after]
                now += 1
        if len(waiting) >= 8:
            told()
    told()
    for _step in range(now):
        waiting.append(["undo", [], 0, 0])
    now = 0
    told()
    assert drawn.nodes() == start


@dataclass(frozen=True)
class Paper:
    """What the model keeps: tokens hidden, placed by hand, pinned, marked."""

    hidden: frozenset[str]
    places: dict[str, tuple[int, int]]
    pins: frozenset[str]
    marks: frozenset[str]
