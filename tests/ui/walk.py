"""How does a test see every screen with something on it?  By the sidebar's links, so that a new screen is seen too."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.ui.conftest import CASE
from tests.ui.screen import Screen

OPEN = {
    "case": CASE, "account": f"{CASE}:hub", "room": f"{CASE}:lobby", "company": f"{CASE}:c2",
    "a": f"{CASE}:hub", "b": f"{CASE}:oak", "beside": f"{CASE}:x0",
    "sought": "hello there",
}
"""What the screens are to show, in one address for all: each takes what is its own."""


def every_screen(
    screen: Screen, *, language: str = "en", lead: str = "", opened: Mapping[str, str] = MappingProxyType(OPEN)
) -> Iterator[str]:
    """Open one screen after the other, filled with ``opened``; gives its path."""
    page = screen.page
    given = {**opened, **({"language": language} if language != "en" else {}), **({"lead": lead} if lead else {})}

    def load(path: str) -> None:
        page.goto(f"{screen.address}{path}?{urlencode(given)}")
        page.locator("[data-testid=stMain] h1").first.wait_for(timeout=90_000)
        screen.settle()

    load("/")
    links = page.locator("[data-testid=stSidebarNavLink]").evaluate_all("links => links.map((link) => link.href)")
    assert len(links) > 8
    for path in [urlsplit(link).path for link in links]:
        if path != "/":  # which is open
            load(path)
        if path == "/explore":
            draw(screen)
        elif path == "/search":
            search_texts(screen)
        elif path == "/queries":
            screen.click("run_query")
        yield path
        if path == "/queries":
            answer_in_the_console(screen)
            yield f"{path} console"


def answer_in_the_console(screen: Screen) -> None:
    """A statement with a value, written and answered."""
    screen.page.locator(".st-key-query_mode button").nth(1).click()
    screen.settle()
    screen.write_statement("MATCH (a:Account {id: $chosen})-[c:CONTACTED]->(b) RETURN a, b, c.messages AS messages")
    screen.page.keyboard.press("Control+Enter")
    screen.settle()
    screen.fill("console_value_chosen", f"{CASE}:hub")
    screen.click("run_console")
    screen.answered()


def search_texts(screen: Screen) -> None:
    """A reason for searching message texts, unless this person gave one before."""
    reason = screen.page.locator(".st-key-search_texts_reason input")
    reason.or_(screen.page.locator(".st-key-texts_found")).first.wait_for()
    if reason.count():
        reason.fill("1234")
        reason.press("Enter")
        screen.settle()
    screen.page.locator(".st-key-texts_found").wait_for()


def draw(screen: Screen) -> None:
    """The whole graph on the canvas of Explore, or what this person had there last."""
    begin = screen.page.locator(".st-key-begin_whole button")
    begin.or_(screen.page.locator(".canvas-host")).first.wait_for(timeout=90_000)
    if begin.count():
        screen.click("begin_whole")


def every_tab(screen: Screen) -> Iterator[str]:
    """The screen as it stands, then each of its tabs."""
    yield ""
    tabs: Any = screen.page.locator("[data-testid=stMain]").get_by_role("tab")
    for number in range(1, tabs.count()):
        tabs.nth(number).click()
        screen.settle()
        yield str(tabs.nth(number).inner_text())
