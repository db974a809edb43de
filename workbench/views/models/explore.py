"""What is on the canvas?  A subgraph that grows and shrinks by steps, each a new value; nothing here draws."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import networkx as nx
import pandas as pd

from graph.fetch import Fetched
from graph.layout import positions
from graph.subgraph import Edge, Node, Subgraph
from workbench.canvas.payload import Payload, Selection, payload
from workbench.kinds import kind_label
from workbench.language import Words
from workbench.minor_nodes import is_minor
from workbench.plain_text import plain_text
from workbench.views.models.groups import GROUP, fold, folded_away
from workbench.views.models.names import NAMING, Names

LIMITS = (100, 200, 300, 500, 1_000, 2_000)
DEFAULT_LIMIT = 300
_NOTHING = Subgraph()
_UNSELECTED = Selection()
_FIRST = ("messages", "replies", "initiated", "days", "first_at", "last_at")


@dataclass(frozen=True)
class View:
    """The fetched ``subgraph``, what is ``drawn`` of it (leaves folded into groups), and where.

    ``total`` is how many nodes the last step could have shown, ``note`` says in words what it left out.
    """

    subgraph: Subgraph = _NOTHING
    drawn: Subgraph = _NOTHING
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    folding: bool = True
    opened: frozenset[str] = frozenset()
    selection: Selection = _UNSELECTED
    path: tuple[str, ...] = ()
    arrangement: int = 0
    note: str = ""

    @property
    def empty(self) -> bool:
        return not self.subgraph.nodes

    def node(self, key: str | None) -> Node | None:
        """The drawn node of that key."""
        return next((node for node in self.drawn.nodes if node.key == key), None)


def begin(found: Fetched, words: Words, *, what: str, select: str | None = None, folding: bool = True) -> View:
    """A new view of what was fetched."""
    view = View(folding=folding, arrangement=1, note=_left_out(found, what, words))
    return _drawn(chosen(replace(view, subgraph=found.subgraph), node=select), anew=True)


def grown(
    view: View, found: Fetched, words: Words, *, what: str, limit: int, select: str | None = None
) -> View:
    """The view with what was fetched added; what stands stays where it is.

    Nodes past ``limit`` are left out and counted in the note: those with the fewest links among the new ones.
    """
    present = {node.key for node in view.subgraph.nodes}
    new = [node for node in found.subgraph.nodes if node.key not in present]
    room = max(0, limit - len(present))
    note = _left_out(found, what, words)
    added = found.subgraph
    if len(new) > room:
        degree: dict[str, int] = {}
        for edge in found.subgraph.edges:
            for end in (edge.source, edge.target):
                degree[end] = degree.get(end, 0) + 1
        ranked = sorted(new, key=lambda node: (-degree.get(node.key, 0), node.key))
        kept = present | {node.key for node in ranked[:room]}
        added = Subgraph.of((node for node in added.nodes if node.key in kept), added.edges)
        said = words.gettext(
            "{what}: {added} of {new} new nodes added, the limit of {limit} is reached.",
            what=what, added=room, new=len(new), limit=limit,
        )
        note = f"{said} {note}".strip()
    view = replace(view, subgraph=view.subgraph | added, note=note)
    return _drawn(chosen(view, node=select) if select else view)


def without(view: View, key: str) -> View:
    """The view without a node (for a group: without all it stands for)."""
    gone = {key}
    group = view.node(key)
    if group is not None and group.label == GROUP:
        shown = {node.key for node in view.drawn.nodes}
        around, label = group.properties["around"], group.properties["label"]
        touching = {edge.source for edge in view.subgraph.edges if edge.target == around}
        touching |= {edge.target for edge in view.subgraph.edges if edge.source == around}
        gone |= {node.key for node in view.subgraph.nodes if node.label == label and node.key in touching - shown}
    nodes = [node for node in view.subgraph.nodes if node.key not in gone]
    path = () if gone & set(view.path) else view.path
    left = replace(view, subgraph=Subgraph.of(nodes, view.subgraph.edges), path=path, note="")
    return chosen(_drawn(left))


def unfolded(view: View, group: str) -> View:
    """The view with one group opened."""
    return chosen(_drawn(replace(view, opened=view.opened | {group})))


def folding(view: View, *, on: bool) -> View:
    return view if view.folding == on else _drawn(replace(view, folding=on, opened=frozenset()))


def arranged(view: View) -> View:
    """The view laid out anew."""
    return _drawn(replace(view, arrangement=view.arrangement + 1), anew=True)


def redrawn(view: View) -> View:
    """The view with what it draws found anew; what has a place keeps it."""
    return _drawn(view)


def chosen(view: View, *, node: str | None = None, edge: str | None = None) -> View:
    """The view with another selection that the browser has to follow."""
    return replace(view, selection=Selection(node, edge, view.selection.revision + 1))


def picked(view: View, *, node: str | None = None, edge: str | None = None) -> View:
    """The view with the selection that the browser made itself."""
    return replace(view, selection=Selection(node, edge, view.selection.revision))


def with_path(view: View, found: Fetched, words: Words, source: str, target: str, *, limit: int) -> View:
    """The view with one of the shortest paths marked; where there is none only the note changes."""
    graph = found.subgraph.to_networkx().to_undirected(as_view=True)
    none = words.gettext("There is no path between the two.")
    if source not in graph or target not in graph or not nx.has_path(graph, source, target):
        return replace(view, path=(), note=f"{none} {_sentence(found, words)}".strip())
    walk = tuple(nx.shortest_path(graph, source, target))
    room = max(limit, len(view.subgraph.nodes) + len(walk))
    told = words.ngettext(
        "A path of {number} step; {shown} of {total} equally short ones are drawn.",
        "A path of {number} steps; {shown} of {total} equally short ones are drawn.",
        len(walk) - 1, shown=found.shown, total=found.total,
    )
    note = f"{told} {_sentence(found, words)}"
    added = grown(view, replace(found, shown=0, total=0, notes=()), words, what=words.gettext("Path"), limit=room)
    return _drawn(replace(added, path=walk, note=" ".join((note.strip(), added.note)).strip()))


def drawing(view: View, names: Names, words: Words, *, height: int) -> Payload:
    """The payload for the canvas."""
    minors = {node.key for node in view.drawn.nodes if is_minor(node)}
    labels = {node.key: label_of(node, names, words) for node in view.drawn.nodes}
    return payload(
        view.drawn,
        view.places,
        labels=labels,
        minors=minors,
        selection=view.selection,
        path=view.path,
        arrangement=view.arrangement,
        height=height,
        words=words,
    )


def subgraph_of(nodes: Iterable[Node]) -> Subgraph:
    """Nodes without links."""
    return Subgraph.of(nodes, ())


def node_total(counts: Mapping[str, int]) -> int:
    """Nodes of all labels; relationship types are written in capitals and not counted."""
    return sum(count for name, count in counts.items() if not name.isupper())


def label_of(node: Node, names: Names, words: Words) -> str:
    if node.label == GROUP:
        return words.gettext(
            "{label}: {number} nodes", label=words.gettext(node.properties["label"]), number=node.properties["members"]
        )
    if node.label == "Finding":
        kind = kind_label(str(node.properties.get("kind") or words.gettext("Lead")), words)
        return plain_text(f"{kind} ({words.gettext(str(node.properties.get('tier', '')))})")
    return names.of(node.id)


def shown(view: View, words: Words, *, total: int) -> str:
    """How much of the case is on the canvas, and what is not."""
    nodes, folded = len(view.subgraph.nodes), folded_away(view.drawn)
    if folded:
        return words.gettext(
            "Showing {shown} of {total} nodes, {folded} of them folded into groups.",
            shown=nodes, total=total, folded=folded,
        )
    return words.gettext("Showing {shown} of {total} nodes.", shown=nodes, total=total)


def node_rows(view: View, names: Names, words: Words) -> pd.DataFrame:
    """The table twin of the picture: one row a drawn node, the most linked first; ``key`` is the last column."""
    _ = words.gettext
    links: dict[str, int] = {}
    for edge in view.drawn.edges:
        for end in {edge.source, edge.target}:
            links[end] = links.get(end, 0) + 1
    ordered = sorted(view.drawn.nodes, key=lambda node: (-links.get(node.key, 0), node.key))
    rows = [
        (
            label_of(node, names, words), _("Minor") if is_minor(node) else _(node.label),
            "" if node.label == GROUP else names.identity(node.id), links.get(node.key, 0),
            node.properties.get("messages"), node.key,
        )
        for node in ordered
    ]
    return pd.DataFrame(rows, columns=[_("Name"), _("Kind"), _("Id"), _("Links"), _("Messages"), "key"])


def edge_rows(view: View, names: Names, words: Words) -> pd.DataFrame:
    """One row a drawn link, the weightiest first."""
    _ = words.gettext
    nodes = {node.key: node for node in view.drawn.nodes}
    rows = [
        (
            label_of(nodes[edge.source], names, words), _(edge.type), label_of(nodes[edge.target], names, words),
            *(edge.properties.get(name) for name in _FIRST),
        )
        for edge in sorted(view.drawn.edges, key=lambda edge: -float(edge.properties.get("messages") or 0))
    ]
    frame = pd.DataFrame(rows, columns=[_("From"), _("Relationship"), _("To"), *(_(name) for name in _FIRST)])
    return frame.dropna(axis="columns", how="all")


def properties(item: Node | Edge, names: Names) -> dict[str, Any]:
    """Properties for the details panel; what would name a masked minor is masked."""
    shown_values: dict[str, Any] = {}
    if isinstance(item, Node) and item.label != GROUP:
        shown_values["id"] = names.identity(item.id)
    for name, value in sorted(item.properties.items()):
        if name in ("id", "batch_id") or value is None:
            continue
        naming = isinstance(item, Node) and name in NAMING and names.masked(item.id)
        shown_values[name] = shown_values["id"] if naming else _value(value)
    if "batch_id" in item.properties:
        shown_values["batch_id"] = item.properties["batch_id"]
    return shown_values


def measure_rows(frame: pd.DataFrame, view: View, names: Names, words: Words) -> pd.DataFrame:
    """The measures with names in place of keys."""
    nodes = {node.key: node for node in view.drawn.nodes}
    table = frame.copy()
    table.insert(0, "name", [label_of(nodes[str(key)], names, words) for key in frame.index])
    table = table.reset_index(drop=True)  # the index holds keys
    return table.rename(columns=lambda column: words.gettext(str(column)))


def _drawn(view: View, *, anew: bool = False) -> View:
    keep = {key for key in (*view.path, view.selection.node) if key}
    drawn = fold(view.subgraph, opened=view.opened, keep=keep) if view.folding else view.subgraph
    places = positions(drawn, previous=None if anew else dict(view.places))
    return replace(view, drawn=drawn, places=places)


def _left_out(found: Fetched, what: str, words: Words) -> str:
    counted = words.gettext(
        "{what}: {shown} of {total} shown, the strongest ties first.", what=what, shown=found.shown, total=found.total
    ) if found.shown < found.total else ""
    return f"{counted} {_sentence(found, words)}".strip()


def _sentence(found: Fetched, words: Words) -> str:
    """What the fetch left out, as a sentence of its own."""
    note = "; ".join(words.gettext(one.message, number=one.number) for one in found.notes)
    return f"{note[:1].upper()}{note[1:]}." if note else ""


def _value(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).replace("+00:00", "Z")
    return plain_text(str(value), limit=400)
