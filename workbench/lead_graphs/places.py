"""Where does each stand?  Arcs, columns, a circle, a tree: one unit is the room that a node with its name needs."""

import math
from collections.abc import Mapping, Sequence

from graph.layout import Position

_ARC, _ROWS = math.radians(62), 18
_RING_STEP, _COLUMN_STEP = 3.4, 4.2
_MANY, _DENSE_STEP = 54, 2.0
"""Of a group of more than so many hardly any is named: its columns stand closer and are longer."""


def arcs(keys: Sequence[str], *, side: int, first: float = 6.0) -> dict[str, Position]:
    """On arcs around the origin, right (``side`` 1) or left (-1): the first nearest, each arc from the top down."""
    found: dict[str, Position] = {}
    start, radius = 0, first
    while start < len(keys):
        room = max(1, math.floor(2 * _ARC * radius))
        held = keys[start : start + room]
        step = 2 * _ARC / room
        top = (len(held) - 1) / 2
        for place, key in enumerate(held):
            angle = (top - place) * step
            found[key] = (side * radius * math.cos(angle), radius * math.sin(angle))
        start, radius = start + room, radius + _RING_STEP
    return found


def columns(*groups: Sequence[str], gap: float = 9.0) -> dict[str, Position]:
    """Each group a column from the top down, from left to right; a long one goes on in columns beside it."""
    found: dict[str, Position] = {}
    left = 0.0
    most = min(max((len(group) for group in groups), default=1), _ROWS)
    for group in groups:
        many = len(group) > _MANY
        wide = max(1, math.ceil(len(group) / (2.0 * math.sqrt(len(group)) if many else _ROWS)))
        step = _DENSE_STEP if many else _COLUMN_STEP
        rows = math.ceil(len(group) / wide) if group else 1
        spread = max(1.0, min(2.0, most / max(rows, 1)))
        for place, key in enumerate(group):
            column, row = divmod(place, rows)
            found[key] = (left + column * step, ((rows - 1) / 2 - row) * spread)
        left += (wide - 1) * step + max(gap, most * 0.8)
    return found


def circle(keys: Sequence[str], *, centre: Position = (0.0, 0.0)) -> dict[str, Position]:
    """On a circle, the first one on top, clockwise."""
    radius = 2.2 + 0.45 * len(keys) if len(keys) > 1 else 0.0
    return {
        key: (
            centre[0] + radius * math.sin(2 * math.pi * place / len(keys)),
            centre[1] + radius * math.cos(2 * math.pi * place / len(keys)),
        )
        for place, key in enumerate(keys)
    }


def layers(depths: Mapping[str, int], links: Sequence[tuple[str, str]]) -> dict[str, Position]:
    """A tree: depth upwards from 0; in each layer ordered by where what it hangs on stands."""
    rows: dict[int, list[str]] = {}
    for key in sorted(depths):
        rows.setdefault(depths[key], []).append(key)
    across: dict[str, float] = {}
    for depth in sorted(rows):
        middle = {
            key: [across[low] for high, low in links if high == key and low in across] or [0.0] for key in rows[depth]
        }
        ordered = sorted(rows[depth], key=lambda key: (sum(middle[key]) / len(middle[key]), key))
        for place, key in enumerate(ordered):
            across[key] = (place - (len(ordered) - 1) / 2) * 7.0
    return {key: (across[key], depths[key] * 3.2) for key in sorted(depths)}
