"""The canvas with its view: what is drawn goes out in two parts, what is done on it comes back as acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from graph.subgraph import Edge
from workbench.canvas.acts import Act, heard
from workbench.canvas.component import canvas_side, graph_canvas, said
from workbench.canvas.payload import Payload, payload
from workbench.canvas.side import Side
from workbench.minor_nodes import is_minor
from workbench.views.language import words_here
from workbench.views.models.explore import View
from workbench.views.models.explore_rows import label_of
from workbench.views.models.names import Names

HEIGHT = 520
_NO_SIDE = Side()


@dataclass(frozen=True)
class Chosen:
    """What is selected on the canvas: node keys or an edge, or neither."""

    nodes: tuple[str, ...] = field(default=())
    edge: Edge | None = None

    @property
    def node(self) -> str | None:
        """The node that is selected alone."""
        return self.nodes[0] if len(self.nodes) == 1 else None


def canvas(
    view: View,
    names: Names,
    *,
    key: str,
    hear: Callable[[Sequence[Act]], None],
    side: Side = _NO_SIDE,
    height: int | None = HEIGHT,
    below: int = 0,
    editable: bool = False,
) -> Chosen:
    """Draw the view; ``hear`` gets what a person did on it, in order, about nodes that are drawn.

    ``side``: what goes with the selection (the view's own is used), the menu, names of undo and redo.
    """
    drawing = _drawing(view, names, key=key, height=height, below=below, editable=editable)
    acked = f"{key}_acked"

    def done() -> None:
        acts, st.session_state[acked] = heard(said(key), drawing, st.session_state.get(acked, {}))
        if acts:
            hear(acts)

    graph_canvas(drawing, key=key, on_acts=done)
    lit = view.board.paths if view.board.lit is None else view.board.paths[view.board.lit : view.board.lit + 1]
    told = replace(side, selection=view.selection, paths=lit, acked=st.session_state.get(acked, {}))
    canvas_side(told, drawing, key=key)
    return Chosen(view.selection.nodes, drawing.edges.get(view.selection.edge or ""))


def _drawing(view: View, names: Names, *, key: str, height: int | None, below: int, editable: bool) -> Payload:
    """The payload, kept while the same is drawn: a selection changes none of it."""
    words = words_here()
    asked = (names.opened, words.language, height, below, editable)
    kept: tuple[object, object, object, Payload] | None = st.session_state.get(f"{key}_drawing")
    if kept is not None and kept[0] is view.shown and kept[1] is view.places and kept[2] == asked:
        return kept[3]
    found = payload(
        view.drawn,
        view.places,
        labels={node.key: label_of(node, names, words, board=view.board) for node in view.drawn.nodes},
        minors={node.key for node in view.drawn.nodes if is_minor(node)},
        board=view.board,
        marks=view.shown.marks,
        weights=view.weights,
        height=height,
        below=below,
        editable=editable,
        words=words,
    )
    st.session_state[f"{key}_drawing"] = (view.shown, view.places, asked, found)
    return found
