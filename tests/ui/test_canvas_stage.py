"""What makes the canvas quick where a processor draws: links of a program of their own, a renderer that is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.ui.conftest import CASE
from tests.ui.screen import Screen, screen_on

PEOPLE = 80
LINKS = PEOPLE * (PEOPLE - 1) // 2
# a picture of many links, drawn in place of what the page shows: every two of 80 nodes on a circle
_MANY = """async ([host, people, picture]) => {
  const { root, payload } = host.canvasView;
  const url = performance.getEntriesByType('resource').map((entry) => entry.name)
    .find((name) => /canvas[^/]*[.]js/.test(name));
  const all = [...Array(people).keys()], every = (value) => all.map(() => value);
  const angle = (i) => 2 * Math.PI * i / people;
  const nodes = { id: all.map((i) => `n${i}`), label: all.map((i) => `node ${i}`),
    x: all.map((i) => 30 * Math.cos(angle(i))), y: all.map((i) => 18 * Math.sin(angle(i))),
    size: every(6), kind: every(0), flags: every(0), mark: every('') };
  const pairs = all.flatMap((i) => all.slice(i + 1).map((j) => [i, j]));
  const alike = (value) => pairs.map(() => value);
  const edges = { id: pairs.map(([i, j]) => `e${i}-${j}`), source: pairs.map(([i]) => i),
    target: pairs.map(([, j]) => j), width: pairs.map(([i]) => 1 + i % 3), type: alike(0), label: alike(''),
    quiet: alike(0) };
  const data = { ...payload, nodes, edges, groups: [], notes: [], types: [{ name: 'CONTACTED', arrow: true }],
    topology: picture, version: picture, frame: picture, picture };
  (await import(url)).default({ parentElement: root, data, setStateValue: () => {} });
}"""
_DRAWN = """async ([host, chosen]) => {
  const { renderer, highlight, graph } = host.canvasView;
  highlight.set({ chosen: new Set(chosen) });
  const rested = async () => { do { await new Promise(requestAnimationFrame); } while (!renderer.rests); };
  await rested();
  renderer.settle();
  const ranges = Object.values(renderer.depthRanges.edges).flat();
  const own = renderer.customLayerPrograms.get('links').program.count;
  return [own, ranges.reduce((sum, { count }) => sum + count, 0), graph.size];
}"""
# how dark the picture of every 61st link is (of all of them one sees a plain surface): by the links' own program, by
# sigma's, and without any
_SHADES = """([host]) => {
  const { renderer, graph } = host.canvasView, gl = renderer.getWebGLContext();
  const place = new Map(graph.edges().map((edge, i) => [edge, i]));
  const shade = (apart, seen) => {
    renderer.filled(() => graph.updateEachEdgeAttributes((edge, found) => (
      { ...found, apart, hidden: !seen || place.get(edge) % 61 > 0 })));
    renderer.settle();
    const bytes = new Uint8Array(gl.drawingBufferWidth * gl.drawingBufferHeight * 4);
    gl.readPixels(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    return bytes.reduce((sum, value, i) => sum + (i % 4 === 3 ? value : 0), 0);
  };
  return [shade(true, true), shade(false, true), shade(true, false)];
}"""
# the boxes of the names that are given a place while these are selected
_NAMED = """(host, ids) => {
  const { labels, highlight, renderer, graph } = host.canvasView;
  highlight.set({ chosen: new Set(ids) });
  labels.place();
  return [...labels.at].map(([token, side]) => labels.box(
    token, side, renderer.graphToViewport(graph.getNodeAttributes(token)),
    renderer.scaleSize(renderer.getNodeDisplayData(token).size)));
}"""
# shades and colours of the picture before its context is lost, and after it has come back
_LOST = """async (host) => {
  const { renderer } = host.canvasView, gl = renderer.getWebGLContext();
  const extension = gl.getExtension('WEBGL_lose_context');
  const seen = () => {
    renderer.settle();
    const bytes = new Uint8Array(gl.drawingBufferWidth * gl.drawingBufferHeight * 4), sums = [0, 0, 0, 0];
    gl.readPixels(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    bytes.forEach((value, i) => { sums[i % 4] += value; });
    return sums;
  };
  const frame = () => new Promise((resolve) => setTimeout(resolve, 400));
  const before = seen();
  extension.loseContext();
  await frame();
  extension.restoreContext();
  await frame();
  return [before, seen()];
}"""
# had the server been told of the selection when the first node was lit, and how many nodes and links were told anything
# while nothing stands out, and is any still faded?
_LIT = """(host) => {
  const view = host.canvasView, { highlight, renderer, graph } = view, told = [];
  const lit = highlight.set;
  highlight.set = function (change) {
    told.push(view.acts.waiting.some(({ op }) => op === 'select'));
    return lit.call(this, change);
  };
  view.choose([graph.nodes()[0]]);
  highlight.set = lit;
  view.choose([]);
  let number = 0;
  for (const name of ['setNodeState', 'setEdgeState']) renderer[name] = () => { number += 1; };
  highlight.set({});
  for (const name of ['setNodeState', 'setEdgeState']) delete renderer[name];
  return [told[0], number, graph.filterNodes((node) => renderer.getNodeState(node).faded).length];
}"""


@contextmanager
def _full_graph_page(browser: Any, address: str) -> Iterator[Screen]:
    """A page that has drawn the full graph of the case."""
    with screen_on(browser, address) as screen:
        screen.page.goto(f"{screen.address}/explore?case={CASE}")
        screen.page.locator(".st-key-begin_whole").wait_for()
        screen.settle()
        screen.click("begin_whole")
        yield screen


def _draw_many(screen: Screen, picture: str) -> Screen:
    """Draw them in the place of what the page shows, as a picture of that name."""
    _on_host(screen, _MANY, PEOPLE, picture)
    screen.pixels()  # fitted, however slow the machine
    return screen


@pytest.fixture(scope="module")
def page(browser: Any, address: str) -> Iterator[Screen]:
    with _full_graph_page(browser, address) as screen:
        yield screen


@pytest.fixture
def many(page: Screen, request: pytest.FixtureRequest) -> Screen:
    """A picture of its own for each test, on one page of the file: these tests stay on it."""
    page.canvas.evaluate("(host) => host.canvasView.highlight.set({ chosen: new Set() })")
    return _draw_many(page, request.node.name)


@pytest.fixture
def alone(browser: Any, address: str) -> Iterator[Screen]:
    """Such a picture on a page of its own, which is left and come back to."""
    with _full_graph_page(browser, address) as screen:
        yield _draw_many(screen, "many")


def _on_host(screen: Screen, script: str, *given: Any) -> Any:
    return screen.canvas.evaluate(f"(host, given) => ({script})([host, ...given])", list(given))


def test_many_links_are_drawn_by_a_program_of_their_own_as_sigma_draws_them(many: Screen) -> None:
    assert _on_host(many, _DRAWN, []) == [LINKS, 0, LINKS]
    own, sigma, bare = _on_host(many, _SHADES)
    assert own - bare == pytest.approx(sigma - bare, rel=0.03)
    assert own - bare > 0.05 * bare, "links are seen at all"


def test_what_stands_out_of_many_links_is_sigmas_until_it_no_longer_does(many: Screen) -> None:
    assert _on_host(many, _DRAWN, ["n3"]) == [LINKS - PEOPLE + 1, PEOPLE - 1, LINKS]
    assert _on_host(many, _DRAWN, ["n4"]) == [LINKS - PEOPLE + 1, PEOPLE - 1, LINKS]
    assert _on_host(many, _DRAWN, []) == [LINKS, 0, LINKS]


def test_of_many_selected_those_are_named_that_there_is_room_for(many: Screen) -> None:
    few, all_of_them = (
        many.canvas.evaluate(
            _NAMED, [f"n{number}" for number in range(count)]
        )
        for count in (12, PEOPLE)
    )
    assert {f"n{number}" for number in range(12)} <= {box["owner"] for box in few}
    assert len(all_of_them) >= 12
    assert not any(
        one["x0"] < other["x1"] and other["x0"] < one["x1"] and one["y0"] < other["y1"] and other["y0"] < one["y1"]
        for place, one in enumerate(all_of_them) for other in all_of_them[:place]
    )


def test_the_renderer_of_a_picture_that_is_left_draws_the_next(alone: Screen) -> None:
    alone.canvas.evaluate("(host) => { host.canvasView.renderer.stamp = 'first'; }")
    links = alone.page.get_by_test_id("stSidebarNavLink")
    links.filter(has_text="Leads").click()
    alone.page.get_by_role("heading", name="Leads", exact=True).wait_for()
    alone.settle()
    links.filter(has_text="Explore").click()
    alone.canvas.wait_for()
    alone.settle()
    stamp, order, drawn = alone.canvas.evaluate(
        "(host) => { const { renderer, graph } = host.canvasView;"
        " return [renderer.stamp, graph.order,"
        " graph.filterNodes((node) => renderer.getNodeDisplayData(node)).length]; }"
    )
    assert (stamp, drawn) == ("first", order)
    assert alone.page.locator(".canvas-stage canvas").count() > 0
    assert all(not key.startswith("n") or len(key) > 3 for key in alone.nodes()), "nothing of what was before is left"


def test_before_anything_is_drawn_the_canvas_is_made_ready(browser: Any, address: str) -> None:
    with screen_on(browser, address) as screen:
        screen.page.goto(f"{screen.address}/explore?case={CASE}")
        screen.page.locator(".st-key-begin_whole").wait_for()
        screen.settle()
        screen.page.evaluate("() => { window.made = 0; const get = HTMLCanvasElement.prototype.getContext;"
                             "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
                             " if (kind === 'webgl2') window.made += 1; return get.call(this, kind, ...rest); }; }")
        screen.page.wait_for_timeout(1200)  # the first picture of a page takes what was made before it was asked for
        screen.click("begin_whole")
        screen.canvas.wait_for()
        assert screen.page.evaluate("window.made") == 0


def test_a_context_that_is_lost_and_comes_back_draws_the_second_picture_as_before(alone: Screen) -> None:
    links = alone.page.get_by_test_id("stSidebarNavLink")
    links.filter(has_text="Leads").click()
    alone.page.get_by_role("heading", name="Leads", exact=True).wait_for()
    links.filter(has_text="Explore").click()  # its renderer has drawn another picture before
    alone.canvas.wait_for()
    alone.settle()
    before, after = alone.canvas.evaluate(_LOST)
    assert before[0] > 0
    assert after == pytest.approx(before, rel=1e-4)


def test_a_selection_is_told_before_it_is_lit_and_nothing_is_told_that_nothing_stands_out(many: Screen) -> None:
    assert many.canvas.evaluate(_LIT) == [True, 0, 0]


def test_until_the_first_frame_it_is_said_that_the_picture_is_drawn(browser: Any, address: str) -> None:
    with screen_on(browser, address) as screen:
        page, held = screen.page, list[Any]()
        page.route("**/bidi-components/**/canvas.js*", lambda route: held.append(route))
        page.goto(f"{address}/explore?case={CASE}&language=fr")
        screen.until(lambda: bool(held))
        page.wait_for_timeout(800)
        assert not page.locator(".canvas-loading").is_visible(), "nothing is drawn"
        page.goto(f"{address}/explore?account={CASE}:hub&language=fr")
        told = page.locator(".canvas-loading")
        told.wait_for()
        assert told.inner_text() == "Tracé en cours…"
        busy = page.locator(".canvas-host")
        assert busy.get_attribute("aria-busy") == "true"
        for route in held[1:]:
            route.continue_()
        page.unroute_all()
        screen.until(lambda: busy.get_attribute("aria-busy") is None)
        assert not told.is_visible()
        screen.settle()
