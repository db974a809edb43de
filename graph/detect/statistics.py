"""How surprising is a count under its null, how large is the effect, and what survives many tests?

All functions are pure, take plain numbers and return plain numbers; arrays only where a whole band is fitted.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, gammaln

Floats = NDArray[np.float64]


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


def gamma_poisson_tail(events: int, shape: float, rate: float, exposure: float) -> float:
    """P(X >= events) for X Poisson of mean ``exposure``·λ where λ is Gamma(shape, rate): a negative binomial.

    With shape = prior + events seen elsewhere and rate = prior + exposure there, this is the predictive tail of a
    window given everything outside it.  Source: Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.6.
    """
    if events < 0 or shape <= 0 or rate <= 0 or exposure < 0:
        raise ValueError(f"no gamma-Poisson: {events} events, shape {shape}, rate {rate}, exposure {exposure}")
    if events == 0:
        return 1.0
    return float(betainc(events, shape, exposure / (exposure + rate)))


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values (q) in the order given.  Source: Benjamini and Hochberg 1995, JRSS B 57:289."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted = [0.0] * len(p_values)
    smallest = 1.0
    for rank in range(len(order), 0, -1):
        index = order[rank - 1]
        smallest = min(smallest, p_values[index] * len(order) / rank)
        adjusted[index] = smallest
    return adjusted


def log_odds_lower(
    successes: float, trials: float, mean: float, *, dispersion: float = 0.0, level: float = 0.95
) -> float:
    """Lower bound of log(odds observed / odds expected): the (1-level) quantile of a Jeffreys posterior.

    Overdispersion shrinks the trials to n/(1+(n-1)·dispersion), the design effect.  ``mean`` is kept inside
    [0.001, 0.999].  Source: Brown, Cai, DasGupta 2001, Statistical Science 16:101 (Jeffreys interval).
    """
    if trials <= 0:
        raise ValueError("no log-odds without trials")
    shrink = 1.0 / (1.0 + (trials - 1.0) * dispersion)
    quantile = float(
        betaincinv(successes * shrink + 0.5, (trials - successes) * shrink + 0.5, 1.0 - level)
    )
    quantile = min(max(quantile, 1e-12), 1.0 - 1e-12)
    expected = min(max(mean, 0.001), 0.999)
    return math.log(quantile / (1.0 - quantile)) - math.log(expected / (1.0 - expected))


def moment_dispersion(successes: Floats, trials: Floats, means: Floats) -> float:
    """Intra-class correlation by moments: solves Σ(k-nm)² = Σ n·m·(1-m)·(1+(n-1)·ρ); inside [0, 0.9]."""
    base = trials * means * (1.0 - means)
    slope = math.fsum((base * (trials - 1.0)).tolist())
    if slope <= 0.0:
        return 0.0
    excess = math.fsum(((successes - trials * means) ** 2).tolist()) - math.fsum(base.tolist())
    return min(max(excess / slope, 0.0), 0.9)


def trimmed_dispersion(
    successes: Floats, trials: Floats, means: Floats, *, floor: float, cut: float = 0.01, rounds: int = 5
) -> tuple[float, NDArray[np.bool_]]:
    """Dispersion of those who follow the null, and who they are: refits without upper tails below ``cut``.

    The accounts that are looked for would otherwise widen the null that is to find them.  ``floor`` is the smallest
    dispersion believed.  Deterministic; at most ``rounds`` rounds.
    """
    kept = np.ones(len(trials), dtype=bool)
    value = max(moment_dispersion(successes, trials, means), floor)
    for _ in range(rounds):
        tails = np.array(
            [
                beta_binomial_tail(int(k), int(n), min(max(float(m), 0.0), 1.0), value)
                for k, n, m in zip(successes, trials, means, strict=True)
            ]
        )
        kept_now = tails >= cut
        value = max(moment_dispersion(successes[kept_now], trials[kept_now], means[kept_now]), floor)
        if bool(np.array_equal(kept_now, kept)):
            break
        kept = kept_now
    return value, kept


def tilted(shares: Floats, log_factor: float) -> Floats:
    """Shares whose odds are multiplied by exp(log_factor); 0 and 1 stay.  (Fisher's noncentral form for one draw.)"""
    factor = math.exp(log_factor)
    return np.asarray(shares * factor / (1.0 - shares + shares * factor), dtype=np.float64)


def fit_tilt(shares: Floats, weights: Floats, observed: float, *, prior: float = 0.0) -> float:
    """The log factor in [-8, 8] at which Σ weights·tilted(shares) equals ``observed``, by bisection.

    ``prior`` adds that many contacts of share one half that follow the shares as they are: it draws small bands to 0.
    """
    low, high = -8.0, 8.0
    for _ in range(60):
        middle = (low + high) / 2.0
        pull = prior * (1.0 / (1.0 + math.exp(-middle)) - 0.5)
        if math.fsum((weights * tilted(shares, middle)).tolist()) + pull < observed:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0
