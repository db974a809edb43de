"""What does a fetch hand back?  Nodes or a subgraph, and how much there would have been."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from graph.subgraph import Node, Subgraph


@dataclass(frozen=True)
class Entity:
    """A node and its relationships per type, both directions together; ``outgoing`` and ``incoming`` apart."""

    node: Node
    counts: Mapping[str, int]
    outgoing: Mapping[str, int] = field(default_factory=dict)
    incoming: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Fetched:
    """A subgraph with ``shown`` of ``total`` (nodes; paths where paths were asked for).

    ``note`` says in words what was left out beside that, and is empty where nothing was.
    """

    subgraph: Subgraph
    shown: int
    total: int
    note: str = ""

    @classmethod
    def of(cls, subgraph: Subgraph, *, truncated: bool = False) -> Self:
        """What a query gave: its nodes; a truncated answer has at least one more."""
        shown = len(subgraph.nodes)
        return cls(subgraph, shown, shown + truncated, "the answer was cut at its row limit" if truncated else "")

    @property
    def complete(self) -> bool:
        """Whether nothing was left out."""
        return self.shown >= self.total and not self.note
