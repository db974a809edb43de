"""What of a picture leaves as a table or a graph?  What is seen of it; what is hidden too where that is asked for."""

from collections.abc import Set

from graph.subgraph import Subgraph
from workbench.explore.shown import part
from workbench.views.models.explore import View


def leaving(view: View, *, hidden: bool = False, only: Set[str] = frozenset()) -> tuple[Subgraph, dict[str, str]]:
    """The nodes, folded ones by themselves, and for the manifest what they are of; ``only``: keys, empty for all."""
    subgraph = view.subgraph if hidden else view.shown.subgraph
    told = {"explore": "what is drawn on the canvas" + (", what is hidden too" if hidden else " and seen")}
    if view.filters.since or view.filters.until:
        told |= {"since": view.filters.since, "until": view.filters.until}
        told |= {"messages_of_links": "of all time", "uses_of_links": "of all time"}
        told |= {"words_on_links_of_pictures": "of the period"}
    if only:
        subgraph = part(subgraph, frozenset(only))
        told["nodes"] = "those selected"
    return subgraph, told
