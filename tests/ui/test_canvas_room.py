"""What room does the canvas take, what is in sight of it, and which camera has a picture?"""

from typing import Any

import pytest

from tests.ui.canvas_hands import IN_SIGHT, OAK_KEY, act, drag, heard
from tests.ui.conftest import CASE
from tests.ui.screen import Screen, at, screen_on

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
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
_MOVES = "({ canvasView }) => canvasView.renderer.getCamera().isAnimating()"
_LONGER = """(host, times) => {
  const view = host.canvasView, legend = view.payload.legend;
  view.update({ ...view.payload, version: `longer ${times}`, legend: Array(times).fill(legend).flat() });
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


def leave(screen: Screen) -> None:
    """Close the open tab, or empty it where it is the only one."""
    screen.click("tab_close" if screen.page.locator(".st-key-tab_close").count() else "clear")


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
    browser: Any, address_of_cleo: str
) -> None:
    with screen_on(browser, address_of_cleo) as screen:
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
        screen.page.set_viewport_size({"width": 1100, "height": 700})
        screen.until(lambda: len(screen.canvas.evaluate(IN_SIGHT)) == len(began))
        screen.page.set_viewport_size({"width": 1440, "height": 900})
        screen.until(lambda: screen.pixels() == began)
        screen.page.locator("[data-action=in]").click()
        screen.settle()
        nearer = screen.canvas.evaluate(_LATER, 0)
        assert screen.canvas.evaluate(_LATER, 40) == nearer
        screen.page.locator("[data-action=fit]").click()
        settled = screen.pixels()
        assert settled.keys() == framed.keys()
        assert all(settled[one] == pytest.approx(framed[one], abs=0.01) for one in framed)
        leave(screen)


def test_what_was_whole_in_sight_stays_so_when_a_table_or_a_longer_legend_takes_its_room(
    browser: Any, address_of_cleo: str
) -> None:
    """The lowest nodes lay under the legend."""
    with screen_on(browser, address_of_cleo) as screen:
        at(screen, f"explore?account={CASE}:hub")
        screen.page.locator("[data-action=fit]").click()  # from here on nothing frames it anew
        screen.settle()
        everybody = set(screen.canvas.evaluate(IN_SIGHT))
        assert len(everybody) == screen.canvas.evaluate("({ canvasView }) => canvasView.graph.order")
        screen.canvas.evaluate(_LONGER, 9)
        screen.until(lambda: set(screen.canvas.evaluate(IN_SIGHT)) == everybody)
        screen.canvas.evaluate(_LATER, 120)
        screen.until(lambda: set(screen.canvas.evaluate(IN_SIGHT)) == everybody)
        screen.until(lambda: not screen.canvas.evaluate(_MOVES))  # what is still on its way is whole by that
        screen.page.set_viewport_size({"width": 900, "height": 760})
        screen.until(lambda: set(screen.canvas.evaluate(IN_SIGHT)) == everybody)
        screen.page.locator("[data-action=in]").click()
        screen.page.locator("[data-action=in]").click()
        screen.settle()
        nearer = screen.canvas.evaluate(_LATER, 120)
        screen.canvas.evaluate(_LONGER, 12)
        assert screen.canvas.evaluate(_LATER, 120) == nearer, "who looks at a part of it keeps to that"
        leave(screen)


def test_pictures_that_began_alike_have_a_camera_each(browser: Any, address_of_cleo: str) -> None:
    with screen_on(browser, address_of_cleo) as screen:
        at(screen, f"explore?account={CASE}:hub")
        first = screen.page.url
        drag(screen, screen.place(OAK_KEY), tuple(part + 60 for part in screen.place(OAK_KEY)))
        act(screen, "-")
        act(screen, "-")
        second, left = screen.page.url, screen.pixels()
    assert first != second
    with screen_on(browser, address_of_cleo) as other:  # whom nobody looked at either with yet
        for address in (first, second):
            other.page.goto(address)
            other.settle()
            if address == first:
                assert other.canvas.evaluate(_SEEN)
                act(other, "+")
                nearer = other.pixels()
        framed = other.pixels()
        assert other.canvas.evaluate(_SEEN), "another picture is framed anew"
        assert framed not in (nearer, left)
        other.page.goto(first)
        other.settle()
        assert other.pixels() == nearer, "the same one keeps its camera"
        other.close_tabs()


_GROUND = "(host) => host.canvasView.theme.background"


def test_the_scheme_of_colours_moves_nothing_in_an_arranged_picture(browser: Any, address_of_cleo: str) -> None:
    """It was framed by another box than it is drawn by: with the next colours it was thrown out of sight."""
    with screen_on(browser, address_of_cleo) as screen:
        at(screen, f"explore?account={CASE}:hub")
        before = screen.nodes()
        screen.page.locator(".st-key-explore_layouts button").first.click()
        screen.click("layout_tree")
        screen.until(lambda: screen.nodes() != before)
        heard(screen)
        screen.page.reload()
        screen.settle()
        arranged = screen.pixels()
        light = screen.canvas.evaluate(_GROUND)
        screen.page.emulate_media(color_scheme="dark")
        screen.until(lambda: screen.canvas.evaluate(_GROUND) != light)
        assert screen.pixels() == {one: pytest.approx(place, abs=0.01) for one, place in arranged.items()}
        leave(screen)


# What the strip says: whole, above the foot of the strip, which the legend keeps clear of; and on how many rows.
_SAYS = """async (host, told) => {
  const { brush } = host.canvasView;
  brush.set({ ...brush.data, told });
  await new Promise((done) => setTimeout(done, 200));
  const [how, strip, legend] = ['time-how', 'time', 'legend'].map((part) => host.querySelector(`.canvas-${part}`));
  const box = (part) => part.getBoundingClientRect();
  return [how.scrollWidth <= how.clientWidth, box(how).bottom <= box(strip).bottom,
          box(legend).bottom <= box(strip).top, Number(host.dataset.rows)];
}"""


def test_what_the_time_strip_says_is_never_cut(drawn: Screen) -> None:
    told = "1,212 of 12,600 messages, 11,388 outside the period, 1,030 of hidden links, and some words more"
    assert drawn.canvas.evaluate(_SAYS, told) == [True, True, True, 2]
    assert drawn.canvas.evaluate(_SAYS, f"{told}; {told}; {told}") == [True, True, True, 4]
    assert drawn.canvas.evaluate(_SAYS, "4 messages") == [True, True, True, 1]


# Whether every button stands above the strip and within the canvas.
_CLEAR = """async (host, told) => {
  const { brush } = host.canvasView, { height } = host.style;
  host.style.height = '380px';
  brush.set({ ...brush.data, told });
  await new Promise((done) => setTimeout(done, 200));
  const box = (part) => part.getBoundingClientRect();
  const [{ top }, { left, right }] = [box(host.querySelector('.canvas-brush')), box(host)];
  const clear = [...host.querySelectorAll('.canvas-tools button')].map(box)
    .every((one) => one.bottom <= top && one.left > left && one.right < right);
  host.style.height = height;
  return clear;
}"""


def test_in_a_low_picture_no_button_lies_behind_the_time_strip(drawn: Screen) -> None:
    assert drawn.canvas.evaluate(_CLEAR, "4 messages")
    assert drawn.canvas.evaluate(_CLEAR, "; ".join(["1,212 of 12,600 messages, 11,388 outside the period"] * 8))
