"""What the browser gets of a subgraph."""

import json

from graph.opaque import fleeting
from graph.subgraph import Edge, Node, Subgraph
from tests.unit.workbench.hostile import HOSTILE
from workbench.canvas.palette import KINDS
from workbench.canvas.payload import LABEL_LENGTH, Selection, payload
from workbench.canvas.side import Menu, MenuRow, Side, side_data
from workbench.explore.board import Board, Group, Note

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
    assert [(line["name"], line["count"]) for line in made.data["legend"]] == [
        ("Account", 1), ("Minor", 1), ("Identifier", 1),
    ]
    assert len({(kind["color"], kind["shape"]) for kind in made.data["kinds"]}) == 3


def test_a_lead_s_links_stand_out_say_what_they_show_and_its_people_have_shapes_of_their_own() -> None:
    link = (A.key, B.key, "CONTACTED")
    made = payload(
        TRIANGLE, {}, labels={}, parts={A.key: "member", B.key: "target"}, captions={link: "1. 2024-03-04 17:00"},
        cited={link}, ordered=1,
    )
    assert made.data["legend"][-1] == {"name": "1., 2., 3. on links: the order of the first messages", "count": 1}
    nodes, edges = made.data["nodes"], made.data["edges"]
    kinds = zip(nodes["id"], nodes["kind"], strict=True)
    shapes = {made.nodes[name]: made.data["kinds"][kind]["shape"] for name, kind in kinds}
    assert shapes == {A.key: "star", B.key: "ring", C.key: "diamond"}
    told = {
        (edge.source, edge.target): (edges["label"][place], edges["quiet"][place])
        for place, edge in enumerate(made.edges.values())
    }
    assert told == {(A.key, B.key): ("1. 2024-03-04 17:00", 2), (B.key, A.key): ("", 1), (A.key, C.key): ("", 1)}


def test_hostile_labels_are_short_plain_text() -> None:
    nodes = [Node(f"p:{i}", "Account") for i in range(len(HOSTILE))]
    labels = {node.key: name for node, name in zip(nodes, HOSTILE, strict=True)}
    shown = payload(Subgraph.of(nodes, []), {}, labels=labels).data["nodes"]["label"]
    assert all(len(label) <= LABEL_LENGTH and label.isprintable() for label in shown)


def test_path_and_selection_name_what_is_there_and_nothing_else() -> None:
    made = payload(TRIANGLE, {}, labels={})
    side = Side(
        selection=Selection(("Account/gone", B.key), "0" * 16, 4), paths=[(B.key, A.key, C.key, "Account/gone")],
        more={B.key: 3, A.key: 0, "Account/gone": 9}, menu=Menu("Account/gone", "Gone", (MenuRow("Hide", "hide"),)),
    )
    told = side_data(side, made, canvas="canvas")
    assert told["path"]["nodes"] == [fleeting(B.key), fleeting(A.key), fleeting(C.key)]
    assert len(told["path"]["edges"]) == 3
    assert told["selection"] == {"nodes": [fleeting(B.key)], "edge": None, "revision": 4}
    assert told["more"] == {fleeting(B.key): 3}
    assert told["menu"] is None
    assert "p:b" not in json.dumps(told)


def test_groups_notes_pins_and_marks_are_told_by_what_is_drawn() -> None:
    board = Board(
        nodes=frozenset((A.key, B.key, "Account/p:gone")), pinned=frozenset({A.key}), marks={B.key: "red"},
        groups={"1": Group("Pair", (A.key, B.key, "Account/p:gone")), "2": Group("Gone", ("Account/p:gone",))},
        notes={"1": Note("Who is it?", (1.0, 2.0), about=B.key), "2": Note("Gone", (0.0, 0.0), about="Account/p:gone")},
    )
    data = payload(TRIANGLE, PLACES, labels={}, board=board).data
    at = {name: number for number, name in enumerate(data["nodes"]["id"])}
    assert data["nodes"]["flags"][at[fleeting(A.key)]] == 1
    assert data["nodes"]["mark"][at[fleeting(B.key)]] == "red"
    (group,) = data["groups"]
    assert group["title"] == "Pair"
    assert {data["nodes"]["id"][i] for i in group["members"]} == {fleeting(A.key), fleeting(B.key)}
    assert [note["about"] for note in data["notes"]] == [fleeting(B.key), None]
    assert "p:" not in json.dumps(data["groups"] + data["notes"])


def test_an_empty_graph_is_drawn_empty() -> None:
    made = payload(Subgraph(), {}, labels={})
    assert made.data["nodes"]["id"] == []
    assert made.data["description"].startswith("Graph of 0 nodes and 0 links")


def test_every_kind_has_a_shape_and_colour_of_its_own() -> None:
    looks = [(kind.color, kind.shape) for kind in KINDS]
    assert len(looks) == len(set(looks))


def test_a_picture_has_its_name_and_one_of_another_tab_another_frame() -> None:
    one, other = (payload(TRIANGLE, PLACES, labels={}, picture="p", tab=tab).data for tab in (1, 2))
    assert (one["picture"], other["picture"]) == ("p", "p")
    assert one["frame"] != other["frame"]
