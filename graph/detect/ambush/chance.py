"""How many co-hits would two accounts have by chance?  The null by days, its tail, and the validated pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb, exp, log

from graph.detect.ambush.cotargeting import WEIGHT_UNIT


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
    window_s: int = 0


def chernoff_tail(observed: float, expected: float) -> float:
    """An upper bound of P(S >= observed) for a sum S of independent terms in [0, 1] with that mean (Chernoff 1952).

    It holds for weighed co-hits, where a Poisson tail would need whole numbers.
    """
    if observed <= expected:
        return 1.0
    if expected <= 0.0:
        return 0.0
    return exp(observed - expected - observed * log(observed / expected))


def benjamini_hochberg(p_values: Sequence[float], tests: int) -> list[float]:
    """Adjusted p-values (q) of the smallest p-values out of ``tests`` tests, in the order given.

    Those not listed count as p = 1.  Benjamini and Hochberg 1995.
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted = [1.0] * len(p_values)
    smallest = 1.0
    for rank in range(len(order), 0, -1):
        index = order[rank - 1]
        smallest = min(smallest, p_values[index] * tests / rank)
        adjusted[index] = smallest
    return adjusted


def judged_pairs(
    co_hits: Sequence[CoHit],
    contacts: Mapping[tuple[str, str], int],
    totals: Mapping[str, tuple[int, int, int]],
    *,
    able: int,
    windows: int = 1,
    window_s: int = 0,
) -> list[PairTest]:
    """Test every pair of ``co_hits`` against the null by stratum.

    ``contacts``: k, an actor's first contacts in a stratum; ``totals``: by stratum (W, K, Q) = the weight of all
    co-hits (millionths), the sum of k and the sum of k².  Under the null the W co-hits of a stratum fall on pairs in
    proportion to k_a k_b, so a pair expects  mu = sum over strata of  2 W k_a k_b / (K² - Q).
    ``able``: accounts with enough contacts to be a member at all; the number of tests is the number of their pairs,
    times ``windows``; ``window_s`` is carried along.  Tumminello et al. 2011 give the idea of validating a projected
    link against activity.
    """
    by_pair: dict[tuple[str, str], list[CoHit]] = {}
    for hit in co_hits:
        by_pair.setdefault((hit.a, hit.b), []).append(hit)
    strata_of: dict[str, list[str]] = {}
    members = {name for pair in by_pair for name in pair}
    for actor, stratum in sorted(contacts):
        if actor in members:
            strata_of.setdefault(actor, []).append(stratum)
    rate = {
        stratum: 2.0 * weight / WEIGHT_UNIT / (total * total - squares)
        for stratum, (weight, total, squares) in totals.items()
        if weight and total * total > squares
    }
    rows = []
    for (a, b), hits in sorted(by_pair.items()):
        one, other = sorted((a, b), key=lambda name: len(strata_of.get(name, ())))
        expected = sum(
            rate[stratum] * contacts[one, stratum] * contacts[other, stratum]
            for stratum in strata_of.get(one, ())
            if stratum in rate and (other, stratum) in contacts
        )
        weighed = sum(hit.weight for hit in hits) / WEIGHT_UNIT
        targets = tuple(sorted({hit.target for hit in hits}))
        rows.append((a, b, targets, weighed, expected, chernoff_tail(weighed, expected)))
    tests = max(len(rows), comb(able, 2)) * windows
    q_values = benjamini_hochberg([row[5] for row in rows], tests)
    return [PairTest(*row, q, window_s) for row, q in zip(rows, q_values, strict=True)]


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
