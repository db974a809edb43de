"""How does a test press, pick and choose on the canvas, as a person does, and wait until the server heard of it?"""

from tests.labels import token
from tests.ui.conftest import CASE, MINORS
from tests.ui.screen import Screen

HUB_KEY, OAK_KEY = f"Account/{CASE}:hub", f"Account/{CASE}:oak"
MINOR_KEYS = [f"Account/{CASE}:{identity}" for identity in MINORS]
MINOR_TOKENS = {token(key) for key in MINOR_KEYS}
IN_SIGHT = """(host) => {
  const { renderer, graph } = host.canvasView, { width } = host.getBoundingClientRect();
  const low = host.querySelector('.canvas-legend').getBoundingClientRect().top - host.getBoundingClientRect().top;
  return graph.filterNodes((_id, a) => {
    const p = renderer.graphToViewport(a);
    return p.x > 0 && p.y > 0 && p.x < width && p.y < low;
  });
}"""
"""The nodes that stand above the legend, within the canvas."""
_CHOSEN = "(host) => [...host.canvasView.highlight.chosen]"
_QUIET = "(host) => host.canvasView.acts.quiet && !host.canvasView.motion.moves.size"


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


def drag(screen: Screen, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press at one place of the window, move to another and let go."""
    screen.page.mouse.move(*start)
    screen.page.mouse.down()
    screen.page.mouse.move(*end, steps=4)
    screen.page.mouse.up()
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
