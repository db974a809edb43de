"""How many co-hits would accounts have by chance?  The null by days, the tails, and the pairs worth a look."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from math import exp, lgamma, log

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, hyp1f1

from graph.detect.ambush.cotargeting import WEIGHT_UNIT
from graph.detect.statistics import Floats

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class CoHits:
    """First contacts of two accounts to one target within the window, a row each: numbers a < b; millionths."""

    a: Ints
    b: Ints
    weight: Ints


@dataclass(frozen=True)
class PairTest:
    """A pair whose co-hits chance explains with probability ``p`` at most."""

    a: str
    b: str
    p: float


@dataclass(frozen=True)
class Activity:
    """k, an account's first contacts in a stratum, for accounts by name (sorted) or by their place among the names.

    The rows of account i stand from ``starts[i]`` to ``starts[i + 1]``, in order of the stratum.
    """

    names: Sequence[str]
    starts: Ints
    stratum: Ints
    k: Ints

    @classmethod
    def of_rows(cls, names: Sequence[str], account: Ints, stratum: Ints, k: Ints) -> "Activity":
        """From one row an account and stratum, in any order."""
        order = np.lexsort((stratum, account))
        starts = np.searchsorted(account[order], np.arange(len(names) + 1))
        return cls(names, starts, stratum[order], k[order])

    def numbers(self, accounts: Sequence[str]) -> list[int]:
        """The places of accounts among the names; those that are not there are left out."""
        places = ((bisect_left(self.names, account), account) for account in accounts)
        return [place for place, account in places if place < len(self.names) and self.names[place] == account]

    def of(self, account: str) -> dict[int, int]:
        """Stratum to k, in order of the stratum."""
        for number in self.numbers([account]):
            rows = slice(int(self.starts[number]), int(self.starts[number + 1]))
            return dict(zip(self.stratum[rows].tolist(), self.k[rows].tolist(), strict=True))
        return {}


@dataclass(frozen=True)
class Null:
    """The null of one window, by stratum (merged days, arrivals apart).

    ``contacts``: k, an actor's first contacts in a stratum; ``totals``: by stratum (W, K, Q) = the weight of all
    co-hits (millionths), the sum of k and the sum of k².  The W co-hits of a stratum fall on pairs in proportion to
    k_a k_b, so a pair expects  mu = sum over strata of  2 W k_a k_b / (K² - Q).  Tumminello et al. 2011 give the idea
    of validating a projected link against activity.
    """

    contacts: Activity
    totals: Sequence[tuple[int, int, int]]
    _known: dict[tuple[str, str], float] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def rates(self) -> list[float]:
        """Expected co-hits of a pair per product of their contacts, by stratum."""
        return [
            2.0 * weight / WEIGHT_UNIT / (total * total - squares) if weight and total * total > squares else 0.0
            for weight, total, squares in self.totals
        ]

    def expected(self, a: str, b: str) -> float:
        """What the pair expects; asked for often for the members of a group, so kept."""
        if (a, b) not in self._known:
            one, other = sorted((self.contacts.of(a), self.contacts.of(b)), key=len)
            self._known[a, b] = sum(self.rates[s] * k * other[s] for s, k in one.items() if s in other)
        return self._known[a, b]

    def expected_of(self, members: Sequence[str]) -> float:
        """Co-hits that all pairs of the members expect together."""
        return sum(self.expected(a, b) for a, b in combinations(sorted(members), 2))

    def expected_of_each(self, a: Ints, b: Ints) -> Floats:
        """``expected`` of many pairs at once, by number; the same terms in the same order."""
        starts, stratum, k = self.contacts.starts, self.contacts.stratum, self.contacts.k
        sizes = np.diff(starts)
        one = np.where(sizes[a] <= sizes[b], a, b)
        other, spans = a + b - one, sizes[one]
        pair = np.repeat(np.arange(len(a)), spans)
        row = np.arange(len(pair)) + np.repeat(starts[one] - (np.cumsum(spans) - spans), spans)
        keys = np.repeat(np.arange(len(sizes)), sizes) * len(self.totals) + stratum
        wanted = other[pair] * len(self.totals) + stratum[row]
        place = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
        both = keys[place] == wanted
        pair, row, place = pair[both], row[both], place[both]
        terms = np.array(self.rates)[stratum[row]] * k[row] * k[place]
        return np.asarray(np.bincount(pair, weights=terms, minlength=len(a)), dtype=np.float64)


def weighed_tail(observed: float, expected: float) -> float:
    """An upper bound of P(S >= observed) for a sum S of independent terms in [0, 1] with that mean."""
    return exp(float(weighed_logs(np.array([observed]), np.array([expected]))[0]))


def weighed_logs(observed: Floats, expected: Floats) -> Floats:
    """The natural logarithms of ``weighed_tail``, for many sums at once; 0 where no more was seen than expected.

    P(S >= s) <= min over whole h < s of E(N - h)+ / (s - h) for a Poisson count N of that mean (Bentkus 2004, Annals of
    Probability 32:1650).  It holds for co-hits weighed by crowd, where a Poisson tail would need whole numbers, and is
    within a factor 1 + O(mean/s) of that tail where all weights are 1 (Chernoff's bound: of sqrt(2 pi s)).
    E(N - h)+ = P(N = h + 1) 1F1(2; h + 2; mean).  Chernoff's bound (1952) where that is smaller, near the mean.
    """
    told = observed > expected
    s, mean = observed[told], np.maximum(expected[told], 1e-300)
    nearest = np.ceil(s) - 1.0
    bounds = [s - mean - s * np.log(s / mean)]
    for back in range(3):
        h = np.maximum(nearest - back, 0.0)
        excess = -mean + (h + 1.0) * np.log(mean) - gammaln(h + 2.0) + np.log(hyp1f1(2.0, h + 2.0, mean))
        bounds.append(excess - np.log(s - h))
    logs = np.zeros(len(observed))
    logs[told] = np.minimum(0.0, np.min(bounds, axis=0))
    return logs


def group_q(coincidences: float, expected: float, size: int, *, able: int, windows: int) -> float:
    """Groups of that size expected by chance: the tail times the number of such groups and windows (Bonferroni).

    ``coincidences``: arrivals of a member at a target where another member already was, weighed by crowd, for all
    targets; ``expected``: of all pairs of members (an upper bound of the same).  As every group of ``size`` out of
    ``able`` accounts counts as tested, the search for groups costs nothing more.  Above one it is no probability, but
    evidence of another kind may still outweigh it.
    """
    groups = lgamma(max(able, size) + 1) - lgamma(size + 1) - lgamma(max(able, size) - size + 1)
    tail = float(weighed_logs(np.array([coincidences]), np.array([expected]))[0])
    return exp(tail + groups + log(windows))


def surprising_pairs(hits: CoHits, null: Null, *, at_most: float) -> list[PairTest]:
    """The pairs whose co-hits have a tail of ``at_most``, sorted by pair."""
    if not len(hits.a):
        return []
    order = np.lexsort((hits.b, hits.a))
    a, b = hits.a[order], hits.b[order]
    starts = np.flatnonzero(np.append(True, (a[1:] != a[:-1]) | (b[1:] != b[:-1])))
    a, b = a[starts], b[starts]
    weighed = np.add.reduceat(hits.weight[order], starts) / WEIGHT_UNIT
    expected = null.expected_of_each(a, b)
    tails = np.exp(weighed_logs(weighed, expected))
    names, near = null.contacts.names, np.flatnonzero(tails <= at_most)
    rows = zip(*(column[near].tolist() for column in (a, b, tails)), strict=True)
    return [PairTest(names[one], names[other], p) for one, other, p in rows]


def merged_days(counts: Mapping[str, int], *, at_least: int) -> dict[str, str]:
    """Day to stratum: consecutive days are merged until they hold ``at_least`` first contacts.

    A stratum much smaller than that would consist of the crew itself, and the null would explain it away.  What is
    left over at the end joins the last stratum.  A stratum is named for its first day.
    """
    blocks: list[list[str]] = []
    held = at_least
    for day in sorted(counts):
        if held >= at_least:
            blocks.append([])
            held = 0
        blocks[-1].append(day)
        held += counts[day]
    if len(blocks) > 1 and held < at_least:
        rest = blocks.pop()
        blocks[-1].extend(rest)
    return {day: block[0] for block in blocks for day in block}
