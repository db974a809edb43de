"""What do a fetch, a query, an export and the canvas exchange?  One neutral, immutable subgraph."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import networkx as nx


@dataclass(frozen=True)
class Node:
    """A node by its contract key ``id`` (unique per label, so ``key`` is ``label/id``)."""

    id: str
    label: str
    properties: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.label}/{self.id}"


@dataclass(frozen=True)
class Edge:
    """A directed relationship between two node keys; parallel edges differ in type or properties."""

    source: str
    target: str
    type: str
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Subgraph:
    """Nodes and edges in canonical order; every edge's ends are among the nodes."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()

    @classmethod
    def of(cls, nodes: Iterable[Node], edges: Iterable[Edge]) -> Self:
        """Deduplicate by key, drop edges with an end outside, sort; the same set gives the same value."""
        by_key = {node.key: node for node in nodes}
        between: dict[tuple[str, str, str], list[Edge]] = {}
        for edge in edges:
            if edge.source in by_key and edge.target in by_key:
                between.setdefault((edge.source, edge.target, edge.type), []).append(edge)
        ordered = (edge for ends in sorted(between) for edge in _parallel(between[ends]))
        return cls(tuple(by_key[key] for key in sorted(by_key)), tuple(ordered))

    def __or__(self, other: "Subgraph") -> "Subgraph":
        return Subgraph.of((*self.nodes, *other.nodes), (*self.edges, *other.edges))

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """A MultiDiGraph: node names are keys, attributes are ``id``, ``label``, ``type`` and the properties."""
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.add_nodes_from((node.key, {**node.properties, "id": node.id, "label": node.label}) for node in self.nodes)
        # with a dictionary, not keywords: a property may be called "key", as NetworkX's own argument is
        graph.add_edges_from((edge.source, edge.target, {**edge.properties, "type": edge.type}) for edge in self.edges)
        return graph

    def counts(self) -> dict[str, int]:
        """Nodes per label and relationships per type, by name."""
        found = Counter([node.label for node in self.nodes] + [edge.type for edge in self.edges])
        return dict(sorted(found.items()))


def _parallel(edges: list[Edge]) -> list[Edge]:
    """Edges of one type between two nodes, each once, ordered by their properties; mostly there is one."""
    if len(edges) == 1:
        return edges
    unique = {repr(sorted(edge.properties.items(), key=lambda item: item[0])): edge for edge in edges}
    return [unique[text] for text in sorted(unique)]
