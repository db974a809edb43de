"""When does each node of a picture by time first have a link?  In the period that is filtered by, where one is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple, TypeAlias

from graph.subgraph import Edge
from graph.time_axis import Tick, time_axis
from graph.time_layout import began
from workbench.explore.board import Board, Place
from workbench.explore.filters import TIMED, instants, outside
from workbench.explore.shown import Shown

Firsts: TypeAlias = Mapping[tuple[str, str, str], datetime]
"""Of links (source, target, type) with messages or uses in the period that is filtered by, the moment of the first."""
Span = Literal["whole", "period", "before"]
"""At which first links nodes stand: there is no period; those in it; those of all time, also outside it."""


class TickWords(NamedTuple):
    """What is written at ``x``: ``whole`` where nothing of its ``day`` is written before it, else ``text``."""

    x: float
    text: str
    whole: str
    day: str


@dataclass(frozen=True)
class Axis:
    """The moments above a picture by time; ``apart``: over the middle of the nodes beside it that have no moment."""

    ticks: tuple[Tick, ...]
    span: Span = "whole"
    apart: Place | None = None


def moments(shown: Shown, board: Board, firsts: Firsts | None = None) -> dict[str, datetime]:
    """Of each drawn node the moment of its first link, of a mark that of those it stands for.

    With ``firsts`` the first in the period of the board: what had begun before is there from its beginning on.
    """
    found: dict[str, datetime] = {}
    period = [end.replace(tzinfo=UTC) if end is not None else None for end in instants(board.filters)]
    for edge in shown.subgraph.edges:
        source, target = (shown.marks.get(key, key) for key in (edge.source, edge.target))
        at = began(edge.properties) if firsts is None else _within(edge, firsts, *period)
        if at is None or (source == target and edge.source != edge.target):
            continue
        for key in (source, target):
            if key not in found or at < found[key]:
                found[key] = at
    return found


def _within(edge: Edge, firsts: Firsts, since: datetime | None, until: datetime | None) -> datetime | None:
    if edge.type in TIMED:
        return firsts.get((edge.source, edge.target, edge.type))
    at = began(edge.properties)
    if at is None or outside(edge, since, until):
        return None
    return at if since is None else max(at, since)


def axis_of(
    board: Board, shown: Shown, unhidden: Shown, places: Mapping[str, Place], *, firsts: Firsts | None = None
) -> Axis | None:
    """What stands above a picture ordered by time, for as long as its nodes stand as that layout put them.

    Also where some of it is hidden since: ``unhidden`` is all of it.  ``firsts``: of the period of the board's filters;
    of one that was ordered before there was a period the axis is of all time and says so.
    """
    if board.layout != "time":
        return None
    rest: Axis | None = None
    for span, first in _orders(board, shown, unhidden, firsts):
        if ticks := time_axis(first, places, still=board.pinned):
            found = Axis(ticks, span, _apart(shown, first, places, board))
            if found.apart is not None or not _without(shown, first, board):
                return found
            if span != "period":  # else who has no moment stands among the others, by a link outside the period
                rest = rest or found
    return rest


def _orders(
    board: Board, shown: Shown, unhidden: Shown, firsts: Firsts | None
) -> Iterator[tuple[Span, dict[str, datetime]]]:
    if firsts is not None:
        for seen in (shown, unhidden):
            yield "period", moments(seen, board, firsts)
    for seen in (shown, unhidden):
        yield "whole" if firsts is None else "before", moments(seen, board)


def _without(shown: Shown, first: Mapping[str, datetime], board: Board) -> list[str]:
    """Who has no moment, and was not placed by hand."""
    return [node.key for node in shown.drawn.nodes if node.key not in first and node.key not in board.pinned]


def _apart(
    shown: Shown, first: Mapping[str, datetime], places: Mapping[str, Place], board: Board
) -> Place | None:
    """None where no node is without a moment, or where not all of those stand before the others."""
    timed = [places[node.key][0] for node in shown.drawn.nodes if node.key in first]
    without = [places[key] for key in _without(shown, first, board)]
    if not timed or not without or max(x for x, _y in without) >= min(timed):
        return None
    xs = [x for x, _y in without]
    return (min(xs) + max(xs)) / 2, max(y for _x, y in without)
