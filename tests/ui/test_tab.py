"""A page that several tests use in turn: what it asks of other hosts is counted, and nothing stays in it of a test."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.ui.screen import screen_on

pytestmark = pytest.mark.browser
_LEAVE = """async () => {
  localStorage.setItem('a', '1');
  sessionStorage.setItem('b', '1');
  document.cookie = 'c=1';
  await new Promise((done) => { indexedDB.open('d').onsuccess = done; });
  history.pushState({}, '', '/further');
}"""
_LEFT = """async () => [
  localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, history.length,
]"""

_PICTURE = "(url) => new Promise((done) => { const one = new Image(); one.onerror = done; one.src = url; })"


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>a page</title>")

    def log_message(self, *_told: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_knows_nothing_of_the_test_before(browser: Any, address: str) -> None:
    with screen_on(browser, address, scheme="dark") as screen:
        first = screen.page
        first.goto(address)
        first.set_viewport_size({"width": 800, "height": 600})
        first.evaluate(_LEAVE)
        assert first.evaluate(_LEFT)[:4] == [1, 1, "c=1", 1]
    with screen_on(browser, address) as screen, screen_on(browser, address) as other:
        assert screen.page is first
        assert other.page is not first
        screen.page.goto(address)
        assert screen.page.evaluate(_LEFT) == [0, 0, "", 0, 2]
        assert screen.page.evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") == [1440, False]
        screen.page.evaluate(_LEAVE)
        other.page.goto(address)
        assert other.page.evaluate(_LEFT)[:4] == [0, 0, "", 0], "open at the same time, another browser"


def visited(browser: Any, address: str, script: str, *given: str) -> None:
    with screen_on(browser, address) as screen:
        screen.page.goto(address)
        screen.page.evaluate(script, *given)


@pytest.mark.parametrize("asked", ["http://example.invalid/picture.png", "http://127.0.0.1:9/picture.png"])
def test_what_is_asked_of_another_host_fails_the_test(browser: Any, address: str, asked: str) -> None:
    with pytest.raises(AssertionError, match=asked):
        visited(browser, address, _PICTURE, asked)


def test_a_script_of_data_that_runs_fails_the_test(browser: Any, address: str) -> None:
    with pytest.raises(AssertionError, match="of data"):
        visited(browser, address, "alert('of data')")
