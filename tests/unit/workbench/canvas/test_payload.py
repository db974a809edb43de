"""What the browser gets of a subgraph."""

import json

from graph.opaque import token
from graph.subgraph import Edge, Node, Subgraph
from tests.unit.workbench.hostile import HOSTILE
from workbench.canvas.palette import KINDS
from workbench.canvas.payload import LABEL_LENGTH, Selection, payload

A, B, C = Node("p:a", "Account"), Node("p:b", "Account"), Node("k:v", "Identifier")
TRIANGLE = Subgraph.of(
    [A, B, C],
    [
        Edge(A.key, B.key, "CONTACTED", {"messages": 8}),
        Edge(B.key, A.key, "CONTACTED", {"messages": 1}),
        Edge(A.key, C.key, "USED", {"times": 3}),
    ],
)
PLACES = {A.key: (0.0, 0.0), B.key: (1.0, 0.5), C.key: (-1.0, 2.0)}


def test_columns_align_and_edges_point_at_their_ends() -> None:
    made = payload(TRIANGLE, PLACES, labels={A.key: "anna", B.key: "ben"})
    nodes, edges = made.data["nodes"], made.data["edges"]
    assert {len(column) for column in nodes.values()} == {3}
    assert {len(column) for column in edges.values()} == {3}
    ends = {(nodes["label"][s], nodes["label"][t]) for s, t in zip(edges["source"], edges["target"], strict=True)}
    assert ends == {("anna", "ben"), ("ben", "anna"), ("anna", "k:v")}


def test_no_id_reaches_the_browser_and_every_token_leads_back() -> None:
    made = payload(TRIANGLE, PLACES, labels=dict.fromkeys((A.key, B.key, C.key), "somebody"))
    text = json.dumps(made.data)
    assert "p:a" not in text
    assert "k:v" not in text
    assert set(made.nodes.values()) == {A.key, B.key, C.key}
    assert {edge.type for edge in made.edges.values()} == {"CONTACTED", "USED"}


def test_tokens_are_the_same_in_every_payload_so_that_nothing_moves() -> None:
    first = payload(TRIANGLE, PLACES, labels={})
    smaller = payload(Subgraph.of([A, B], TRIANGLE.edges), PLACES, labels={})
    assert set(smaller.data["nodes"]["id"]) < set(first.data["nodes"]["id"])
    assert set(smaller.data["edges"]["id"]) < set(first.data["edges"]["id"])
    assert first.data["topology"] != smaller.data["topology"]
    assert first.data["topology"] == payload(TRIANGLE, {}, labels={}).data["topology"]


def test_parallel_edges_of_one_type_have_tokens_of_their_own() -> None:
    twice = Subgraph.of([A, B], [Edge(A.key, B.key, "REPORTED", {"reason": r}) for r in ("x", "y")])
    ids = payload(twice, {}, labels={}).data["edges"]["id"]
    assert len(set(ids)) == 2


def test_more_messages_make_a_wider_link_within_bounds() -> None:
    def width(messages: int) -> float:
        graph = Subgraph.of([A, B], [Edge(A.key, B.key, "CONTACTED", {"messages": messages})])
        return float(payload(graph, {}, labels={}).data["edges"]["width"][0])

    assert width(1) < width(10) < width(1_000) <= width(10**9) <= 5.0


def test_minors_are_a_kind_of_their_own() -> None:
    made = payload(TRIANGLE, {}, labels={}, minors={B.key})
    kinds = {
        made.nodes[t]: KINDS[k].name for t, k in zip(made.data["nodes"]["id"], made.data["nodes"]["kind"], strict=True)
    }
    assert kinds == {A.key: "Account", B.key: "Minor", C.key: "Identifier"}


def test_hostile_labels_are_short_plain_text() -> None:
    nodes = [Node(f"p:{i}", "Account") for i in range(len(HOSTILE))]
    labels = {node.key: name for node, name in zip(nodes, HOSTILE, strict=True)}
    shown = payload(Subgraph.of(nodes, []), {}, labels=labels).data["nodes"]["label"]
    assert all(len(label) <= LABEL_LENGTH and label.isprintable() for label in shown)


def test_path_and_selection_name_what_is_there_and_nothing_else() -> None:
    made = payload(
        TRIANGLE,
        {},
        labels={},
        path=(B.key, A.key, C.key, "Account/gone"),
        selection=Selection("Account/gone", "0" * 16, 4),
    )
    assert made.data["path"]["nodes"] == [token(B.key), token(A.key), token(C.key)]
    assert len(made.data["path"]["edges"]) == 3
    assert made.data["selection"] == {"node": None, "edge": None, "revision": 4}


def test_an_empty_graph_is_drawn_empty() -> None:
    made = payload(Subgraph(), {}, labels={})
    assert made.data["nodes"]["id"] == []
    assert made.data["description"].startswith("Graph of 0 nodes and 0 links")


def test_every_kind_has_a_shape_and_colour_of_its_own() -> None:
    looks = [(kind.color, kind.shape) for kind in KINDS]
    assert len(looks) == len(set(looks))
