"""Who seeks minors out, by plain means?  Rankings of accounts that are not themselves declared minors or officials.

``count``: minors among the first contacts an account began.  ``binomial``: -ln P(Binomial(n, share) >= k) of the same,
``share`` the platform's own among all first contacts.  ``page``: L over all of an account's first contacts, begun or
not, without officials, times how open its minors are, times the share of its chats with minors that it began.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from scipy.stats import binom

from tests.benchmarks.baselines.evidence import Evidence
from tests.benchmarks.baselines.figures import Ranking, ranked


def count(evidence: Evidence) -> Ranking:
    """The number of minors among those to whom the account wrote first."""
    first = _from_adults(evidence)
    found = first[first["to_minor"]].groupby("initiator").size()
    return ranked((str(who), float(k)) for who, k in found.items())


def binomial(evidence: Evidence) -> Ranking:
    """-ln of the binomial upper tail of that number, among all to whom it wrote first."""
    every = evidence.judged()
    share = float(every["to_minor"].mean()) if len(every) else 0.0
    tally = _from_adults(evidence).groupby("initiator")["to_minor"].agg(["sum", "size"])
    tails = _surprise(tally["sum"].to_numpy(), tally["size"].to_numpy(), share)
    return ranked((str(who), float(s)) for who, s in zip(tally.index, tails, strict=True) if s > 0)


def page(evidence: Evidence) -> Ranking:
    """L · min(1, openness) · share begun, over contacts of either direction without officials."""
    people = evidence.accounts[~evidence.accounts["official"]]
    kept, minors = set(people["id"]), evidence.minors
    first = evidence.contacts
    first = first[first["initiator"].isin(kept) & first["target"].isin(kept)]
    met: dict[str, dict[str, bool]] = {}  # by account: whom it met, and whether it began
    for one, two in zip(first["initiator"], first["target"], strict=True):
        met.setdefault(one, {})[two] = True
        met.setdefault(two, {})[one] = False
    if not met:
        return []
    share = sum(len(minors & circle.keys()) for circle in met.values()) / sum(map(len, met.values()))
    openness = {who: _openness(met, circle, minors) for who, circle in met.items()}
    usual = _by_degree(met, openness)
    accounts = sorted(who for who in met if who not in minors and openness[who] is not None)
    young = [minors & met[who].keys() for who in accounts]
    surprise = _surprise(np.array([len(k) for k in young]), np.array([len(met[who]) for who in accounts]), share)
    scores = []
    for who, kids, bits in zip(accounts, young, surprise, strict=True):
        usually = usual[_bucket(len(met[who]))]
        relative = min(1.0, (openness[who] or 0.0) / usually) if usually else 1.0
        scores.append((who, float(bits) * relative * sum(met[who][kid] for kid in kids) / len(kids)))
    return ranked((who, s) for who, s in scores if s > 0)


def _from_adults(evidence: Evidence) -> pd.DataFrame:
    official = set(evidence.accounts["id"][evidence.accounts["official"]])
    first = evidence.judged()
    return first[~first["from_minor"] & ~first["initiator"].isin(official)]


def _surprise(k: np.ndarray, n: np.ndarray, share: float) -> np.ndarray:
    """-ln P(Binomial(n, share) >= k), in nats; 0 for k = 0."""
    return np.clip(-binom.logsf(k - 1, n, share), 0.0, 700.0)


def _openness(
    met: Mapping[str, Mapping[str, bool]], circle: Mapping[str, bool], minors: frozenset[str]
) -> float | None:
    """1 - the share of the circle's minors in contact with another of the circle; None without minors."""
    young = circle.keys() & minors
    if not young:
        return None
    return 1.0 - sum(not met[kid].keys().isdisjoint(circle) for kid in young) / len(young)


def _bucket(degree: int) -> int:
    """Degrees in doublings: 1, 2-3, 4-7, …"""
    return degree.bit_length()


def _by_degree(met: Mapping[str, Mapping[str, bool]], openness: Mapping[str, float | None]) -> dict[int, float]:
    """The mean openness of accounts of about that degree."""
    values: dict[int, list[float]] = {}
    for who, value in openness.items():
        if value is not None:
            values.setdefault(_bucket(len(met[who])), []).append(value)
    return {bucket: float(np.mean(found)) for bucket, found in values.items()}


HUBS: Mapping[str, Callable[[Evidence], Ranking]] = {"count": count, "binomial": binomial, "page": page}
