"""Who goes for the same people together, by plain means?  Rankings of pairs of initiators.

``co-hits``: targets to whom both wrote first within an hour of each other.  ``hypergeometric``: -ln P(X >= k) of the
targets the two have in common at any time, X hypergeometric in the numbers of their targets among all targets.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import combinations

import numpy as np
from scipy.stats import hypergeom

from tests.benchmarks.baselines.evidence import Evidence
from tests.benchmarks.baselines.figures import Pair, PairRanking, ranked_pairs

HOUR = 3600.0


def co_hits(evidence: Evidence, *, window_s: float = HOUR) -> PairRanking:
    """The number of targets that both reached first within the window, its ends included."""
    hits: Counter[Pair] = Counter()
    for comers in _by_target(evidence).values():
        for k, (who, at) in enumerate(comers):
            for other, later in comers[k + 1 :]:
                if later - at > window_s:
                    break
                hits[(min(who, other), max(who, other))] += 1
    return ranked_pairs((pair, float(n)) for pair, n in hits.items())


def hypergeometric(evidence: Evidence) -> PairRanking:
    """-ln of the hypergeometric upper tail of common targets; pairs with two or more in common."""
    common: Counter[Pair] = Counter()
    for comers in _by_target(evidence).values():
        common.update(combinations(sorted(who for who, _ in comers), 2))
    of = evidence.contacts.groupby("initiator").size()
    targets = evidence.contacts["target"].nunique()
    pairs = [(pair, k) for pair, k in common.items() if k >= 2]
    if not pairs:
        return []
    degree = {str(who): int(n) for who, n in of.items()}
    numbers = np.array([(k, *sorted((degree[one], degree[two]))) for (one, two), k in pairs])
    alike, place = np.unique(numbers, axis=0, return_inverse=True)
    tails = -np.atleast_1d(hypergeom.logsf(alike[:, 0] - 1, targets, alike[:, 1], alike[:, 2]))
    return ranked_pairs((pair, float(tails[p])) for (pair, _), p in zip(pairs, place.ravel(), strict=True))


def _by_target(evidence: Evidence) -> dict[str, list[tuple[str, float]]]:
    """Who wrote first to each, by time."""
    comers: dict[str, list[tuple[str, float]]] = {}
    first = evidence.contacts
    for who, target, at in zip(first["initiator"], first["target"], first["at"].tolist(), strict=True):
        comers.setdefault(target, []).append((who, at))
    return comers


def groups(ranking: PairRanking, *, least: float) -> list[frozenset[str]]:
    """Crews as the connected groups of three or more of pairs that score ``least``, largest first."""
    leader: dict[str, str] = {}

    def top(who: str) -> str:
        while leader.setdefault(who, who) != who:
            who = leader[who]
        return who

    for (one, two), score in ranking:
        if score >= least:
            leader[max(top(one), top(two))] = min(top(one), top(two))
    members: dict[str, set[str]] = {}
    for who in sorted(leader):
        members.setdefault(top(who), set()).add(who)
    found = [frozenset(group) for group in members.values() if len(group) >= 3]
    return sorted(found, key=lambda group: (-len(group), min(group)))


CREWS: Mapping[str, Callable[[Evidence], PairRanking]] = {"co-hits": co_hits, "hypergeometric": hypergeometric}
