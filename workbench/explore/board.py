"""What lies on the canvas?  One frozen value of keys and places; what nodes and links hold stays in the graph."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeAlias

from workbench.explore.filters import ALL, Filters

Place: TypeAlias = tuple[float, float]
"""Where something stands, in the coordinates that the canvas draws (x to the right, y up, 4 decimals)."""

GROUP = "Group"
OWN = f"{GROUP}/own:"
"""Before the number of a person's own group, in the key of the mark that stands for it while it is folded."""
COLORS = ("red", "orange", "yellow", "green", "blue", "violet", "grey")
"""What nodes, notes and groups can be marked with."""


@dataclass(frozen=True)
class Group:
    """Nodes that a person put together under a title; ``folded``: drawn as one mark."""

    title: str
    members: tuple[str, ...]
    folded: bool = False
    color: str = "grey"


@dataclass(frozen=True)
class Note:
    """A person's words on the picture; ``about``: the key of the node they stand beside, empty for none."""

    text: str
    place: Place
    color: str = "yellow"
    about: str = ""


@dataclass(frozen=True)
class Board:
    """Everything of a picture that can be undone and saved.

    Nodes are named by their keys (``label/id``).  ``places`` are of nodes and of marks that stand for groups;
    ``pinned`` ones (marks, too) are left where they are by every layout; ``hidden`` ones were hidden by hand;
    ``single`` ones were asked for by themselves and are never folded into a group of leaves; ``opened`` names such
    groups that are shown one by one.
    ``leads`` are ids of findings whose picture it is; ``lit`` the number of the path that alone is lit.  ``style`` is
    JSON and means nothing here.  ``frame`` changes where the whole picture is to be seen anew; else the eye stays.
    """

    nodes: frozenset[str] = frozenset()
    places: Mapping[str, Place] = field(default_factory=dict)
    pinned: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    single: frozenset[str] = frozenset()
    marks: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    folding: bool = True
    opened: frozenset[str] = frozenset()
    filters: Filters = ALL
    style: Mapping[str, Any] = field(default_factory=dict)
    leads: tuple[str, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()
    lit: int | None = None
    layout: str = "force"
    frame: str = ""

    @property
    def empty(self) -> bool:
        return not self.nodes

    @property
    def lit_paths(self) -> tuple[tuple[str, ...], ...]:
        return self.paths if self.lit is None else self.paths[self.lit : self.lit + 1]

    @property
    def lit_steps(self) -> frozenset[frozenset[str]]:
        """The two ends of each step of the lit paths."""
        return frozenset(frozenset(step) for walk in self.lit_paths for step in pairwise(walk))

    def lit_steps_among(self, keys: Set[str]) -> frozenset[frozenset[str]]:
        """Those with both ends among the nodes of these keys."""
        return frozenset(step for step in self.lit_steps if step <= keys)

    def own_group(self, key: str) -> str | None:
        """The number of the person's group that a node is in."""
        return next((number for number, group in self.groups.items() if key in group.members), None)


def place(x: float, y: float) -> Place:
    """A place as it is kept and sent: rounded, so that browser and server hold the same number."""
    return (round(float(x), 4), round(float(y), 4))
