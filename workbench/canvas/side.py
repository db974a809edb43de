"""What changes on the canvas with every click?  Selection, menu, paths, what was heard: small, and sent apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from workbench.canvas.payload import NO_SELECTION, Payload, Selection


@dataclass(frozen=True)
class MenuRow:
    """A line of a node's menu: an operation of the browser with its values, or a heading where it has none.

    ``count`` stands at its right end; ``key`` is the key that does the same.
    """

    text: str
    op: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    count: str = ""
    key: str = ""


@dataclass(frozen=True)
class Menu:
    """The menu of one drawn node (by key), or of the selection."""

    node: str
    title: str
    rows: tuple[MenuRow, ...] = ()


@dataclass(frozen=True)
class LayoutAsked:
    """A layout that the browser is asked for, once under each ``id``.

    ``nodes``: keys of those that may move; all, where there are none.  ``aspect``: how much wider than high the
    picture is to become.
    """

    id: str
    name: str
    nodes: tuple[str, ...] = ()
    aspect: float = 1.0


@dataclass(frozen=True)
class Side:
    """``acked``: of each canvas in a browser the number of its latest act that was heard; ``undo`` and ``redo``: what
    these would do, empty where nothing; ``more``: by node key how many of its neighbours are not drawn.

    ``brush`` is the time strip below the picture, as its maker writes it; None for no strip.  ``layout``: what the
    browser is to lay out, None for nothing.
    """

    selection: Selection = NO_SELECTION
    paths: Sequence[Sequence[str]] = ()
    acked: Mapping[str, int] = field(default_factory=dict)
    undo: str = ""
    redo: str = ""
    menu: Menu | None = None
    more: Mapping[str, int] = field(default_factory=dict)
    brush: Mapping[str, Any] | None = None
    layout: LayoutAsked | None = None


def side_data(side: Side, drawing: Payload, *, canvas: str) -> dict[str, Any]:
    """As the browser is told: tokens of what is drawn, nothing of what is not."""
    drawn = {key: name for name, key in drawing.nodes.items()}
    steps = {frozenset(step) for path in side.paths for step in pairwise(path)}
    menu = side.menu if side.menu is not None and side.menu.node in drawn else None
    return {
        "canvas": canvas,
        "selection": {
            "nodes": [drawn[key] for key in side.selection.nodes if key in drawn],
            "edge": side.selection.edge if side.selection.edge in drawing.edges else None,
            "revision": side.selection.revision,
        },
        "path": {
            "nodes": [drawn[key] for key in dict.fromkeys(key for path in side.paths for key in path) if key in drawn],
            "edges": [
                name for name, edge in drawing.edges.items() if steps and frozenset((edge.source, edge.target)) in steps
            ],
        },
        "acked": dict(side.acked),
        "undo": side.undo,
        "redo": side.redo,
        "more": {drawn[key]: count for key, count in side.more.items() if key in drawn and count > 0},
        "menu": None if menu is None else {
            "node": drawn[menu.node],
            "title": menu.title,
            "rows": [
                {"text": row.text, "op": row.op, "values": dict(row.values), "count": row.count, "key": row.key}
                for row in menu.rows
            ],
        },
        "brush": None if side.brush is None else dict(side.brush),
        "layout": None if side.layout is None else {
            "id": side.layout.id,
            "name": side.layout.name,
            "nodes": [drawn[key] for key in side.layout.nodes if key in drawn],
            "aspect": side.layout.aspect,
        },
    }
