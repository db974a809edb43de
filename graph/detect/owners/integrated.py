"""How much of a company does each owner hold through all chains and circles?  Integrated ownership, exactly."""

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

Shares = Mapping[tuple[str, str], float]
_CLOSED = 1.0 - 1e-9


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


def integrated_ownership(shares: Shares, company: str) -> Integrated:
    """The integrated shares of ``company``: the sum over all walks of the products of direct shares.

    v = (I - A)^-1 e solved by strongly connected components: numpy inside a component, topological order between
    them, over the company's owners only.  Owners that nobody owns are ultimate, so a circle never owns itself; a
    component without outside owners is reported as one circle, with what its companies hold directly beyond it.
    Where a component's declared shares do not converge (more than the whole), columns above 1 are scaled to 1 and
    named in ``scaled``.  Source: Brioschi, Buzzacchi, Colombo 1989; Romei, Ruggieri, Turini 2015.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node(company)
    owners_of: dict[str, list[str]] = {}
    for (owner, owned), share in sorted(shares.items()):
        if share > 0.0:
            owners_of.setdefault(owned, []).append(owner)
    pending, seen = [company], {company}
    while pending:
        owned = pending.pop()
        for owner in owners_of.get(owned, ()):
            graph.add_edge(owner, owned, share=shares[owner, owned])
            if owner not in seen:
                seen.add(owner)
                pending.append(owner)
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
        if not outside:
            if circular:
                if company in inside:
                    held = min(1.0, sum(graph[owner][company]["share"] for owner in sorted(graph.pred[company])))
                else:
                    held = float(incoming.sum())
                ultimates.append(Ultimate(names, held, circle=True))
            elif names[0] != company:
                ultimates.append(Ultimate(names, float(incoming[0]), circle=False))
            value.update(zip(names, map(float, incoming), strict=True))
            continue
        matrix = np.array([[graph[a][b]["share"] if graph.has_edge(a, b) else 0.0 for b in names] for a in names])
        if circular and float(np.abs(np.linalg.eigvals(matrix)).max()) >= _CLOSED:
            for column, name in enumerate(names):
                total = sum(graph[owner][name]["share"] for owner in sorted(graph.pred[name]))
                if total > 1.0:
                    scaled.append(name)
                    matrix[:, column] /= total
                    for owner in graph.pred[name]:
                        graph[owner][name]["share"] /= total
        solved = np.linalg.solve(np.eye(len(names)) - matrix, incoming) if circular else incoming
        value.update(zip(names, map(float, solved), strict=True))
    ultimates.sort(key=lambda item: (-item.share, item.members))
    return Integrated(company, tuple(ultimates), tuple(sorted(circles)), tuple(sorted(scaled)))
