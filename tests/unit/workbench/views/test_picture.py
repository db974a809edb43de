"""A view written down is the same view when it is read again, from the nodes that the graph has by then."""

from dataclasses import replace

from graph.fetch import Fetched
from graph.subgraph import Edge, Node, Subgraph
from workbench.language import words
from workbench.views.models import explore, picture

EN = words("en")
NODES = [Node(f"p:{name}", "Account") for name in "abc"]
GRAPH = Subgraph.of(NODES, [Edge("Account/p:a", "Account/p:b", "CONTACTED", {"messages": 2})])


def test_a_view_comes_back_with_its_nodes_places_folding_and_path() -> None:
    view = explore.begin(Fetched(GRAPH, 3, 3), EN, what="x", folding=False)
    view = replace(view, places=dict.fromkeys(view.places, (0.5, -0.25)), path=("Account/p:a", "Account/p:b"))
    text = picture.written(view)
    assert picture.keys(text) == [node.key for node in GRAPH.nodes]
    again = picture.read(text, Fetched(GRAPH, 3, 3), EN, what="Picture")
    assert (again.places, again.path, again.folding, again.note) == (view.places, view.path, False, "")
    assert picture.written(again) == text
    assert picture.written(explore.chosen(view, node="Account/p:a")) == text, "a selection is no other picture"


def test_what_is_gone_from_the_graph_is_counted_and_a_path_through_it_is_not_drawn() -> None:
    view = explore.begin(Fetched(GRAPH, 3, 3), EN, what="x")
    text = picture.written(replace(view, path=("Account/p:a", "Account/p:b")))
    less = Subgraph.of([NODES[0], NODES[2]], [])
    again = picture.read(text, Fetched(less, 2, 3), EN, what="Picture")
    assert again.path == ()
    assert again.note.startswith("Picture: 2 of 3 shown")
