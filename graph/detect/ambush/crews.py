"""Which groups do validated pairs form, and on whom did their members converge?  Pure functions over small data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log10
from statistics import median, median_high

import networkx as nx

from graph.detect.ambush.chance import PairTest
from graph.detect.ambush.parameters import AmbushParameters


@dataclass(frozen=True, order=True)
class Hit:
    """A member's first private contact to a target, and the message that made it."""

    at: datetime
    actor: str
    record: str


@dataclass(frozen=True)
class Convergence:
    """The largest meeting of members on one victim within the window; hits in order of time, one a member."""

    victim: str
    hits: tuple[Hit, ...]

    @property
    def first_at(self) -> datetime:
        return self.hits[0].at

    @property
    def last_at(self) -> datetime:
        return self.hits[-1].at

    @property
    def gaps_s(self) -> tuple[float, ...]:
        """Seconds between each member and the one before."""
        return tuple(
            (later.at - earlier.at).total_seconds()
            for earlier, later in zip(self.hits, self.hits[1:], strict=False)
        )


@dataclass(frozen=True)
class Crew:
    """Accounts that converged on the same victims; ``q``: of the weakest link needed to hold them together."""

    members: tuple[str, ...]
    convergences: tuple[Convergence, ...]
    pairs: tuple[PairTest, ...]
    q: float
    window_s: int

    @property
    def victims(self) -> tuple[str, ...]:
        return tuple(meeting.victim for meeting in self.convergences)

    @property
    def median_gap_s(self) -> float:
        return median(gap for meeting in self.convergences for gap in meeting.gaps_s)

    @property
    def openers(self) -> tuple[tuple[str, int], ...]:
        """Who came first, and how often; most often first."""
        counts: dict[str, int] = {}
        for meeting in self.convergences:
            counts[meeting.hits[0].actor] = counts.get(meeting.hits[0].actor, 0) + 1
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def groups(pairs: Sequence[PairTest], parameters: AmbushParameters) -> list[tuple[str, ...]]:
    """Sets of accounts linked by validated pairs, each member to at least half of the others.

    Connected sets up to ``largest_crew`` stand as they are; larger ones are cut by Louvain communities (Blondel et
    al. 2008, seeded; weights -log10 q).  The least linked member leaves until the rule holds.
    """
    names = sorted({name for pair in pairs for name in (pair.a, pair.b)})
    number = {name: i for i, name in enumerate(names)}
    linked: nx.Graph[int] = nx.Graph()
    linked.add_nodes_from(range(len(names)))
    for pair in sorted(pairs, key=lambda pair: (pair.a, pair.b)):
        weight = -log10(max(pair.q, 1e-30)) + 1e-6
        linked.add_edge(number[pair.a], number[pair.b], weight=weight)
    found: list[tuple[str, ...]] = []
    for component in sorted(nx.connected_components(linked), key=min):
        parts: Iterable[set[int]] = [component]
        if len(component) > parameters.largest_crew:
            inside: nx.Graph[int] = nx.Graph()
            inside.add_nodes_from(sorted(component))
            inside.add_weighted_edges_from(sorted(linked.subgraph(component).edges(data="weight")))
            parts = nx.community.louvain_communities(inside, weight="weight", seed=parameters.seed)
        found.extend(tuple(sorted(names[i] for i in _dense(linked, part))) for part in sorted(parts, key=min))
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


def convergences(
    members: Sequence[str], hits: Mapping[str, Sequence[Hit]], *, window_s: int, min_crew: int
) -> tuple[Convergence, ...]:
    """For each target the window that holds most members (the earliest of equals), if at least ``min_crew``."""
    inside = set(members)
    width = timedelta(seconds=window_s)
    met = []
    for target in sorted(hits):
        ordered = sorted(hit for hit in hits[target] if hit.actor in inside)
        best: tuple[Hit, ...] = ()
        for start, first in enumerate(ordered):
            window = tuple(hit for hit in ordered[start:] if hit.at - first.at <= width)
            if len(window) > len(best):
                best = window
        if len(best) >= min_crew:
            met.append(Convergence(target, best))
    return tuple(met)


def crew_of(
    group: Sequence[str],
    pairs: Sequence[PairTest],
    hits: Mapping[str, Sequence[Hit]],
    parameters: AmbushParameters,
) -> Crew | None:
    """The crew a group makes: members of at least two convergences, on ``min_victims`` or more; None if too few.

    ``hits``: by target, first contacts (one an account).  They converge within the median of the windows in which its
    pairs stood out most.
    """
    members = tuple(sorted(group))
    while len(members) >= parameters.min_crew:
        inside = [pair for pair in pairs if pair.a in members and pair.b in members]
        window_s = median_high([pair.window_s for pair in inside]) if inside else parameters.windows_s[-1]
        met = convergences(members, hits, window_s=window_s, min_crew=parameters.min_crew)
        times: dict[str, int] = dict.fromkeys(members, 0)
        for meeting in met:
            for hit in meeting.hits:
                times[hit.actor] += 1
        staying = tuple(name for name in members if times[name] >= 2)
        if staying == members:
            q = _bottleneck(members, inside)
            if len(met) < parameters.min_victims or q is None:
                return None
            return Crew(members, met, tuple(inside), q, window_s)
        members = staying
    return None


def _bottleneck(members: Sequence[str], pairs: Sequence[PairTest]) -> float | None:
    """The largest q in the spanning tree of smallest q; None when the pairs do not connect all members."""
    parent = {name: name for name in members}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    joined, worst = 1, 0.0
    for pair in sorted(pairs, key=lambda pair: (pair.q, pair.a, pair.b)):
        a, b = root(pair.a), root(pair.b)
        if a != b:
            parent[a] = b
            joined += 1
            worst = pair.q
    return worst if joined == len(members) else None
