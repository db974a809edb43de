"""Which groups do surprising pairs form?  Communities, each searched for the members that make it least likely."""

from collections.abc import Iterable, Sequence
from math import log10

import networkx as nx

from graph.detect.ambush.meetings import Crew
from graph.detect.ambush.null import GroupNull
from graph.detect.ambush.pairs import PairTest
from graph.detect.ambush.parameters import AmbushParameters

MOST_TRIED = 12  # accounts linked to a group that are tried as members in one round, the most linked first


def crews_among(pairs: Sequence[PairTest], null: GroupNull) -> list[Crew]:
    """The crews in the groups that pairs form, no account in two of them, the least likely first.

    Crews leave, and the rest is grouped anew: two crews may have met on one target, and then one group holds both.
    """
    parameters, crews, taken = null.parameters, list[Crew](), set[int]()
    while True:
        linked = [pair for pair in pairs if pair.a not in taken and pair.b not in taken]
        near = _linked(linked)
        found = [crew for group in groups(linked, parameters) if (crew := searched(group, near, null)) is not None]
        fresh = []
        for crew in sorted(found, key=lambda crew: (crew.log_q, crew.numbers)):
            if taken.isdisjoint(crew.numbers):
                fresh.append(crew)
                taken.update(crew.numbers)
        if not fresh:
            return crews
        crews.extend(fresh)


def searched(group: Sequence[int], near: "nx.Graph[int]", null: GroupNull) -> Crew | None:
    """The least likely crew that the group leads to, in its best window; None if no more is there than chance gives.

    One member at a time leaves or joins (of those linked to the group), while that makes the group less likely.  As
    every group of each size counts as tested, the search costs nothing more.
    """
    parameters, custom = null.parameters, null.customs.together(group)
    starts = [crew for window_s in parameters.windows_s if (crew := null.crew(group, window_s, custom)) is not None]
    best = min(starts, key=_least, default=None)
    while best is not None:
        window_s = best.window_s
        members = best.numbers
        around = {other: near.degree(other) for member in members for other in near[member]}
        links = {other: sum(1 for member in members if near.has_edge(member, other)) for other in around}
        joining = sorted(set(links) - set(members), key=lambda other: (-links[other], other))[:MOST_TRIED]
        moves = [tuple(sorted((*members, other))) for other in joining if len(members) < parameters.largest_crew]
        if len(members) > parameters.min_crew:
            moves += [tuple(member for member in members if member != gone) for gone in members]
        moved = [crew for move in moves if (crew := null.crew(move, window_s, custom)) is not None]
        better = min(moved, key=_least, default=None)
        if better is None or _least(better) >= _least(best):
            break
        best = better
    if best is not None:
        others = [crew for window_s in parameters.windows_s if (crew := null.crew(best.numbers, window_s, custom)) is not None]
        best = min(others, key=_least)
    return best if best is not None and best.log_q <= parameters.hopeless else None


def _least(crew: Crew) -> tuple[float, int, tuple[int, ...]]:
    return crew.log_q, crew.window_s, crew.numbers


def _linked(pairs: Sequence[PairTest]) -> "nx.Graph[int]":
    linked: nx.Graph[int] = nx.Graph()
    for pair in sorted(pairs, key=lambda pair: (pair.a, pair.b)):
        linked.add_edge(pair.a, pair.b, weight=-log10(max(pair.p, 1e-30)) + 1e-6)
    return linked


def groups(pairs: Sequence[PairTest], parameters: AmbushParameters) -> list[tuple[int, ...]]:
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
            inside: nx.Graph[int] = nx.Graph()
            inside.add_nodes_from(sorted(component))
            inside.add_weighted_edges_from(sorted(linked.subgraph(component).edges(data="weight")))
            parts = nx.community.louvain_communities(inside, weight="weight", seed=parameters.seed)
        for part in sorted(parts, key=min):
            left = set(part)
            while len(left) >= parameters.min_crew:
                kept = _dense(linked, left)
                found.append(tuple(sorted(kept)))
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
