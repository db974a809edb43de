"""What is on the canvas?  A board with what the graph holds of its nodes; each step gives a new value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from graph.fetch import Fetched, Paths
from graph.opaque import fleeting
from graph.subgraph import Edge, Node, Subgraph
from workbench.canvas.payload import Selection
from workbench.explore import changes
from workbench.explore.board import GROUP, Board, Place
from workbench.explore.by_time import Axis, Firsts, axis_of
from workbench.explore.filters import ALL, Filters, Weights, weight
from workbench.explore.folds import members
from workbench.explore.history import History
from workbench.explore.shown import Shown, part, places_for, shown
from workbench.language import Words

LIMITS = (100, 200, 300, 500, 1_000, 2_000, 5_000, 10_000)
DEFAULT_LIMIT = 300
_NOTHING = Subgraph()
_UNSELECTED = Selection()
_BEGUN = History()
_DRAWING = ("expand", "common", "path", "open group")  # steps that draw beside what there is
_FOUND = ("shown", "subgraph", "places", "_unhidden", "axis", "_drawn")  # what a view finds of its board at first use


@dataclass(frozen=True)
class View:
    """The board with its steps, and what is ``known`` of its nodes: their data, with every link among them.

    ``note`` says in words what the last step left out.  ``weights``: messages and uses of links within the period
    that is filtered by; None where none is.  ``firsts``: when those of the board's own period begin.  ``ranks``: a
    measure of the whole case and, by account's key, its values; None where none is filtered by.  ``playing``: the
    period (since, until) that is looked at for a moment in place of the board's, while the strip plays: no change of
    the board, so no step.
    """

    history: History = _BEGUN
    known: Subgraph = _NOTHING
    selection: Selection = _UNSELECTED
    note: str = ""
    weights: Weights | None = None
    firsts: Firsts | None = None
    ranks: tuple[str, Mapping[str, float]] | None = None
    playing: tuple[str, str] | None = None

    @property
    def filters(self) -> Filters:
        """Those of the board, for the period that is looked at."""
        if self.playing is None:
            return self.board.filters
        return replace(self.board.filters, since=self.playing[0], until=self.playing[1])

    @property
    def board(self) -> Board:
        return self.history.board

    @property
    def empty(self) -> bool:
        return self.board.empty

    @property
    def drew(self) -> str:
        """Names the last step where it drew something that is to be seen; empty after any other, or one undone."""
        done = self.history.done
        told = done and done[-1].name in _DRAWING and not self.history.undone
        return fleeting(f"{len(done)} {done[-1].name} {len(self.board.nodes)}") if told else ""

    @cached_property
    def shown(self) -> Shown:
        board = replace(self.board, filters=self.filters)
        return shown(board, self.known, weights=self.weights, ranks=_ranks(self, self.filters))

    @property
    def unhidden(self) -> Subgraph:
        """What would be drawn were nothing hidden, by hand or by a filter."""
        return self._unhidden.drawn

    @cached_property
    def _unhidden(self) -> Shown:
        if not self.board.hidden and not self.filters.any:
            return self.shown
        return shown(all_shown(self.board), self.known)

    @property
    def drawn(self) -> Subgraph:
        return self.shown.drawn

    @cached_property
    def subgraph(self) -> Subgraph:
        """Everything on the board, hidden or folded as it may be."""
        return part(self.known, self.board.nodes)

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Of everything drawn; what the board has no place for (as the graph has changed) is found one."""
        return {**self.board.places, **places_for(self.drawn, self.board.places)}

    @cached_property
    def axis(self) -> Axis | None:
        """The moments above a picture ordered by time, also where some of it is hidden since."""
        return axis_of(self.board, self.shown, self._unhidden, self.places, firsts=self.firsts)

    @cached_property
    def _drawn(self) -> Mapping[str, Node]:
        return {node.key: node for node in self.drawn.nodes}

    def node(self, key: str | None) -> Node | None:
        """The drawn node of that key."""
        return self._drawn.get(key or "")

    @property
    def selected(self) -> Node | None:
        """The drawn node that is selected alone."""
        return self.node(self.selection.node)

    def unfolded(self, keys: Iterable[str]) -> frozenset[str]:
        """The nodes on the board that these drawn ones stand for."""
        found: set[str] = set()
        for key in keys:
            found |= set(members(key, self.shown.marks)) if key.startswith(f"{GROUP}/") else {key}
        return frozenset(found) & self.board.nodes


def changed(view: View, board: Board, step: str, *, count: int = 0, note: str = "") -> View:
    """The view after a change of its board: one step, with places for whatever is drawn anew."""
    found = shown(board, view.known, weights=view.weights, ranks=_ranks(view, board.filters))
    board = replace(board, places={**board.places, **places_for(found.drawn, board.places)})
    board = changes.beside(view.board, board)
    return settled(replace(view, history=view.history.then(board, step, count=count), note=note))


def _ranks(view: View, filters: Filters) -> Mapping[str, float] | None:
    """What the view knows of the measure that is filtered by; None where it knows another, or none."""
    return view.ranks[1] if view.ranks is not None and view.ranks[0] == filters.measure else None


def settled(view: View) -> View:
    """The view with nothing selected that is not drawn."""
    nodes = tuple(key for key in view.selection.nodes if view.node(key) is not None)
    return view if nodes == view.selection.nodes else chosen(view, nodes=nodes)


def learned(view: View, found: Subgraph) -> View:
    """The view with what was fetched known to it; its board is as it was."""
    return replace(view, known=view.known | found) if found.nodes else view


def begin(
    found: Fetched, words: Words, *, what: str, select: str | None = None, folding: bool = True, before: View = View(),
    step: str = "begin", board: Board | None = None,
) -> View:
    """A view of what was fetched alone, a step from what was drawn ``before``; ``board``: as it is to be drawn."""
    keys = [node.key for node in found.subgraph.nodes]
    board = changes.added(board or Board(folding=folding), keys, single=[select] if select else [])
    board = replace(board, frame=fleeting("\n".join(sorted(keys))))
    selection = Selection((), None, before.selection.revision + 1)
    view = replace(before, known=found.subgraph, selection=selection)
    view = changed(view, board, step, count=len(keys), note=left_out(found, what, words))
    return chosen(view, nodes=[select]) if select else view


def grown(
    view: View, found: Fetched, words: Words, *, what: str, limit: int, select: str | None = None, step: str = "expand"
) -> View:
    """The view with what was fetched added; what stands stays where it is.

    Nodes past ``limit`` are left out and counted in the note: those with the fewest links among the new ones.
    """
    present = view.board.nodes
    new = [node.key for node in found.subgraph.nodes if node.key not in present]
    room = max(0, limit - len(present))
    note = left_out(found, what, words)
    if len(new) > room:
        degree: dict[str, int] = {}
        for edge in found.subgraph.edges:
            for end in (edge.source, edge.target):
                degree[end] = degree.get(end, 0) + 1
        ranked = sorted(new, key=lambda key: (key != select, -degree.get(key, 0), key))
        said = words.gettext(
            "{what}: {added} of {new} new nodes added, the limit of {limit} is reached.",
            what=what, added=room, new=len(new), limit=limit,
        )
        note = f"{said} {note}".strip()
        new = ranked[:room]
    seen = frozenset(node.key for node in found.subgraph.nodes) & present
    alone = [select] if select and select in {*new, *present} else []
    view = learned(view, found.subgraph)
    view = changed(view, changes.added(view.board, {*new, *seen}, single=alone), step, count=len(new), note=note)
    return chosen(view, nodes=alone) if alone else view


def without(view: View, keys: Iterable[str]) -> View:
    """The view without these nodes (for a mark: without all it stands for)."""
    gone = view.unfolded(keys)
    return changed(view, changes.removed(view.board, gone), "remove", count=len(gone))


def unfolded(view: View, group: str) -> View:
    """The view with one group opened."""
    return changed(view, changes.opened(view.board, group), "open group")


def folding(view: View, *, on: bool) -> View:
    """The view with leaves folded into groups, all of them, or drawn one by one."""
    if view.board.folding == on:
        return view
    return changed(view, replace(view.board, folding=on, opened=frozenset()), "fold")


def arranged(view: View) -> View:
    """The view laid out anew; what is pinned stays."""
    pinned = {key: where for key, where in view.board.places.items() if key in view.board.pinned}
    places = {**view.board.places, **pinned, **places_for(view.drawn, pinned)}
    return changed(view, replace(view.board, places=places, layout="force", frame=framed(view)), "arrange")


def framed(view: View) -> str:
    """Another frame than that of any step before: all of the picture is to be seen."""
    return fleeting(f"{view.board.frame} {len(view.history.done)}")


def cleared(view: View) -> View:
    """Nothing drawn; a step like any other."""
    return changed(view, Board(folding=view.board.folding), "clear") if not view.empty else view


def all_shown(board: Board) -> Board:
    """Nothing hidden, neither by hand nor by a filter."""
    return replace(changes.unhidden(board), filters=ALL)


def played(view: View, since: str, until: str) -> View:
    """The view of another period, for a moment; of the board's own without one."""
    return replace(view, playing=(since, until) if since or until else None)


def undone(view: View) -> View:
    return settled(replace(view, history=view.history.undo(), note=""))


def redone(view: View) -> View:
    return settled(replace(view, history=view.history.redo(), note=""))


def chosen(view: View, *, nodes: Iterable[str] = (), edge: str | None = None) -> View:
    """The view with another selection that the browser has to follow."""
    return _selected(view, Selection(tuple(nodes), edge, view.selection.revision + 1))


def picked(view: View, *, nodes: Iterable[str] = (), edge: str | None = None) -> View:
    """The view with the selection that the browser made itself."""
    return _selected(view, Selection(tuple(nodes), edge, view.selection.revision))


def _selected(view: View, selection: Selection) -> View:
    """The same drawing, found once, with another selection: a click costs no look at thousands of nodes."""
    other = replace(view, selection=selection)
    other.__dict__.update({name: view.__dict__[name] for name in _FOUND if name in view.__dict__})
    return other


def with_paths(view: View, found: Paths, words: Words) -> View:
    """The view with all paths that were found drawn and lit; where there is none only the note changes.

    ``view`` knows the nodes on them already.
    """
    if not found.walks:
        none = words.gettext("There is no path between them.")
        note = f"{none} {fetch_note(found, words)}".strip()
        return changed(view, replace(view.board, paths=(), lit=None), "path", note=note)
    if len({(walk[0], walk[-1]) for walk in found.walks}) == 1:
        note = words.ngettext(
            "A path of {number} step; {shown} of {total} equally short ones are drawn.",
            "A path of {number} steps; {shown} of {total} equally short ones are drawn.",
            len(found.walks[0]) - 1, shown=found.shown, total=found.total,
        )
    else:
        note = words.gettext("{shown} of {total} shortest paths are drawn.", shown=found.shown, total=found.total)
    keys = [node.key for node in found.subgraph.nodes]
    board = replace(changes.added(view.board, keys, single=keys[:200]), paths=found.walks, lit=None)
    note = f"{note} {fetch_note(found, words)}".strip()
    return changed(view, board, "path", count=len(found.walks), note=note)


def strength(edge: Edge) -> float:
    """How strong a tie is, for what is drawn first."""
    return weight(edge)


def subgraph_of(nodes: Iterable[Node]) -> Subgraph:
    """Nodes without links."""
    return Subgraph.of(nodes, ())


def node_total(counts: Mapping[str, int]) -> int:
    """Nodes of all labels; relationship types are written in capitals and not counted."""
    return sum(count for name, count in counts.items() if not name.isupper())


def left_out(found: Fetched, what: str, words: Words) -> str:
    """How much of what there is was fetched, as sentences; empty where all was."""
    counted = words.gettext(
        "{what}: {shown} of {total} shown, the strongest ties first.", what=what, shown=found.shown, total=found.total
    ) if found.shown < found.total else ""
    return f"{counted} {fetch_note(found, words)}".strip()


def fetch_note(found: Fetched, words: Words) -> str:
    """What the fetch left out, as a sentence of its own."""
    note = words.joined(words.gettext(one.message, number=one.number) for one in found.notes)
    return f"{note[:1].upper()}{note[1:]}." if note else ""
