"""The neutral subgraph: one value for one set, whatever the order; nothing lost on the way to NetworkX."""

from hypothesis import given
from hypothesis import strategies as st

from graph.subgraph import Edge, Node, Subgraph

ANN, BEA, ROOM = Node("p:a", "Account", {"pseudonym": "ann"}), Node("p:b", "Account"), Node("p:a", "Room")
CHAT = Edge("Account/p:a", "Account/p:b", "CONTACTED", {"messages": 2})


def test_the_same_id_under_two_labels_is_two_nodes() -> None:
    assert [node.key for node in Subgraph.of([ROOM, ANN], []).nodes] == ["Account/p:a", "Room/p:a"]


def test_order_and_repetition_of_the_input_do_not_show() -> None:
    other = Edge("Account/p:b", "Account/p:a", "CONTACTED", {})
    assert Subgraph.of([ANN, BEA, ANN], [CHAT, other, CHAT]) == Subgraph.of([BEA, ANN], [other, CHAT])


def test_parallel_edges_that_differ_are_both_kept() -> None:
    first = Edge("Account/p:a", "Account/p:b", "REPORTED", {"reason": "one"})
    second = Edge("Account/p:a", "Account/p:b", "REPORTED", {"reason": "two"})
    graph = Subgraph.of([ANN, BEA], [second, first])
    assert graph.edges == (first, second)
    assert graph.to_networkx().number_of_edges() == 2


def test_an_edge_whose_end_is_outside_is_left_out() -> None:
    assert Subgraph.of([ANN], [CHAT]).edges == ()


def test_the_union_keeps_both_sides() -> None:
    assert Subgraph.of([ANN], []) | Subgraph.of([BEA], []) == Subgraph.of([ANN, BEA], [])


def test_counts_name_labels_and_types() -> None:
    assert Subgraph.of([ANN, BEA, ROOM], [CHAT]).counts() == {"Account": 2, "CONTACTED": 1, "Room": 1}
    assert Subgraph().counts() == {}


def test_properties_named_like_arguments_of_networkx_survive() -> None:
    odd = {"key": "x", "u_for_edge": 1, "node_for_adding": 2, "attr": 3}
    graph = Subgraph.of([Node("n", "Account", odd), BEA], [Edge("Account/n", "Account/p:b", "USED", odd)]).to_networkx()
    assert graph.nodes["Account/n"] == {**odd, "id": "n", "label": "Account"}
    assert [data for _, _, data in graph.edges(data=True)] == [{**odd, "type": "USED"}]


def test_id_and_label_of_a_node_win_over_properties_of_that_name() -> None:
    graph = Subgraph.of([Node("n", "Account", {"id": "other", "label": "other"})], []).to_networkx()
    assert graph.nodes["Account/n"] == {"id": "n", "label": "Account"}


_names = st.sampled_from(["a", "b", "c", "é", "01", "1"])


@given(st.lists(st.tuples(_names, _names, st.integers(0, 2)), max_size=20), st.randoms(use_true_random=False))
def test_any_shuffle_gives_the_same_value(links: list[tuple[str, str, int]], random: object) -> None:
    nodes = [Node(name, "Account") for name in ("a", "b", "c", "é", "01", "1")]
    edges = [Edge(f"Account/{a}", f"Account/{b}", "CONTACTED", {"messages": n}) for a, b, n in links]
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    graph = Subgraph.of(nodes, edges)
    assert graph == Subgraph.of(reversed(nodes), shuffled)
    assert len(graph.edges) == len(set(links))
