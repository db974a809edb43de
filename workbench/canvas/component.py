"""The canvas as a component on a page: what it is given, and what it says back."""

from collections.abc import Callable
from html import escape
from importlib.resources import files
from typing import Any

from graph.detect.wordings import LANGUAGES
from workbench.canvas.mounting import event, mounted
from workbench.canvas.payload import Payload
from workbench.canvas.side import Side, side_data
from workbench.language import words

_PLACE = '<div class="canvas-loading" role="status">'
_CSS = files("workbench.canvas").joinpath("canvas.css").read_text(encoding="utf-8")


def _html() -> str:
    """The place of a canvas, which says that it is drawn before a script of it runs: in the language of the page."""
    drawing = {language: words(language).gettext("Drawing…") for language in LANGUAGES}
    told = "".join(f'<span lang="{language}">{escape(text)}</span>' for language, text in drawing.items())
    place = files("workbench.canvas").joinpath("canvas.html").read_text(encoding="utf-8")
    return place.replace(_PLACE, f"{_PLACE}{told}")


_HTML = _html()


def graph_canvas(payload: Payload, *, key: str, on_acts: Callable[[], None]) -> None:
    """Draw the payload; the callback reads what was done with ``said``."""
    mounted("canvas", html=_HTML, css=_CSS)(
        key=key, data={**payload.data, "key": key}, default={"acts": None}, on_acts_change=on_acts
    )


def canvas_soon(*, key: str) -> None:
    """Have the browser make ready what draws a canvas, where none is drawn yet; nothing is to be seen of it."""
    mounted("canvas", html=_HTML, css=_CSS)(key=key, data={"warm": True})


def canvas_side(side: Side, payload: Payload, *, key: str) -> None:
    """Tell the canvas of that key what it does not take with its graph; nothing is drawn here."""
    mounted("side", html='<span class="canvas-side"></span>', css="")(
        key=f"{key}_side", data=side_data(side, payload, canvas=key)
    )


def said(key: str) -> Any:
    """What the browser says was done; untrusted, to be read by ``acts.heard``."""
    return event(key, "acts")
