"""The canvas with its view: what is drawn goes out in two parts, what is done on it comes back as acts."""

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from graph.subgraph import Edge
from ingest.runtime.garbage_collection import collector_paused
from workbench.canvas.acts import Act, heard
from workbench.canvas.component import canvas_side, graph_canvas, said
from workbench.canvas.payload import Payload, payload
from workbench.canvas.side import Side
from workbench.language import Words
from workbench.lead_graphs import caption_text, numbered
from workbench.lead_graphs.drawing import NAME
from workbench.looks import Style
from workbench.masking.nodes import is_minor
from workbench.plain_text import plain_text
from workbench.views.explore.leads import NO_OVERLAY, Overlay, captions
from workbench.views.language import words_here
from workbench.views.models.explore import View
from workbench.views.models.explore.rows import label_of
from workbench.views.models.names import Names

HEIGHT = 520
_TIE, _ALIKE = 20, 36
"""Characters of what ties accounts, before its rarity: of an identifier, and of names that read alike."""
_SENT_S = 0.03
"""So long a page stands still once it has a new picture: the server, another thread of this interpreter, sends it."""
_NO_SIDE = Side()
_USUAL = Style()


@dataclass(frozen=True)
class Chosen:
    """What is selected on the canvas: node keys or an edge, or neither."""

    nodes: tuple[str, ...] = field(default=())
    edge: Edge | None = None

    @property
    def node(self) -> str | None:
        """The node that is selected alone."""
        return self.nodes[0] if len(self.nodes) == 1 else None


def labels_of(view: View, names: Names, words: Words, overlay: Overlay) -> dict[str, str]:
    """What the drawn nodes are called; what ties accounts says beside its name how rare it is."""
    labels = {node.key: label_of(node, names, words, board=view.board) for node in view.drawn.nodes}
    for key, mark in overlay.marks.items():
        if key in labels:
            room = _ALIKE if key.startswith(f"{NAME}/") else _TIE
            labels[key] = f"{plain_text(labels[key], limit=room)} · {caption_text(mark, words)}"
    return labels


def canvas(
    view: View,
    names: Names,
    *,
    key: str,
    hear: Callable[[Sequence[Act]], None],
    height: int | None = HEIGHT,
    below: int = 0,
    editable: bool = False,
    overlay: Overlay = NO_OVERLAY,
    style: Style = _USUAL,
    values: Mapping[str, Mapping[str, Any]] | None = None,
    called: tuple[str, int] = ("", 0),
) -> Chosen:
    """Draw the view; ``hear`` gets what a person did on it, in order, about nodes that are drawn.

    What else the canvas is to be told follows by ``beside``: a browser draws while the rest is asked for.
    ``overlay``: what the leads add whose picture it is; ``values``: of the measures that the ``style`` asks for;
    ``called``: the picture's name and the number of its tab, by which the camera is found again.
    """
    looks = _Looks(overlay, style, values or {}, called)
    before = st.session_state.get(f"{key}_drawing")
    drawing = _drawing(view, names, looks, key=key, height=height, below=below, editable=editable)
    acked = f"{key}_acked"

    def done() -> None:
        acts, st.session_state[acked] = heard(said(key), drawing, st.session_state.get(acked, {}))
        if acts:
            hear(acts)

    graph_canvas(drawing, key=key, on_acts=done)
    if before is None or before[3] is not drawing:
        time.sleep(_SENT_S)
    return Chosen(view.selection.nodes, drawing.edges.get(view.selection.edge or ""))


def beside(view: View, *, key: str, side: Side = _NO_SIDE) -> None:
    """Tell the canvas of that key, which is drawn already, what goes with the selection of the view.

    ``side``: the menu, names of undo and redo, counts and the time strip.
    """
    drawing: Payload = st.session_state[f"{key}_drawing"][3]
    acked = st.session_state.get(f"{key}_acked", {})
    canvas_side(replace(side, selection=view.selection, paths=view.board.lit_paths, acked=acked), drawing, key=key)


@dataclass(frozen=True)
class _Looks:
    """What leads, style and measures add to what is drawn, and what it is called."""

    overlay: Overlay
    style: Style
    values: Mapping[str, Mapping[str, Any]]
    called: tuple[str, int]


@collector_paused()
def _drawing(
    view: View, names: Names, looks: _Looks, *, key: str, height: int | None, below: int, editable: bool
) -> Payload:
    """The payload, kept while the same is drawn: a selection changes none of it."""
    words, overlay = words_here(), looks.overlay
    measured = tuple(sorted(looks.values))  # what is measured by a worker comes later than what asks for it
    asked = (
        names.opened, words.language, height, below, editable, looks.style, measured, view.board.leads, looks.called
    )
    kept: tuple[object, object, object, Payload] | None = st.session_state.get(f"{key}_drawing")
    if kept is not None and kept[0] is view.shown and kept[1] is view.places and kept[2] == asked:
        return kept[3]
    found = payload(
        view.drawn,
        view.places,
        labels=labels_of(view, names, words, overlay),
        key=names.key,
        minors={node.key for node in view.drawn.nodes if is_minor(node)},
        board=view.board,
        drew=view.drew,
        picture=looks.called[0],
        tab=looks.called[1],
        marks=view.shown.marks,
        weights=view.weights,
        height=height,
        below=below,
        editable=editable,
        words=words,
        parts=overlay.parts,
        style=looks.style,
        values=looks.values,
        captions=captions(view.drawn, overlay, words, view.weights),
        cited=overlay.cited,
        ordered=numbered(view.drawn.edges, overlay.captions),
        axis=view.axis,
    )
    # by its name the browser knows a drawing that it has: after a click nothing of it is looked at again
    found = replace(found, data={**found.data, "version": secrets.token_hex(8)})
    st.session_state[f"{key}_drawing"] = (view.shown, view.places, asked, found)
    return found
