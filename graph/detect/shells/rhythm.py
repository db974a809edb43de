"""Do two accounts take turns?  Hand-overs and simultaneous sessions beside what their daily hours let expect."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, log2

import numpy as np
from scipy.special import gammainc

HOUR = 3600.0
HOURS = 24


@dataclass(frozen=True)
class Timeline:
    """An account's sessions by start: epoch seconds, and device and address codes (-1: unknown)."""

    start: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    end: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    device: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    records: Sequence[str]

    @cached_property
    def seconds(self) -> float:
        return float((self.end - self.start).sum())

    @cached_property
    def starts_by_hour(self) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        return np.bincount((self.start // HOUR).astype(np.int64) % HOURS, minlength=HOURS).astype(np.float64)

    @cached_property
    def online_by_hour(self) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """Seconds online in each hour of the day, over all days."""
        online = np.zeros(HOURS)
        for start, end in zip(self.start, self.end, strict=True):
            moment = float(start)
            while moment < end:
                edge = min(float(end), (moment // HOUR + 1) * HOUR)
                online[int(moment // HOUR) % HOURS] += edge - moment
                moment = edge
        return online

    def between(self, start: float, end: float) -> "Timeline":
        """The sessions that begin and end in the period, which includes its ends."""
        kept = np.flatnonzero((self.start >= start) & (self.end <= end))
        return Timeline(
            self.start[kept], self.end[kept], self.device[kept], tuple(self.records[i] for i in kept.tolist())
        )


@dataclass(frozen=True)
class Turns:
    """How two accounts' sessions lie: counts observed and expected if they were independent at their hours."""

    handovers: int
    handovers_elsewhere: int  # those between different devices
    handovers_expected: float
    overlaps: int  # simultaneous on different devices
    overlaps_expected: float
    records: tuple[str, ...]  # sessions of the hand-overs, else of the overlaps


def common_period(a: Timeline, b: Timeline) -> tuple[Timeline, Timeline, float] | None:
    """Both timelines cut to the days on which both accounts lived, and how many; None below one day or two sessions."""
    start = max(float(a.start[0]), float(b.start[0]))
    end = min(float(a.end.max()), float(b.end.max()))
    days = (end - start) / (HOUR * HOURS)
    if days < 1.0:
        return None
    cut = [one.between(start, end) for one in (a, b)]
    return (cut[0], cut[1], days) if min(len(one.start) for one in cut) >= 2 else None


def turns(a: Timeline, b: Timeline, *, handover_s: int) -> Turns | None:
    """Compare two timelines over the days on which both accounts lived; None where these are too few.

    Expected hand-overs: for each end the other's rate of starts in that hour of the day; expected overlaps: seconds
    both would be online, hour by hour, over the mean length of an overlap; sessions on a device they share cannot
    overlap and are taken out.
    """
    period = common_period(a, b)
    if period is None:
        return None
    a, b, days = period
    handovers, elsewhere, expected, records = 0, 0, 0.0, []
    for ending, starting in ((a, b), (b, a)):
        first = np.searchsorted(starting.start, ending.end, side="left")
        last = np.searchsorted(starting.start, ending.end + handover_s, side="right")
        for i in np.flatnonzero(last > first).tolist():
            j = int(first[i])
            handovers += 1
            elsewhere += _differ(ending.device[i], starting.device[j])
            records += [ending.records[i], starting.records[j]]
        hours = (ending.end // HOUR).astype(np.int64) % HOURS
        expected += float((starting.starts_by_hour[hours] / days * (handover_s / HOUR)).sum())
    overlaps, during = 0, []
    low = np.searchsorted(np.maximum.accumulate(b.end), a.start, side="right")
    high = np.searchsorted(b.start, a.end, side="left")
    for i in np.flatnonzero(high > low).tolist():
        for j in range(int(low[i]), int(high[i])):
            if _differ(a.device[i], b.device[j]) and b.start[j] < a.end[i] and a.start[i] < b.end[j]:
                overlaps += 1
                during += [a.records[i], b.records[j]]
    both = float((a.online_by_hour * b.online_by_hour).sum()) / (days * HOUR)
    lengths = (a.seconds / len(a.start), b.seconds / len(b.start))
    episodes = float(both * sum(lengths) / (lengths[0] * lengths[1])) if min(lengths) > 0 else 0.0
    return Turns(
        handovers, elsewhere, expected, overlaps, episodes * (1.0 - _together(a, b)),
        tuple(sorted(set(records or during))),
    )


def surprise_bits(observed: int, expected: float, *, most: float) -> float:
    """log2(0.5 / P(N >= observed)) for a Poisson N, between 0 and ``most``: one operator shows it every other time."""
    if observed < 1:
        return 0.0
    tail = float(gammainc(observed, max(expected, 1e-12)))
    return most if tail <= 0.0 else max(0.0, min(most, log2(0.5 / tail)))


def overlap_bits(overlaps: int, expected: float, *, least: float, most: float) -> float:
    """log2 of Poisson likelihoods: one operator overlaps a tenth as often as two people, with a floor for slips."""
    if expected <= 0.0 and overlaps == 0:
        return 0.0
    other = max(expected, 0.2)
    same = 0.1 * other + 0.02
    bits = (other - same + overlaps * (log(same) - log(other))) / log(2.0)
    return max(least, min(most, bits))


def _differ(one: int, other: int) -> bool:
    return one < 0 or other < 0 or one != other


def _together(a: Timeline, b: Timeline) -> float:
    """The chance that a session of each falls on one device they share."""
    common = set(a.device.tolist()) & set(b.device.tolist()) - {-1}
    return sum(
        float((a.end - a.start)[a.device == code].sum() / max(a.seconds, 1.0))
        * float((b.end - b.start)[b.device == code].sum() / max(b.seconds, 1.0))
        for code in sorted(common)
    )
