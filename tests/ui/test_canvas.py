"""The canvas in a real browser, one walk: menus, what is selected, paths, the table, the export, masks."""

import io
import json
import zipfile
from pathlib import Path

import networkx as nx
import pytest

from tests.labels import token
from tests.ui.canvas_hands import HUB_KEY, IN_SIGHT, MINOR_KEYS, MINOR_TOKENS, OAK_KEY, act, chosen, drag, menu, pick
from tests.ui.conftest import ADULT, CASE, HUB, MINORS
from tests.ui.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
_RATIO = "(host) => host.canvasView.renderer.getCamera().getState().ratio"
_NEAR = """async (host, token) => {
  const { renderer, graph } = host.canvasView, camera = renderer.getCamera();
  const { x, y } = renderer.graphToFramedGraph(graph.getNodeAttributes(token));
  camera.setState({ x, y, ratio: 0.4 });
  await new Promise((done) => setTimeout(done, 300));
}"""
_FADED = "({canvasView: {renderer, graph}}) => graph.filterNodes((id) => renderer.getNodeState(id).faded)"
_NAMED = "({canvasView: {renderer, graph}}) => graph.filterNodes((id) => renderer.getNodeState(id).named)"


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


def test_what_an_expansion_draws_is_brought_into_view_with_what_was_there(drawn: Screen) -> None:
    before = drawn.nodes()
    pick(drawn, HUB_KEY, OAK_KEY)
    act(drawn, "k")
    drawn.canvas.evaluate(_NEAR, token(HUB_KEY))
    pick(drawn, HUB_KEY)
    nearer = drawn.canvas.evaluate(_RATIO)
    act(drawn, "e")
    drawn.pixels()  # once the glide is over
    assert drawn.canvas.evaluate(_RATIO) > nearer
    assert len(drawn.nodes()) > 20
    assert set(drawn.nodes()) - {token(OAK_KEY)} <= set(drawn.canvas.evaluate(IN_SIGHT))
    act(drawn, "Control+z")
    drawn.pixels()
    assert drawn.canvas.evaluate(_RATIO) == pytest.approx(nearer, rel=1e-3), "undone, it is seen from where it was"
    act(drawn, "Control+z")
    act(drawn, "0")
    assert drawn.nodes() == before


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
    pick(drawn, MINOR_KEYS[0])
    assert chosen(drawn) == {token(MINOR_KEYS[0])}, "what was hidden is found by a click again"
    box = drawn.canvas.bounding_box()
    drawn.canvas.focus()
    drawn.page.keyboard.press("b")
    drag(drawn, (box["x"] + 5, box["y"] + 5), (box["x"] + box["width"] - 60, box["y"] + box["height"] - 5))
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
    pick(drawn, MINOR_KEYS[0])
    lit = "(host) => [...host.canvasView.highlight.path.nodes]"
    wanted = {token(OAK_KEY), token(HUB_KEY), token(MINOR_KEYS[0])}
    drawn.until(lambda: set(drawn.canvas.evaluate(lit)) == wanted)
    assert not hint.is_visible()
    act(drawn, "Control+z")
    assert drawn.canvas.evaluate(lit) == []
    menu(drawn, OAK_KEY, "Path from here")
    act(drawn, "Escape")
    assert not hint.is_visible()


def test_what_is_not_on_a_path_is_dim_and_what_is_on_it_is_named(drawn: Screen) -> None:
    """Also where the end that was chosen last, and is selected, has many neighbours."""
    menu(drawn, MINOR_KEYS[0], "Path from here")
    pick(drawn, HUB_KEY)
    drawn.until(lambda: drawn.canvas.evaluate("(host) => host.canvasView.highlight.path.nodes.size") == 2)
    drawn.page.mouse.move(5, 5)  # or the hub would be hovered
    on_path = {token(MINOR_KEYS[0]), token(HUB_KEY)}
    drawn.until(lambda: set(drawn.nodes()) - set(drawn.canvas.evaluate(_FADED)) == on_path)
    drawn.until(lambda: on_path <= set(drawn.canvas.evaluate(_NAMED)))
    act(drawn, "Control+z")
    act(drawn, "Escape")
    assert drawn.canvas.evaluate(_FADED) == []


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


def test_what_was_seen_whole_stays_so_when_a_table_takes_its_room(drawn: Screen) -> None:
    """A frame drawn at once had the new size before anybody was told of it: the legend covered the lowest nodes."""
    act(drawn, "Escape")
    drawn.canvas.evaluate("(host) => host.canvasView.touch()")
    before = drawn.canvas.evaluate("(host) => [host.offsetHeight, host.canvasView.widened.lacks()]")
    assert before[1] is False
    drawn.choose("twin", "Nodes")
    drawn.until(lambda: drawn.canvas.evaluate("(host) => host.offsetHeight") < before[0] - 100)
    drawn.until(lambda: not drawn.canvas.evaluate("(host) => host.canvasView.widened.lacks()"))
    drawn.choose("twin", "Nodes")


def test_the_canvas_is_used_with_the_keyboard_alone(drawn: Screen) -> None:
    drawn.canvas.focus()
    drawn.page.keyboard.press("Escape")
    drawn.page.wait_for_timeout(400)
    drawn.settle()
    drawn.canvas.focus()
    for key in ("ArrowRight", "Enter"):
        drawn.page.keyboard.press(key)
    drawn.page.wait_for_timeout(400)
    drawn.settle()
    assert "Links in the whole graph" in drawn.page.locator(".st-key-details").inner_text()
    start = drawn.canvas.evaluate(_RATIO)
    drawn.canvas.focus()
    drawn.page.keyboard.press("+")
    drawn.until(lambda: drawn.canvas.evaluate(_RATIO) < start)
    drawn.page.locator("[data-action=fit]").click()
    act(drawn, "Escape")


def test_a_path_between_two_that_are_searched_for_is_marked(drawn: Screen) -> None:
    pick(drawn, HUB_KEY)
    drawn.page.locator(".st-key-path_popover button").first.click()
    drawn.click("path_from_other")  # the selected node is offered as the first end
    for key, name in (("path_from", ADULT), ("path_to", HUB)):
        drawn.fill(f"{key}_box", name)
        drawn.click(f"{key}_box_hit_0")
    drawn.click("find_path")
    assert "A path of 1 step" in drawn.words()
    assert not drawn.page.locator(".st-key-find_path").is_visible(), "what was found is seen"
    on_path = "(host) => [...host.canvasView.highlight.path.nodes]"
    assert set(drawn.canvas.evaluate(on_path)) == {token(OAK_KEY), token(HUB_KEY)}
    act(drawn, "Control+z")
    act(drawn, "Escape")


def test_the_export_opens_in_networkx_and_equals_what_is_shown(drawn: Screen) -> None:
    shown = set(drawn.nodes())
    edges = int(drawn.canvas.get_attribute("data-edges"))
    drawn.page.locator(".st-key-explore_export button").first.click()
    field = drawn.page.locator(".st-key-explore_format input")
    assert field.input_value() == "html", "what is offered at first masks minors"
    field.click()
    drawn.page.get_by_role("option", name="graphml", exact=True).click()
    drawn.settle()
    drawn.page.get_by_text("Minors are masked: a token stands for each").wait_for()
    drawn.page.locator(".st-key-explore_minors label").first.click()
    drawn.page.get_by_text("Nothing is masked").wait_for()
    assert drawn.page.locator(".st-key-explore_download button").is_disabled(), "without a reason"
    # typed and not left: the first click on the button is heard
    drawn.page.locator(".st-key-explore_reason input").press_sequentially("for the prosecutor")
    drawn.page.locator(".st-key-explore_download button:not([disabled])").wait_for(timeout=30_000)
    assert drawn.page.locator(".st-key-explore_reason input").input_value() == "for the prosecutor"
    with drawn.page.expect_download() as waiting:
        drawn.page.locator(".st-key-explore_download button").click()
    assert waiting.value.suggested_filename == f"{CASE}-explore-with-minors-graphml.zip"
    archive = zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    names = {name.rpartition(".")[2]: name for name in archive.namelist() if not name.endswith(".manifest.json")}
    graph = nx.read_graphml(io.BytesIO(archive.read(names["graphml"])), force_multigraph=True)
    assert {token(key) for key in graph.nodes} == shown
    assert graph.number_of_edges() == edges
    manifest = json.loads(archive.read(next(name for name in archive.namelist() if name.endswith(".manifest.json"))))
    assert (manifest["nodes"], manifest["edges"], manifest["case"]) == (len(shown), edges, CASE)
    drawn.page.keyboard.press("Escape")


def test_minors_are_masked_on_the_canvas_until_one_is_opened(request: pytest.FixtureRequest, drawn: Screen) -> None:
    """The last of the file: that name stays open until the page is loaded anew."""
    if request.node.execution_count > 1:
        drawn.page.reload()
        drawn.settle()
    labels = "(host) => host.canvasView.graph.mapNodes((_id, a) => a.label)"
    shown = drawn.canvas.evaluate(labels)
    assert not any(label.startswith("little_") for label in shown)
    drawn.page.mouse.click(*drawn.place(MINOR_KEYS[0]))
    drawn.page.locator(".st-key-unmask_node_popover button").first.click()
    drawn.page.locator(".st-key-unmask_node_reason input").fill("to know who it is")
    drawn.page.locator(".st-key-unmask_node_show button").click()
    drawn.settle()
    drawn.until(lambda: f"little_{MINORS[0]}" in drawn.canvas.evaluate(labels))
