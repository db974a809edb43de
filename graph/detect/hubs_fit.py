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

from graph.detect.statistics import BetaBinomials, Floats, fit_tilt, moment_dispersion, tilted

Ints = NDArray[np.int64]
STEPS = 1000


@dataclass(frozen=True)
class NullParameters:
    """Priors in people, contacts and accounts; see docs/methods.md for the reasons.

    An account tells of its band by at most ``contacts_cap`` contacts.  ``raised_odds``: the smallest odds ratio of the
    mixture's other part; ``raised_share``: its share before the data, with the weight of ``raised_prior`` accounts; a
    family of fewer accounts than ``mixed_family`` is taken as all ordinary.
    """

    smoothing_people: float = 20.0
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


@dataclass(frozen=True)
class Habit:
    """How a band of ``accounts`` chooses: log factor on the odds of opportunity, share of its minors that count, and
    dispersion.
    """

    accounts: int
    tilt: float
    counted: float
    dispersion: float


class Fit:
    """First contacts of all accounts, and the null of any family of them.

    ``shares``, ``minor`` and ``counted`` hold one number a contact, ``index`` its account's place (ascending);
    ``counted`` is 1 where a contact is of the kind that is tested, and only where ``minor`` is.
    """

    def __init__(
        self, shares: Floats, minor: Floats, counted: Floats, index: Ints, parameters: NullParameters
    ) -> None:
        self.index, self.parameters = index, parameters
        self.trials: Floats = np.bincount(index).astype(np.float64)
        self.counts: Floats = np.bincount(index, weights=counted).astype(np.float64)
        self.steps: Ints = np.rint(shares * STEPS).astype(np.int64)  # shares to a thousandth: sums over few values
        self.values: Floats = np.clip(np.arange(STEPS + 1) / STEPS, 1e-6, 1.0 - 1e-6)
        cap: Floats = np.minimum(1.0, parameters.contacts_cap / self.trials)
        self.weights: Floats = cap[index]
        self.minors: Floats = cap * np.bincount(index, weights=minor)
        self.counted: Floats = cap * self.counts

    def family(self, members: Ints, bands: Sequence[str]) -> tuple[Floats, dict[str, Habit]]:
        """Each account's expected share under the null (0 outside the family), and how each band chooses."""
        of_band = {
            name: _Band(self, np.array([a for a in members.tolist() if bands[a] == name]))
            for name in sorted({bands[a] for a in members.tolist()})
        }
        active = members[self.trials[members] >= self.parameters.tested_contacts]
        mixed = len(members) >= self.parameters.mixed_family
        share = self.parameters.raised_share if mixed else 0.0
        raise_by, raised_spread = math.log(2.0 * self.parameters.raised_odds), 0.1
        spread = self.parameters.dispersion_floor
        follows = np.zeros(len(self.trials))
        follows[members] = 1.0
        fitted: dict[str, tuple[float, float]] = {}
        means, raised = np.zeros(len(self.trials)), np.zeros(len(self.trials))
        whole, seen = _Band(self, members), BetaBinomials(self.counts[members], self.trials[members])
        for turn in range(self.parameters.rounds if mixed else 1):
            everybody = whole.tilt(follows, 0.0)
            for name, band in of_band.items():
                tilt, counted = fitted[name] = band.tilt(follows, everybody), band.counted_share(follows)
                means[band.places] = band.means(tilt) * counted
                raised[band.places] = band.means(tilt + raise_by)
            if turn > 0 or not mixed:  # starting narrow, the outliers cannot mask each other
                spread = self._spread(members, means, follows)
            if not mixed:
                break
            ordinary = seen.logs(_inside(means[members]), spread) + math.log(1.0 - share)
            other = seen.logs(_inside(raised[members]), raised_spread) + math.log(share)
            before, follows = follows, np.zeros(len(self.trials))
            follows[members] = 1.0 / (1.0 + np.exp(np.clip(other - ordinary, -50.0, 50.0)))
            prior = self.parameters.raised_prior
            above = len(active) - math.fsum(follows[active].tolist())
            share = (above + prior * self.parameters.raised_share) / (len(active) + prior)
            if float(np.abs(follows - before).max()) < 1e-4:
                break
        return means, {
            name: Habit(len(band.places), *fitted[name], self._band_spread(band.places, means, follows, spread))
            for name, band in of_band.items()
        }

    def means_as(self, habit: Habit) -> Floats:
        """Expected share of each account of any family if it chose as a band does."""
        chances = tilted(self.values, habit.tilt)[self.steps]
        return np.asarray(np.bincount(self.index, weights=chances) / self.trials * habit.counted, dtype=np.float64)

    def _spread(self, places: Ints, means: Floats, follows: Floats) -> float:
        """Dispersion from accounts with enough contacts to be tested: those with two or three tell of chance only."""
        told = places[self.trials[places] >= self.parameters.tested_contacts]
        found = moment_dispersion(self.counts[told], self.trials[told], means[told], follows[told])
        return max(found, self.parameters.dispersion_floor)

    def _band_spread(self, places: Ints, means: Floats, follows: Floats, whole: float) -> float:
        """A band's own dispersion, drawn to the family's as if by ``dispersion_prior`` accounts that tell of it."""
        told = places[self.trials[places] >= self.parameters.tested_contacts]
        accounts, prior = math.fsum(follows[told].tolist()), self.parameters.dispersion_prior
        own = self._spread(told, means, follows) if len(told) else 0.0
        return max((accounts * own + prior * whole) / (accounts + prior), self.parameters.dispersion_floor)


class _Band:
    """Some accounts (``places``) of a fit, with their contacts counted by account and step of share."""

    def __init__(self, fit: Fit, places: Ints) -> None:
        self.fit, self.places = fit, places
        inside = np.full(len(fit.trials), -1, dtype=np.int64)
        inside[places] = np.arange(len(places))
        rows = np.flatnonzero(inside[fit.index] >= 0)
        self.owner: Ints = inside[fit.index[rows]]
        self.steps: Ints = fit.steps[rows]
        self.weights: Floats = fit.weights[rows]
        self.telling: Ints = places[fit.minors[places] > 0.0]  # the others add nothing to any sum
        self.used: Ints = np.unique(self.steps)

    def tilt(self, follows: Floats, prior_tilt: float) -> float:
        """The log factor on the odds of opportunity, drawn to ``prior_tilt`` by ``band_prior`` contacts."""
        observed = math.fsum((follows[self.telling] * self.fit.minors[self.telling]).tolist())
        told = self.weights * follows[self.places][self.owner]
        weights: Floats = np.bincount(self.steps, weights=told, minlength=STEPS + 1)[self.used].astype(np.float64)
        pool = tilted(self.fit.values[self.used], prior_tilt)
        return prior_tilt + fit_tilt(pool, weights, observed, prior=self.fit.parameters.band_prior)

    def means(self, tilt: float) -> Floats:
        """Expected share of minors of each account under that tilt."""
        chances = tilted(self.fit.values, tilt)[self.steps]
        sums = np.bincount(self.owner, weights=chances, minlength=len(self.places))
        return np.asarray(sums / self.fit.trials[self.places], dtype=np.float64)

    def counted_share(self, follows: Floats) -> float:
        """Share of what counts among the minors contacted, with one prior contact that counts."""
        votes = follows[self.telling]
        minors = math.fsum((votes * self.fit.minors[self.telling]).tolist())
        return (math.fsum((votes * self.fit.counted[self.telling]).tolist()) + 1.0) / (minors + 1.0)


def _inside(means: Floats) -> Floats:
    return np.clip(means, 1e-6, 1.0 - 1e-6)
