"""The drawing of a lead: its records opened, sketched by its kind, completed from the graph."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from graph.detect.finding import Finding
from graph.layout import positions
from graph.subgraph import Edge, Node, Subgraph
from ingest.lake import Lake
from workbench.lead_graphs.caption import Caption, Link
from workbench.lead_graphs.cited import Cited, ends_of, gather, stands_for
from workbench.lead_graphs.drawing import BYSTANDER, MEMBER, NAME, SUBJECT, TARGET, Drawing
from workbench.lead_graphs.ring import ring
from workbench.lead_graphs.side_by_side import crew, recruiter, room
from workbench.lead_graphs.sketch import Sketch
from workbench.lead_graphs.star import convergence, extortion, hub
from workbench.lead_graphs.tree import owner_keys, tree

Among: TypeAlias = Callable[[list[str]], Subgraph]
MOST_NODES = 1_000
"""Beyond that many, bystanders and then targets without a cited record are left out and counted."""
_SKETCHES: Mapping[str, Callable[[Lake, Finding, Cited], Sketch]] = MappingProxyType({
    "ambush": crew, "convergence": convergence, "extortion": extortion, "hub": hub, "owner": tree,
    "recruitment": recruiter, "room": room, "shell": ring,
})


def drawing_of(lake: Lake, among: Among, finding: Finding, *, most: int = MOST_NODES) -> Drawing:
    """The lead's members and targets, and every record that it cites as a link or a node.

    ``among``: the nodes of the graph of these keys with every relationship among them (``graph.fetch.nodes``).
    A kind without an arrangement of its own, as a person's lead has, is laid out by forces.
    """
    cited = Cited.read(lake, finding)
    sketch = _SKETCHES.get(finding.kind, _plain)(lake, finding, cited)
    parts = _parts(lake, finding)
    shown = gather(sketch.shows)
    needed = {*parts, *ends_of(shown), *(node.key for node in sketch.nodes)}
    beside = [key for key in sketch.others if key not in needed]
    room_left = max(0, most - len(needed))
    keys = {*needed, *beside[:room_left]}
    others = dict.fromkeys((key for key in sketch.others if key in keys), BYSTANDER)
    own = {key: part for key, part in sketch.parts.items() if key in keys}
    parts = {**others, **own, **dict.fromkeys(sketch.subjects, SUBJECT), **parts}
    graph = _completed(among(sorted(keys)), keys, sketch.nodes, shown)
    rarity = _rarity(lake, finding, graph)
    captions = {link: rarity[link[1]] for link in shown if not isinstance(link, str) and link[1] in rarity}
    placed = {key: place for key, place in sketch.places.items() if key in keys}
    return Drawing(
        finding.finding_id, graph, parts, positions(graph, previous=placed), {**captions, **sketch.captions},
        {**rarity, **sketch.marks}, shown, cited.lacking, len(beside) - len(beside[:room_left]),
    )


def _completed(
    graph: Subgraph, keys: set[str], extra: tuple[Node, ...], shown: Mapping[Link | str, tuple[str, ...]]
) -> Subgraph:
    """With what the records tell and the graph lacks: names, ties, and what is not projected yet."""
    known = {node.key for node in graph.nodes} | {node.key for node in extra}
    bare = [Node(key.partition("/")[2], key.partition("/")[0], {}) for key in sorted(keys - known)]
    there = {(edge.source, edge.target, edge.type) for edge in graph.edges}
    told = [link for link in shown if not isinstance(link, str) and link not in there]
    return Subgraph.of((*graph.nodes, *extra, *bare), (*graph.edges, *(Edge(*link) for link in told)))


def _rarity(lake: Lake, finding: Finding, graph: Subgraph) -> dict[str, Caption]:
    """How many accounts, of all there are, have each identifier and each way of writing a name."""
    tying = [node for node in graph.nodes if node.label in ("Identifier", NAME) and node.properties.get("accounts")]
    if not tying:
        return {}
    told = (reason.values.get("accounts") for reason in finding.reasons)
    counts = [value.value for value in told if value is not None and isinstance(value.value, int)]
    everyone = max(counts) if counts else int(lake.table("accounts").count().to_pyarrow().as_py())
    return {node.key: Caption(held=int(node.properties["accounts"]), of=everyone) for node in tying}


def _parts(lake: Lake, finding: Finding) -> dict[str, str]:
    if finding.kind == "owner":
        keys = owner_keys(lake, finding.members)
        targets = [f"Company/{identity}" for identity in finding.targets]
    else:
        label = "Room" if finding.kind == "room" else "Account"
        keys = {identity: f"{label}/{identity}" for identity in finding.members}
        targets = [f"Account/{identity}" for identity in finding.targets]
    return {**dict.fromkeys(targets, TARGET), **dict.fromkeys(keys.values(), MEMBER)}


def _plain(lake: Lake, finding: Finding, cited: Cited) -> Sketch:  # noqa: ARG001
    return Sketch(tuple((link, record.ref) for record in cited.all for link in stands_for(record)), {})
