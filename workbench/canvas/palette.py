"""Which colour and shape has a node?  Okabe-Ito colours and a shape of its own for every label."""

from dataclasses import dataclass

from graph.subgraph import Node


@dataclass(frozen=True)
class Kind:
    """How one sort of node is drawn; ``shape`` is one the frontend knows."""

    name: str
    color: str
    shape: str


KINDS: tuple[Kind, ...] = (
    Kind("Account", "#0072B2", "circle"),
    Kind("Minor", "#56B4E9", "circle"),
    Kind("Room", "#009E73", "square"),
    Kind("Identifier", "#E69F00", "diamond"),
    Kind("Report", "#D55E00", "triangle"),
    Kind("Company", "#CC79A7", "hexagon"),
    Kind("Person", "#CC79A7", "pentagon"),
    Kind("Platform", "#7A8594", "wedge"),
    Kind("Finding", "#D55E00", "cross"),
    Kind("Name", "#F0E442", "diamond"),
    Kind("Group", "#7A8594", "square"),
    Kind("Other", "#7A8594", "circle"),
)
MEMBER_COLOR, TARGET_COLOR = "#D55E00", "#0072B2"
"""Of members of a lead, and of its targets that are no accounts: those keep the colour of their age."""
LIT_COLOR = "#D55E00"
"""Of the steps of a path that is lit, in pictures that leave."""
SHAPES = (
    "star", "openstar", "ring", "opendrop", "dotring", "thinring", "thindrop", "circle", "drop", "square", "diamond",
    "triangle", "hexagon", "pentagon", "wedge", "cross",
)
"""What the frontend can draw, in the order of the legend: whom a lead is about comes first."""
OF_MINORS = {"star": "openstar", "ring": "opendrop", "thinring": "thindrop", "circle": "drop"}
"""The shape of a minor, by that of others, where the colour tells something else than age."""
_INDEX = {kind.name: index for index, kind in enumerate(KINDS)}

# Relationships whose direction tells something; the others say "belongs to".
DIRECTED = frozenset({"CONTACTED", "REPORTED", "OWNS", "OPERATES"})


def kind_of(node: Node, *, minor: bool) -> int:
    """The index in ``KINDS`` of a node's kind."""
    if minor:
        return _INDEX["Minor"]
    return _INDEX.get(node.label, _INDEX["Other"])
