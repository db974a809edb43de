"""How many first contacts does one account receive an hour?  One of all accounts, and one of those who are there.

Where few are there, as at night, each of them meets much of what is written; among all accounts that rate vanishes.
"""

import numpy as np
from numpy.typing import NDArray

from graph.detect.convergence_presence import Presence
from graph.detect.statistics import Floats

HOUR = 3600.0
STEADY = 5.0  # contacts at the usual rate that stand beside each hour's own
Ints = NDArray[np.int64]


class Rate:
    """A rate by hour, added up over time and over the spans in which accounts were there.

    ``edges``: the hours' edges in seconds; ``rate``: contacts an account receives in each hour; nothing comes before
    the first edge or after the last.
    """

    def __init__(self, edges: Floats, rate: Floats, presence: Presence, accounts: int) -> None:
        self.edges, self.presence = edges, presence
        self.added = np.concatenate([[0.0], np.cumsum(rate)])
        spans = self.until(presence.until) - self.until(presence.begin)
        self.in_spans = np.concatenate([[0.0], np.cumsum(spans)])
        self.spans_from = np.searchsorted(presence.account, np.arange(accounts + 1))

    def until(self, at: Floats) -> Floats:
        """What an account receives up to those instants."""
        ended = np.minimum(at, float(self.edges[-1]))
        return np.asarray(np.interp(ended, self.edges, self.added), dtype=np.float64)

    def there_until(self, account: Ints, at: Floats) -> Floats:
        """As ``until``, of the time in which each account was there."""
        at = np.minimum(at, float(self.edges[-1]))
        place = self.presence.places(account, at)
        some = np.flatnonzero(place >= 0)
        lot = np.zeros(len(account))
        span = place[some]
        begun = np.minimum(self.until(at[some]), self.until(self.presence.until[span]))
        lot[some] = self.in_spans[span] - self.in_spans[self.spans_from[account[some]]]
        lot[some] += begun - self.until(self.presence.begin[span])
        return lot


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
