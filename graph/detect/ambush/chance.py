"""How many co-hits would accounts have by chance?  The null by days, the tails, and the pairs worth a look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import comb, exp, lgamma, log

from graph.detect.ambush.cotargeting import WEIGHT_UNIT
from graph.detect.statistics import benjamini_hochberg


@dataclass(frozen=True)
class CoHit:
    """Two accounts' first contacts to one target within the window; ``weight`` in millionths."""

    a: str
    b: str
    target: str
    stratum: str
    weight: int


@dataclass(frozen=True)
class PairTest:
    """A pair's co-hits beside chance: ``weighed`` observed, ``expected`` under the null, ``q`` adjusted (BH)."""

    a: str
    b: str
    targets: tuple[str, ...]
    weighed: float
    expected: float
    p: float
    q: float


@dataclass(frozen=True)
class Null:
    """The null of one window, by stratum (merged days, arrivals apart).

    ``contacts``: k, an actor's first contacts in a stratum; ``totals``: by stratum (W, K, Q) = the weight of all
    co-hits (millionths), the sum of k and the sum of k².  The W co-hits of a stratum fall on pairs in proportion to
    k_a k_b, so a pair expects  mu = sum over strata of  2 W k_a k_b / (K² - Q).  Tumminello et al. 2011 give the idea
    of validating a projected link against activity.
    """

    contacts: Mapping[str, Mapping[str, int]]
    totals: Mapping[str, tuple[int, int, int]]

    @cached_property
    def rates(self) -> dict[str, float]:
        """Expected co-hits of a pair per product of their contacts."""
        return {
            stratum: 2.0 * weight / WEIGHT_UNIT / (total * total - squares)
            for stratum, (weight, total, squares) in self.totals.items()
            if weight and total * total > squares
        }

    def expected(self, a: str, b: str) -> float:
        one, other = sorted((self.contacts.get(a, {}), self.contacts.get(b, {})), key=len)
        return sum(
            self.rates.get(stratum, 0.0) * k * other[stratum] for stratum, k in sorted(one.items()) if stratum in other
        )

    def expected_of(self, members: Sequence[str]) -> float:
        """Co-hits that all pairs of the members expect together."""
        return sum(self.expected(a, b) for a, b in combinations(sorted(members), 2))


def chernoff_tail(observed: float, expected: float) -> float:
    """An upper bound of P(S >= observed) for a sum S of independent terms in [0, 1] with that mean (Chernoff 1952).

    It holds for weighed co-hits, where a Poisson tail would need whole numbers.
    """
    return exp(chernoff_log(observed, expected))


def chernoff_log(observed: float, expected: float) -> float:
    """The natural logarithm of ``chernoff_tail``."""
    if observed <= expected:
        return 0.0
    return observed - expected - observed * log(observed / max(expected, 1e-300))


def group_q(coincidences: float, expected: float, size: int, *, able: int, windows: int) -> float:
    """Bonferroni bound for the best group of that size: the tail times the number of such groups and windows.

    ``coincidences``: arrivals of a member at a target where another member already was, weighed by crowd, for all
    targets; ``expected``: of all pairs of members (an upper bound of the same).  As every group of ``size`` out of
    ``able`` accounts counts as tested, the search for groups costs nothing more.
    """
    groups = lgamma(max(able, size) + 1) - lgamma(size + 1) - lgamma(max(able, size) - size + 1)
    return exp(min(0.0, chernoff_log(coincidences, expected) + groups + log(windows)))


def judged_pairs(co_hits: Sequence[CoHit], null: Null, *, able: int) -> list[PairTest]:
    """Test every pair of ``co_hits`` against the null, sorted by pair.

    ``able``: accounts with enough contacts to be a member at all; the number of tests is that of their pairs.
    """
    by_pair: dict[tuple[str, str], list[CoHit]] = {}
    for hit in co_hits:
        by_pair.setdefault((hit.a, hit.b), []).append(hit)
    rows = []
    for (a, b), hits in sorted(by_pair.items()):
        expected = null.expected(a, b)
        weighed = sum(hit.weight for hit in hits) / WEIGHT_UNIT
        targets = tuple(sorted({hit.target for hit in hits}))
        rows.append((a, b, targets, weighed, expected, chernoff_tail(weighed, expected)))
    q_values = benjamini_hochberg([row[5] for row in rows], max(len(rows), comb(able, 2)))
    return [PairTest(*row, q) for row, q in zip(rows, q_values, strict=True)]


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
