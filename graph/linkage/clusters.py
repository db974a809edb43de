"""Which accounts belong together?  Average linkage over pair weights, so that a chain of links makes no group."""

from collections.abc import Mapping

import networkx as nx

Pair = tuple[int, int]


def clusters(weights: Mapping[Pair, float], *, nothing: float, largest: int, cut: float) -> list[tuple[int, ...]]:
    """Groups of two accounts or more, sorted.

    ``weights``: bits of log posterior odds by pair (a < b), positive for a link; a pair not listed weighs ``nothing``
    (no evidence: the prior).  Inside each connected set of links the two groups with the highest mean weight merge
    while that mean is positive (ties: the first in order of numbers); then a member linked to fewer than half of the
    others leaves.  Connected sets above ``largest`` accounts are first cut at ``cut`` bits.
    """
    found: list[tuple[int, ...]] = []
    pending = [(list(_components(weights, 0.0)), 0.0)]
    while pending:
        components, bound = pending.pop()
        for component in components:
            if len(component) > largest and bound < cut:
                inside = {pair: w for pair, w in weights.items() if pair[0] in component and pair[1] in component}
                pending.append((list(_components(inside, cut)), cut))
            else:
                found.extend(_agglomerate(sorted(component), weights, nothing))
    return sorted(found)


def _components(weights: Mapping[Pair, float], bound: float) -> list[set[int]]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from(sorted(pair for pair, weight in weights.items() if weight > bound))
    return list(nx.connected_components(graph))


def _agglomerate(names: list[int], weights: Mapping[Pair, float], nothing: float) -> list[tuple[int, ...]]:
    groups: dict[int, list[int]] = {i: [name] for i, name in enumerate(names)}
    sums = {
        (i, j): weights.get((names[i], names[j]), nothing)
        for i in range(len(names))
        for j in range(i + 1, len(names))
    }
    while sums:
        (i, j), total = max(
            sums.items(), key=lambda item: (_mean(item, groups), -item[0][0], -item[0][1])
        )
        if _mean(((i, j), total), groups) <= 0.0:
            break
        for k in groups:
            if k not in (i, j):
                sums[min(i, k), max(i, k)] += sums.pop((min(j, k), max(j, k)))
        del sums[i, j]
        groups[i] += groups.pop(j)
    kept = (_supported(sorted(group), weights) for group in groups.values())
    return [tuple(group) for group in kept if len(group) >= 2]


def _mean(item: tuple[tuple[int, int], float], groups: Mapping[int, list[int]]) -> float:
    (i, j), total = item
    return total / (len(groups[i]) * len(groups[j]))


def _supported(group: list[int], weights: Mapping[Pair, float]) -> list[int]:
    """The group without members linked to fewer than half of the others, the least linked leaving first."""
    left = list(group)
    while len(left) >= 2:
        degree = {
            name: sum(
                weights.get((min(name, other), max(name, other)), -1.0) > 0.0 for other in left if other != name
            )
            for name in left
        }
        weakest = min(left, key=lambda name: (degree[name], name))
        if degree[weakest] * 2 >= len(left) - 1:
            break
        left.remove(weakest)
    return left
