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
    for _, comers in evidence.contacts.groupby("target"):
        times, who = comers["at"].to_numpy(), comers["initiator"].to_list()  # by time already
        for k, at in enumerate(times):
            for j in range(k + 1, int(np.searchsorted(times, at + window_s, side="right"))):
                hits[(min(who[k], who[j]), max(who[k], who[j]))] += 1
    return ranked_pairs((pair, float(n)) for pair, n in hits.items())


def hypergeometric(evidence: Evidence) -> PairRanking:
    """-ln of the hypergeometric upper tail of common targets; pairs with two or more in common."""
    common: Counter[Pair] = Counter()
    for _, comers in evidence.contacts.groupby("target"):
        common.update(combinations(sorted(comers["initiator"]), 2))
    of = evidence.contacts.groupby("initiator").size()
    targets = evidence.contacts["target"].nunique()
    pairs = [(pair, k) for pair, k in common.items() if k >= 2]
    if not pairs:
        return []
    k = np.array([k for _, k in pairs])
    one = of[[pair[0] for pair, _ in pairs]].to_numpy()
    two = of[[pair[1] for pair, _ in pairs]].to_numpy()
    tails = -hypergeom.logsf(k - 1, targets, one, two)
    return ranked_pairs((pair, float(s)) for (pair, _), s in zip(pairs, tails, strict=True))


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
