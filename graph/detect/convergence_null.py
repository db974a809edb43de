"""How many accounts would write to one target within a window anyway?

Expected first contacts follow the platform's own rate (by hour, shared among the accounts), times how much more people
receive while they are there and while they are new (by presence and time since their first trace), times the target's
own pull, learnt from what it receives outside the window: a gamma-Poisson predictive tail.  So neither popular people
nor greeted newcomers stand out, nor somebody who is seldom there and is written to then.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.detect.convergence_presence import Presence
from graph.detect.statistics import Floats, gamma_poisson_tail

HOUR = 3600.0
AGES = (0.0, HOUR, 6 * HOUR, 24 * HOUR, 7 * 24 * HOUR, math.inf)
AGE_SPANS = tuple(pairwise(AGES))
THERE, AWAY, UNKNOWN = range(3)
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
    account's first trace.  Ends at the last contact.  An account is there, is not, or nothing is known of that; what
    each of these receives of the platform's rate in each age is the ratio of all contacts to all exposure there.
    """

    def __init__(self, times: Floats, targets: Ints, appeared: Floats, presence: Presence) -> None:
        self.appeared, self.presence = appeared, presence
        start, end = float(times[0]) // HOUR * HOUR, (float(times[-1]) // HOUR + 1) * HOUR
        self.edges = np.arange(start, end + 1.0, HOUR)
        contacts = np.histogram(times, self.edges)[0].astype(np.float64)
        there = np.searchsorted(np.sort(appeared), self.edges[1:], side="right").astype(np.float64)
        self.cumulative = np.concatenate([[0.0], np.cumsum(contacts / np.maximum(there, 1.0))])
        spans = self._until(presence.until) - self._until(presence.begin)
        self.in_spans = np.concatenate([[0.0], np.cumsum(spans)])
        self.spans_from = np.searchsorted(presence.account, np.arange(len(appeared) + 1))
        self.received: Floats = np.bincount(targets, minlength=len(appeared)).astype(np.float64)
        everybody = np.arange(len(appeared))
        lots = (self._lots(everybody, appeared + low, appeared + high) for low, high in AGE_SPANS)
        share = np.array([lot.sum(axis=1) for lot in lots])
        age = np.searchsorted(AGES[1:-1], np.maximum(times - appeared[targets], 0.0), side="right")
        seen = np.zeros((len(AGE_SPANS), 3))
        np.add.at(seen, (age, self._states(targets, times)), 1.0)
        self.pull: Floats = (seen + 1.0) / (share + 1.0)
        expected = self.expected(everybody, appeared, np.full(len(appeared), math.inf))
        excess = math.fsum((((self.received - expected) ** 2) - expected).tolist())
        square = math.fsum((expected**2).tolist())
        self.shape = min(max(square / excess if excess > 0.0 else 100.0, 0.2), 100.0)
        self.whole = expected

    def _until(self, at: Floats) -> Floats:
        """What an average account received up to that instant."""
        ended = np.minimum(at, float(self.edges[-1]))
        return np.asarray(np.interp(ended, self.edges, self.cumulative), dtype=np.float64)

    def _present_until(self, account: Ints, at: Floats) -> Floats:
        """As ``_until``, of the time in which the account was there."""
        at = np.minimum(at, float(self.edges[-1]))
        place = self.presence.places(account, at)
        some = np.flatnonzero(place >= 0)
        lot = np.zeros(len(account))
        span = place[some]
        begun = np.minimum(self._until(at[some]), self._until(self.presence.until[span]))
        lot[some] = self.in_spans[span] - self.in_spans[self.spans_from[account[some]]]
        lot[some] += begun - self._until(self.presence.begin[span])
        return lot

    def _lots(self, account: Ints, start: Floats, end: Floats) -> Floats:
        """What an average account receives from ``start`` to ``end``: a row each for there, not there, unknown."""
        end = np.maximum(start, end)
        whole = self._until(end) - self._until(start)
        present = np.clip(self._present_until(account, end) - self._present_until(account, start), 0.0, whole)
        known = self._known(account)
        return np.array([present * known, (whole - present) * known, whole * ~known])

    def _known(self, account: Ints) -> NDArray[np.bool_]:
        return np.asarray(self.spans_from[account + 1] > self.spans_from[account])

    def _states(self, account: Ints, at: Floats) -> Ints:
        """The row of ``_lots`` in which that instant falls for that account."""
        place = self.presence.places(account, at)
        there = np.zeros(len(account), dtype=bool)
        there[place >= 0] = at[place >= 0] < self.presence.until[place[place >= 0]]
        return np.where(self._known(account), np.where(there, THERE, AWAY), UNKNOWN)

    def expected(self, account: Ints, start: Floats, end: Floats) -> Floats:
        """Expected first contacts of accounts (places) from ``start`` to ``end``, if their own pull were average."""
        total = np.zeros(len(account))
        appeared = self.appeared[account]
        for (low, high), pull in zip(AGE_SPANS, self.pull, strict=True):
            begin, until = np.maximum(start, appeared + low), np.minimum(end, appeared + high)
            if (until > begin).any():
                total += (pull[:, None] * self._lots(account, begin, until)).sum(axis=0)
        return total

    def best_window(
        self, times: Sequence[float], target: int, *, windows: Sequence[float], min_members: int
    ) -> Window | None:
        """The least expected window among all that start with a contact; its p times how many were looked at.

        ``times``: seconds of the target's first contacts, sorted.  None if no window holds ``min_members``.
        """
        best: Window | None = None
        at = np.array(times)
        for seconds in windows:
            counts = np.searchsorted(at, at + seconds, side="right") - np.arange(len(at))
            full = np.flatnonzero(counts >= min_members)
            within = self.expected(np.full(len(full), target), at[full], at[full] + seconds)
            for first, inside in zip(full.tolist(), within.tolist(), strict=True):
                count = int(counts[first])
                outside = max(float(self.whole[target]) - inside, 0.0)
                shape, rate = self.shape + len(times) - count, self.shape + outside
                p_value = min(1.0, gamma_poisson_tail(count, shape, rate, inside) * len(times) * len(windows))
                found = Window(first, count, seconds, inside * shape / rate, p_value)
                if best is None or (p_value, seconds, first) < (best.p_value, best.seconds, best.first):
                    best = found
        return best
