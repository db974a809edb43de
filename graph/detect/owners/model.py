"""How much of a company does each owner hold through all chains and circles, and by which chains?

v = (I - A)^-1 e, exactly; shares known as ranges give an interval, narrowed by what the register states itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.detect.owners.holdings import ROUNDING
from graph.detect.owners.stakes import OwnershipState

Shares = Mapping[tuple[str, str], float]
_CLOSED = 1.0 - 1e-9
_MOST_PATHS = 10_000


@dataclass(frozen=True)
class Ultimate:
    """An ultimate owner of a company: one that nobody owns, or a circle whose companies own only each other.

    ``members``: the owner, or the companies of the circle; ``share``: the integrated share in [0, 1] for consistent
    declarations.
    """

    members: tuple[str, ...]
    share: float
    circle: bool


@dataclass(frozen=True)
class Integrated:
    """All ultimate owners of one company, largest first, with the circles on the way and the companies scaled down."""

    company: str
    owners: tuple[Ultimate, ...]
    circles: tuple[tuple[str, ...], ...]
    scaled: tuple[str, ...]


@dataclass(frozen=True)
class Share:
    """The integrated share: best single figure, least and most; ``stated`` by a register of the chains as a whole.

    ``agrees``: what is stated lies in the interval of the chains, and narrowed it.
    """

    point: float
    low: float
    high: float
    stated: float | None = None
    agrees: bool = True


@dataclass(frozen=True)
class OwnershipPath:
    """Owner first, company last; ``product`` of the direct shares along it."""

    nodes: tuple[str, ...]
    product: float

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        return tuple(pairwise(self.nodes))


@dataclass(frozen=True)
class Paths:
    """Paths, largest product first; ``complete`` is False when the count stopped at the limit."""

    paths: tuple[OwnershipPath, ...]
    complete: bool


def integrated_ownership(shares: Shares, company: str) -> Integrated:
    """The integrated shares of ``company``: the sum over all walks of the products of direct shares.

    Solved by strongly connected components: numpy inside a component, topological order between them, over the
    company's owners only.  Owners that nobody owns are ultimate, so a circle never owns itself; a component without
    outside owners is reported as one circle, with what its companies hold directly beyond it.  Where a component's
    declared shares do not converge (more than the whole), columns above 1 are scaled to 1 and named in ``scaled``.
    Source: Brioschi, Buzzacchi, Colombo 1989; Romei, Ruggieri, Turini 2015.
    """
    graph = _above(shares, company)
    condensed = nx.condensation(graph)
    value: dict[str, float] = {}
    ultimates: list[Ultimate] = []
    circles: list[tuple[str, ...]] = []
    scaled: list[str] = []
    for number in reversed(list(nx.topological_sort(condensed))):
        names = tuple(sorted(condensed.nodes[number]["members"]))
        inside = set(names)
        incoming = np.array([float(name == company) for name in names])
        for row, name in enumerate(names):
            beyond = sorted(set(graph[name]) - inside)
            incoming[row] += sum(graph[name][below]["share"] * value[below] for below in beyond)
        circular = len(names) > 1 or graph.has_edge(names[0], names[0])
        if circular:
            circles.append(names)
        outside = sorted({owner for name in names for owner in graph.pred[name]} - inside)
        solved = incoming
        if circular and outside:
            matrix = np.array([[graph[a][b]["share"] if graph.has_edge(a, b) else 0.0 for b in names] for a in names])
            if float(np.abs(np.linalg.eigvals(matrix)).max()) >= _CLOSED:
                scaled.extend(_scaled(graph, names, matrix))
            solved = np.linalg.solve(np.eye(len(names)) - matrix, incoming)
        elif circular and company in inside:
            held = min(1.0, sum(graph[owner][company]["share"] for owner in sorted(graph.pred[company])))
            ultimates.append(Ultimate(names, held, circle=True))
        elif circular:
            ultimates.append(Ultimate(names, float(incoming.sum()), circle=True))
        elif not outside and names[0] != company:
            ultimates.append(Ultimate(names, float(incoming[0]), circle=False))
        value.update(zip(names, map(float, solved), strict=True))
    ultimates.sort(key=lambda item: (-item.share, item.members))
    return Integrated(company, tuple(ultimates), tuple(sorted(circles)), tuple(sorted(scaled)))


def _above(shares: Shares, company: str) -> "nx.DiGraph[str]":
    """The company and all above it, in one order whatever the order of ``shares``."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node(company)
    graph.add_edges_from((*pair, {"share": share}) for pair, share in sorted(shares.items()) if share > 0.0)
    above = {company, *nx.ancestors(graph, company)}
    graph.remove_nodes_from([name for name in graph if name not in above])
    return graph


def _scaled(graph: "nx.DiGraph[str]", names: Sequence[str], matrix: NDArray[np.float64]) -> list[str]:
    """Scales columns above the whole to it, in the matrix and in the graph; names them."""
    found = []
    for column, name in enumerate(names):
        total = sum(graph[owner][name]["share"] for owner in sorted(graph.pred[name]))
        if total > 1.0:
            found.append(name)
            matrix[:, column] /= total
            for owner in graph.pred[name]:
                graph[owner][name]["share"] /= total
    return found


def ownership_paths(shares: Shares, owners: Sequence[str], company: str, *, limit: int = _MOST_PATHS) -> Paths:
    """All simple paths from any of ``owners`` to ``company``, at most ``limit`` of them.

    The search goes upwards from the company through nodes an owner can reach, so every started path can end.
    """
    graph = _above(shares, company)
    wanted = set(owners)
    reachable = wanted.union(*(nx.descendants(graph, owner) for owner in owners if owner in graph))
    found: list[OwnershipPath] = []
    budget = 50 * limit  # steps of the search: circles can hold many dead ends
    stack: list[tuple[str, ...]] = [(company,)]
    while stack and len(found) < limit and budget > 0:
        budget -= 1
        path = stack.pop()
        if path[0] in wanted and len(path) > 1:
            found.append(OwnershipPath(path, prod(shares[step] for step in pairwise(path))))
        else:
            stack.extend(
                (owner, *path) for owner in sorted(graph.pred[path[0]], reverse=True)
                if owner in reachable and owner not in path
            )
    return Paths(tuple(sorted(found, key=lambda item: (-item.product, item.nodes))), complete=not stack)


def settled_shares(whole: Integrated, state: OwnershipState) -> dict[tuple[str, ...], Share]:
    """Every ultimate owner's share as an interval: from all stakes at their least to all at their largest."""
    least = most = {owner.members: owner.share for owner in whole.owners}
    if state.least() != state.most():
        least = {owner.members: owner.share for owner in integrated_ownership(state.least(), whole.company).owners}
        most = {owner.members: owner.share for owner in integrated_ownership(state.most(), whole.company).owners}
    certain = sum(least.values())
    return {
        owner.members: _settled(
            owner, whole.company, state, low=least.get(owner.members, 0.0), high=most.get(owner.members, owner.share),
            others=certain - least.get(owner.members, 0.0),
        )
        for owner in whole.owners
    }


def _settled(
    owner: Ultimate, company: str, state: OwnershipState, *, low: float, high: float, others: float
) -> Share:
    """The owner's share from the chains, narrowed by what a register states of them as a whole."""
    high = max(owner.share, min(high, 1.0 - others)) if high > owner.share else owner.share
    low = min(low, owner.share)
    pair = owner.members[0], company
    claim = state.claims.get(pair) if not owner.circle else None
    if claim is None:
        return Share(owner.share, low, high)
    direct = state.stakes.get(pair)
    least, most = claim[0] + (direct.low if direct else 0.0), claim[1] + (direct.high if direct else 0.0)
    stated = (least + most) / 2
    if least > high + ROUNDING or most < low - ROUNDING:
        return Share(owner.share, low, high, stated, agrees=False)
    low, high = max(low, min(least, high)), min(high, max(most, low))
    return Share(min(max(stated, low), high), low, high, stated)
