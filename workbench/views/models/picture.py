"""How is a view written down, so that an address can name it?  Which nodes are drawn where, and what is folded."""

import json
from dataclasses import replace
from typing import Any

from graph.fetch import Fetched
from workbench.language import Words
from workbench.views.models.explore import View, begin, folding, redrawn

_DIGITS = 4


def written(view: View) -> str:
    """The view as text, the selection apart; equal views give equal texts."""
    return json.dumps({
        "nodes": sorted(node.key for node in view.subgraph.nodes),
        "places": {key: [round(x, _DIGITS), round(y, _DIGITS)] for key, (x, y) in sorted(view.places.items())},
        "folding": view.folding, "opened": sorted(view.opened), "path": list(view.path),
    }, sort_keys=True, separators=(",", ":"))


def keys(text: str) -> list[str]:
    """The keys of the nodes that a written view holds."""
    return [str(key) for key in json.loads(text)["nodes"]]


def read(text: str, found: Fetched, words: Words, *, what: str) -> View:
    """The view again, from the nodes as they are in the graph now; what is no longer there is counted in its note."""
    told: dict[str, Any] = json.loads(text)
    view = folding(begin(found, words, what=what), on=bool(told["folding"]))
    here = {node.key for node in found.subgraph.nodes}
    places = {key: (float(x), float(y)) for key, (x, y) in told["places"].items()}
    path = tuple(told["path"]) if here.issuperset(told["path"]) else ()
    return redrawn(replace(view, opened=frozenset(told["opened"]), path=path, places=places))
