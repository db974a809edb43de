"""What does a statement give back?  Rows of plain values, and a plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph.subgraph import Edge, Node


@dataclass(frozen=True)
class Path:
    """A path: its nodes in walking order, and the edges between them, each in its own direction."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def __len__(self) -> int:
        return len(self.edges)


@dataclass(frozen=True)
class Rows:
    """A table of values: plain Python, ``Node``, ``Edge`` or ``Path``; ``truncated`` where the row cap cut it."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truncated: bool = False

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def scalar(self) -> Any:
        """The first value of the first row; None where there is none."""
        return self.rows[0][0] if self.rows and self.rows[0] else None


@dataclass(frozen=True)
class Step:
    """One step of a plan: how deep it stands below the root, its operator, what it works on, rows it expects."""

    depth: int
    operator: str
    detail: str = ""
    rows: float | None = None


@dataclass(frozen=True)
class Plan:
    """What an engine would do: ``type`` is r, rw, w or s; steps from the root down, each before what it draws from."""

    type: str
    steps: tuple[Step, ...]

    @property
    def operators(self) -> tuple[str, ...]:
        return tuple(step.operator for step in self.steps)
