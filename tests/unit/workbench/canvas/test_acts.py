"""What the browser says was done is checked: tokens of what is drawn, finite places, each act heard once."""

import pytest

from graph.opaque import fleeting
from graph.subgraph import Edge, Node, Subgraph
from workbench.canvas.acts import Act, heard
from workbench.canvas.payload import payload

A, B = Node("p:a", "Account"), Node("p:b", "Account")
DRAWN = payload(Subgraph.of([A, B], [Edge(A.key, B.key, "CONTACTED", {"messages": 2})]), {}, labels={})
CANVAS = "canvas-0"


def said(*acts: object) -> dict[str, object]:
    return {"canvas": CANVAS, "acts": list(acts)}


def test_acts_are_heard_in_order_and_once() -> None:
    hide = {"n": 1, "op": "hide", "nodes": [fleeting(A.key)]}
    undo = {"n": 2, "op": "undo"}
    acts, acked = heard(said(hide), DRAWN, {})
    assert (acts, acked) == ([Act("hide", (A.key,))], {CANVAS: 1})
    acts, acked = heard(said(hide, undo), DRAWN, acked)
    assert (acts, acked) == ([Act("undo")], {CANVAS: 2})
    assert heard(said(hide, undo), DRAWN, acked) == ([], {CANVAS: 2})
    other = {"canvas": "canvas-1", "acts": [hide]}
    assert heard(other, DRAWN, acked) == ([Act("hide", (A.key,))], {CANVAS: 2, "canvas-1": 1})


def test_a_drag_names_places_and_what_is_not_drawn_is_left_out() -> None:
    tokens = [fleeting(A.key), "f" * 16]
    (act,), _acked = heard(said({"n": 1, "op": "move", "nodes": tokens, "x": [1.23456, 2], "y": [3, 4]}), DRAWN, {})
    assert (act.nodes, act.places) == ((A.key,), {A.key: (1.2346, 3.0)})


def test_an_edge_is_known_by_its_token_and_values_are_texts_and_numbers() -> None:
    edge = next(iter(DRAWN.edges))
    values = {
        "text": "a" * 2_000, "long": "a" * 2_001, "most": 25, "one": True, "list": [1], "nan": float("nan"), 3: "x"
    }
    (act,), _acked = heard(said({"n": 1, "op": "select", "edge": edge, "values": values}), DRAWN, {})
    assert act.edge == edge
    assert (len(act.text("text")), act.number("most", 0), act.number("text", 7)) == (2_000, 25, 7)
    assert set(act.values) == {"text", "most", "one"}, "what is too long is left out, not cut"


def test_an_instant_in_milliseconds_is_a_value() -> None:
    values = {"since": 1_709_287_500_000, "far": 10**400}
    (act,), _acked = heard(said({"n": 1, "op": "period", "values": values}), DRAWN, {})
    assert act.values == {"since": 1_709_287_500_000}


@pytest.mark.parametrize(
    "nothing",
    [
        None, "move", 3, [], {}, {"canvas": 3, "acts": []}, {"canvas": CANVAS, "acts": "x"}, said("x", None, 4),
        said({"n": "1", "op": "hide"}), said({"n": 0, "op": "hide"}), said({"n": 1, "op": 7}),
    ],
)
def test_what_is_no_act_is_nothing(nothing: object) -> None:
    assert heard(nothing, DRAWN, {})[0] == []


@pytest.mark.parametrize("wrong", [[1, 2], [float("inf")], ["1"], [10.0**9], None])
def test_what_is_no_place_moves_nothing(wrong: object) -> None:
    (act,), _acked = heard(said({"n": 1, "op": "move", "nodes": [fleeting(A.key)], "x": wrong, "y": [0]}), DRAWN, {})
    assert act.places == {}
