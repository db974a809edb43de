"""What does the server answer at a path?  A screen; for ``/leads/ID`` the screen's address; else that it is unknown.

Streamlit serves its page at any path, and its scripts relative to it: below a screen that is a white page.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from html import escape
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

from starlette.middleware import Middleware
from streamlit import config

from graph.detect.wordings import LANGUAGES
from workbench.language import Words, words

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

SCREENS = {
    "overview": (), "sources": (), "case": ("case",), "leads": ("lead",), "account": ("account",), "room": ("room",),
    "company": ("company",), "conversation": ("a", "b"), "explore": ("account",), "search": ("sought",),
    "queries": ("query",), "people": (),
}
"""The screens' paths, each with the values of its address that may follow in the path."""
_STREAMLIT = ("_stcore", "static", "app", "media", "component", "auth", "oauth2callback")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = (
    ":root{color-scheme:light dark}body{font:16px/1.6 Inter,system-ui,sans-serif;max-width:42rem;margin:12vh auto;"
    "padding:0 1.5rem}h1{font-size:1.4rem}li{margin:.2rem 0}"
)


def answering() -> list[Middleware]:
    """What the server needs to answer so."""
    return [Middleware(Paths)]


class Paths:
    """Stands before Streamlit's own answers; everything but a page that a person asks for goes through untouched."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._app = app
        self._base = str(config.get_option("server.baseUrlPath") or "").strip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", ())) if scope["type"] == "http" else {}
        parts = self._parts(scope["path"]) if b"text/html" in headers.get(b"accept", b"") else None
        if parts is None or (len(parts) == 1 and parts[0] in SCREENS and parts[0] != "overview"):
            await self._app(scope, receive, send)
        elif (target := self._target(parts, query := scope.get("query_string", b"").decode("latin-1"))) is not None:
            await _send(send, 307, b"", (b"location", target.encode("ascii")))
        else:
            asked = parse_qs(query).get("language", [""])[-1]
            language = _language(f"{asked},{headers.get(b'accept-language', b'').decode('latin-1')}")
            page = unknown(language, base=self._prefix).encode()
            await _send(send, 404, page, (b"content-type", b"text/html; charset=utf-8"))

    @property
    def _prefix(self) -> str:
        return f"/{self._base}" if self._base else ""

    def _parts(self, path: str) -> list[str] | None:
        """The parts of a path below the workbench's; None where it is no page's path."""
        if self._base:
            if path != self._prefix and not path.startswith(f"{self._prefix}/"):
                return None
            path = path.removeprefix(self._prefix)
        parts = path.strip("/").split("/")
        return None if parts == [""] or parts[0] in _STREAMLIT or parts[-1] in ("index.html", "favicon.png") else parts

    def _target(self, parts: list[str], query: str) -> str | None:
        """The screen's own address, with the values of the path in it."""
        screen, *values = parts
        names = SCREENS.get(screen)
        if names is None or len(values) < len(names) or (values and not names):
            return None
        values = [value for value in values if value] or [""]
        if len(values) > len(names) and names:  # an id may hold a stroke; the last one takes the rest
            values = [*values[: len(names) - 1], "/".join(values[len(names) - 1 :])]
        written = urlencode(dict(zip(names, values, strict=False)), quote_via=quote)
        place = f"{self._prefix}/{'' if screen == 'overview' else screen}"
        asked = "&".join(filter(None, (written, query)))
        return f"{place}?{asked}" if asked else place


def unknown(language: str, *, base: str = "") -> str:
    """The page that says so and leads on; nothing of the address is repeated in it."""
    said: Words = words(language)
    title = said.gettext("This address is not known")
    named = {
        "": said.gettext("Overview"), "leads": said.gettext("Leads"), "explore": said.gettext("Explore"),
        "queries": said.gettext("Queries"), "case": said.gettext("Case"),
    }
    links = "".join(f'<li><a href="{base}/{path}">{escape(name)}</a></li>' for path, name in named.items())
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>Filature</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><style>{_STYLE}</style></head><body>'
        f"<h1>{escape(title)}</h1><p>"
        + escape(said.gettext("The workbench has no screen of this name. It may be mistyped, or of another version."))
        + f"</p><ul>{links}</ul></body></html>"
    )


def _language(accepted: str) -> str:
    """The first of our languages that the address, then the browser asks for."""
    for part in accepted.split(","):
        if (code := part.strip()[:2].lower()) in LANGUAGES:
            return code
    return LANGUAGES[0]


async def _send(send: Send, status: int, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    kept = (b"cache-control", b"no-store")
    await send({"type": "http.response.start", "status": status, "headers": [*headers, kept]})
    await send({"type": "http.response.body", "body": body})
