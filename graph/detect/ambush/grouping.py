"""Which groups do surprising pairs form?  Linked sets, cut where too large, and looked at again after each find."""

from collections.abc import Callable, Iterable, Sequence
from math import log10

import networkx as nx

from graph.detect.ambush.chance import PairTest
from graph.detect.ambush.crews import Crew
from graph.detect.ambush.parameters import AmbushParameters


def crews_among(
    pairs: Sequence[PairTest], levels: Sequence[float], parameters: AmbushParameters,
    judge: Callable[[tuple[str, ...]], Crew | None], grow: Callable[[Crew, Sequence[str]], Crew],
) -> list[Crew]:
    """The crews ``judge`` finds in the groups that pairs form at each level of p, no account in two of them.

    Crews beyond chance leave first, and the rest is grouped anew: two crews may have met on one victim, and then one
    group holds both.  In the end each may ``grow`` by accounts linked to a member that are in no other.  What is left
    is candidates that only other evidence can raise, the least likely first.
    """
    crews: list[Crew] = []
    taken: set[str] = set()
    seen: dict[tuple[str, ...], Crew | None] = {}
    for level in levels:
        linked = [pair for pair in pairs if pair.p <= level]
        found = True
        while found:
            linked = [pair for pair in linked if pair.a not in taken and pair.b not in taken]
            found = False
            for group in groups(linked, parameters):
                if group not in seen:
                    seen[group] = judge(group)
                crew = seen[group]
                if crew is not None and crew.q <= parameters.alpha and taken.isdisjoint(crew.members):
                    crews.append(crew)
                    taken.update(crew.members)
                    found = True
    partners: dict[str, set[str]] = {}
    for pair in pairs:
        partners.setdefault(pair.a, set()).add(pair.b)
        partners.setdefault(pair.b, set()).add(pair.a)
    for place, crew in enumerate(crews):
        near = set().union(*(partners[name] for name in crew.members)) - taken
        if near and len(crew.members) < parameters.largest_crew:
            crews[place] = grow(crew, sorted(near))
            taken.update(crews[place].members)
    candidates = [crew for crew in seen.values() if crew is not None and crew.q > parameters.alpha]
    for crew in sorted(candidates, key=lambda crew: (crew.q, crew.members)):
        if taken.isdisjoint(crew.members):
            crews.append(crew)
            taken.update(crew.members)
    return crews


def groups(pairs: Sequence[PairTest], parameters: AmbushParameters) -> list[tuple[str, ...]]:
    """Sets of accounts linked by the given pairs, each member to at least half of the others.

    Connected sets up to ``largest_crew`` stand as they are; larger ones are cut by Louvain communities (Blondel et
    al. 2008, seeded; weights -log10 p).  The least linked member leaves until the rule holds; those who left are looked
    at again by themselves, as one account in common may have joined two groups.
    """
    names = sorted({name for pair in pairs for name in (pair.a, pair.b)})
    number = {name: i for i, name in enumerate(names)}
    linked: nx.Graph[int] = nx.Graph()
    linked.add_nodes_from(range(len(names)))
    for pair in sorted(pairs, key=lambda pair: (pair.a, pair.b)):
        weight = -log10(max(pair.p, 1e-30)) + 1e-6
        linked.add_edge(number[pair.a], number[pair.b], weight=weight)
    found: list[tuple[str, ...]] = []
    for component in sorted(nx.connected_components(linked), key=min):
        parts: Iterable[set[int]] = [component]
        if len(component) > parameters.largest_crew:
            inside: nx.Graph[int] = nx.Graph()
            inside.add_nodes_from(sorted(component))
            inside.add_weighted_edges_from(sorted(linked.subgraph(component).edges(data="weight")))
            parts = nx.community.louvain_communities(inside, weight="weight", seed=parameters.seed)
        for part in sorted(parts, key=min):
            left = set(part)
            while len(left) >= parameters.min_crew:
                kept = _dense(linked, left)
                found.append(tuple(sorted(names[i] for i in kept)))
                left -= kept
    return [group for group in found if len(group) >= parameters.min_crew]


def _dense(linked: "nx.Graph[int]", part: set[int]) -> set[int]:
    """The part after its least linked members left, until each is linked to half of the others."""
    left = set(part)
    while len(left) > 1:
        degree = {node: sum(1 for other in linked[node] if other in left) for node in left}
        weakest = min(left, key=lambda node: (degree[node], -node))
        if degree[weakest] * 2 >= len(left) - 1:
            break
        left.discard(weakest)
    return left
