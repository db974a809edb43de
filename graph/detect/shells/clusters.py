"""Which accounts belong together?  Average linkage over pair weights, so that a chain of links makes no group."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

import networkx as nx

from graph.detect.shells.tie import Tie, together

Pair = tuple[int, int]
Sum = tuple[float, float, float, float]


def clusters(
    ties: Mapping[Pair, Tie], *, nothing: Tie, further: float, largest: int, cut: float
) -> list[tuple[int, ...]]:
    """Groups of two accounts or more, sorted.

    ``ties``: what is known of a pair (a < b), its ``total`` positive for a link; a pair not listed has ``nothing`` (no
    evidence: the prior).  To each connected set of links come the accounts without a link that are tied to half of it.
    Inside each set the two groups whose accounts are most together
    (``together``) merge while that is positive (ties: the first in order of numbers); then a member that is tied to
    fewer than half of the others leaves.  ``further``: see ``together``.  Connected sets above ``largest`` accounts are
    first cut at ``cut`` bits.
    """
    found: list[tuple[int, ...]] = []
    pending = [(_with_tied(list(_components(ties, 0.0)), ties), 0.0)]
    while pending:
        components, bound = pending.pop()
        for component in components:
            if len(component) > largest and bound < cut:
                inside = {pair: tie for pair, tie in ties.items() if pair[0] in component and pair[1] in component}
                pending.append((list(_components(inside, cut)), cut))
            else:
                found.extend(_agglomerate(sorted(component), ties, nothing, further))
    return sorted(found)


def _components(ties: Mapping[Pair, Tie], bound: float) -> list[set[int]]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from(sorted(pair for pair, tie in ties.items() if tie.total > bound))
    return list(nx.connected_components(graph))


def _with_tied(components: list[set[int]], ties: Mapping[Pair, Tie]) -> list[set[int]]:
    """The components with the accounts of none that are tied to half of their members or more, to most of one first."""
    place = {name: number for number, component in enumerate(components) for name in component}
    tied: dict[int, Counter[int]] = {}
    for pair, tie in ties.items():
        for name, other in (pair, pair[::-1]):
            if name not in place and other in place and tie.tied:
                tied.setdefault(name, Counter())[place[other]] += 1
    wider = [set(component) for component in components]
    for name, counts in tied.items():
        number = min(counts, key=lambda number: (-counts[number] / len(components[number]), number))
        if counts[number] * 2 >= len(components[number]):
            wider[number].add(name)
    return wider


def _agglomerate(names: list[int], ties: Mapping[Pair, Tie], nothing: Tie, further: float) -> list[tuple[int, ...]]:
    groups: dict[int, list[int]] = {i: [name] for i, name in enumerate(names)}
    sums: dict[Pair, Sum] = {
        (i, j): ties.get((names[i], names[j]), nothing) for i, j in combinations(range(len(names)), 2)
    }
    bits = {pair: together(total, (1, 1), further) for pair, total in sums.items()}
    while bits:
        i, j = max(bits, key=lambda pair: (bits[pair], -pair[0], -pair[1]))
        if bits[i, j] <= 0.0:
            break
        del sums[i, j], bits[i, j]
        groups[i] += groups.pop(j)
        for k in groups:
            if k != i:
                kept, gone = (min(i, k), max(i, k)), (min(j, k), max(j, k))
                one, other = sums[kept], sums.pop(gone)
                del bits[gone]
                sums[kept] = one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]
                bits[kept] = together(sums[kept], (len(groups[i]), len(groups[k])), further)
    left = (_supported(sorted(group), ties, nothing) for group in groups.values())
    return [tuple(group) for group in left if len(group) >= 2]


def belonging(name: int, group: Sequence[int], ties: Mapping[Pair, Tie], nothing: Tie, further: float) -> float:
    """Bits that one account is together with the others of a group."""
    found = [ties.get((min(name, other), max(name, other)), nothing) for other in group if other != name]
    one, other, turns, place_turns = (sum(values) for values in zip(*found, strict=True))
    return together((one, other, turns, place_turns), (1, len(found)), further)


def _supported(group: list[int], ties: Mapping[Pair, Tie], nothing: Tie) -> list[int]:
    """The group without members tied to fewer than half of the others, the least tied leaving first."""
    left = list(group)
    while len(left) >= 2:
        degree = {
            name: sum(
                ties.get((min(name, other), max(name, other)), nothing).tied for other in left if other != name
            )
            for name in left
        }
        weakest = min(left, key=lambda name: (degree[name], name))
        if degree[weakest] * 2 >= len(left) - 1:
            break
        left.remove(weakest)
    return left
