"""On whom do adults converge, by plain means?  Rankings of declared minors.

``count``: adults (not declared minors) among those who wrote first to a minor.  ``poisson``: -ln P(Poisson(rate) >= k)
of that number with the platform's mean over its minors who were written to at all.
"""

from collections.abc import Callable, Mapping

import pandas as pd
from scipy.stats import poisson

from tests.benchmarks.baselines.evidence import Evidence
from tests.benchmarks.baselines.figures import Ranking, ranked


def count(evidence: Evidence) -> Ranking:
    return ranked((str(who), float(k)) for who, k in _adults(evidence).items() if k)


def tail(evidence: Evidence) -> Ranking:
    adults = _adults(evidence)
    if adults.empty:
        return []
    surprise = -poisson.logsf(adults.to_numpy() - 1, float(adults.mean()))
    return ranked((str(who), float(s)) for who, s in zip(adults.index, surprise, strict=True) if s > 0)


def _adults(evidence: Evidence) -> pd.Series:
    """By minor who was written to: how many adults wrote first, zero among them."""
    first = evidence.judged()
    return (~first[first["to_minor"]].set_index("target")["from_minor"]).groupby("target").sum()


CONVERGENCE: Mapping[str, Callable[[Evidence], Ranking]] = {"count": count, "poisson": tail}
