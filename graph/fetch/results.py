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


LIMIT_REACHED = "the limit was reached after step {number}, further steps were not taken"
STEP_CUT = "step {number} was cut, so further steps were not taken"
TOO_BUSY = "{number} of the busiest nodes were not expanded further"
GAVE_UP = "the search gave up after {number} relationships; avoid busy nodes"
ROWS_CUT = "the answer was cut at its row limit"
NOTES = (LIMIT_REACHED, STEP_CUT, TOO_BUSY, GAVE_UP, ROWS_CUT)
"""Everything that a fetch may say of what it left out."""


@dataclass(frozen=True)
class Note:
    """What was left out: one of ``NOTES`` and the number that stands in it, so that each language can say it."""

    message: str
    number: int = 0

    def __str__(self) -> str:
        return self.message.replace("{number}", f"{self.number:,}")


@dataclass(frozen=True)
class Fetched:
    """A subgraph with ``shown`` of ``total`` (nodes; paths where paths were asked for).

    ``notes`` say what was left out beside that; none where nothing was.
    """

    subgraph: Subgraph
    shown: int
    total: int
    notes: tuple[Note, ...] = ()

    @classmethod
    def of(cls, subgraph: Subgraph, *, truncated: bool = False) -> Self:
        """What a query gave: its nodes; a truncated answer has at least one more."""
        shown = len(subgraph.nodes)
        return cls(subgraph, shown, shown + truncated, (Note(ROWS_CUT),) if truncated else ())

    @property
    def note(self) -> str:
        """The notes in English, on one line."""
        return "; ".join(map(str, self.notes))

    @property
    def complete(self) -> bool:
        """Whether nothing was left out."""
        return self.shown >= self.total and not self.notes
