"""Which nodes can one mark stand for?  Leaves of one sort around one node, and what a person grouped and folded."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from graph.subgraph import Edge, Node, Subgraph
from workbench.explore.board import GROUP, OWN, Board

LEAST = 6
"""Fewer leaves than this are drawn one by one."""


def leaves(
    subgraph: Subgraph, *, opened: Set[str] = frozenset(), keep: Set[str] = frozenset(), least: int = LEAST
) -> dict[str, str]:
    """Of leaves (nodes with one neighbour) with the same label around the same node: the mark that stands for them.

    A mark's key is stable, so that it can be opened: groups in ``opened`` and nodes in ``keep`` are left out.
    """
    neighbours: dict[str, set[str]] = defaultdict(set)
    for edge in subgraph.edges:
        if edge.source != edge.target:
            neighbours[edge.source].add(edge.target)
            neighbours[edge.target].add(edge.source)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node in subgraph.nodes:
        around = neighbours.get(node.key, ())
        if len(around) == 1 and node.key not in keep:
            (owner,) = around
            if len(neighbours[owner]) > 1:
                found[owner, node.label].append(node.key)
    marks: dict[str, str] = {}
    for (owner, label), members in sorted(found.items()):
        mark = f"{GROUP}/{label} around {owner}"
        if len(members) >= least and mark not in opened:
            marks.update(dict.fromkeys(members, mark))
    return marks


def marks_of(subgraph: Subgraph, board: Board) -> dict[str, str]:
    """By node, the mark that stands for it: of a folded group of one's own, else of its leaves."""
    own = {
        key: f"{OWN}{number}" for number, group in board.groups.items() if group.folded for key in group.members
    }
    if not board.folding:
        return own
    keep = board.single | board.pinned | board.marks.keys() | {note.about for note in board.notes.values()}
    keep |= {key for path in board.paths for key in path}
    keep |= {key for group in board.groups.values() for key in group.members}
    return leaves(subgraph, opened=board.opened, keep=keep) | own


def contracted(subgraph: Subgraph, marks: Mapping[str, str]) -> Subgraph:
    """The subgraph with every node that has a mark drawn as that mark; links to it are one each type and way.

    A mark's ``members`` counts the nodes of the subgraph it stands for, ``label`` is theirs where they share one, and
    ``around`` the node that leaves hang on.
    """
    inside: dict[str, list[Node]] = defaultdict(list)
    for node in subgraph.nodes:
        if node.key in marks:
            inside[marks[node.key]].append(node)
    if not inside:
        return subgraph
    kept = [node for node in subgraph.nodes if node.key not in marks]
    groups = [Node(mark.partition("/")[2], GROUP, _told(mark, nodes)) for mark, nodes in inside.items()]
    bundles: dict[tuple[str, str, str], int] = defaultdict(int)
    edges = []
    for edge in subgraph.edges:
        source, target = marks.get(edge.source, edge.source), marks.get(edge.target, edge.target)
        if (source, target) == (edge.source, edge.target):
            edges.append(edge)
        elif source != target:
            bundles[source, target, edge.type] += 1
    edges += [Edge(source, target, type_, {"links": count}) for (source, target, type_), count in bundles.items()]
    return Subgraph.of([*kept, *groups], edges)


def members(mark: str, marks: Mapping[str, str]) -> tuple[str, ...]:
    """The nodes that a mark stands for."""
    return tuple(sorted(key for key, found in marks.items() if found == mark))


def folded_away(drawn: Subgraph) -> int:
    """How many nodes the marks of a drawn graph stand for."""
    return sum(int(node.properties["members"]) for node in drawn.nodes if node.label == GROUP)


def _told(mark: str, nodes: Iterable[Node]) -> dict[str, object]:
    listed = list(nodes)
    labels = {node.label for node in listed}
    told: dict[str, object] = {"members": len(listed), "label": labels.pop() if len(labels) == 1 else ""}
    if not mark.startswith(OWN):
        told["around"] = mark.partition(" around ")[2]
    return told
