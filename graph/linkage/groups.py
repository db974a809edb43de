"""How do links become groups?  Connected sets, average linkage inside them, and members whom the others support."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

import networkx as nx

Pair = tuple[int, int]
Sums = tuple[float, ...]
T = TypeVar("T")


def connected(links: Iterable[Pair]) -> list[set[int]]:
    """The connected sets of the links."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from(sorted(links))
    return list(nx.connected_components(graph))


def cut_to_size(
    linked: Callable[[float], Iterable[Pair]], sets: Iterable[set[int]], *, largest: int, cut: float
) -> list[set[int]]:
    """The sets, those above ``largest`` members split once: by the links inside that weigh more than ``cut`` bits.

    ``linked``: the links above so many bits.
    """
    found: list[set[int]] = []
    for members in sets:
        if len(members) > largest and cut > 0.0:
            found += connected(pair for pair in linked(cut) if members.issuperset(pair))
        else:
            found.append(members)
    return found


def added(one: Sums, other: Sums) -> Sums:
    return tuple(map(sum, zip(one, other, strict=True)))


def merged(
    members: Sequence[int], known_of: Mapping[Pair, T], nothing: T, bits: Callable[[T, Pair], float],
    joined: Callable[[T, T], T],
) -> list[list[int]]:
    """The members in groups: the two groups with the most bits together merge while those are positive.

    ``known_of``: by pair of members (smaller first) what is known of it, ``joined`` as groups merge; ``nothing`` for a
    pair that is not there.  ``bits``: from that of two groups and their sizes.  Ties: the first in order of members.
    """
    groups = {i: [name] for i, name in enumerate(members)}
    known = {(i, j): known_of.get((members[i], members[j]), nothing) for i, j in combinations(range(len(members)), 2)}
    strength = {pair: bits(total, (1, 1)) for pair, total in known.items()}
    while strength:
        i, j = max(strength, key=lambda pair: (strength[pair], -pair[0], -pair[1]))
        if strength[i, j] <= 0.0:
            break
        del known[i, j], strength[i, j]
        groups[i] += groups.pop(j)
        for k in groups:
            if k != i:
                kept, gone = (min(i, k), max(i, k)), (min(j, k), max(j, k))
                known[kept] = joined(known[kept], known.pop(gone))
                del strength[gone]
                strength[kept] = bits(known[kept], (len(groups[i]), len(groups[k])))
    return list(groups.values())


def supported(group: Iterable[int], tied: Callable[[Pair], bool]) -> tuple[int, ...]:
    """The group, sorted, without members tied to fewer than half of the others, the least tied leaving first."""
    left = sorted(group)
    while len(left) >= 2:
        degree = {
            name: sum(tied((min(name, other), max(name, other))) for other in left if other != name) for name in left
        }
        weakest = min(left, key=lambda name: (degree[name], name))
        if degree[weakest] * 2 >= len(left) - 1:
            break
        left.remove(weakest)
    return tuple(left)
