"""What is the drawing of a lead?  Its graph, who is who in it, where each stands, and which records each link shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.layout import Position
from graph.subgraph import Subgraph
from workbench.dossier.first_written import LATER as LATER
from workbench.dossier.first_written import LIKELY as LIKELY
from workbench.lead_graphs.caption import Caption, Link

MEMBER, TARGET, BYSTANDER, SUBJECT = "member", "target", "bystander", "subject"
NOT_KNOWN_THEN = (LATER, LIKELY)
NAME = "Name"
"""The label of a way of writing a name that several accounts share: read from the records, no node of the graph."""
HANDED_OVER, SAME_NAME, SENT_TO = "HANDED_OVER", "SAME_NAME", "SENT_TO"
"""Ties that the records tell and the graph has no relationship for."""


@dataclass(frozen=True)
class Drawing:
    """The lead's evidence as a graph.

    ``parts``: node key to member, target, later or likely (whom a hub wrote to first, not known to be minors then),
    subject (whom people are sent to) or bystander; what ties them (devices, rooms) has none.  ``places``: canvas
    coordinates, y upwards.  ``captions`` of links, ``marks`` of nodes.  ``shows``: by link or node key, the cited
    references that it stands for; ``lacking`` are cited but no row of the evidence any more.  ``left_out``: nodes that
    there was no room for, each a bystander or a target without a place of its own.
    """

    finding_id: str
    subgraph: Subgraph
    parts: Mapping[str, str]
    places: Mapping[str, Position]
    captions: Mapping[Link, Caption] = field(default_factory=dict)
    marks: Mapping[str, Caption] = field(default_factory=dict)
    shows: Mapping[Link | str, tuple[str, ...]] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    left_out: int = 0
