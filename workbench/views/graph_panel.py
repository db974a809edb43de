"""The canvas with its view in session state: what the browser selects and expands comes back through here."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.subgraph import Edge
from workbench.canvas.component import expanded_token, graph_canvas, selected_token
from workbench.canvas.payload import Payload
from workbench.views.language import words_here
from workbench.views.models import explore as model
from workbench.views.models.names import Names

HEIGHT = 520


@dataclass(frozen=True)
class Chosen:
    """What is selected on the canvas: a node key or an edge, or neither."""

    node: str | None = None
    edge: Edge | None = None


def canvas(
    view: model.View,
    names: Names,
    *,
    key: str,
    keep: Callable[[model.View], None],
    expand: Callable[[str], None],
    height: int = HEIGHT,
) -> Chosen:
    """Draw the view; ``keep`` stores the view after a selection, ``expand`` gets the key of a node on the canvas.

    Tokens from the browser that are not on the canvas are ignored.
    """
    drawing: Payload = model.drawing(view, names, words_here(), height=height)

    def selected() -> None:
        token = selected_token(key)
        keep(model.picked(view, node=drawing.nodes.get(token or ""), edge=token if token in drawing.edges else None))

    def expanded() -> None:
        wanted = drawing.nodes.get(expanded_token(key) or "")
        if wanted is not None:
            expand(wanted)

    graph_canvas(drawing, key=key, on_selection=selected, on_expand=expanded)
    return Chosen(view.selection.node, drawing.edges.get(view.selection.edge or ""))
