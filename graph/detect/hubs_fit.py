"""What do ordinary accounts of a band do, when some accounts among them are the ones looked for?

An empirical null (Efron 2004): each family of accounts is a mixture of those who follow the null and a few whose odds
are higher; expectation-maximisation weighs every account by the probability that it follows.  Fitted to everybody,
the null would be widened by the very accounts it is to find.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.detect.statistics import Floats, beta_binomial_logs, fit_tilt, moment_dispersion, tilted

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class NullParameters:
    """Priors in people, contacts and accounts; see docs/methods.md for the reasons.

    An account tells of its band by at most ``contacts_cap`` contacts.  ``raised_odds``: the smallest odds ratio of the
    mixture's other part; ``raised_share``: its share before the data, with the weight of ``raised_prior`` accounts; a
    family of fewer accounts than ``mixed_family`` is taken as all ordinary.
    """

    smoothing_people: float = 5.0
    contacts_cap: float = 10.0
    band_prior: float = 20.0
    dispersion_floor: float = 0.02
    dispersion_prior: float = 30.0
    tested_contacts: int = 5
    raised_odds: float = 3.0
    raised_share: float = 0.05
    raised_prior: float = 20.0
    mixed_family: int = 30
    rounds: int = 40


class Fit:
    """First contacts of all accounts, and the null of any family of them.

    ``shares``, ``minor`` and ``counted`` hold one number a contact, ``index`` its account's place; ``counted`` is 1
    where a contact is of the kind that is tested, and only where ``minor`` is.
    """

    def __init__(
        self, shares: Floats, minor: Floats, counted: Floats, index: Ints, parameters: NullParameters
    ) -> None:
        self.shares, self.minor, self.counted, self.index = shares, minor, counted, index
        self.parameters = parameters
        self.trials: Floats = np.bincount(index).astype(np.float64)
        self.counts: Floats = np.bincount(index, weights=counted).astype(np.float64)
        self.weights: Floats = np.minimum(1.0, parameters.contacts_cap / self.trials)[index]

    def family(self, members: Ints, bands: Sequence[str]) -> tuple[Floats, dict[str, float]]:
        """Each account's expected share under the null (0 outside the family), and each band's dispersion."""
        bands_here = sorted({bands[a] for a in members.tolist()})
        of_band = {name: np.array([a for a in members.tolist() if bands[a] == name]) for name in bands_here}
        follows = np.zeros(len(self.trials))
        follows[members] = 1.0
        active = members[self.trials[members] >= self.parameters.tested_contacts]
        mixed = len(members) >= self.parameters.mixed_family
        share = self.parameters.raised_share if mixed else 0.0
        raise_by, raised_spread = math.log(2.0 * self.parameters.raised_odds), 0.1
        spread = self.parameters.dispersion_floor
        means = np.zeros(len(self.trials))
        for turn in range(self.parameters.rounds if mixed else 1):
            everybody = self._tilt(follows, 0.0)
            raised = np.zeros(len(self.trials))
            for places in of_band.values():
                votes = np.zeros(len(self.trials))
                votes[places] = follows[places]
                tilt, kept = self._tilt(votes, everybody), self._counted_share(votes)
                means[places] = self._means(tilt)[places] * kept
                raised[places] = self._means(tilt + raise_by)[places]
            if turn > 0 or not mixed:  # starting narrow, the outliers cannot mask each other
                spread = self._spread(members, means, follows)
            if not mixed:
                break
            ordinary = beta_binomial_logs(
                self.counts[members], self.trials[members], _inside(means[members]), spread
            ) + math.log(1.0 - share)
            other = beta_binomial_logs(
                self.counts[members], self.trials[members], _inside(raised[members]), raised_spread
            ) + math.log(share)
            before = follows
            follows = np.zeros(len(self.trials))
            follows[members] = 1.0 / (1.0 + np.exp(np.clip(other - ordinary, -50.0, 50.0)))
            prior = self.parameters.raised_prior
            above = len(active) - math.fsum(follows[active].tolist())
            share = (above + prior * self.parameters.raised_share) / (len(active) + prior)
            if float(np.abs(follows - before).max()) < 1e-6:
                break
        return means, {
            name: self._band_spread(places, means, follows, spread) for name, places in of_band.items()
        }

    def _means(self, tilt: float) -> Floats:
        return np.asarray(np.bincount(self.index, weights=tilted(self.shares, tilt)) / self.trials, dtype=np.float64)

    def _tilt(self, votes: Floats, prior_tilt: float) -> float:
        """The log factor on the odds of opportunity, drawn to ``prior_tilt`` by ``band_prior`` contacts."""
        rows = votes[self.index] > 0.0
        weights = self.weights[rows] * votes[self.index][rows]
        observed = math.fsum((weights * self.minor[rows]).tolist())
        pool = tilted(self.shares[rows], prior_tilt)
        return prior_tilt + fit_tilt(pool, weights, observed, prior=self.parameters.band_prior)

    def _counted_share(self, votes: Floats) -> float:
        """Share of what counts among the minors contacted, with one prior contact that counts."""
        weights = self.weights * votes[self.index]
        minors = math.fsum((weights * self.minor).tolist())
        return (math.fsum((weights * self.counted).tolist()) + 1.0) / (minors + 1.0)

    def _spread(self, places: Ints, means: Floats, follows: Floats) -> float:
        """Dispersion from accounts with enough contacts to be tested: those with two or three tell of chance only."""
        places = places[self.trials[places] >= self.parameters.tested_contacts]
        found = moment_dispersion(self.counts[places], self.trials[places], means[places], follows[places])
        return max(found, self.parameters.dispersion_floor)

    def _band_spread(self, places: Ints, means: Floats, follows: Floats, whole: float) -> float:
        """A band's own dispersion, drawn to the family's as if by ``dispersion_prior`` accounts that tell of it."""
        told = places[self.trials[places] >= self.parameters.tested_contacts]
        accounts, prior = math.fsum(follows[told].tolist()), self.parameters.dispersion_prior
        own = self._spread(told, means, follows) if len(told) else 0.0
        return max((accounts * own + prior * whole) / (accounts + prior), self.parameters.dispersion_floor)


def _inside(means: Floats) -> Floats:
    return np.clip(means, 1e-6, 1.0 - 1e-6)
