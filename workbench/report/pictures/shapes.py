"""What does a picture show?  Its data with final labels, whatever draws it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

Label = Callable[[str], str]
SERIES_COLOURS = (
    "#1F86C8", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7A8594", "#8C6D31",
)
"""Of series of lanes in turn, on the screens as in the report; seen on a light and on a dark page."""


@dataclass(frozen=True)
class Bars:
    """Counts over time, stacked: ``starts`` of the bars (naive UTC), ``days`` each is wide, ``series`` of counts."""

    starts: tuple[datetime, ...]
    days: float
    series: tuple[tuple[str, tuple[int, ...]], ...]
    x: str
    y: str

    def __post_init__(self) -> None:
        if not self.starts or any(len(counts) != len(self.starts) for _, counts in self.series):
            raise ValueError("bars have as many counts in every series as starts, one at least")


@dataclass(frozen=True)
class Point:
    """An event in lane number ``lane`` of series number ``series``; ``at``: naive UTC, or minutes since the first."""

    lane: int
    series: int
    at: datetime | float


@dataclass(frozen=True)
class Lanes:
    """Events over time, one lane a person; the first lane stands on top."""

    lanes: tuple[str, ...]
    series: tuple[str, ...]
    points: tuple[Point, ...]
    x: str

    def __post_init__(self) -> None:
        if not self.points:
            raise ValueError("lanes without a point show nothing")
        if any(point.lane >= len(self.lanes) or point.series >= len(self.series) for point in self.points):
            raise ValueError("a point lies in a lane and a series")

    def labelled(self, label: Label) -> "Lanes":
        """Lanes and series that are ids, as they are called."""
        return replace(self, lanes=tuple(map(label, self.lanes)), series=tuple(map(label, self.series)))


@dataclass(frozen=True)
class Matrix:
    """Which row goes with which column: ``cells`` are (row, column) numbers."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        if not self.cells or any(row >= len(self.rows) or column >= len(self.columns) for row, column in self.cells):
            raise ValueError("a cell lies in a row and a column, and there is one at least")


@dataclass(frozen=True)
class Printed:
    """A picture that draws itself: ``draw`` gives the bytes of a format (svg, png); ``width`` by ``height`` inches."""

    draw: Callable[[str], bytes]
    width: float
    height: float


Chart = Bars | Lanes | Matrix
Picture = Chart | Printed
