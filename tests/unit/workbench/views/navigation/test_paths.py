"""What the server answers at a path: screens as they are, paths below them by their own addresses, else unknown."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from workbench.views.frame import screens
from workbench.views.navigation.paths import SCREENS, Paths, unknown


def run(asked: Any) -> None:
    """In a thread of its own: that of the tests may hold a browser's loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, asked).result()


def asked(path: str, query: str = "", *, accept: str = "text/html", language: str = "en") -> tuple[int, str]:
    """Status, and where to or the page; 0 where Streamlit is asked."""
    sent: list[Any] = []

    async def passed(*_: Any) -> None:
        sent.append({"status": 0, "headers": []})

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"accept", accept.encode()), (b"accept-language", language.encode())]
    scope = {"type": "http", "path": path, "query_string": query.encode(), "headers": headers}
    run(Paths(passed)(scope, None, send))  # type: ignore[arg-type]
    place = dict(sent[0]["headers"]).get(b"location", b"").decode()
    return sent[0]["status"], place or (sent[1]["body"].decode() if len(sent) > 1 else "")


def test_the_table_of_paths_holds_every_screen() -> None:
    assert set(SCREENS) == {name.lower() for listed in screens().values() for name, *_rest in listed}


@pytest.mark.parametrize("path", ["/", "/leads", "/case", "/_stcore/health", "/static/js/x.js", "/media/1.pdf"])
def test_screens_and_what_streamlit_serves_go_through(path: str) -> None:
    assert asked(path)[0] == 0


def test_what_no_person_asks_for_as_a_page_goes_through() -> None:
    assert asked("/leads/abc/static/js/x.js", accept="*/*")[0] == 0


@pytest.mark.parametrize(
    ("path", "query", "place"),
    [
        ("/leads/hub-1", "", "/leads?lead=hub-1"), ("/leads/hub-1", "language=fr", "/leads?lead=hub-1&language=fr"),
        ("/account/p:a b", "", "/account?account=p%3Aa%20b"), ("/room/p:a/b", "", "/room?room=p%3Aa%2Fb"),
        ("/conversation/p:a/p:b", "", "/conversation?a=p%3Aa&b=p%3Ab"), ("/overview", "", "/"),
        ("/case/harbour", "", "/case?case=harbour"), ("/leads//evil.example", "", "/leads?lead=evil.example"),
    ],
)
def test_a_path_below_a_screen_is_the_screen_s_own_address(path: str, query: str, place: str) -> None:
    assert asked(path, query) == (307, place)


@pytest.mark.parametrize("path", ["/nowhere", "/sources/x", "/conversation/p:a", "/Leads"])
def test_anything_else_is_said_to_be_unknown_and_nothing_of_it_is_repeated(path: str) -> None:
    status, page = asked(path)
    assert (status, "This address is not known" in page) == (404, True)
    assert "nowhere" not in page
    assert "Cette adresse est inconnue" in asked(path, language="de;q=0.9, fr-FR")[1]
    assert "Cette adresse est inconnue" in asked(path, "case=x&language=fr", language="en")[1], "as its screens were"


def test_below_a_base_path_everything_is_the_same() -> None:
    class Based(Paths):
        def __init__(self, app: Any) -> None:
            super().__init__(app)
            self._base = "work"

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "path": "/work/leads/x", "query_string": b"", "headers": [(b"accept", b"text/html")]}
    run(Based(None)(scope, None, send))  # type: ignore[arg-type]
    assert dict(sent[0]["headers"])[b"location"] == b"/work/leads?lead=x"
    assert 'href="/work/leads"' in unknown("en", base="/work")
