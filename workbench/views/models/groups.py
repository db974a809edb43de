"""Which nodes can one mark stand for?  Leaves of one sort around one node, folded with their count."""

from collections import defaultdict
from collections.abc import Set

from graph.subgraph import Edge, Node, Subgraph

GROUP = "Group"
LEAST = 6
"""Fewer leaves than this are drawn one by one."""


def fold(
    subgraph: Subgraph, *, opened: Set[str] = frozenset(), keep: Set[str] = frozenset(), least: int = LEAST
) -> Subgraph:
    """Leaves (nodes with one neighbour only) of the same label around the same node become one Group node.

    A group's ``members`` counts them; its id is stable, so that it can be opened: groups in ``opened`` and nodes in
    ``keep`` are drawn as they are.
    """
    neighbours: dict[str, set[str]] = defaultdict(set)
    for edge in subgraph.edges:
        if edge.source != edge.target:
            neighbours[edge.source].add(edge.target)
            neighbours[edge.target].add(edge.source)
    leaves: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in subgraph.nodes:
        around = neighbours[node.key]
        if len(around) == 1 and node.key not in keep:
            (owner,) = around
            if len(neighbours[owner]) > 1:
                leaves[(owner, node.label)].append(node)
    folded: dict[str, str] = {}
    groups: list[Node] = []
    for (owner, label), members in sorted(leaves.items()):
        identity = f"{label} around {owner}"
        if len(members) >= least and f"{GROUP}/{identity}" not in opened:
            group = Node(identity, GROUP, {"members": len(members), "label": label, "around": owner})
            groups.append(group)
            folded.update(dict.fromkeys((node.key for node in members), group.key))
    if not groups:
        return subgraph
    kept = [node for node in subgraph.nodes if node.key not in folded]
    bundles: dict[tuple[str, str, str], int] = defaultdict(int)
    edges = []
    for edge in subgraph.edges:
        ends = (folded.get(edge.source, edge.source), folded.get(edge.target, edge.target))
        if ends == (edge.source, edge.target):
            edges.append(edge)
        else:
            bundles[(*ends, edge.type)] += 1
    edges += [Edge(source, target, kind, {"links": count}) for (source, target, kind), count in bundles.items()]
    return Subgraph.of([*kept, *groups], edges)


def folded_away(drawn: Subgraph) -> int:
    """How many nodes the groups of a drawn graph stand for."""
    return sum(int(node.properties["members"]) for node in drawn.nodes if node.label == GROUP)
