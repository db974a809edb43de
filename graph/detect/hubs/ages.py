"""Into which groups of age do people fall here, which ages choose which, and who gives two that contradict?

The groups are finer around the adult age than ``minors.BANDS``: at 18 and at 24 people choose differently.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import ibis
import numpy as np

from graph.detect.arrays import Floats, Ints
from graph.detect.context import DetectionContext
from graph.detect.minors.minority import YEAR_SECONDS

_BIRTHDAYS = 2  # years by which two ages must differ to contradict each other


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


class Claim(NamedTuple):
    """An adult's age and a minor's that one account gives, each with its basis and its record."""

    adult: int
    adult_basis: str
    adult_record: str
    minor: int
    minor_basis: str
    minor_record: str


def two_ages(context: DetectionContext, groups: AgeGroups) -> Mapping[int, Claim]:
    """By account number the latest of both, of who gives a minor's age and one beyond just of age that contradict."""
    given = context.minors
    given = given.filter(given.age.notnull(), given.basis != "report")
    adult = given.filter(given.age >= groups.bounds[groups.minors])
    minor = given.filter(given.age < groups.bounds[groups.minors - 1])
    both = ibis.union(adult.semi_join(minor, "account"), minor.semi_join(adult, "account"))
    numbered = both.join(context.numbers, "account").select(
        "number", "from_at", "age", "dated_at", "basis", "record"
    )
    ages: dict[int, list[tuple[Any, ...]]] = {}
    for number, since, *rest in context.rows(numbered):
        ages.setdefault(number, []).append((since is not None, since, *rest))
    found = {}
    for number, rows in ages.items():
        grown = [row for row in rows if row[2] >= groups.bounds[groups.minors]]
        young = [row for row in rows if row[2] < groups.bounds[groups.minors]]
        pairs = [pair for pair in product(grown, young) if _contradict(*pair)]
        if pairs:
            (*_, old, _, old_basis, old_record), (*_, age, _, basis, record) = max(pairs)
            found[number] = Claim(old, old_basis, old_record, age, basis, record)
    return found


def _contradict(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """More than birthdays lie between two ages, each of which held when it was given."""
    (_, _, age, at, *_), (_, _, other_age, other_at, *_) = one, other
    passed = (at - other_at).total_seconds() / YEAR_SECONDS if at and other_at else 0.0
    return abs(float(age - other_age - passed)) >= _BIRTHDAYS
