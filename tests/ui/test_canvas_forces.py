"""A layout by forces in a real browser: its worker lays out what is drawn, the server keeps where all have come to."""


import pytest

from tests.labels import token
from tests.ui.canvas_hands import HUB_KEY, MINOR_KEYS, OAK_KEY, heard, pick
from tests.ui.screen import Screen
from workbench.explore.shown import ASPECT

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
_RUNNING = "(host) => host.canvasView.force.running"
# Every line said to a screen reader from now on, and every worker that is started.
_LISTEN = """(host) => {
  window.said = [];
  window.workers = 0;
  delete host.canvasView.force.start;
  const live = host.querySelector('.canvas-live');
  new MutationObserver(() => window.said.push(live.textContent)).observe(live, { childList: true });
  window.OwnWorker ??= Worker;
  window.Worker = class extends OwnWorker { constructor(...told) { super(...told); window.workers += 1; } };
}"""
# Whatever is asked for from now on takes minutes.
_LONG = """(host) => {
  const { force } = host.canvasView, own = force.start.bind(force);
  force.start = () => {
    const worker = own(), post = worker.postMessage.bind(worker);
    worker.postMessage = (told) => post(told.picture ? { ...told, steps: 1e7 } : told);
    return worker;
  };
}"""
# The same worker on so many nodes in a ring, twice: where they end, and how many pairs are nearer than a unit, about.
_TWICE = """async ([host, size, cut]) => {
  const { force } = host.canvasView;
  const all = [...Array(size).keys()];
  const picture = { x: all.map((i) => (i * 37) % 101 / 5), y: all.map((i) => (i * 53) % 97 / 5),
    fixed: all.map((i) => Number(i % 10 === 0)), source: all, target: all.map((i) => (i + 1) % size),
    size: all.map(() => 6), whole: true, room: { width: 800, height: 600 } };
  const run = () => new Promise((resolve, reject) => {
    const worker = force.start();
    worker.onerror = reject;
    worker.onmessage = ({ data }) => { if (data.kind === 'end') { worker.terminate(); resolve(data); } };
    worker.postMessage({ kind: 'begin', picture, every: 1e9 });
    if (cut) worker.postMessage({ kind: 'stop' });
  });
  const [one, two] = [await run(), await run()];
  const fixed = all.filter((i) => picture.fixed[i]);
  return { same: all.every((i) => one.x[i] === two.x[i] && one.y[i] === two.y[i]), share: one.share,
    stayed: fixed.every((i) => one.x[i] === picture.x[i] && one.y[i] === picture.y[i]),
    moved: all.filter((i) => one.x[i] !== picture.x[i]).length,
    near: all.flatMap((i) => all.slice(i + 1).map((j) => [i, j])).filter(([i, j]) =>
      !(picture.fixed[i] && picture.fixed[j]) && Math.hypot(one.x[i] - one.x[j], one.y[i] - one.y[j]) < 0.8).length };
}"""


@pytest.fixture
def drawn(drawn: Screen) -> Screen:
    drawn.canvas.evaluate(_LISTEN)
    return drawn


def by_forces(screen: Screen, *, wait: bool = True) -> None:
    """Ask for it by the keyboard alone."""
    button = screen.page.locator(".st-key-explore_layouts button").first
    button.focus()
    screen.page.keyboard.press("Enter")
    force = screen.page.locator(".st-key-layout_force button")
    force.wait_for()
    force.focus()
    screen.page.keyboard.press("Enter")
    if wait:
        ended(screen)


def ended(screen: Screen) -> None:
    screen.until(lambda: any("have moved" in line for line in announcements(screen)))
    screen.page.keyboard.press("Escape")  # the menu
    heard(screen)


def pixels_of(screen: Screen, *keys: str) -> list[tuple[float, float]]:
    found = screen.pixels()
    return [found[token(key)] for key in keys]


def announcements(screen: Screen) -> list[str]:
    lines: list[str] = screen.page.evaluate("window.said")
    return lines


def undo(screen: Screen) -> None:
    screen.page.locator("[data-action=undo]").click()
    heard(screen)


def pin(screen: Screen, *keys: str) -> None:
    pick(screen, *keys)
    screen.canvas.focus()
    screen.page.keyboard.press("p")
    heard(screen)
    screen.page.keyboard.press("Escape")
    heard(screen)


def pick_by_key(screen: Screen, key: str) -> None:
    screen.canvas.evaluate("(host, id) => host.canvasView.choose([id])", token(key))
    screen.canvas.focus()


def test_nothing_is_laid_out_unless_asked_for_and_then_by_a_worker_of_the_browser(drawn: Screen) -> None:
    before = drawn.nodes()
    assert drawn.page.evaluate("window.workers") == 0
    by_forces(drawn)
    after = drawn.nodes()
    assert drawn.page.evaluate("window.workers") == 1
    assert after.keys() == before.keys()
    assert sum(after[name] != place for name, place in before.items()) > 15
    close = [
        (one, other) for place, one in enumerate(sorted(after)) for other in sorted(after)[place + 1:]
        if abs(after[one][0] - after[other][0]) < 6_000 * ASPECT and abs(after[one][1] - after[other][1]) < 6_000
    ]
    assert close == [], "no two nodes at one place"
    undo(drawn)
    drawn.until(lambda: drawn.nodes() == before)
    drawn.page.locator("[data-action=redo]").click()
    heard(drawn)
    drawn.until(lambda: drawn.nodes() == after)


def test_who_was_placed_does_not_move_by_a_pixel(drawn: Screen) -> None:
    pin(drawn, HUB_KEY, MINOR_KEYS[0])
    x, y = drawn.place(OAK_KEY)
    drawn.page.mouse.move(x, y)
    drawn.page.mouse.down()
    drawn.page.mouse.move(x + 40, y + 25, steps=6)
    drawn.page.mouse.up()
    heard(drawn)
    placed = (HUB_KEY, MINOR_KEYS[0], OAK_KEY)
    before, pixels = drawn.nodes(), pixels_of(drawn, *placed)
    by_forces(drawn)
    after = drawn.nodes()
    assert [after[token(key)] for key in placed] == [before[token(key)] for key in placed]
    assert pixels_of(drawn, *placed) == pixels, "the camera stays, too"
    assert sum(after[name] != place for name, place in before.items()) > 12
    undo(drawn)
    drawn.until(lambda: drawn.nodes() == before)
    for _step in range(2):  # the drag and the pins
        undo(drawn)


def test_the_same_start_gives_the_same_end_and_it_stays_over_pages_and_reloads(drawn: Screen) -> None:
    before = drawn.nodes()
    by_forces(drawn)
    after = drawn.nodes()
    undo(drawn)
    drawn.until(lambda: drawn.nodes() == before)
    drawn.canvas.evaluate(_LISTEN)
    by_forces(drawn)
    assert drawn.nodes() == after
    links = drawn.page.get_by_test_id("stSidebarNavLink")
    links.filter(has_text="Leads").click()
    drawn.page.get_by_role("heading", name="Leads", exact=True).wait_for()
    links.filter(has_text="Explore").click()
    drawn.canvas.wait_for()
    drawn.settle()
    assert drawn.nodes() == after
    drawn.page.reload()
    drawn.canvas.wait_for()
    drawn.settle()
    assert drawn.nodes() == after
    undo(drawn)
    drawn.until(lambda: drawn.nodes() == before)


def test_of_several_selected_only_those_move(drawn: Screen) -> None:
    before = drawn.nodes()
    pick(drawn, *MINOR_KEYS[:3])
    by_forces(drawn)
    after = drawn.nodes()
    moved = {name for name, place in before.items() if after[name] != place}
    assert moved
    assert moved <= {token(key) for key in MINOR_KEYS[:3]}
    undo(drawn)


def test_it_says_how_far_it_is_and_is_stopped_where_it_has_come_to(drawn: Screen) -> None:
    before = drawn.nodes()
    drawn.canvas.evaluate(_LONG)
    by_forces(drawn, wait=False)
    box = drawn.page.locator(".canvas-force")
    box.wait_for()
    assert "Laying out by forces" in box.inner_text()
    assert box.get_by_role("progressbar", name="Layout by forces").count() == 1
    stop = box.get_by_role("button", name="Stop here")
    drawn.page.keyboard.press("Escape")
    stop.focus()
    drawn.page.keyboard.press("Enter")
    ended(drawn)
    assert box.is_hidden()
    assert "Laying out by forces: 0 %" in announcements(drawn)
    assert drawn.canvas.evaluate("(host) => document.activeElement && host.getRootNode().activeElement === host")
    after = drawn.nodes()
    assert after != before
    undo(drawn)
    drawn.until(lambda: drawn.nodes() == before)


def test_who_is_placed_meanwhile_stays_there_and_another_picture_ends_it(drawn: Screen) -> None:
    before = drawn.nodes()
    drawn.canvas.evaluate(_LONG)
    by_forces(drawn, wait=False)
    drawn.page.locator(".canvas-force").wait_for()
    drawn.page.keyboard.press("Escape")
    drawn.canvas.evaluate("""(host, id) => { const view = host.canvasView;
      view.graph.mergeNodeAttributes(id, { x: 3, y: 4 }); view.dragged.add(id); view.dropped(); }""", token(OAK_KEY))
    drawn.until(lambda: bool(drawn.canvas.evaluate("(host) => host.canvasView.acts.quiet")))
    assert drawn.canvas.evaluate(_RUNNING)
    drawn.canvas.focus()
    drawn.page.keyboard.press("Escape")
    ended(drawn)
    assert drawn.nodes()[token(OAK_KEY)] == (30_000, 40_000)
    assert drawn.nodes()[token(HUB_KEY)] != before[token(HUB_KEY)]
    undo(drawn)
    undo(drawn)
    drawn.until(lambda: drawn.nodes() == before)
    by_forces(drawn, wait=False)
    drawn.page.locator(".canvas-force").wait_for()
    drawn.page.keyboard.press("Escape")
    pick_by_key(drawn, MINOR_KEYS[0])
    drawn.page.keyboard.press("h")
    drawn.until(lambda: not drawn.canvas.evaluate(_RUNNING))
    heard(drawn)
    assert "The layout was given up: the picture has changed" in announcements(drawn)
    assert "The layout was given up: the picture has changed." in drawn.words()
    after = drawn.nodes()
    assert after == {name: place for name, place in before.items() if name != token(MINOR_KEYS[0])}
    undo(drawn)


def test_a_layout_in_course_is_done_when_the_page_that_was_left_comes_back(drawn: Screen) -> None:
    before = drawn.nodes()
    drawn.canvas.evaluate(_LONG)
    by_forces(drawn, wait=False)
    drawn.page.locator(".canvas-force").wait_for()
    drawn.page.keyboard.press("Escape")
    links = drawn.page.get_by_test_id("stSidebarNavLink")
    links.filter(has_text="Leads").click()
    drawn.page.get_by_role("heading", name="Leads", exact=True).wait_for()
    links.filter(has_text="Explore").click()
    drawn.until(lambda: drawn.nodes() != before and not drawn.canvas.evaluate(_RUNNING))
    heard(drawn)
    after = drawn.nodes()
    assert sum(after[name] != place for name, place in before.items()) > 15
    undo(drawn)
    drawn.until(lambda: drawn.nodes() == before)


def test_where_no_worker_runs_the_server_lays_out(drawn: Screen) -> None:
    before = drawn.nodes()
    pin(drawn, HUB_KEY)
    drawn.page.evaluate("() => { window.Worker = class { constructor() { throw new Error('none here'); } }; }")
    by_forces(drawn, wait=False)
    drawn.until(lambda: drawn.nodes() != before)
    drawn.page.keyboard.press("Escape")
    heard(drawn)
    assert drawn.nodes()[token(HUB_KEY)] == before[token(HUB_KEY)]
    assert "the server has done it" in drawn.words()
    undo(drawn)
    drawn.until(lambda: drawn.nodes() == before)
    undo(drawn)


def test_the_worker_is_the_same_each_time_leaves_what_is_fixed_and_parts_what_is_too_near(drawn: Screen) -> None:
    host = drawn.canvas.element_handle()
    told = drawn.page.evaluate(_TWICE, [host, 120, False])
    assert told["same"]
    assert told["stayed"]
    assert told["share"] == 1
    assert told["moved"] == 108
    assert told["near"] == 0
    cut = drawn.page.evaluate(_TWICE, [host, 3000, True])
    assert cut["share"] < 1
    assert cut["stayed"]
