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
    both = pd.concat([
        pd.DataFrame({"who": first["initiator"], "other": first["target"], "began": True}),
        pd.DataFrame({"who": first["target"], "other": first["initiator"], "began": False}),
    ])
    both = both.assign(minor=both["other"].isin(minors))
    if both.empty:
        return []
    share = float(both["minor"].mean())
    friends = {str(who): set(met) for who, met in both.groupby("who")["other"]}
    usual = _usual_openness(friends, minors)
    scores = []
    for who, met in both.groupby("who"):
        young = met[met["minor"]]
        if who in minors or young.empty:
            continue
        surprise = float(_surprise(np.array([len(young)]), np.array([len(met)]), share)[0])
        openness = _openness(friends, friends[str(who)], young["other"])
        expected = usual[_bucket(len(met))]
        scores.append((str(who), surprise * (min(1.0, openness / expected) if expected else 1.0)
                       * float(young["began"].mean())))
    return ranked((who, s) for who, s in scores if s > 0)


def _from_adults(evidence: Evidence) -> pd.DataFrame:
    official = set(evidence.accounts["id"][evidence.accounts["official"]])
    first = evidence.judged()
    return first[~first["from_minor"] & ~first["initiator"].isin(official)]


def _surprise(k: np.ndarray, n: np.ndarray, share: float) -> np.ndarray:
    """-ln P(Binomial(n, share) >= k), in nats; 0 for k = 0."""
    result: np.ndarray = -binom.logsf(k - 1, n, share)
    return np.maximum(result, 0.0)


def _openness(friends: Mapping[str, set[str]], circle: set[str], minors: pd.Series) -> float:
    """1 - the share of those minors in contact with another of the circle."""
    return 1.0 - float(np.mean([bool(friends[m] & circle) for m in minors]))


def _bucket(degree: int) -> int:
    """Degrees in doublings: 1, 2-3, 4-7, …"""
    return degree.bit_length()


def _usual_openness(friends: Mapping[str, set[str]], minors: frozenset[str]) -> dict[int, float]:
    """The mean openness of the minors of accounts of about that degree."""
    by_degree: dict[int, list[float]] = {}
    for _, circle in sorted(friends.items()):
        young = pd.Series(sorted(circle & minors), dtype=object)
        if len(young):
            by_degree.setdefault(_bucket(len(circle)), []).append(_openness(friends, circle, young))
    return {bucket: float(np.mean(values)) for bucket, values in by_degree.items()}


HUBS: Mapping[str, Callable[[Evidence], Ranking]] = {"count": count, "binomial": binomial, "page": page}
