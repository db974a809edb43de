"""Which page of the browser does a test get?  One that an earlier test left, emptied of what it knew of a person.

A page that was there before has the scripts of the screens at hand, fetched and compiled: to open a screen in a new one
costs three times as much.  Pages that are open at the same time never know of each other.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Error

_LIGHT_PAGE = "/_stcore/health"
_OF_A_PERSON = "cookies,file_systems,indexeddb,local_storage,service_workers,cache_storage"
_SIZE = {"width": 1440, "height": 900}
_FREE: WeakKeyDictionary[Any, list[Any]] = WeakKeyDictionary()


@contextmanager
def tab(browser: Any, addresses: Sequence[str], *, scheme: str, told: str) -> Iterator[Any]:
    """A page of a browser that was nowhere yet.

    ``addresses``: the servers that may leave something in it; ``told``: the script that every document runs first.
    """
    free = _FREE.setdefault(browser, [])
    page = free.pop() if free else _new(browser, told)
    left = False
    try:
        page.set_viewport_size(_SIZE)
        page.mouse.move(0, 0)  # over a table, where a test left it, its tools lie on what is beside
        # nothing of ours moves less for it; Streamlit's signs of waiting, drawn in software, cost as long as one waits
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        yield page
        left = emptied(page, addresses)
    finally:
        if left:
            free.append(page)
        else:
            page.context.close()


def _new(browser: Any, told: str) -> Any:
    context = browser.new_context(viewport=_SIZE, accept_downloads=True, timezone_id="America/New_York")
    context.set_default_timeout(90_000)  # three processes may share two slow cores
    context.add_init_script(f"({told})()")
    return context.new_page()


def emptied(page: Any, addresses: Sequence[str]) -> bool:
    """Whether the page could be emptied of cookies, of what scripts store and of where it has been."""
    for other in [other for other in page.context.pages if other is not page]:
        other.close()
    session = page.context.new_cdp_session(page)
    try:
        for address in addresses:
            if page.goto(f"{address}{_LIGHT_PAGE}").status >= 500:
                return False
            page.evaluate("sessionStorage.clear()")
            session.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": _OF_A_PERSON})
        page.context.clear_cookies()
        session.send("Page.resetNavigationHistory")
    except Error:
        return False
    finally:
        session.detach()
    return True
