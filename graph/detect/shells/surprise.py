"""How many bits are counts of conduct worth?  Poisson likelihood ratios with a cap."""

from math import log, log2

from scipy.special import gammainc


def surprise_bits(observed: int, expected: float, *, most: float) -> float:
    """log2(0.5 / P(N >= observed)) for a Poisson N, between 0 and ``most``: one operator shows it every other time."""
    if observed < 1:
        return 0.0
    tail = float(gammainc(observed, max(expected, 1e-12)))
    return most if tail <= 0.0 else max(0.0, min(most, log2(0.5 / tail)))


def company_bits(observed: int, expected: float, *, most: float) -> float:
    """The same for a count whose mean itself varies from pair to pair as an exponential: P(N >= n) = (μ / (1 + μ))ⁿ."""
    if observed < 1:
        return 0.0
    tail = (expected / (1.0 + expected)) ** observed
    return most if tail <= 0.0 else max(0.0, min(most, log2(0.5 / tail)))


def overlap_bits(overlaps: int, expected: float, *, least: float, most: float) -> float:
    """log2 of Poisson likelihoods: one operator overlaps a tenth as often as two people, with a floor for slips."""
    if expected <= 0.0 and overlaps == 0:
        return 0.0
    other = max(expected, 0.2)
    same = 0.1 * other + 0.02
    bits = (other - same + overlaps * (log(same) - log(other))) / log(2.0)
    return max(least, min(most, bits))
