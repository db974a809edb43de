"""Where does a moment stand in a picture ordered by time, and what is written above it?

In proportion, but for long times in which nothing begins: else one mark of years ago presses all that matters now into
a line.  Such a gap is drawn shorter, and the axis says where.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from graph.layout import Position

_TICKS = 6
_STEPS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 180, 360, 720)) + tuple(
    timedelta(days=days) for days in (1, 2, 7, 14, 28, 91, 182, 364)
)
_OFF = 1.0
"""So far from its moment may a node stand where there is still an axis: as by a hand that moves it up or down."""
_GAPS, _OF_THE_REST, _OF_HALF, _LEAST_HALF = 4, 1 / 4, 4, 3
"""How many gaps are drawn shorter at most: each longer than this part of all that is not, and so many times as long as
the shortest time in which half of the moments lie, three at least."""
_DRAWN = 1 / 6
"""As long as this part of all that is not drawn shorter is one that is."""


@dataclass(frozen=True)
class Tick:
    """A moment at its place ``x``; ``exact``: of a clock, not only of a calendar; ``after_gap``: a long time in which
    nothing begins is drawn shorter between it and the one before.
    """

    x: float
    at: datetime
    exact: bool
    after_gap: bool = False


def shares_of(moments: Iterable[datetime]) -> dict[datetime, float]:
    """Of each moment how far it stands from the first (0) to the last (1), long gaps drawn shorter; 0 for a single one.
    """
    stretches = _stretches(sorted(set(moments)))
    shorter = _DRAWN * sum(_seconds(stretch) for stretch in stretches)
    found: dict[datetime, float] = {}
    begin = 0.0
    for stretch in stretches:
        found |= {at: begin + (at - stretch[0]).total_seconds() for at in stretch}
        begin = found[stretch[-1]] + shorter
    whole = max(found.values(), default=0.0)
    return {at: at_second / whole if whole else 0.0 for at, at_second in found.items()}


def _stretches(ordered: Sequence[datetime]) -> list[Sequence[datetime]]:
    """The moments (in order, each once) between the gaps that are drawn shorter."""
    if not ordered:
        return []
    half = max(_LEAST_HALF, math.ceil(len(ordered) / 2))
    least = _OF_HALF * min(
        ((end - begin).total_seconds() for begin, end in zip(ordered, ordered[half - 1:], strict=False)),
        default=math.inf,
    )
    rest = _seconds(ordered)
    shorter: list[int] = []
    between = [_seconds(pair) for pair in pairwise(ordered)]
    for place in sorted(range(len(between)), key=lambda place: -between[place])[:_GAPS]:
        if between[place] <= max(least, rest * _OF_THE_REST):
            break
        shorter.append(place + 1)
        rest -= between[place]
    ends = [0, *sorted(shorter), len(ordered)]
    return [ordered[begin:end] for begin, end in pairwise(ends)]


def _seconds(ordered: Sequence[datetime]) -> float:
    return (ordered[-1] - ordered[0]).total_seconds()


def time_axis(
    first: Mapping[str, datetime], places: Mapping[str, Position], *, still: Collection[str] = ()
) -> tuple[Tick, ...]:
    """The moments to be written above a picture ordered by time, from left to right; none where it is that no more.

    All nodes must stand at their ``first`` moments, those in ``still`` nearly: an axis over others would tell what is
    not so.
    """
    first = {key: at for key, at in first.items() if key in places}
    put = {at: places[key][0] for key, at in first.items() if key not in still}
    stretches = _stretches(sorted(set(first.values())))
    by_layout = [[at for at in stretch if at in put] for stretch in stretches]
    longest = max(filter(None, by_layout), key=_seconds, default=[])
    if not longest or longest[0] == longest[-1]:
        return ()
    scale = (put[longest[-1]] - put[longest[0]]) / _seconds(longest)
    by_hand = {at: places[key][0] for key, at in first.items()}
    begins = [
        (stretch[0], put[known[0]] - scale * (known[0] - stretch[0]).total_seconds() if known else by_hand[stretch[0]])
        for stretch, known in zip(stretches, by_layout, strict=True)
    ]

    def x_of(at: datetime) -> float:
        begin, x = next(one for one in reversed(begins) if one[0] <= at)
        return x + scale * (at - begin).total_seconds()

    if scale <= 0 or any(abs(x_of(at) - places[key][0]) > _OFF for key, at in first.items()):
        return ()
    if any(x_of(before[-1]) > x_of(after[0]) for before, after in pairwise(stretches)):
        return ()
    step = _step(sum(map(_seconds, stretches)))
    found: list[Tick] = []
    for stretch in stretches:
        moments = _moments(stretch, step)
        exact = step < timedelta(days=1) or (not moments and len(stretches) == 1)
        found.extend(
            Tick(round(x_of(at), 4), at, exact, after_gap=bool(found) and not place)
            for place, at in enumerate(moments or [stretch[0]])
        )
    return tuple(found)


def _step(seconds: float) -> timedelta:
    return next((step for step in _STEPS if seconds / step.total_seconds() <= _TICKS), _STEPS[-1] * math.ceil(
        seconds / _STEPS[-1].total_seconds() / _TICKS
    ))


def _moments(stretch: Sequence[datetime], step: timedelta) -> list[datetime]:
    """The round moments in it."""
    origin = datetime(1970, 1, 5, tzinfo=UTC)  # a Monday
    return [origin + step * number for number in range(math.ceil((stretch[0] - origin) / step),
                                                       math.floor((stretch[-1] - origin) / step) + 1)]
