"""Which groups do surprising pairs form?  Communities, each searched for the members that make it least likely."""

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from math import fsum, log10

import networkx as nx

from graph.detect.ambush.meetings import Crew
from graph.detect.ambush.null import GroupNull
from graph.detect.ambush.pairs import Pairs
from graph.detect.ambush.parameters import AmbushParameters

HOPELESS = 6.0  # nats: a group of which chance gives exp(6) cannot be raised by other evidence
FAR = 40.0  # nats: of 859 searches on all makers that found crews none gained as much over a group that was none (28)
BEHIND = 15.0  # nats: where a group begins so far behind what another window led to, its steps are not worth their time
MOST_TRIED = 12  # accounts linked to two of a group that are tried as members in one round, the most linked first


def crews_among(pairs: Pairs, levels: Sequence[float], null: GroupNull) -> list[Crew]:
    """The crews in the groups that pairs form at each level of p, no account in two of them.

    Crews leave, and the rest is grouped anew: two crews may have met on one target, and then one group holds both.
    """
    crews, taken, tried = list[Crew](), set[int](), set[tuple[int, ...]]()
    for level in levels:
        fresh = True
        while fresh:
            free = {pair: p for pair, p in pairs.items() if taken.isdisjoint(pair)}
            near = _linked(free)
            fresh, found = False, list[Crew]()
            for group in groups({pair: p for pair, p in free.items() if p <= level}, null.parameters):
                if group not in tried and (crew := searched(group, near, null)) is not None:
                    found.append(crew)
                tried.add(group)
            for crew in sorted(found, key=_least):
                if taken.isdisjoint(crew.numbers):
                    crews.append(crew)
                    taken.update(crew.numbers)
                    fresh = True
    return crews


def searched(group: Sequence[int], near: "nx.Graph[int]", null: GroupNull) -> Crew | None:
    """The least likely crew that the group leads to; None if no more is there than chance gives.

    In each window one member at a time leaves or joins (of those linked to two of the group), while that makes the
    group less likely: those who came within minutes may be part of a crew that came within the day.  As every group of
    each size and window counts as tested, the search costs nothing more.  Windows in which the group is ``FAR`` from a
    crew, or ``BEHIND`` what another led to, are left out.
    """
    custom = null.customs.together(group)
    begun = [crew for window_s in null.parameters.windows_s if (crew := null.crews([group], window_s, custom)[0])]
    found: list[Crew] = []
    for crew in sorted(begun, key=_least):
        if crew.log_q <= min([HOPELESS + FAR, *(climbed.log_q + BEHIND for climbed in found)]):
            found.append(_climbed(crew, near, null, custom))
    best = min(found, key=_least, default=None)
    return best if best is not None and best.log_q <= HOPELESS else None


def _climbed(best: Crew, near: "nx.Graph[int]", null: GroupNull, custom: tuple[float, float]) -> Crew:
    """The least likely crew that single steps from this one lead to in its window."""
    parameters = null.parameters
    while True:
        members = best.numbers
        links = Counter(other for member in members for other in near[member] if other not in members)
        linked = [other for other, count in links.items() if count >= min(2, len(members) - 2)]
        joining = sorted(linked, key=lambda other: (-links[other], other))[:MOST_TRIED]
        moves = [(*members, other) for other in joining if len(members) < parameters.largest_crew]
        if len(members) > parameters.min_crew:
            moves += [tuple(member for member in members if member != gone) for gone in members]
        moved = (crew for crew in null.crews(moves, best.window_s, custom) if crew is not None)
        better = min(moved, key=_least, default=None)
        if better is None or (_least(better) >= _least(best) and len(members) <= parameters.largest_crew):
            return best
        best = better


def _least(crew: Crew) -> tuple[float, int, tuple[int, ...]]:
    return crew.log_q, crew.window_s, crew.numbers


def _linked(pairs: Pairs) -> "nx.Graph[int]":
    linked: nx.Graph[int] = nx.Graph()
    linked.add_weighted_edges_from((*pair, -log10(max(pairs[pair], 1e-30)) + 1e-6) for pair in sorted(pairs))
    return linked


def groups(pairs: Pairs, parameters: AmbushParameters) -> list[tuple[int, ...]]:
    """Sets of accounts linked by the given pairs, each member to at least half of the others.

    Connected sets up to ``largest_crew`` stand as they are; larger ones are cut by Louvain communities (Blondel et
    al. 2008, seeded; weights -log10 p).  The least linked member leaves until the rule holds; those who left are looked
    at again by themselves, as one account in common may have joined two groups.
    """
    linked = _linked(pairs)
    found: list[tuple[int, ...]] = []
    for component in sorted(nx.connected_components(linked), key=min):
        parts: Iterable[set[int]] = [component]
        if len(component) > parameters.largest_crew:
            parts = _communities(linked.subgraph(component), parameters.seed)
        for part in sorted(parts, key=min):
            left = set(part)
            while len(left) >= parameters.min_crew:
                kept = _dense(linked, left)
                found.append(tuple(sorted(kept)))
                left -= kept
    return [group for group in found if len(group) >= parameters.min_crew]


def _communities(linked: "nx.Graph[int]", seed: int) -> list[set[int]]:
    """Louvain communities, which hang on the order of the members: by their links, not by what they are called."""
    weights = {
        node: sorted((round(linked[node][other]["weight"], 9) for other in linked[node]), reverse=True)
        for node in linked
    }
    order = sorted(linked, key=lambda node: (weights[node], node))
    place = {node: rank for rank, node in enumerate(order)}
    ranked: nx.Graph[int] = nx.Graph()
    ranked.add_nodes_from(range(len(order)))
    edges = sorted((*sorted((place[one], place[other])), linked[one][other]["weight"]) for one, other in linked.edges)
    ranked.add_weighted_edges_from(edges)
    found = nx.community.louvain_communities(ranked, weight="weight", seed=seed)
    return [{order[rank] for rank in part} for part in found]


def _dense(linked: "nx.Graph[int]", part: set[int]) -> set[int]:
    """The part after its least linked members left, until each is linked to half of the others."""
    left = set(part)
    degree = {node: sum(1 for other in linked[node] if other in left) for node in left}
    strength = {node: round(fsum(linked[node][other]["weight"] for other in linked[node]), 9) for node in left}
    weakest = [(links, strength[node], -node) for node, links in degree.items()]
    heapq.heapify(weakest)  # each loss of a link adds an entry; those that are no longer so are passed over
    while len(left) > 1:
        links, node = weakest[0][0], -weakest[0][2]
        if node not in left or degree[node] != links:
            heapq.heappop(weakest)
            continue
        if links * 2 >= len(left) - 1:
            break
        left.discard(node)
        for other in linked[node]:
            if other in left:
                degree[other] -= 1
                heapq.heappush(weakest, (degree[other], strength[other], -other))
    return left
