"""How does a test look at and act on the screens in a browser?  One page, watched for requests and scripts."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.labels import token
from tests.ui.tab import tab

# What the page told the server last, and when the server spoke last: a busy one is late to begin running the page.
_TALK = """() => {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...told) {
    if (!this.__listening) this.addEventListener('message', () => { window.__heard = performance.now(); });
    this.__listening = true;
    window.__told = performance.now();
    return send.apply(this, told);
  };
}"""
# It was answered, the script has finished, the socket is up, no statement runs, nothing is stale, every table that is
# seen has its cells (which it writes some time after it stands), and it stayed so.
_QUIET = """(quiet) => {
  const app = document.querySelector('[data-testid=stApp]');
  const still = app?.dataset.testScriptState === 'notRunning' && app.dataset.testConnectionState === 'CONNECTED'
    && !(window.__told > (window.__heard ?? 0))
    && !document.querySelector('[data-stale=true], [data-testid=stSkeleton], .st-key-statement_running')
    && document.querySelector('[data-testid=stMain] [data-testid=stElementContainer]')
    && [...document.querySelectorAll('.stDataFrame')].every(
      (table) => !table.checkVisibility() || table.querySelector('[role=columnheader]'));
  if (!still) { window.__since = 0; return false; }
  window.__since ||= performance.now();
  return performance.now() - window.__since > quiet;
}"""
_PLACE = """(host, id) => {
  const { renderer, graph } = host.canvasView;
  if (!renderer.rests) return null;
  const box = host.getBoundingClientRect();
  const point = renderer.graphToViewport(graph.getNodeAttributes(id));
  return [box.x + point.x, box.y + point.y];
}"""
_PIXELS = """(host) => {
  const { renderer, graph } = host.canvasView;
  if (!renderer.rests) return null;
  return graph.mapNodes((id, a) => { const p = renderer.graphToViewport(a); return [id, p.x, p.y]; });
}"""
TOOK = re.compile(r" · [0-9.,]+ s$", re.MULTILINE)
ROW = 31
"""Height of a table's row and of its head, in pixels."""
_NODES = "(host) => host.canvasView.graph.mapNodes((id, a) => [id, Math.round(a.x * 1e4), Math.round(a.y * 1e4)])"


class Screen:
    """A browser page on the workbench; ``outside`` lists requests that were not to the server, ``alarms`` scripts."""

    def __init__(self, page: Any, address: str, beside: Sequence[str] = ()) -> None:
        self.page, self.address = page, address
        self.outside: list[str] = []
        self.alarms: list[str] = []
        self._known = {urlsplit(one).netloc for one in (address, *beside)}

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Keep what the page asks for and runs.  Requests are told of, not stopped: the browser knows no other host."""
        page, context = self.page, self.page.context
        heard = ((context, "request", self._asks), (page, "dialog", self._dialog), (page, "pageerror", self._error))
        for source, event, tell in heard:
            source.on(event, tell)
        try:
            yield
        finally:
            for source, event, tell in heard:
                source.remove_listener(event, tell)

    def _asks(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.netloc not in self._known and parts.scheme not in ("data", "blob"):
            self.outside.append(request.url)

    def _dialog(self, dialog: Any) -> None:
        self.alarms.append(dialog.message)
        dialog.dismiss()

    def _error(self, error: Any) -> None:
        self.alarms.append(str(error))

    def open(self, name: str) -> None:
        """Go to a screen by its name: from another by its link, as a person does; else (anew, too) by its address.

        A link costs a third of the processor's time of an address, and the session stays.
        """
        heading = self.page.get_by_role("heading", name=name, exact=True)
        link = self.page.locator("[data-testid=stSidebarNavLink]").filter(has_text=re.compile(rf"^{name}$"))
        if self._at_work() and link.count() and link.is_visible() and not heading.count():
            link.click()
        else:
            self.enter(name)
        heading.wait_for(timeout=90_000)
        self.settle()

    def enter(self, name: str) -> None:
        """Go to a screen by its address, which begins a session."""
        # at the bare address stands what was open last
        self.page.goto(f"{self.address}/{'?language=en' if name == 'Overview' else name.lower()}")

    def _at_work(self) -> bool:
        return self.page.url.startswith(f"{self.address}/") and "/_stcore/" not in self.page.url

    def settle(self, *, quiet: int = 250) -> None:
        self.page.evaluate("window.__since = 0")
        self.page.wait_for_function(_QUIET, arg=quiet, polling=50, timeout=60_000)

    def until(self, true: Callable[[], bool], *, within_s: float = 45.0) -> None:
        """Wait for something of ours that no event announces."""
        deadline = time.monotonic() + within_s
        while not true():
            assert time.monotonic() < deadline, "it did not happen in time"
            self.page.wait_for_timeout(100)  # each look costs the page some milliseconds

    def close_tabs(self) -> bool:
        """Close the tabs of Explore until one is left, and leave that empty; were there several?"""
        cross = self.page.locator(".st-key-tab_close")
        several = bool(cross.count())
        while cross.count():
            self.click("tab_close")
        if several:
            self.click("clear")
        return several

    def in_view(self, selector: str) -> None:
        """Wait until the thing stands in the window."""
        inside = ("one => { const at = one.getBoundingClientRect(); "
                  "return at.top >= 0 && at.bottom <= window.innerHeight; }")
        self.until(lambda: bool(self.page.locator(selector).first.evaluate(inside)), within_s=10)

    def click(self, key: str) -> None:
        """Press the button of that key."""
        self.page.locator(f".st-key-{key} button").first.click()
        self.settle()

    def fill(self, key: str, text: str) -> None:
        field = self.page.locator(f".st-key-{key}").locator("input, textarea").first
        field.fill(text)
        field.press("Control+Enter" if field.evaluate("e => e.tagName") == "TEXTAREA" else "Enter")
        self.settle()

    def row(self, within: str, number: int, *, x: int = 110) -> None:
        """Press a row of the first table shown there, ``x`` pixels from its left, once the table stands still."""
        table = self.page.locator(f"{within} .stDataFrame:has(canvas)").filter(visible=True).first
        table.scroll_into_view_if_needed()
        table.click(position={"x": x, "y": ROW * (number + 1) + ROW // 2})
        self.settle()

    def write_statement(self, text: str) -> None:
        """Write into the console's editor, in the place of what stood there."""
        editor = self.page.locator(".st-key-console_editor .cm-content")
        editor.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)
        self.page.wait_for_timeout(200)
        self.page.keyboard.press("Escape")  # a completion that opened lies over what is below

    def answered(self) -> None:
        """Wait until nothing runs any more and an answer stands below the editor."""
        self.page.locator(".st-key-statement_running").wait_for(state="detached", timeout=60_000)
        self.page.locator(".st-key-answer_bar").wait_for(timeout=60_000)
        self.settle()

    def unfold(self) -> None:
        """Have Explore draw every leaf by itself."""
        self.page.locator(".st-key-explore_choices button").first.click()
        self.page.locator(".st-key-explore_folding label").click()
        self.settle()
        self.page.keyboard.press("Escape")
        self.settle()

    def choose(self, key: str, option: str) -> None:
        """Press one part of a segmented control."""
        self.page.locator(f".st-key-{key}").get_by_text(option, exact=True).first.click()
        self.settle()

    @property
    def canvas(self) -> Any:
        host = self.page.locator(".canvas-host[data-nodes]").first
        host.wait_for(timeout=90_000)  # the first of a case waits for its engine
        return host

    def nodes(self) -> dict[str, tuple[int, int]]:
        """Token to position of every node that the canvas draws."""
        return {identity: (x, y) for identity, x, y in self.canvas.evaluate(_NODES)}

    def place(self, key: str) -> tuple[float, float]:
        """Where on the page the node of that key is drawn, once the camera has come to rest."""
        x, y = self._at_rest(_PLACE, token(key))
        return x, y

    def pixels(self) -> dict[str, tuple[float, float]]:
        """Token to where on the canvas it is drawn, of every node, once the camera has come to rest."""
        return {identity: (x, y) for identity, x, y in self._at_rest(_PIXELS)}

    def _at_rest(self, places: str, wanted: str | None = None) -> Any:
        """What the script says twice in turn while no glide runs: a slow machine may draw no frame in 120 ms."""
        before = None
        while (now := self.canvas.evaluate(places, wanted)) is None or now != before:
            before = now
            self.page.wait_for_timeout(120)
        return now

    def words(self) -> str:
        """All words of the page but the seconds that a statement took, which differ from run to run."""
        return TOOK.sub("", str(self.page.locator("[data-testid=stMain]").inner_text()))

    def picture(self, path: Path) -> None:
        self.settle(quiet=700)
        self.page.screenshot(path=str(path))


def at(screen: Screen, path: str) -> None:
    """Go to an address of the workbench and wait until its page stands."""
    screen.page.goto(f"{screen.address}/{path}")
    screen.page.get_by_role("heading", level=1).wait_for(timeout=90_000)
    screen.settle()


@contextmanager
def screen_on(
    browser: Any, address: str, *, scheme: str = "light", beside: Sequence[str] = ()
) -> Iterator[Screen]:
    """A page that was nowhere yet; on leaving, nothing may have asked for another host and no script may have run.

    ``beside``: addresses of other servers of the test that the page may ask.
    """
    with tab(browser, (address, *beside), scheme=scheme, told=_TALK) as page:
        screen = Screen(page, address, beside)
        with screen.watched():
            yield screen
        assert screen.outside == [], screen.outside
        assert screen.alarms == [], screen.alarms
