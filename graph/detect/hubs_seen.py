"""What did each tested account choose among whom, in all its first contacts or in a part of them?"""

import numpy as np
from numpy.typing import NDArray

from graph.detect.hubs_ages import AgeGroups, Ints
from graph.detect.hubs_counted import Contacts
from graph.detect.statistics import Floats, dirichlet_multinomial_logs


class Seen:
    """Counts of some ``rows`` of the contacts by ``owner`` (the place among the tested accounts).

    All probabilities are those of the contacts in their order, without multinomial coefficients, so that those of
    parts can be multiplied.
    """

    def __init__(self, contacts: Contacts, rows: Ints, owner: Ints, accounts: int, groups: AgeGroups) -> None:
        self.rows, self.owner, self.accounts, self.groups = rows, owner, accounts, groups
        counts = np.bincount(owner * groups.size + contacts.group[rows], minlength=accounts * groups.size)
        self.chosen: Floats = counts.reshape(accounts, groups.size)[:, : groups.known].astype(np.float64)
        looked = (contacts.group[rows] < groups.minors) & (contacts.closed[rows] >= 0)
        self.circle_trials = self._sums(looked.astype(np.float64))
        self.circles = self._sums((looked & (contacts.closed[rows] == 1)).astype(np.float64))
        self.minors: Floats = self.chosen[:, : groups.minors].sum(axis=1)
        self.strangers: Floats = self.minors - self.circles
        self.offered: Floats = contacts.opportunity[rows]
        self.present = self.chances(np.ones(groups.size))

    def part(self, contacts: Contacts, inside: NDArray[np.bool_]) -> "Seen":
        """The same of those of its rows that are ``inside``."""
        return Seen(contacts, self.rows[inside], self.owner[inside], self.accounts, self.groups)

    def chances(self, factors: Floats) -> Floats:
        """The known groups' chances, by a chooser with these factors; means over each account's contacts."""
        known = self.groups.known
        each = whole((self.offered * factors)[:, :known])
        sums = np.stack([self._sums(each[:, column]) for column in range(known)], axis=1)
        count = np.bincount(self.owner, minlength=self.accounts)[:, None]
        return np.where(count > 0, sums / np.maximum(count, 1), 1.0 / known)

    def share_logs(self, share: Floats, dispersion: float) -> Floats:
        """How many of those of known age are minors."""
        counts = np.stack([self.minors, self.chosen.sum(axis=1) - self.minors], axis=1)
        return dirichlet_multinomial_logs(counts, np.stack([share, 1.0 - share], axis=1), 1.0 / dispersion - 1.0)

    def choice_logs(self, chances: Floats, groups: slice, strength: float) -> Floats:
        """Of these groups, which it chose: their shares among themselves follow ``chances``."""
        return dirichlet_multinomial_logs(self.chosen[:, groups], whole(chances[:, groups]), strength)

    def circle_logs(self, share: float, dispersion: float) -> Floats:
        counts = np.stack([self.circles, self.circle_trials - self.circles], axis=1)
        means = np.tile([share, 1.0 - share], (self.accounts, 1))
        return dirichlet_multinomial_logs(counts, means, 1.0 / dispersion - 1.0)

    def _sums(self, values: Floats) -> Floats:
        return np.asarray(np.bincount(self.owner, weights=values, minlength=self.accounts), dtype=np.float64)


def whole(values: Floats) -> Floats:
    """Rows scaled to sum 1."""
    return np.asarray(values / values.sum(axis=1, keepdims=True), dtype=np.float64)
