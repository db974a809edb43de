"""With which mark does matplotlib draw a shape?  Its own where it has one, else an outline as the canvas has it."""

from typing import Any

import numpy as np
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path as Outline

_OWN = {"circle": "o", "square": "s", "diamond": "D", "triangle": "^", "hexagon": "H", "pentagon": "p", "wedge": "v",
        "cross": "P", "star": "*"}
_ROUND = (0.0, -0.28, 0.72)  # of a drop: the middle of its circle, and how large that is; its point is at (0, 1)


def marker(shape: str) -> Any:
    """A mark of the size of a disc of radius one."""
    if shape in _OWN:
        return _OWN[shape]
    x, y, radius = _ROUND
    if shape == "ring":
        return _hollow(Outline.unit_circle(), (0.0, 0.0, 0.34))
    if shape == "dotring":
        return _hollow(Outline.unit_circle(), (0.0, 0.0, 0.8), dot=0.4)
    if shape == "thinring":
        return _hollow(Outline.unit_circle(), (0.0, 0.0, 0.8))
    if shape == "openstar":
        return _hollow(Outline.unit_regular_star(5, innerCircle=0.45), (0.0, 0.0, 0.25))
    if shape == "thindrop":
        return _hollow(_drop(), (x, y, radius * 0.74))
    return _hollow(_drop(), (x, y, radius / 2)) if shape == "opendrop" else MarkerStyle(_drop())


def _drop() -> Outline:
    x, y, radius = _ROUND
    touch = np.arcsin(radius / (1 - y))  # where the lines from its point meet the circle
    turn = np.linspace(-np.pi - touch, touch, 40)
    corners = np.column_stack((x + radius * np.cos(turn), y + radius * np.sin(turn)))
    return Outline([(0, 1), *corners, (0, 1)], closed=True)


def _hollow(outline: Outline, hole: tuple[float, float, float], *, dot: float = 0.0) -> MarkerStyle:
    """The hole goes round the other way, which leaves it empty; of that radius a ``dot`` is left in the middle."""
    x, y, radius = hole
    disc = np.asarray(Outline.unit_circle().vertices)
    if outline.codes is None:
        raise ValueError("an outline of lines and curves is wanted")
    corners = [np.asarray(outline.vertices), disc[::-1] * radius + (x, y), *([disc * dot + (x, y)] if dot else [])]
    codes = [np.asarray(outline.codes), *[np.asarray(Outline.unit_circle().codes)] * (len(corners) - 1)]
    return MarkerStyle(Outline(np.concatenate(corners), np.concatenate(codes)))
