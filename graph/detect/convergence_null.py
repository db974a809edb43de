"""How many accounts would write to one target within a window anyway?

Expected first contacts follow the platform's own rate by hour (what is met by those there is shared among these, the
rest among all accounts), times how much more people receive in each state and while they are new (time since their
first trace), times the target's own pull, learnt from what it receives outside the window: a gamma-Poisson predictive
tail, as wide as contacts clump on that platform.  So neither popular people nor greeted newcomers stand out, nor
somebody who is seldom there and is written to then, nor the few who are there at night.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.detect.convergence_presence import SPAN, Presence
from graph.detect.convergence_rates import HOUR, PARTS, Ints, Rates, among_all, among_present, whole_parts
from graph.detect.statistics import Floats, gamma_poisson_tail

AGES = (0.0, HOUR, 6 * HOUR, 24 * HOUR, 7 * 24 * HOUR, math.inf)
AGE_SPANS = tuple(pairwise(AGES))
SAMPLED, MOST_AFTER = 20_000, 3  # contacts looked at for clumping
CLUMPS = (900.0, HOUR, 4 * HOUR, 24 * HOUR)
VISIT, WROTE, AWAY, UNKNOWN = range(4)


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
    account's first trace.  Ends at the last contact.  An account is in one of its ``visits``, wrote in that hour
    outside of them (``wrote``, apart from the visits), is away, or nothing is known of that; what each of these
    receives of its rate in each age is the ratio of all contacts to all exposure there.
    """

    def __init__(
        self, times: Floats, targets: Ints, appeared: Floats, visits: Presence, wrote: Presence
    ) -> None:
        self.appeared, self.presences = appeared, (visits, wrote)
        start, end = float(times[0]) // HOUR * HOUR, (float(times[-1]) // HOUR + 1) * HOUR
        self.edges = np.arange(start, end + 1.0, HOUR)
        accounts = len(appeared)
        platform = among_all(self.edges, times, appeared)
        self.known: NDArray[np.bool_] = np.bincount(visits.account, minlength=accounts) > 0
        self.known |= np.bincount(wrote.account, minlength=accounts) > 0
        states = self._states(targets, times)
        self.rates = []
        for state, presence in enumerate(self.presences):
            there = states == state
            met = among_present(self.edges, times[there], targets[there], presence)
            self.rates.append(Rates(self.edges, (platform, met), presence, accounts))
        self.received: Floats = np.bincount(targets, minlength=len(appeared)).astype(np.float64)
        everybody = np.arange(len(appeared))
        lots = [self._lots(everybody, appeared + low, appeared + high) for low, high in AGE_SPANS]
        share = np.array([whole_parts(lot).sum(axis=1) / PARTS for lot in lots])
        age = np.searchsorted(AGES[1:-1], np.maximum(times - appeared[targets], 0.0), side="right")
        seen = np.zeros((len(AGE_SPANS), 4))
        np.add.at(seen, (age, states), 1.0)
        self.pull: Floats = (seen + 1.0) / (share + 1.0)
        expected = sum((pull[:, None] * lot).sum(axis=0) for pull, lot in zip(self.pull, lots, strict=True))
        self.whole = np.asarray(expected, dtype=np.float64)
        excess = math.fsum((((self.received - expected) ** 2) - expected).tolist())
        square = math.fsum((expected**2).tolist())
        self.shape = min(max(square / excess if excess > 0.0 else 100.0, 0.2), 100.0)
        order = np.lexsort((times, targets))
        self.contacts = targets[order], times[order]
        self.by_time = np.argsort(order)  # the place of each contact, in time, among those of its target
        self._clumped: dict[float, float] = {}

    def _lots(self, account: Ints, start: Floats, end: Floats) -> Floats:
        """What an average account receives from ``start`` to ``end``: a row for each state."""
        end = np.maximum(start, end)
        whole = (self.rates[0].until(end) - self.rates[0].until(start))[0]
        away, rows = whole, []
        for rates in self.rates:
            everybody, present = rates.there_until(account, end) - rates.there_until(account, start)
            away = away - everybody
            rows.append(np.maximum(present, 0.0))
        known = self.known[account]
        return np.array([*rows, np.clip(away, 0.0, whole) * known, whole * ~known])

    def _states(self, account: Ints, at: Floats) -> Ints:
        """The row of ``_lots`` in which that instant falls for that account."""
        state = np.where(self.known[account], AWAY, UNKNOWN)
        for row, presence in enumerate(self.presences):
            place = presence.places(account, at)
            there = np.flatnonzero(place >= 0)
            there = there[at[there] < presence.until[place[there]]]
            state[there] = row
        return state

    def expected(self, account: Ints, start: Floats, end: Floats) -> Floats:
        """Expected first contacts of accounts (places) from ``start`` to ``end``, if their own pull were average."""
        total = np.zeros(len(account))
        appeared = self.appeared[account]
        for (low, high), pull in zip(AGE_SPANS, self.pull, strict=True):
            begin, until = np.maximum(start, appeared + low), np.minimum(end, appeared + high)
            if (until > begin).any():
                total += (pull[:, None] * self._lots(account, begin, until)).sum(axis=0)
        return total

    def clumping(self, seconds: float) -> float:
        """Squared coefficient of variation of what one account receives within that time, beyond chance.

        Contacts of an account that fall within that time after another, over those expected had all its contacts
        fallen independently where and when it may expect any.  Three after one count at most: convergences are few
        but each holds many such pairs.  Measured at a quarter of an hour, an hour and so on, the shorter where
        ``seconds`` lies between.  Source: the two-point correlation of Peebles 1980, The Large-Scale Structure of the
        Universe, section 31, with one time for a distance.
        """
        within = max((length for length in CLUMPS if length <= seconds), default=CLUMPS[0])
        if within not in self._clumped:
            targets, times = self.contacts
            several = self.by_time[self.received[targets[self.by_time]] > 1.0]
            some = several[:: max(1, len(several) // SAMPLED)]
            line = targets * SPAN + times
            after = np.searchsorted(line, line[some] + within, side="right") - some - 1
            account, at = targets[some], times[some]
            share = self.expected(account, at, at + within) / np.maximum(self.whole[account], 1e-9)
            expected = math.fsum(((self.received[account] - 1.0) * share).tolist())
            found = float(np.minimum(after, MOST_AFTER).sum())
            self._clumped[within] = max((found + 1.0) / (expected + 1.0) - 1.0, 0.0)
        return self._clumped[within]

    def predicted(self, target: int, elsewhere: int, start: float, end: float) -> float:
        """Contacts expected of that target from start to end, as it receives ``elsewhere`` contacts outside."""
        inside = float(self.expected(np.array([target]), np.array([start]), np.array([end]))[0])
        outside = max(float(self.whole[target]) - inside, 0.0)
        return inside * (self.shape + elsewhere) / (self.shape + outside)

    def best_window(
        self, times: Sequence[float], target: int, *, windows: Sequence[float], min_members: int
    ) -> Window | None:
        """The least expected window among all that start with a contact; its p times how many were looked at.

        ``times``: seconds of the target's first contacts, sorted.  None if no window holds ``min_members``.
        """
        best: Window | None = None
        at = np.array(times)
        counts = [np.searchsorted(at, at + seconds, side="right") - np.arange(len(at)) for seconds in windows]
        full = [np.flatnonzero(count >= min_members) for count in counts]
        firsts, sizes = np.concatenate(full), np.concatenate([c[f] for c, f in zip(counts, full, strict=True)])
        lengths = np.repeat(windows, [len(first) for first in full])
        within = self.expected(np.full(len(firsts), target), at[firsts], at[firsts] + lengths)
        for first, count, seconds, inside in zip(
            firsts.tolist(), sizes.tolist(), lengths.tolist(), within.tolist(), strict=True
        ):
            outside = max(float(self.whole[target]) - inside, 0.0)
            shape, rate = self.shape + len(times) - count, self.shape + outside
            mean = inside * shape / rate
            own = 1.0 / ((1.0 + 1.0 / shape) * (1.0 + self.clumping(seconds)) - 1.0)  # both vary, each for itself
            p_value = min(1.0, gamma_poisson_tail(count, own, own, mean) * len(times) * len(windows))
            if best is None or (p_value, seconds, first) < (best.p_value, best.seconds, best.first):
                best = Window(first, count, seconds, mean, p_value)
        return best
