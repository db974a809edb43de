"""What is sent to the browser?  Columns of numbers, labels and opaque tokens; never an id, never markup."""

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.opaque import NOBODYS_KEY, fleeting, token
from graph.subgraph import Edge, Subgraph
from workbench.canvas.palette import DIRECTED
from workbench.canvas.words import apart_told, axis_title, axis_told, canvas_words, description
from workbench.explore.board import Board, Place
from workbench.explore.by_time import Axis
from workbench.explore.changes import MOST_CHARACTERS, MOST_TITLE
from workbench.explore.filters import Weights, weight
from workbench.language import Words
from workbench.lead_graphs import LATER, LIKELY, MEMBER, SUBJECT, TARGET, Link, on_one_line, order_told
from workbench.looks import Style, looks_of
from workbench.plain_text import plain_text

ENGLISH = Words("en", {})
NO_BOARD = Board()
LABEL_LENGTH = 64
PINNED, MEMBER_FLAG, TARGET_FLAG = 1, 2, 4
"""Bits of a node's ``flags``; whom a lead's people are sent to is named as its members are."""
MOST_CAPTIONS = 3_000
"""With more links than that only those of leads say something: nobody could read them."""
_PARTS = {
    MEMBER: MEMBER_FLAG, SUBJECT: MEMBER_FLAG, TARGET: TARGET_FLAG, LATER: TARGET_FLAG, LIKELY: TARGET_FLAG,
}
_NOBODY: Mapping[str, str] = {}
_USUAL = Style()


@dataclass(frozen=True)
class Payload:
    """``data`` for the component, and what its tokens stand for: the only ids that may come back."""

    data: dict[str, Any]
    nodes: Mapping[str, str]
    edges: Mapping[str, Edge]


@dataclass(frozen=True)
class Selection:
    """The node keys and the edge token that are selected; the browser follows whenever ``revision`` changes."""

    nodes: tuple[str, ...] = ()
    edge: str | None = None
    revision: int = 0

    @property
    def node(self) -> str | None:
        """The node that is selected alone."""
        return self.nodes[0] if len(self.nodes) == 1 else None


NO_SELECTION = Selection()


def payload(
    subgraph: Subgraph,
    places: Mapping[str, Place],
    *,
    labels: Mapping[str, str],
    key: bytes = NOBODYS_KEY,
    minors: Set[str] = frozenset(),
    board: Board = NO_BOARD,
    marks: Mapping[str, str] | None = None,
    weights: Weights | None = None,
    height: int | None = 560,
    below: int = 0,
    editable: bool = False,
    words: Words = ENGLISH,
    parts: Mapping[str, str] = _NOBODY,
    style: Style = _USUAL,
    values: Mapping[str, Mapping[str, Any]] | None = None,
    captions: Mapping[Link, str] | None = None,
    cited: Set[Link] | None = None,
    ordered: int = 0,
    axis: Axis | None = None,
    drew: str = "",
    picture: str = "",
    tab: int = 0,
) -> Payload:
    """Columns for nodes and edges of ``subgraph``.

    ``key``: the case's, for the tokens.  ``labels`` and ``places`` are by node key (a missing place is the origin),
    ``marks`` by node the mark that stands for it, ``weights`` what links weigh within a period.  ``height`` is in
    pixels, None fills the window less ``below`` pixels at its foot.  ``editable``: what is drawn may be changed.
    ``parts`` (of a lead) and ``style`` with its ``values`` give the looks; ``captions`` stand beside links; of a lead
    the links that it does not rest on (those not ``cited``) are faint; beside ``ordered`` of them their order in time
    stands, which the legend explains.  ``axis``: of a picture by time, the moments to
    be written above it.
    ``drew`` changes where what is new is to be seen, if need be by a step back.
    ``picture`` is the name of what is drawn, by which the browser finds the camera that was left for it; what is drawn
    in another ``tab`` is another picture, however alike both began.
    """
    keys = [node.key for node in subgraph.nodes]  # made anew whenever it is asked for
    index = {key: i for i, key in enumerate(keys)}
    tokens = [token(one, key) for one in keys]
    looks = looks_of(subgraph, minors=minors, parts=parts, style=style, values=values, words=words)
    drawn_as = [looks.nodes[key] for key in keys]
    kinds = {pair: i for i, pair in enumerate(sorted({(look.color, look.shape) for look in drawn_as}))}
    edge_tokens = _edge_tokens(subgraph.edges, key)
    types = {name: i for i, name in enumerate(sorted({edge.type for edge in subgraph.edges}))}
    where = [places.get(key, (0.0, 0.0)) for key in keys]
    told = _captions_of(subgraph.edges, captions)
    data = {
        "nodes": {
            "id": tokens,
            "label": [
                plain_text(labels.get(key, node.id), limit=LABEL_LENGTH)
                for key, node in zip(keys, subgraph.nodes, strict=True)
            ],
            "x": [x for x, _ in where],
            "y": [y for _, y in where],
            "size": [look.size for look in drawn_as],
            "kind": [kinds[look.color, look.shape] for look in drawn_as],
            "flags": [PINNED * (key in board.pinned) | _PARTS.get(parts.get(key, ""), 0) for key in keys],
            "mark": [board.marks.get(key, "") for key in keys],
        },
        "edges": {
            "id": edge_tokens,
            "source": [index[edge.source] for edge in subgraph.edges],
            "target": [index[edge.target] for edge in subgraph.edges],
            "width": [_width(edge, weights) for edge in subgraph.edges],
            "type": [types[edge.type] for edge in subgraph.edges],
            "label": told,
            "behind": on_one_line(subgraph.edges, told, words),
            "quiet": [0 if cited is None else 2 if _link(edge) in cited else 1 for edge in subgraph.edges],
        },
        "kinds": [{"color": color, "shape": shape} for color, shape in kinds],
        "legend": [
            {"name": entry.name, "color": entry.color, "shape": entry.shape, "count": entry.count}
            for entry in looks.legend
        ] + ([{"name": order_told(words), "count": ordered}] if ordered else []),
        "labels": {"nodes": style.labels, "links": style.link_labels},
        "types": [{"name": name, "arrow": name in DIRECTED} for name in types],
        "groups": _groups(board, index, marks or {}),
        "notes": [
            {
                "id": number, "text": note.text, "x": note.place[0], "y": note.place[1], "color": note.color,
                "about": token(note.about, key) if note.about in index else None,
            }
            for number, note in board.notes.items()
        ],
        "axis": _axis(axis, words),
        "topology": fleeting("\n".join((*tokens, *edge_tokens))),
        "height": height,
        "below": below,
        "frame": f"{tab} {board.frame}" if tab else board.frame,
        "picture": picture,
        "drew": drew,
        "editable": editable,
        "description": description(len(tokens), len(edge_tokens), words, editable=editable),
        "words": canvas_words(words),
        "most": {"group": MOST_TITLE, "note": MOST_CHARACTERS},
    }
    return Payload(
        data=data,
        nodes=dict(zip(tokens, keys, strict=True)),
        edges=dict(zip(edge_tokens, subgraph.edges, strict=True)),
    )


def _axis(axis: Axis | None, words: Words) -> dict[str, Any] | None:
    if axis is None:
        return None
    return {
        "title": axis_title(axis, words),
        "ticks": [one._asdict() for one in axis_told(axis, words)],
        "apart": {"x": axis.apart[0], "y": axis.apart[1], "text": apart_told(axis, words)} if axis.apart else None,
    }


def _groups(board: Board, index: Mapping[str, int], marks: Mapping[str, str]) -> list[dict[str, Any]]:
    """A person's groups that are drawn open: their title and which of the drawn nodes they hold."""
    found = []
    for number, group in board.groups.items():
        members = [index[key] for key in group.members if key in index and key not in marks]
        if members:
            title = plain_text(group.title, limit=80)
            found.append({"id": number, "title": title, "color": group.color, "members": members})
    return found


def _edge_tokens(edges: Sequence[Edge], key: bytes) -> list[str]:
    """Tokens by ends and type, and by a running number where several edges share them."""
    seen: dict[str, int] = {}
    names = []
    for edge in edges:
        ends = f"edge\n{edge.source}\n{edge.target}\n{edge.type}"
        number = seen.get(ends, 0)
        seen[ends] = number + 1
        names.append(token(f"{ends}\n{number}", key))
    return names


def _link(edge: Edge) -> Link:
    return edge.source, edge.target, edge.type


def _captions_of(edges: Sequence[Edge], captions: Mapping[Link, str] | None) -> list[str]:
    """What stands beside each link; nothing where there is no caption for it."""
    if not captions:
        return [""] * len(edges)
    return [plain_text(text, limit=80) if (text := captions.get(_link(edge))) else "" for edge in edges]


def _width(edge: Edge, weights: Weights | None) -> float:
    """Pixels: one for a single message, logarithmic above."""
    within = (weights or {}).get((edge.source, edge.target, edge.type))
    return _pixels(weight(edge) if within is None else within)


@cache  # of few weights are many links
def _pixels(weighs: float) -> float:
    return round(min(5.0, 0.8 + 0.38 * math.log2(max(weighs, 1.0))), 2)
