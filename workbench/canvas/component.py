"""The canvas as a component on a page: what it is given, and what it says back."""

from collections.abc import Callable

from workbench.canvas.mounting import event, mounted
from workbench.canvas.payload import Payload

_HTML = """
<div class="canvas-host" tabindex="0" role="application">
  <div class="canvas-stage" aria-hidden="true"></div>
  <div class="canvas-tools" role="toolbar">
    <button type="button" data-action="expand" disabled>
      <svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="2.2"/>
        <path d="M8 5V1.5M8 11v3.5M5 8H1.5M11 8h3.5"/></svg>
    </button>
    <button type="button" data-action="in">
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 3v10M3 8h10"/></svg>
    </button>
    <button type="button" data-action="out">
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8h10"/></svg>
    </button>
    <button type="button" data-action="fit">
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4"/></svg>
    </button>
  </div>
  <ul class="canvas-legend"></ul>
  <div class="canvas-live" aria-live="polite"></div>
</div>
"""
_CSS = """
.canvas-host { position: relative; width: 100%; border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); background: var(--st-background-color); overflow: hidden; }
.canvas-host:focus { outline: none; }
.canvas-host:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: -2px; }
.canvas-stage { position: absolute; inset: 0; }
.canvas-tools { position: absolute; top: 8px; right: 8px; display: flex; flex-direction: column; gap: 4px; }
.canvas-tools button { width: 30px; height: 30px; padding: 6px; border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); background: var(--st-background-color); color: var(--st-text-color);
  cursor: pointer; }
.canvas-tools button:hover:enabled { border-color: var(--st-primary-color); color: var(--st-primary-color); }
.canvas-tools button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
.canvas-tools button:disabled { opacity: .4; cursor: default; }
.canvas-tools svg { display: block; width: 100%; height: 100%; fill: none; stroke: currentColor; stroke-width: 1.6;
  stroke-linecap: round; stroke-linejoin: round; }
.canvas-legend { position: absolute; left: 8px; bottom: 8px; margin: 0; padding: 4px 10px; display: flex; gap: 14px;
  flex-wrap: wrap; list-style: none; font-family: var(--st-font); font-size: 12px; color: var(--st-text-color);
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); pointer-events: none; }
.canvas-legend:empty { display: none; }
.canvas-legend li { display: flex; align-items: center; gap: 6px; }
.canvas-legend svg { width: 11px; height: 11px; }
.canvas-live { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""


def graph_canvas(
    payload: Payload, *, key: str, on_selection: Callable[[], None], on_expand: Callable[[], None]
) -> None:
    """Draw the payload; the callbacks read what happened with ``selected_token`` and ``expanded_token``."""
    mounted("canvas", html=_HTML, css=_CSS)(
        key=key,
        data=payload.data,
        default={"selection": None},
        on_selection_change=on_selection,
        on_expand_change=on_expand,
    )


def selected_token(key: str) -> str | None:
    """What the browser says is selected; untrusted, to be looked up in the payload."""
    return _text(event(key, "selection"))


def expanded_token(key: str) -> str | None:
    """What the browser asks to expand, in this rerun only; untrusted, to be looked up in the payload."""
    return _text(event(key, "expand"))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and len(value) == 16 else None
