"""What does the canvas draw of a board?  What is known of its nodes, less what is hidden, with groups folded."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.layout import positions
from graph.subgraph import Subgraph
from workbench.explore.board import Board, Place, place
from workbench.explore.filters import Weights, filtered
from workbench.explore.folds import contracted, folded_away, marks_of

ASPECT = 1.6
"""The canvas is wider than high, a layout is round."""


@dataclass(frozen=True)
class Shown:
    """``drawn`` is what is on the canvas, ``subgraph`` the same with every folded node by itself.

    ``marks``: by node of the board, the mark that stands for it.  ``hidden``: nodes not shown, by the reason (``hand``
    or a filter); ``links``: links that a filter hides; ``missing``: nodes that the graph does not have (any more);
    ``span``: least and most of the measure that is filtered by.
    """

    drawn: Subgraph
    subgraph: Subgraph
    marks: Mapping[str, str]
    hidden: Mapping[str, int]
    links: Mapping[str, int]
    missing: int
    span: tuple[float, float] | None = None

    @property
    def hides_some(self) -> bool:
        """Whether something of the board is not seen, by hand or by a filter."""
        return bool(self.hidden or self.links)

    @property
    def folded(self) -> int:
        return folded_away(self.drawn)


def shown(
    board: Board, known: Subgraph, *, weights: Weights | None = None, ranks: Mapping[str, float] | None = None
) -> Shown:
    """``known``: nodes with every link among them, of the board's and perhaps of more; the others as of filters."""
    on_board = part(known, board.nodes)
    marks = marks_of(on_board, board)  # by the whole of it: no filter folds or opens a group
    by_hand = board.hidden & board.nodes
    left = part(on_board, board.nodes - by_hand) if by_hand else on_board
    passed = filtered(left, board.filters, weights=weights, ranks=ranks)
    hidden = dict(passed.nodes)
    if count := len(on_board.nodes) - len(left.nodes):
        hidden["hand"] = count
    missing = len(board.nodes) - len(on_board.nodes)
    return Shown(contracted(passed.subgraph, marks), passed.subgraph, marks, hidden, passed.links, missing, passed.span)


def part(subgraph: Subgraph, keys: frozenset[str]) -> Subgraph:
    """The nodes of these keys, with every link among them."""
    if all(node.key in keys for node in subgraph.nodes):
        return subgraph
    return Subgraph(
        tuple(node for node in subgraph.nodes if node.key in keys),
        tuple(edge for edge in subgraph.edges if edge.source in keys and edge.target in keys),
    )


def places_for(drawn: Subgraph, places: Mapping[str, Place], *, seed: int = 7) -> dict[str, Place]:
    """Places of what is drawn and has none yet; they settle around what stands, which stays exactly where it is."""
    if all(node.key in places for node in drawn.nodes):
        return {}
    standing = {key: (x / ASPECT, y) for key, (x, y) in places.items()}
    found = positions(drawn, seed=seed, previous=standing)
    return {key: place(x * ASPECT, y) for key, (x, y) in found.items() if key not in places}
