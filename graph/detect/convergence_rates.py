"""How many first contacts does one account receive an hour?  One of all accounts, and one of those who are there.

Where few are there, as at night, each of them meets much of what is written; among all accounts that rate vanishes.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph.detect.convergence_presence import Presence
from graph.detect.statistics import Floats

HOUR = 3600.0
STEADY = 5.0  # contacts at the usual rate that stand beside each hour's own
PARTS = 2.0**36  # sums of up to 10^8 contacts fit
Ints = NDArray[np.int64]


class Rates:
    """Rates by hour, added up over time and over the spans in which accounts were there.

    ``edges``: the hours' edges in seconds; ``rates``: a row each, contacts an account receives in each hour; nothing
    comes before the first edge or after the last.
    """

    def __init__(self, edges: Floats, rates: Sequence[Floats], presence: Presence, accounts: int) -> None:
        self.start, self.end, self.presence = float(edges[0]), float(edges[-1]), presence
        self.rates = np.array([np.append(rate, 0.0) for rate in rates])
        self.added = np.array([np.append(0.0, np.cumsum(rate)) for rate in rates])
        self.spans_from = np.searchsorted(presence.account, np.arange(accounts + 1))
        self.at_begin, self.at_end = self.until(presence.begin), self.until(presence.until)
        spans = whole_parts(self.at_end - self.at_begin)
        self.in_spans = np.concatenate([np.zeros((len(rates), 1), dtype=np.int64), np.cumsum(spans, axis=1)], axis=1)

    def until(self, at: Floats) -> Floats:
        """What an account receives up to those instants, a row for each rate."""
        hours = np.clip((at - self.start) / HOUR, 0.0, self.added.shape[1] - 1.0)
        whole = hours.astype(np.int64)
        return np.asarray(self.added[:, whole] + self.rates[:, whole] * (hours - whole), dtype=np.float64)

    def there_until(self, account: Ints, at: Floats) -> Floats:
        """As ``until``, of the time in which each account was there."""
        at = np.minimum(at, self.end)
        place = self.presence.places(account, at)
        some = np.flatnonzero(place >= 0)
        span = place[some]
        lot = np.zeros((len(self.added), len(account)))
        begun = np.minimum(self.until(at[some]), self.at_end[:, span]) - self.at_begin[:, span]
        lot[:, some] = (self.in_spans[:, span] - self.in_spans[:, self.spans_from[account[some]]]) / PARTS + begun
        return lot


def whole_parts(amounts: Floats) -> Ints:
    """Counted in small whole parts, so that sums over accounts do not depend on the order of their ids."""
    return np.asarray(np.rint(amounts * PARTS).astype(np.int64))


def among_all(edges: Floats, times: Floats, appeared: Floats) -> Floats:
    """By hour: first contacts over the accounts seen by then."""
    contacts = np.histogram(times, edges)[0].astype(np.float64)
    seen = np.searchsorted(np.sort(appeared), edges[1:], side="right").astype(np.float64)
    return np.asarray(contacts / np.maximum(seen, 1.0), dtype=np.float64)


def among_present(edges: Floats, times: Floats, targets: Ints, presence: Presence) -> Floats:
    """By hour: those there who received a first contact, over those there.  ``times``, ``targets``: contacts to these.

    Who receives several within the hour counts once, so that a convergence does not explain itself, and hours in
    which few are there lean on the usual rate.
    """
    hours = len(edges) - 1
    once = np.unique(targets * hours + ((times - edges[0]) // HOUR).astype(np.int64))
    met = np.bincount(once % hours, minlength=hours).astype(np.float64)
    there = np.diff(_there_until(presence, edges)) / HOUR
    usual = max(float(met.sum()), 1.0) / max(float(there.sum()), 1.0)
    return np.asarray((met + STEADY) / (there + STEADY / usual), dtype=np.float64)


def _there_until(presence: Presence, at: Floats) -> Floats:
    """Seconds that all accounts together were there up to those instants, but for a constant."""
    total = np.zeros(len(at))
    for sign, moments in ((1.0, presence.begin), (-1.0, presence.until)):
        after = np.sort(moments) - at[0]
        passed = np.concatenate([[0.0], np.cumsum(after)])
        count = np.searchsorted(after, at - at[0], side="right")
        total += sign * (count * (at - at[0]) - passed[count])
    return total
