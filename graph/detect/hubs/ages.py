"""Into which groups of age do people fall here, and which ages choose which?

The groups are finer around the adult age than ``minors.BANDS``: at 18 and at 24 people choose differently.
"""

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
from numpy.typing import NDArray

from graph.detect.statistics import Floats

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class AgeGroups:
    """``bounds``: upper ends in years (excluded), ascending; the first ``minors`` groups are minors."""

    bounds: tuple[int, ...]
    minors: int

    @property
    def known(self) -> int:
        """Number of groups of a known age; they are numbered from 0."""
        return len(self.bounds) + 1

    @property
    def unknown(self) -> int:
        """The number of the group of unknown age, the last one."""
        return self.known

    @property
    def size(self) -> int:
        return self.known + 1

    def number(self, age: Any, minor: Any) -> Any:
        """The group's number as an ibis expression; a minor without an age (a report) counts as 13 to 15."""
        usual = max(self.minors - 2, 0)
        below = [(age < bound, number) for number, bound in enumerate(self.bounds)]
        return ibis.cases(*below, (age.notnull(), len(self.bounds)), (minor, usual), else_=self.unknown).cast("int64")


def age_groups(adult_age: int) -> AgeGroups:
    """Groups whose limits lie at ``adult_age`` and around it: 13, 16, 18, 22, 28, 38 and 50 for 18."""
    young = tuple(bound for bound in (13, 16) if bound < adult_age)
    bounds = (*young, *(adult_age + more for more in (0, 4, 10, 20, 32)))
    return AgeGroups(bounds, len(young) + 1)


def affinity(
    opportunity: Floats, chooser: Ints, chosen: Ints, weights: Floats, *, prior: float = 1.0, rounds: int = 12
) -> Floats:
    """How much group c prefers group t beyond opportunity: rows of mean 1, from contacts weighed by ``weights``.

    The choice of one out of those present is a conditional logit with one factor a pair of groups: each round sets the
    factors so that expected and observed totals agree; ``prior`` contacts of each pair are as opportunity has them.
    Source: McFadden 1974; iterative scaling as in Darroch and Ratcliff 1972.
    """
    size = opportunity.shape[1]
    factors = np.ones((size, size))
    for group in range(size):
        rows = np.flatnonzero(chooser == group)
        offered, say = opportunity[rows], weights[rows]
        observed = np.bincount(chosen[rows], weights=say, minlength=size)
        for _ in range(rounds):
            whole = np.einsum("ij,j->i", offered, factors[group])  # no temporary of all contacts, no threads
            expected = np.einsum("i,ij->j", say / whole, offered)
            factors[group] = (observed + prior) / (expected + prior)
            factors[group] /= factors[group].mean()
    return factors
