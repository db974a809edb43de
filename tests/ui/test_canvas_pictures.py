"""A lead on the canvas in a real browser, one walk: evidence, names, style, layouts, paths, the picture exported."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.labels import token
from tests.ui.canvas_hands import HUB_KEY, MINOR_KEYS, act, heard, pick
from tests.ui.conftest import CASE, HUB, findings
from tests.ui.screen import Screen, at, screen_on

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
LEAD = next(lead.finding_id for lead in findings().findings if lead.kind == "hub")
_LOOP = """async (host) => {
  const { root, payload } = host.canvasView, nodes = host.canvasView.graph.order;
  const fetched = performance.getEntriesByType('resource').map((entry) => entry.name);
  const url = fetched.find((name) => /canvas[^/]*[.]js/.test(name));
  const column = { id: 'loop', source: 0, target: 0, width: 2, type: 0, label: '', quiet: 0 };
  const longer = ([name, values]) => [name, [...values, column[name]]];
  const edges = Object.fromEntries(Object.entries(payload.edges).map(longer));
  (await import(url)).default({
    parentElement: root, data: { ...payload, edges, version: 'loop', topology: 'loop' }, setStateValue: () => {},
  });
  const { canvasView: again } = root.querySelector('.canvas-host');
  const loops = again.graph.filterEdges((_edge, _attributes, source, target) => source === target);
  const drawn = again.renderer.getEdgeDisplayData(loops[0]).size > 0;
  const strips = root.querySelectorAll('.canvas-time, .canvas-links').length;
  return [again !== host.canvasView, again.graph.order === nodes, loops.length, drawn, strips];
}"""
# where a glide passes, the picture that was drawn last is where it should be; drawn once more at the end
_GLIDE = """async (host) => {
  const { renderer, graph } = host.canvasView, camera = renderer.getCamera(), home = camera.getState();
  const wait = async () => { while (!renderer.rests) await new Promise(requestAnimationFrame); };
  await wait();
  const places = graph.mapNodes((_id, at) => [at, renderer.graphToViewport(at)]);
  let [moved, drawn, off] = [0, 0, 0];
  const look = () => {
    const moving = renderer.stageCanvas.style.transform;
    if (!moving) { drawn += 1; return; }
    moved += 1;
    for (const [at, before] of places) {
      const there = new DOMMatrix(moving).transformPoint(new DOMPoint(before.x, before.y));
      const now = renderer.graphToViewport(at);
      off = Math.max(off, Math.hypot(there.x - now.x, there.y - now.y));
    }
  };
  renderer.on('afterRender', look);
  renderer.patience = 1; // as on a machine on which every step of a glide takes longer than that
  await camera.animate({ x: home.x + 0.05, y: home.y - 0.04, ratio: home.ratio * 0.8 }, { duration: 1500 });
  await wait();
  renderer.patience = 100;
  renderer.off('afterRender', look);
  return [renderer.slow, moved, drawn, off, renderer.stageCanvas.style.transform];
}"""
_AWAY = """(host, id) => {
  const { renderer, graph } = host.canvasView, camera = renderer.getCamera(), home = camera.getState();
  renderer.patience = 60_000; // it is not drawn anew by itself
  camera.setState({ x: home.x + 0.08, y: home.y + 0.05 });
  const at = graph.getNodeAttributes(id), box = host.getBoundingClientRect(), place = renderer.graphToViewport(at);
  return [box.x + place.x, box.y + place.y];
}"""
_BOXES = "(host) => { host.canvasView.labels.place(); return host.canvasView.labels.boxes(); }"
# how far what links say is drawn from where it found its place, once a node has glided elsewhere, and back
_ASTRAY = """async (host, id) => {
  const { renderer, graph, labels, motion } = host.canvasView, { x, y } = graph.getNodeAttributes(id), found = [];
  for (const to of [{ x: x + 6, y: y + 4 }, { x, y }]) {
    motion.start(new Map([[id, to]]));
    labels.soon();
    await new Promise((done) => setTimeout(done, 1500));
    if (labels.linkBoxes.length) found.push(Math.max(...labels.linkBoxes.map(({ edge, share, x, y }) => {
      const [a, b] = graph.extremities(edge).map((end) => renderer.graphToViewport(graph.getNodeAttributes(end)));
      const [across, down] = [a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share];
      return Math.hypot(across - x, down - y);
    })));
  }
  return found;
}"""
# how far from its line each end of what a link says lies, of those that are turned with their lines, and how far from
# level, of one that was made steep; seen from near
_ASIDE = """async (host) => {
  const { renderer, graph, labels } = host.canvasView, camera = renderer.getCamera(), home = camera.getState();
  camera.setState({ ...home, ratio: home.ratio * 0.5 });
  await new Promise((done) => renderer.once('afterRender', done));
  labels.place();
  const middle = ({ x0, x1, y0, y1 }) => [(x0 + x1) / 2, (y0 + y1) / 2];
  const found = labels.linkBoxes.filter(({ own }) => !own).flatMap(({ edge, parts, wide }) => {
    const [a, b] = graph.extremities(edge).map((end) => renderer.graphToViewport(graph.getNodeAttributes(end)));
    const long = Math.hypot(b.x - a.x, b.y - a.y);
    return long < 2 * wide ? [] : [parts[0], parts.at(-1)].map(middle).map(
      ([x, y]) => Math.abs((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x)) / long);
  });
  let unlevel = null;
  for (const { edge } of [...labels.linkBoxes]) {
    const [from, to] = graph.extremities(edge), at = (end) => graph.getNodeAttributes(end);
    const [under, { x, y }] = [at(from), at(to)];
    graph.mergeNodeAttributes(to, { x: under.x + 0.5, y: under.y + 9 });
    labels.place();
    const said = labels.linkBoxes.find((one) => one.edge === edge);
    if (said) unlevel = Math.abs(said.parts.at(-1).y0 - said.parts[0].y0);
    graph.mergeNodeAttributes(to, { x, y });
    if (said) break;
  }
  camera.setState(home);
  labels.place();
  return [found, unlevel];
}"""
_MIDDLE = """(host, ends) => {
  const { renderer, graph } = host.canvasView, box = host.getBoundingClientRect();
  const [a, b] = ends.map((id) => renderer.graphToViewport(graph.getNodeAttributes(id)));
  return [box.x + host.clientLeft + 0.6 * a.x + 0.4 * b.x, box.y + host.clientTop + 0.6 * a.y + 0.4 * b.y];
}"""
_TOLD = """(host, ends) => {
  const { graph, labels } = host.canvasView;
  const between = ({ edge }) => graph.hasEdge(edge) && graph.extremities(edge).every((id) => ends.includes(id));
  return labels.linkBoxes.find(between)?.told ?? [];
}"""
_OF = "(host, id) => host.canvasView.graph.getNodeAttributes(id)"


# has a node of this colour an edge that is seen before the page?
_EDGED = """(host) => ['#FDE333', '#00336F'].map((color) => {
  const { graph, renderer, theme } = host.canvasView;
  const node = graph.findNode((_id, attributes) => attributes.color === color);
  return renderer.getNodeDisplayData(node).rimColor === theme.edgeStrong;
})"""


# a node's colour as it is drawn, of links those that a lead does not rest on, and the ground they are on
_DRAWN_ON = """(host, id) => {
  const { renderer, theme } = host.canvasView;
  return [renderer.getNodeDisplayData(id).color, theme.edgeFaint, theme.background];
}"""


@pytest.fixture(scope="module")
def drawn(browser: Any, address_of_cleo: str) -> Iterator[Screen]:
    with screen_on(browser, address_of_cleo) as screen:
        screen.page.set_viewport_size({"width": 1366, "height": 768})
        at(screen, f"explore?finding={LEAD}")
        yield screen
        screen.click("clear")


def covers(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[f"{axis}0"] < other[f"{axis}1"] and other[f"{axis}0"] < one[f"{axis}1"] for axis in "xy")


def attribute(screen: Screen, key: str, name: str) -> Any:
    return screen.canvas.evaluate(_OF, token(key))[name]


def part(screen: Screen, title: str) -> None:
    screen.choose("explore_panel", title)


def test_a_lead_s_people_are_told_apart_and_its_links_say_who_came_first(drawn: Screen) -> None:
    assert attribute(drawn, HUB_KEY, "shape") == "star"
    assert {attribute(drawn, key, "shape") for key in MINOR_KEYS} == {"ring"}
    legend = drawn.page.locator(".canvas-legend").inner_text()
    assert "Account, member of the lead (1)" in legend
    assert "Minor, target of the lead (8)" in legend
    assert "1., 2., 3. on links: the order of the first messages" in legend
    labels = drawn.canvas.evaluate("(host) => host.canvasView.graph.mapEdges((_e, a) => a.label)")
    assert any(label.startswith("1. 1 Mar 2024, 10:05 · 2 messages") for label in labels)
    x = {key: attribute(drawn, key, "x") for key in (HUB_KEY, *MINOR_KEYS, f"Account/{CASE}:oak")}
    assert all(x[key] > x[HUB_KEY] for key in MINOR_KEYS)
    assert x[f"Account/{CASE}:oak"] < x[HUB_KEY], "adults stand on the other side"


def test_on_a_dark_page_adults_and_what_a_lead_does_not_rest_on_are_seen(drawn: Screen) -> None:
    adult = token(f"Account/{CASE}:oak")
    color, faint, page = drawn.canvas.evaluate(_DRAWN_ON, adult)
    assert (color, page) == ("#0072B2", "#ffffff")
    assert contrast(faint, page) < 1.3, "faint beside what the lead rests on"
    drawn.page.emulate_media(color_scheme="dark")
    try:
        drawn.until(lambda: drawn.canvas.evaluate(_DRAWN_ON, adult)[2] != page)
        color, faint, page = drawn.canvas.evaluate(_DRAWN_ON, adult)
    finally:
        drawn.page.emulate_media(color_scheme="light")
        drawn.until(lambda: drawn.canvas.evaluate(_DRAWN_ON, adult)[2] == "#ffffff")
    assert contrast(color, page) >= 4.5
    assert contrast(faint, page) >= 1.7


def contrast(one: str, other: str) -> float:
    """Of two colours, as WCAG 2 has it."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_no_name_covers_another_or_a_node_that_is_not_its_own(drawn: Screen) -> None:
    boxes = drawn.canvas.evaluate(_BOXES)
    names, nodes, links = boxes["names"], boxes["nodes"], boxes["links"]
    assert len(names) >= 20
    assert links
    assert not [1 for place, one in enumerate(names) for other in names[place + 1:] if covers(one, other)]
    assert not [1 for one in names for node in nodes if node["owner"] != one["owner"] and covers(one, node)]
    assert not [1 for one in links for other in (*names, *nodes) if covers(one, other)]
    counts = boxes["counts"]
    assert not [1 for one in (*names, *links) for count in counts if covers(one, count)]
    assert not [1 for place, one in enumerate(counts) for other in counts[place + 1:] if covers(one, other)]
    pick(drawn, MINOR_KEYS[0])
    assert set(drawn.canvas.evaluate("(host) => [...host.canvasView.highlight.chosen]")) == {token(MINOR_KEYS[0])}
    drawn.until(lambda: token(MINOR_KEYS[0]) in {one["owner"] for one in drawn.canvas.evaluate(_BOXES)["names"]})


def test_what_links_say_finds_its_place_anew_where_nodes_have_come_to_rest(drawn: Screen) -> None:
    drawn.page.mouse.move(5, 5)
    astray = drawn.canvas.evaluate(_ASTRAY, token(HUB_KEY))
    assert astray
    assert max(astray) < 1


def test_what_links_say_runs_along_them(drawn: Screen) -> None:
    act(drawn, "Escape")
    aside, unlevel = drawn.canvas.evaluate(_ASIDE)
    assert len(aside) >= 4
    assert max(aside) < 0.01
    assert unlevel == 0, "words of a steep line stood upright"


def test_a_link_that_is_pointed_at_or_chosen_says_what_each_of_several_says(drawn: Screen) -> None:
    ends = [token(HUB_KEY), token(MINOR_KEYS[0])]
    drawn.page.mouse.move(*drawn.canvas.evaluate(_MIDDLE, ends))
    drawn.until(lambda: len(drawn.canvas.evaluate(_TOLD, ends)) == 2)
    there, back = drawn.canvas.evaluate(_TOLD, ends)
    assert there == "→ 1. 1 Mar 2024, 10:05 · 2 messages"
    assert back == "← 2 Mar 2024, 10:05 · 1 message"
    drawn.page.mouse.move(5, 5)
    drawn.until(lambda: len(drawn.canvas.evaluate(_TOLD, ends)) < 2)
    drawn.page.mouse.click(*drawn.canvas.evaluate(_MIDDLE, ends))
    drawn.page.mouse.move(5, 5)
    drawn.until(lambda: drawn.canvas.evaluate(_TOLD, ends) == [there, back])
    act(drawn, "Escape")


def test_size_and_colour_follow_a_measure_and_nothing_moves(drawn: Screen) -> None:
    before = drawn.nodes()
    part(drawn, "Style")
    for field, option in (("style_size", "messages"), ("style_color", "community")):
        drawn.page.locator(f".st-key-{field} input").click()
        drawn.page.get_by_role("option", name=option, exact=True).click()
        drawn.settle()
    assert attribute(drawn, HUB_KEY, "size") == 20
    assert "community: 1" in drawn.page.locator(".canvas-legend").inner_text()
    drawn.choose("style_scope", "The whole case")
    drawn.page.locator(".st-key-style_color input").click()
    drawn.page.get_by_role("option", name="PageRank", exact=True).click()
    drawn.settle()
    assert "PageRank in the whole case: " in drawn.page.locator(".canvas-legend").inner_text()
    drawn.canvas.evaluate("(host) => host.canvasView.choose([])")
    heard(drawn)
    assert drawn.canvas.evaluate(_EDGED) == [True, False], "pale yellow on white is edged, dark blue is not"
    assert drawn.nodes() == before
    for _turn in range(4):
        drawn.page.locator("[data-action=undo]").click()
        heard(drawn)
    assert attribute(drawn, HUB_KEY, "size") != 20


def test_a_layout_moves_all_but_what_is_pinned_and_is_undone(drawn: Screen) -> None:
    before = drawn.nodes()
    pick(drawn, HUB_KEY)
    drawn.canvas.focus()
    drawn.page.keyboard.press("p")
    heard(drawn)
    drawn.page.locator(".st-key-explore_layouts button").first.click()
    drawn.page.locator(".st-key-layout_row [data-testid=stTooltipHoverTarget]").hover()
    drawn.page.get_by_text("Select several nodes first.").wait_for()  # why it cannot be pressed
    drawn.click("layout_radial")
    drawn.page.keyboard.press("Escape")
    drawn.until(lambda: drawn.nodes() != before)
    heard(drawn)
    after = drawn.nodes()
    assert after[token(HUB_KEY)] == before[token(HUB_KEY)]
    assert sum(after[name] != place for name, place in before.items()) > 15
    for _turn in range(2):
        drawn.page.locator("[data-action=undo]").click()
        heard(drawn)
    drawn.until(lambda: drawn.nodes() == before)


def test_paths_among_the_selected_are_lit_one_by_one(drawn: Screen) -> None:
    pick(drawn, MINOR_KEYS[0], MINOR_KEYS[1])
    part(drawn, "Paths")
    drawn.click("paths_find")
    lit = "(host) => host.canvasView.highlight.path.nodes.size"
    drawn.until(lambda: drawn.canvas.evaluate(lit) == 3)
    assert drawn.page.locator(".st-key-paths_light_0").is_visible()
    drawn.click("paths_light_0")
    assert drawn.canvas.evaluate(lit) == 3
    drawn.click("paths_none")
    drawn.until(lambda: drawn.canvas.evaluate(lit) == 0)


def test_the_page_that_leaves_shows_what_the_canvas_shows(drawn: Screen, browser: Any, tmp_path: Path) -> None:
    canvas = drawn.canvas.evaluate(
        "(host) => host.canvasView.graph.mapNodes((_id, a) => [a.label, a.color, a.shape, a.x, a.y])"
    )
    drawn.page.locator(".st-key-explore_export button").first.click()
    drawn.page.locator(".st-key-explore_format input").click()
    drawn.page.get_by_role("option", name="html", exact=True).click()
    drawn.settle()
    with drawn.page.expect_download() as waiting:
        drawn.page.locator(".st-key-explore_download button").click()
    drawn.page.keyboard.press("Escape")
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as archive:
        page_name = next(name for name in archive.namelist() if name.endswith(".html"))
        archive.extract(page_name, tmp_path)
        manifest = json.loads(archive.read(f"{page_name}.manifest.json"))
    assert manifest["minors"] == "masked"
    page = browser.new_page()
    page.goto((tmp_path / page_name).as_uri())
    page.wait_for_function("document.body.dataset.ready === 'true'")
    shown = page.evaluate(
        "filature.nodes.get().map((n) => "
        "[n.label, n.color, n.outline, ...Object.values(filature.network.getPosition(n.id))])"
    )
    words = page.inner_text("#told")
    legend = page.locator("#legend li").all_inner_texts()
    page.close()
    assert sorted(one[:3] for one in shown) == sorted(one[:3] for one in canvas)
    here, there = ({one[0]: one[3:] for one in drawn_on} for drawn_on in (canvas, shown))
    hub, oak = HUB, "old_oak"
    scale = (there[hub][0] - there[oak][0]) / (here[hub][0] - here[oak][0])
    for name, (x, y) in here.items():
        assert there[name][0] - there[hub][0] == pytest.approx((x - here[hub][0]) * scale, abs=1.5)
        assert there[name][1] - there[hub][1] == pytest.approx(-(y - here[hub][1]) * scale, abs=1.5)
    why, _, against = words.partition("Why not")
    assert "8 of the 21" in why
    assert "What would clear it" in against
    assert any("member of the lead" in line for line in legend)


def test_where_a_processor_draws_a_glide_moves_the_picture_and_draws_it_once(drawn: Screen) -> None:
    slow, moved, again, off, left = drawn.canvas.evaluate(_GLIDE)
    assert slow, "this browser draws by software"
    assert (moved >= 5, again in (1, 2), left) == (True, True, ""), (moved, again)
    assert off < 0.01


def test_a_click_right_after_a_move_takes_what_is_seen(drawn: Screen) -> None:
    wanted = token(MINOR_KEYS[2])
    x, y = drawn.canvas.evaluate(_AWAY, wanted)
    drawn.until(lambda: bool(drawn.canvas.evaluate("(host) => Boolean(host.canvasView.renderer.resting)")))
    drawn.page.mouse.click(x, y)
    drawn.canvas.evaluate("(host) => { host.canvasView.renderer.patience = 100; }")
    drawn.settle()
    assert drawn.canvas.evaluate("(host) => [...host.canvasView.highlight.chosen]") == [wanted]


def test_a_link_from_a_node_to_itself_is_drawn_also_where_it_comes_later(drawn: Screen) -> None:
    assert drawn.canvas.evaluate(_LOOP) == [True, True, 1, True, 2], "one strip, one layer of links' words"
    drawn.page.reload()
    drawn.settle()
