"""How surprising is a count under its null, how large is the effect, and what survives many tests?

All functions are pure, take plain numbers and return plain numbers; arrays only where a whole band is fitted.
"""

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import betainc, gammaln

from graph.detect.arrays import Floats


def beta_binomial_tail(successes: int, trials: int, mean: float, dispersion: float) -> float:
    """P(X >= successes) for a beta-binomial of that mean and intra-class correlation ``dispersion`` in [0, 1).

    Variance n·m·(1-m)·(1+(n-1)·dispersion); dispersion 0 is the binomial.  The upper tail is summed from its own
    side, so that small values keep their digits.  Source: Williams 1975, Biometrics 31:949.
    """
    if not 0 <= successes <= trials or not 0.0 <= mean <= 1.0 or not 0.0 <= dispersion < 1.0:
        raise ValueError(f"no beta-binomial: {successes} of {trials}, mean {mean}, dispersion {dispersion}")
    if successes == 0:
        return 1.0
    if mean in (0.0, 1.0):
        return mean
    if dispersion < 1e-9:
        return float(betainc(successes, trials - successes + 1, mean))
    strength = 1.0 / dispersion - 1.0
    a, b = mean * strength, (1.0 - mean) * strength
    x = np.arange(successes, trials + 1, dtype=np.float64)
    logs = (
        gammaln(trials + 1) - gammaln(x + 1) - gammaln(trials - x + 1)
        + gammaln(x + a) + gammaln(trials - x + b) - gammaln(trials + a + b)
        + gammaln(a + b) - gammaln(a) - gammaln(b)
    )
    return min(1.0, math.fsum(np.exp(logs).tolist()))


def benjamini_hochberg(p_values: Sequence[float], tests: int | None = None) -> list[float]:
    """Adjusted p-values (q) in the order given; of ``tests`` tests (None: these), those not listed count as p = 1.

    Source: Benjamini and Hochberg 1995, JRSS B 57:289; scipy.stats has it too, for a second at every start.
    """
    tests = len(p_values) if tests is None else tests
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted = [0.0] * len(p_values)
    smallest = 1.0
    for rank in range(len(order), 0, -1):
        index = order[rank - 1]
        smallest = min(smallest, p_values[index] * tests / rank)
        adjusted[index] = smallest
    return adjusted


def dirichlet_multinomial_logs(counts: Floats, means: Floats, strength: float) -> Floats:
    """log P(counts) of Dirichlet-multinomials, up to the multinomial coefficient: rows of counts, means that sum to 1.

    ``strength`` is the sum of the Dirichlet's parameters; large ones approach the multinomial.  Source: Mosimann 1962.
    """
    base = np.maximum(means, 1e-6) * strength
    whole = gammaln(strength) - gammaln(counts.sum(axis=-1) + strength)
    terms, some = np.zeros(base.shape), counts > 0.0  # where nothing is counted, nothing is added
    terms[some] = gammaln(counts[some] + base[some]) - gammaln(base[some])
    return np.asarray(whole + terms.sum(axis=-1), dtype=np.float64)


def moment_dispersion(successes: Floats, trials: Floats, means: Floats, votes: Floats | None = None) -> float:
    """Intra-class correlation by weighed moments: solves Σ w·((k-nm)²/(nm(1-m)) - 1 - (n-1)ρ) = 0; inside [0, 0.9].

    w = votes·(1+(n-1)ρ)^-2 makes every account's say alike, whatever its number of trials; ten rounds of a fixed point.
    Source: Williams 1982, Applied Statistics 31:144 (procedure II).
    """
    base = trials * means * (1.0 - means)
    told = (trials > 1.0) & (base > 1e-9)
    if not told.any():
        return 0.0
    say = np.ones(int(told.sum())) if votes is None else votes[told]
    excess = ((successes - trials * means) ** 2)[told] / base[told] - 1.0
    spare = trials[told] - 1.0
    value = 0.05
    for _ in range(10):
        weights = say * (1.0 + spare * value) ** -2.0
        whole = math.fsum((weights * spare).tolist())
        value = min(max(math.fsum((weights * excess).tolist()) / whole, 0.0), 0.9) if whole > 0.0 else 0.0
    return value
