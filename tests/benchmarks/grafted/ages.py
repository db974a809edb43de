"""How old are they, what do they declare, and whom do they talk to?  Ages laid over the communities of real contacts.

Real friends are near in age, so a hidden score is drawn for each community, smoothed over contacts and cut where the
platform's share of minors asks; how much the smoothing weighs is the platform's homophily.
"""

import networkx
import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from tests.benchmarks.grafted.backbone import Backbone
from tests.benchmarks.grafted.traits import Traits

_CHANCE = 0.01
_LIVELY = 10  # messages


def communities(backbone: Backbone, rng: np.random.Generator) -> list[int]:
    """The community of each person: Louvain on who wrote to whom, numbered by size; loners are spread over them."""
    graph: networkx.Graph[int] = networkx.Graph()
    tied = backbone.recipient >= 0
    pairs = np.sort(np.stack([backbone.sender[tied], backbone.recipient[tied]], axis=1), axis=1)
    pairs, weight = np.unique(pairs, axis=0, return_counts=True)
    graph.add_weighted_edges_from(
        (int(a), int(b), float(np.log1p(w))) for (a, b), w in zip(pairs, weight, strict=True)
    )
    found = networkx.community.louvain_communities(graph, resolution=2.0, seed=int(rng.integers(2**31)))
    groups = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group[0]))
    large = max(sum(len(group) >= 12 for group in groups), 1)
    of = rng.integers(large, size=backbone.count)
    for number, group in enumerate(groups):
        of[group] = number if number < large else rng.integers(large)
    return [int(c) for c in of]


def ages(backbone: Backbone, community: list[int], traits: Traits, rng: np.random.Generator) -> list[int]:
    """Real ages: 12 to 17 for the share that are minors, adults from 18, the nearer to teenagers the younger."""
    count, group = backbone.count, np.array(community)
    score = 1.6 * traits.homophily * rng.normal(size=group.max() + 1)[group] + rng.normal(size=count)
    tied = backbone.recipient >= 0
    pairs = np.unique(np.sort(np.stack([backbone.sender[tied], backbone.recipient[tied]], axis=1), axis=1), axis=0)
    degree = np.maximum(np.bincount(pairs.ravel(), minlength=count), 1)
    for _ in range(3):
        near = np.bincount(pairs[:, 0], score[pairs[:, 1]], count) + np.bincount(pairs[:, 1], score[pairs[:, 0]], count)
        score = score + 1.2 * traits.homophily * near / degree**0.8
        score = (score - score.mean()) / score.std()
    rank = np.empty(count)
    rank[np.argsort(-score, kind="stable")] = np.arange(count) / count
    return _mended([_age(float(r), traits.minors, rng) for r in rank], pairs, rng)


def _mended(real: list[int], pairs: NDArray[np.int64], rng: np.random.Generator) -> list[int]:
    """Adults whose contacts are minors far beyond chance become teenagers, or 18 and 19: nobody is a hub unplanted."""
    age = np.array(real)
    for _ in range(2):
        young = age < 18
        ends = np.concatenate([pairs, pairs[:, ::-1]])
        met = np.bincount(ends[:, 0], minlength=len(age))
        minors = np.bincount(ends[:, 0], young[ends[:, 1]], minlength=len(age))
        share = float(young[ends[:, 1]].mean()) if len(ends) else 0.0
        odd = np.flatnonzero(~young & (age > 19) & (binom.sf(minors - 1, met, share) < _CHANCE) & (minors >= 4))
        for who in odd.tolist():
            age[who] = rng.integers(15, 18) if rng.random() < 0.85 else rng.integers(18, 20)
    return [int(a) for a in age]


def _age(rank: float, minors: float, rng: np.random.Generator) -> int:
    if rank < minors:
        depth = 1 - rank / minors  # the deepest among minors are the youngest
        return int(np.clip(round(17.4 - 3.5 * depth + rng.normal(0, 1.1)), 12, 17))
    far = (rank - minors) / (1 - minors)
    return int(np.clip(18 + rng.gamma(1.6, 2.5 + 9.0 * far), 18, 69))


def declared(
    real: list[int], messages: NDArray[np.int64], traits: Traits, rng: np.random.Generator
) -> list[int | None]:
    """What accounts state: nothing, the age, a year too many, or a lie that many tell; the lively fill in more."""
    said: list[int | None] = []
    for age, written in zip(real, messages.tolist(), strict=True):
        if rng.random() > (traits.declared if written < _LIVELY else traits.declared**0.5):
            said.append(None)
        elif age < 18 and rng.random() < 0.07:
            said.append(int(rng.choice([18, 18, 19, 20, 99])))
        elif age >= 18 and rng.random() < 0.012:
            said.append(int(rng.integers(14, 18)))
        else:
            said.append(age + int(age < 16 and rng.random() < 0.1))
    return said
