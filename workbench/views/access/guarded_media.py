"""To whom does the server hand files that a page made?  To the person they were made for, while they may have them.

Streamlit serves them (downloads, pictures) at an address that is a hash of their content and asks nobody who they are.
Without a sign-in one person is at the screens, and every file is theirs.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import cookie_parser
from streamlit import config, runtime
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from workbench.casebook.people.rights import NotSignedIn
from workbench.sign_in import signed_in
from workbench.views.access.signed_in import rules_of
from workbench.views.session import Server, shared_server

Scope = MutableMapping[str, Any]
_USER = "_streamlit_user"
"""The cookie in which Streamlit keeps, signed, what the identity provider said."""
_ICONS = Path(__file__).parents[1] / "assets" / "icons"
_SAID = {403: b"sign in first\n", 404: b"no such file\n"}


class GuardedMedia:
    """Stands before Streamlit's own answers; lets through what is no such file."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app
        base = str(config.get_option("server.baseUrlPath") or "").strip("/")
        self._media = f"/{base}/media/" if base else "/media/"

    async def __call__(
        self, scope: Scope, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
    ) -> None:
        if scope["type"] == "http" and scope["path"].startswith(self._media):
            cookies = dict(scope.get("headers", ())).get(b"cookie", b"").decode("latin-1")
            if status := await run_in_threadpool(_refused, cookies, scope["path"].removeprefix(self._media)):
                headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
                await send({"type": "http.response.start", "status": status, "headers": headers})
                await send({"type": "http.response.body", "body": _SAID[status]})
                return
        await self._app(scope, receive, send)


def _refused(cookies: str, name: str) -> int:
    """403 for who is not signed in or has no role, 404 for a file that is not theirs or of a case that is theirs no
    more, 0 for what they may have; our own pictures are for all, the page of the sign-in shows them.
    """
    shared = shared_server()
    if shared.workbench.settings.sign_in is None:
        return 0
    found = runtime.get_instance().media_file_mgr.read_file(name)
    content = None if found is None else found.content
    if content in _pictures():
        return 0
    person = _person(shared, cookies)
    if person is None:
        return 403
    cases = shared.files.cases(content, person) if content is not None else ()
    may = shared.workbench.casework.roster.may
    return 0 if any(not case or may(person, "export", case) for case in cases) else 404


def _person(shared: Server, cookies: str) -> str | None:
    """Who asks, in a session that stands, with a role."""
    rules = shared.workbench.settings.sign_in
    if rules is None:
        return None
    try:
        found = signed_in(_claims(cookie_parser(cookies)), rules_of(rules))
    except NotSignedIn:
        return None
    book = shared.workbench.casework
    stands = not book.sign_ins.ended(found.session) and book.roster.role(found.person) is not None
    return found.person if stands else None


@cache
def _pictures() -> frozenset[bytes]:
    return frozenset(path.read_bytes() for path in _ICONS.iterdir())


def _claims(cookies: dict[str, str]) -> Mapping[str, Any]:
    kept = _get_signed_cookie_with_chunks(cookies, _USER)
    try:
        read = json.loads(kept) if kept else {}
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
