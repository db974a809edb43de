"""What is said beside the lines of a page?  As on the canvas: one text for all links of two nodes."""

from collections import defaultdict
from typing import Any

from graph.subgraph import Subgraph
from workbench.explore.filters import weight
from workbench.exports.pictures.scene import Scene
from workbench.exports.pictures.visible import visible
from workbench.lead_graphs import on_one_line


def link_labels(subgraph: Subgraph, scene: Scene) -> list[dict[str, Any]]:
    """Of each pair of nodes the numbers of its links, the first of which says the ``text``; the weightiest pair first.

    A lead's own link comes before the others, then the heaviest.  ``always``: not only once one of them is selected.
    """
    pairs: dict[frozenset[str], list[int]] = defaultdict(list)
    edges = subgraph.edges
    captions = [visible(scene.caption(edge)) if scene.named else "" for edge in edges]
    behind = on_one_line(edges, captions, scene.words)
    for number, edge in enumerate(edges):
        pairs[frozenset((edge.source, edge.target))].append(number)
    found = []
    for numbers in pairs.values():
        held = sorted(numbers, key=lambda i: (not scene.stands_out(edges[i]), -weight(edges[i]), i))
        first = edges[held[0]]
        text = captions[held[0]]
        if text and behind[held[0]]:
            text = f"{text} · {behind[held[0]]}"
        if text:
            always = scene.words_on_links and scene.stands_out(first)
            found.append((-max(weight(edges[i]) for i in held), held[0],
                          {"edges": [f"e{i}" for i in held], "text": text, "always": always}))
    return [told for _weight, _number, told in sorted(found, key=lambda one: one[:2])]
