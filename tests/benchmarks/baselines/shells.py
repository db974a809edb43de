"""Which accounts are one person's, by plain means?  Pairs with a device in common.

``device``: the same device.  ``device of few``: the same device, held by at most eight accounts.  ``device or name``:
the same device, or exactly the same name.  A pair's score is 1 over the fewest holders of what it shares.
"""

from collections.abc import Callable, Mapping
from itertools import combinations

import pandas as pd

from tests.benchmarks.baselines.evidence import Evidence
from tests.benchmarks.baselines.figures import Pair, PairRanking, ranked_pairs

FEW = 8
_MANY = 500  # a mark of more accounts than that would give more pairs than anybody reads


def device(evidence: Evidence) -> PairRanking:
    return _shared(evidence.devices.rename(columns={"device": "mark"}), most=_MANY)


def device_of_few(evidence: Evidence) -> PairRanking:
    return _shared(evidence.devices.rename(columns={"device": "mark"}), most=FEW)


def device_or_name(evidence: Evidence) -> PairRanking:
    names = evidence.accounts[["id", "name"]].rename(columns={"name": "mark"}).dropna()
    names = names[names["mark"] != ""]
    devices = evidence.devices.rename(columns={"device": "mark"})
    return _shared(pd.concat([devices.assign(mark="d:" + devices["mark"]), names.assign(mark="n:" + names["mark"])]),
                   most=_MANY)


def _shared(marks: pd.DataFrame, *, most: int) -> PairRanking:
    best: dict[Pair, float] = {}
    holders: dict[str, set[str]] = {}
    for who, mark in zip(marks["id"], marks["mark"], strict=True):
        holders.setdefault(mark, set()).add(who)
    for _, people in sorted((mark, sorted(who)) for mark, who in holders.items()):
        if 2 <= len(people) <= most:
            for pair in combinations(people, 2):
                best[pair] = max(best.get(pair, 0.0), 1.0 / len(people))
    return ranked_pairs(best.items())


SHELLS: Mapping[str, Callable[[Evidence], PairRanking]] = {
    "device": device, "device of few": device_of_few, "device or name": device_or_name,
}
