"""To whom does the server hand files that a page made?  Where there is a sign-in, to nobody who is not signed in.

Streamlit serves them (downloads, pictures) at an address that is a hash of their content and asks nobody who they are.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import cookie_parser
from streamlit import config
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from workbench.casebook.people.rights import NotSignedIn
from workbench.sign_in import signed_in
from workbench.views.session import shared_server
from workbench.views.signed_in import rules_of

Scope = MutableMapping[str, Any]
_USER = "_streamlit_user"
"""The cookie in which Streamlit keeps, signed, what the identity provider said."""


class GuardedMedia:
    """Stands before Streamlit's own answers; lets through what is no such file."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app
        base = str(config.get_option("server.baseUrlPath") or "").strip("/")
        self._media = f"/{base}/media/" if base else "/media/"

    async def __call__(
        self, scope: Scope, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
    ) -> None:
        if scope["type"] == "http" and scope["path"].startswith(self._media) and not await run_in_threadpool(
            _may_have, dict(scope.get("headers", ())).get(b"cookie", b"").decode("latin-1")
        ):
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
            await send({"type": "http.response.start", "status": 403, "headers": headers})
            await send({"type": "http.response.body", "body": b"sign in first\n"})
            return
        await self._app(scope, receive, send)


def _may_have(header: str) -> bool:
    """Is the one who asks signed in, in a session that stands, with a role?"""
    workbench = shared_server().workbench
    if workbench.settings.sign_in is None:
        return True
    try:
        found = signed_in(_claims(cookie_parser(header)), rules_of(workbench.settings.sign_in))
    except NotSignedIn:
        return False
    book = workbench.casework
    return not book.sign_ins.ended(found.session) and book.roster.role(found.person) is not None


def _claims(cookies: dict[str, str]) -> Mapping[str, Any]:
    kept = _get_signed_cookie_with_chunks(cookies, _USER)
    try:
        read = json.loads(kept) if kept else {}
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
