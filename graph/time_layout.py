"""How is a picture ordered by time, and which moment stands where?  From left to right by each one's first link."""

import math
from collections.abc import Collection, Mapping
from datetime import datetime
from heapq import heappop, heappush
from itertools import groupby
from typing import Any

from graph.layout import Position
from graph.subgraph import Subgraph
from graph.time_axis import shares_of

_WIDTH, _NAME, _LEAST_LANE, _MOST_LANE = 40.0, 10.0, 1.5, 4.0
"""The picture's width, the room of a node with its name beside it, and how far lanes are apart."""
_HIGH, _MOST_HIGH = 0.5, 0.625
"""How high it is for its width, and how high at most, as a canvas is: with more lanes than that it is wider."""
_NEAR = 1.02
"""So near to the least such width is the one that is taken."""
_LEAST_COLUMN, _COLUMN = 15, 5.0
"""So many nodes without a moment stand in one column however low the picture is; how far their columns are apart."""


def by_time(
    subgraph: Subgraph, row: Mapping[str, int] | None = None, *, first: Mapping[str, datetime] | None = None
) -> dict[str, Position]:
    """From left to right by each node's ``first`` moment; of one ``row`` (a number from above) together, in lanes.

    ``first``: by node key; None: that of its first link.  In a lane no node stands in the room of another's name, which
    is the smaller for the picture the more nodes come at once.  A long time in which none comes is drawn shorter.
    Nodes without a moment stand before all others, in columns no higher than the picture.
    """
    first, rows = first_links(subgraph) if first is None else first, row or {}
    share_of = shares_of(first.values())
    ordered = sorted(first, key=lambda key: (rows.get(key, 0), first[key], key))
    shares = [share_of[first[key]] for key in ordered]
    by_row = [[shares[place] for place in places] for _row, places in groupby(
        range(len(ordered)), key=lambda place: rows.get(ordered[place], 0)
    )]
    width = _width(by_row, max(_WIDTH, math.sqrt(len(first) * _NAME * _LEAST_LANE / _HIGH)))
    lanes = _lanes(by_row, width)
    between = max(lanes, default=0)
    apart = min(max(width * _HIGH / max(between, 1), _LEAST_LANE), _MOST_LANE)
    found = {
        key: (width * share, -lane * apart) for key, share, lane in zip(ordered, shares, lanes, strict=True)
    }
    timeless = sorted(node.key for node in subgraph.nodes if node.key not in first)
    high = apart * between
    columns = math.ceil(len(timeless) / max(_LEAST_COLUMN, math.floor(high / _LEAST_LANE) + 1))
    in_each = math.ceil(len(timeless) / max(columns, 1))
    top = (_LEAST_LANE * (in_each - 1) - high) / 2
    return found | {
        key: (-_NAME - _COLUMN * (place // in_each), top - _LEAST_LANE * (place % in_each))
        for place, key in enumerate(timeless)
    }


def _width(by_row: Collection[list[float]], least: float) -> float:
    """The least width, from that one on, for which the lanes are not too many: a wider one has fewer."""

    def fits(width: float) -> bool:
        return max(_lanes(by_row, width), default=0) * _LEAST_LANE <= width * _MOST_HIGH

    if fits(least):
        return least
    most = 2 * least
    while not fits(most):
        most *= 2
    least = most / 2
    while most > least * _NEAR:
        middle = (least + most) / 2
        least, most = (least, middle) if fits(middle) else (middle, most)
    return most


def _lanes(by_row: Collection[list[float]], width: float) -> list[int]:
    """The lane of each, by its share of the width in order of time: the first of its row that is free there."""
    found: list[int] = []
    begun = 0
    for shares in by_row:
        taken: list[tuple[float, int]] = []  # where each is free again
        free: list[int] = []
        number = begun
        for share in shares:
            x = width * share
            while taken and taken[0][0] <= x:
                heappush(free, heappop(taken)[1])
            if free:
                lane = heappop(free)
            else:
                lane, number = number, number + 1
            heappush(taken, (x + _NAME, lane))
            found.append(lane)
        begun = number
    return found


def first_links(subgraph: Subgraph) -> dict[str, datetime]:
    """Of each node the moment of its first link that has one."""
    first: dict[str, datetime] = {}
    for edge in subgraph.edges:
        at = began(edge.properties)
        for key in (edge.source, edge.target):
            if at is not None and (key not in first or at < first[key]):
                first[key] = at
    return first


def began(values: Mapping[str, Any]) -> datetime | None:
    """When a link with these properties began: its first message or use, its report, a holding by the register."""
    at = values.get("first_at") or values.get("made_at") or values.get("from")
    return at if isinstance(at, datetime) else None
