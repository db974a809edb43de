"""What do several leads say of one picture?  Their drawings as one: everybody in the most serious part, all ties."""

from collections.abc import Sequence

from graph.subgraph import Subgraph
from workbench.lead_graphs.caption import Caption, Link
from workbench.lead_graphs.drawing import BYSTANDER, LATER, LIKELY, MEMBER, SUBJECT, TARGET, Drawing

_RANK = {part: place for place, part in enumerate((MEMBER, TARGET, LATER, LIKELY, SUBJECT, BYSTANDER))}


def together(drawings: Sequence[Drawing]) -> Drawing | None:
    """One drawing of all; of a caption that several have the first one's stands.  None of none."""
    if len(drawings) < 2:
        return drawings[0] if drawings else None
    parts: dict[str, str] = {}
    shows: dict[Link | str, tuple[str, ...]] = {}
    captions: dict[Link, Caption] = {}
    marks: dict[str, Caption] = {}
    for one in drawings:
        for key, part in one.parts.items():
            parts[key] = min(part, parts.get(key, part), key=_RANK.__getitem__)
        for shown, refs in one.shows.items():
            shows[shown] = tuple(sorted({*shows.get(shown, ()), *refs}))
        captions = {**one.captions, **captions}
        marks |= one.marks
    nodes = {node.key: node for one in drawings for node in one.subgraph.nodes}
    links = {(edge.source, edge.target, edge.type): edge for one in drawings for edge in one.subgraph.edges}
    return Drawing(
        " ".join(one.finding_id for one in drawings), Subgraph.of(nodes.values(), links.values()), parts,
        {key: place for one in reversed(drawings) for key, place in one.places.items()}, captions, marks, shows,
        tuple(sorted({ref for one in drawings for ref in one.lacking})), sum(one.left_out for one in drawings),
    )
