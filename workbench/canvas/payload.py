"""What is sent to the browser?  Columns of numbers, labels and opaque tokens; never an id, never markup."""

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from graph.opaque import token
from graph.subgraph import Edge, Subgraph
from workbench.canvas.palette import DIRECTED, KINDS, kind_of
from workbench.language import Words
from workbench.plain_text import plain_text

ENGLISH = Words("en", {})
LABEL_LENGTH = 32
ASPECT = 1.6  # the canvas is wider than high, a layout is round


@dataclass(frozen=True)
class Payload:
    """``data`` for the component, and what its tokens stand for: the only ids that may come back."""

    data: dict[str, Any]
    nodes: Mapping[str, str]
    edges: Mapping[str, Edge]


@dataclass(frozen=True)
class Selection:
    """The node key or the edge token that is selected; the browser follows whenever ``revision`` changes."""

    node: str | None = None
    edge: str | None = None
    revision: int = 0


def payload(
    subgraph: Subgraph,
    positions: Mapping[str, tuple[float, float]],
    *,
    labels: Mapping[str, str],
    minors: Set[str] = frozenset(),
    selection: Selection = Selection(),
    path: Sequence[str] = (),
    arrangement: int = 0,
    height: int = 560,
    words: Words = ENGLISH,
) -> Payload:
    """Columns for nodes and edges of ``subgraph``.

    ``labels`` and ``positions`` are by node key (a missing position is the origin), ``path`` is a walk of node keys.
    """
    index = {node.key: i for i, node in enumerate(subgraph.nodes)}
    tokens = [token(node.key) for node in subgraph.nodes]
    degree = Counter(end for edge in subgraph.edges for end in {edge.source, edge.target})
    kinds = [kind_of(node, minor=node.key in minors) for node in subgraph.nodes]
    shown = Counter(kinds)
    edge_tokens = _edge_tokens(subgraph.edges)
    types = sorted({edge.type for edge in subgraph.edges})
    places = [positions.get(node.key, (0.0, 0.0)) for node in subgraph.nodes]
    steps = {frozenset(pair) for pair in itertools.pairwise(path)}
    columns = {
        "nodes": {
            "id": tokens,
            "label": [plain_text(labels.get(node.key, node.id), limit=LABEL_LENGTH) for node in subgraph.nodes],
            "x": [round(float(x) * ASPECT, 4) for x, _ in places],
            "y": [round(float(y), 4) for _, y in places],
            "size": [round(min(15.0, 4.0 + 1.6 * math.sqrt(degree[node.key])), 2) for node in subgraph.nodes],
            "kind": kinds,
        },
        "edges": {
            "id": edge_tokens,
            "source": [index[edge.source] for edge in subgraph.edges],
            "target": [index[edge.target] for edge in subgraph.edges],
            "width": [_width(edge) for edge in subgraph.edges],
            "type": [types.index(edge.type) for edge in subgraph.edges],
        },
    }
    return Payload(
        data={
            **columns,
            "kinds": [
                {"name": words.gettext(kind.name), "color": kind.color, "shape": kind.shape, "count": shown[i]}
                for i, kind in enumerate(KINDS)
            ],
            "types": [{"name": name, "arrow": name in DIRECTED} for name in types],
            "selection": {
                "node": token(selection.node) if selection.node in index else None,
                "edge": selection.edge if selection.edge in edge_tokens else None,
                "revision": selection.revision,
            },
            "path": {
                "nodes": [tokens[index[key]] for key in path if key in index],
                "edges": [
                    name
                    for name, edge in zip(edge_tokens, subgraph.edges, strict=True)
                    if frozenset((edge.source, edge.target)) in steps
                ],
            },
            "topology": token("\n".join((*tokens, *edge_tokens))),
            "arrangement": arrangement,
            "height": height,
            "description": words.gettext(
                "Graph of {nodes} nodes and {links} links. Arrow keys walk between neighbours, Enter "
                "selects, E expands, plus and minus zoom, 0 fits, Escape clears. The table below holds the same.",
                nodes=len(tokens), links=len(edge_tokens),
            ),
            "words": _controls(words),
        },
        nodes=dict(zip(tokens, (node.key for node in subgraph.nodes), strict=True)),
        edges=dict(zip(edge_tokens, subgraph.edges, strict=True)),
    )


def _controls(words: Words) -> dict[str, str]:
    """What the canvas's controls are called, and what it tells a screen reader; the browser fills the places."""
    return {
        "tools": words.gettext("Graph view"), "legend": words.gettext("Legend"),
        "expand": words.gettext("Expand the selected node"), "in": words.gettext("Zoom in"),
        "out": words.gettext("Zoom out"), "fit": words.gettext("Fit the graph"),
        "selected": words.gettext("{name} is selected"), "expanding": words.gettext("{name} is expanded"),
        "reached": words.gettext("{name}, links: {number}"),
    }


def _edge_tokens(edges: Sequence[Edge]) -> list[str]:
    """Tokens by ends and type, and by a running number where several edges share them."""
    seen: Counter[tuple[str, str, str]] = Counter()
    names = []
    for edge in edges:
        ends = (edge.source, edge.target, edge.type)
        names.append(token("\n".join(("edge", *ends, str(seen[ends])))))
        seen[ends] += 1
    return names


def _width(edge: Edge) -> float:
    """Pixels: one for a single message, logarithmic above."""
    weight = edge.properties.get("messages") or edge.properties.get("times") or 1
    return round(min(5.0, 0.8 + 0.38 * math.log2(max(float(weight), 1.0))), 2)
