"""How many accounts would write to one target within a window anyway?

Expected first contacts follow the platform's own rate (by hour, shared among the accounts there), times how much more
newcomers receive than others (by time since their first trace), times the target's own pull, learnt from what it
receives outside the window: a gamma-Poisson predictive tail.  So neither popular people nor greeted newcomers stand
out.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.detect.statistics import Floats, gamma_poisson_tail

HOUR = 3600.0
AGES = (0.0, HOUR, 6 * HOUR, 24 * HOUR, 7 * 24 * HOUR, math.inf)
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Window:
    """``count`` contacts from ``first`` (place among the target's contacts in time) within ``seconds``."""

    first: int
    count: int
    seconds: float
    expected: float
    p_value: float


class ArrivalNull:
    """The platform's rate of first contacts, fitted to all contacts of a lake.

    ``times`` (seconds, sorted) of all first contacts with the place of their ``targets``; ``appeared``: seconds of each
    account's first trace.  Ends at the last contact.
    """

    def __init__(self, times: Floats, targets: Ints, appeared: Floats) -> None:
        self.appeared = appeared
        start, end = float(times[0]) // HOUR * HOUR, (float(times[-1]) // HOUR + 1) * HOUR
        self.edges = np.arange(start, end + 1.0, HOUR)
        contacts = np.histogram(times, self.edges)[0].astype(np.float64)
        there = np.searchsorted(np.sort(appeared), self.edges[1:], side="right").astype(np.float64)
        self.cumulative = np.concatenate([[0.0], np.cumsum(contacts / np.maximum(there, 1.0))])
        self.received: Floats = np.bincount(targets, minlength=len(appeared)).astype(np.float64)
        age = np.maximum(times - appeared[targets], 0.0)
        seen = np.histogram(age, [*AGES[:-1], 1e18])[0].astype(np.float64)
        share = np.array([self._lot(appeared + low, appeared + high).sum() for low, high in self._ages()])
        self.pull: Floats = (seen + 1.0) / (share + 1.0)
        expected = self.expected(appeared, np.full(len(appeared), math.inf), appeared)
        excess = math.fsum((((self.received - expected) ** 2) - expected).tolist())
        square = math.fsum((expected**2).tolist())
        self.shape = min(max(square / excess if excess > 0.0 else 100.0, 0.2), 100.0)
        self.whole = expected

    @staticmethod
    def _ages() -> list[tuple[float, float]]:
        return list(pairwise(AGES))

    def _lot(self, start: Floats, end: Floats) -> Floats:
        """What an average account receives from ``start`` to ``end``."""
        last = float(self.edges[-1])
        at_start = np.interp(np.minimum(start, last), self.edges, self.cumulative)
        at_end = np.interp(np.minimum(end, last), self.edges, self.cumulative)
        return np.asarray(np.maximum(at_end - at_start, 0.0), dtype=np.float64)

    def expected(self, start: Floats, end: Floats, appeared: Floats) -> Floats:
        """Expected first contacts from ``start`` to ``end`` of accounts first seen at ``appeared``, average pull."""
        total = np.zeros(len(appeared))
        for (low, high), pull in zip(self._ages(), self.pull.tolist(), strict=True):
            total += pull * self._lot(np.maximum(start, appeared + low), np.minimum(end, appeared + high))
        return total

    def best_window(
        self, times: Sequence[float], target: int, *, windows: Sequence[float], min_members: int
    ) -> Window | None:
        """The least expected window among all that start with a contact; its p times how many were looked at.

        ``times``: seconds of the target's first contacts, sorted.  None if no window holds ``min_members``.
        """
        own = self.appeared[target : target + 1]
        best: Window | None = None
        at = np.array(times)
        for seconds in windows:
            counts = np.searchsorted(at, at + seconds, side="right") - np.arange(len(at))
            for first in np.flatnonzero(counts >= min_members).tolist():
                count = int(counts[first])
                begin = np.array([times[first]])
                inside = float(self.expected(begin, begin + seconds, own)[0])
                outside = max(float(self.whole[target]) - inside, 0.0)
                shape, rate = self.shape + len(times) - count, self.shape + outside
                p_value = min(1.0, gamma_poisson_tail(count, shape, rate, inside) * len(times) * len(windows))
                found = Window(first, count, seconds, inside * shape / rate, p_value)
                if best is None or (p_value, seconds, first) < (best.p_value, best.seconds, best.first):
                    best = found
        return best
