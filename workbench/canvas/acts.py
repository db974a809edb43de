"""What does a person do on the canvas?  Acts as the browser tells them, checked: a token not ours is nothing."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.canvas.payload import Payload
from workbench.explore.board import Place, place

MOST_ACTS = 500
_FAR = 1e6  # no place on a canvas is farther out
_LONGEST = 2_000  # characters of a text; the canvas refuses longer ones, so this is not one of its own
_LARGEST = 2**53  # of a whole number


@dataclass(frozen=True)
class Act:
    """One act: ``nodes`` are keys of drawn nodes, ``places`` where some were put; ``values`` are texts and numbers."""

    op: str
    nodes: tuple[str, ...] = ()
    edge: str | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    values: Mapping[str, str | float | bool] = field(default_factory=dict)

    @property
    def node(self) -> str | None:
        """The one node that it is about."""
        return self.nodes[0] if len(self.nodes) == 1 else None

    def number(self, name: str, default: int) -> int:
        """A whole number among the values."""
        found = self.values.get(name)
        return int(found) if isinstance(found, int | float) and not isinstance(found, bool) else default

    def text(self, name: str) -> str:
        """A text among the values; empty where there is none."""
        found = self.values.get(name)
        return found if isinstance(found, str) else ""


def heard(value: Any, drawing: Payload, acked: Mapping[str, int]) -> tuple[list[Act], dict[str, int]]:
    """The acts in what a browser says that were not heard before, in their order, and what is heard by then.

    A browser repeats what it was not told to be heard: acts are numbered, by canvas.
    """
    heard_now = dict(acked)
    if not isinstance(value, Mapping):
        return [], heard_now
    canvas, told = value.get("canvas"), value.get("acts")
    if not isinstance(canvas, str) or not 8 <= len(canvas) <= 40 or not isinstance(told, list):
        return [], heard_now
    found: list[Act] = []
    for item in told[:MOST_ACTS]:
        number = item.get("n") if isinstance(item, Mapping) else None
        if not isinstance(number, int) or number <= heard_now.get(canvas, 0):
            continue
        heard_now[canvas] = number
        if isinstance(item.get("op"), str):
            found.append(_act(item, drawing))
    return found, heard_now


def _act(item: Mapping[str, Any], drawing: Payload) -> Act:
    tokens = item.get("nodes")
    named = [name for name in tokens if isinstance(name, str)] if isinstance(tokens, list) else []
    edge = item.get("edge")
    values = item.get("values")
    return Act(
        item["op"],
        tuple(drawing.nodes[name] for name in named if name in drawing.nodes),
        edge if isinstance(edge, str) and edge in drawing.edges else None,
        _places(named, item.get("x"), item.get("y"), drawing),
        {
            name: found
            for name, found in (values.items() if isinstance(values, Mapping) else ())
            if isinstance(name, str) and _plain(found)
        },
    )


def _places(named: list[str], xs: Any, ys: Any, drawing: Payload) -> dict[str, Place]:
    if not isinstance(xs, list) or not isinstance(ys, list) or not len(named) == len(xs) == len(ys):
        return {}
    return {
        drawing.nodes[name]: place(x, y)
        for name, x, y in zip(named, xs, ys, strict=True)
        if name in drawing.nodes and _near(x) and _near(y)
    }


def _plain(value: Any) -> bool:
    return isinstance(value, bool) or _number(value) or (isinstance(value, str) and len(value) <= _LONGEST)


def _near(value: Any) -> bool:
    return _number(value) and abs(value) < _FAR


def _number(value: Any) -> bool:
    """Of any size that a browser's number has: an instant is one in milliseconds."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return abs(value) <= _LARGEST if isinstance(value, int) else math.isfinite(value)
