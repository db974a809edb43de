"""What is a convergence before it is judged?  Its contacts, and its instants as a table to join the evidence with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import pyarrow as pa

from graph.detect.statistics import Floats


@dataclass(frozen=True)
class Burst:
    """First contacts of different accounts to one target within a window, in time.

    ``another``: how many came within that span on another day if they are a surprise of their own, else 0;
    ``seen_for_s``: how long the target had been seen when the first came; ``seconds``: the span, the window at least;
    ``expected`` in it, and ``q_value`` of its least expected window, under ``ArrivalNull``.
    """

    target: str
    members: tuple[str, ...]
    records: tuple[str, ...]
    at: tuple[datetime, ...]
    answered: int
    another: int
    seen_for_s: float
    seconds: float
    expected: float
    q_value: float


def moments(rows: Sequence[tuple[str, str, datetime]], *names: str) -> Any:
    """A table of target, account and instant of the bursts, under those names."""
    columns = (pa.array([row[0] for row in rows], pa.string()), pa.array([row[1] for row in rows], pa.string()),
               pa.array([row[2] for row in rows], pa.timestamp("us")))
    return ibis.memtable(pa.table(dict(zip(names, columns, strict=True))))


def rush_around(times: Floats, first: int, count: int, gap: float, longest: float) -> tuple[int, int]:
    """The rush that those ``count`` contacts from ``first`` are a part of: its first, and the one behind its last.

    It goes on while nobody is later than ``gap`` after another, ``longest`` in all.  The least expected window may end
    before: the target came to be there, and was written to as anybody who is.
    """
    last = first + count
    while last < len(times) and times[last] - times[last - 1] <= gap and times[last] - times[first] <= longest:
        last += 1
    while first > 0 and times[first] - times[first - 1] <= gap and times[last - 1] - times[first - 1] <= longest:
        first -= 1
    return first, last
