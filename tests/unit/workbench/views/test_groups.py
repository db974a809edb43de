"""Leaves folded into groups."""

from graph.subgraph import Edge, Node, Subgraph
from workbench.views.models.groups import GROUP, fold, folded_away


def star(leaves: int, *, label: str = "Account") -> Subgraph:
    hub, other = Node("p:hub", "Account"), Node("p:other", "Account")
    nodes = [Node(f"p:{i}", label) for i in range(leaves)]
    edges = [Edge(hub.key, node.key, "CONTACTED", {"messages": 2}) for node in nodes]
    return Subgraph.of(
        [hub, other, *nodes], [*edges, Edge(hub.key, other.key, "CONTACTED"), Edge(other.key, hub.key, "X")]
    )


def test_leaves_of_one_label_around_one_node_become_one_group() -> None:
    graph = Subgraph.of(
        [*star(6).nodes, Node("k:v", "Identifier")], [*star(6).edges, Edge("Account/p:hub", "Identifier/k:v", "USED")]
    )
    drawn = fold(graph)
    (group,) = [node for node in drawn.nodes if node.label == GROUP]
    assert group.properties == {"members": 7, "label": "Account", "around": "Account/p:hub"}
    assert folded_away(drawn) == 7
    assert {node.key for node in drawn.nodes} == {"Account/p:hub", "Identifier/k:v", group.key}
    assert {edge.properties["links"] for edge in drawn.edges if group.key in (edge.source, edge.target)} == {7, 1}


def test_few_leaves_stay_as_they_are() -> None:
    assert fold(star(4)) == star(4)


def test_an_opened_group_and_a_kept_node_are_drawn() -> None:
    graph = star(8)
    (group,) = [node for node in fold(graph).nodes if node.label == GROUP]
    assert fold(graph, opened={group.key}) == graph
    kept = fold(graph, keep={"Account/p:3"})
    assert "Account/p:3" in {node.key for node in kept.nodes}
    assert folded_away(kept) == folded_away(fold(graph)) - 1


def test_a_lone_pair_is_not_folded_into_itself() -> None:
    pair = Subgraph.of([Node("a", "Account"), Node("b", "Account")], [Edge("Account/a", "Account/b", "CONTACTED")])
    assert fold(pair, least=1) == pair


def test_an_empty_graph_folds_to_itself() -> None:
    assert fold(Subgraph()) == Subgraph()
