"""Pictures ordered otherwise than by forces: exact places on the smallest graphs, and what is pinned stays."""

import math
from datetime import datetime
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.arrangements import UNIT, aligned, columns, moved_to, radial, spread, tree
from graph.subgraph import Edge, Node, Subgraph


def chain(*links: str, alone: str = "", **times: datetime) -> Subgraph:
    """Nodes of one letter, links written ``ab``; ``times`` by link."""
    names = sorted({name for link in links for name in link} | set(alone))
    edges = [Edge(f"N/{a}", f"N/{b}", "OWNS", {"first_at": times[a + b]} if a + b in times else {}) for a, b in links]
    return Subgraph.of([Node(name, "N") for name in names], edges)


def test_rings_are_steps_from_the_middle_and_the_unconnected_stand_outside() -> None:
    found = radial(chain("ab", "ac", "bd", alone="z"), "N/a")
    far = {key[-1]: round(math.hypot(*place), 6) for key, place in found.items()}
    assert far["a"] == 0
    assert far["b"] == far["c"] < far["d"] < far["z"]
    assert radial(chain(alone="a"), "N/a") == {"N/a": (0.0, 0.0)}
    with pytest.raises(KeyError):
        radial(chain("ab"), "N/q")


def test_a_tree_goes_downwards_and_a_circle_is_cut() -> None:
    found = tree(chain("ab", "bc", "ac"))
    assert found["N/a"][1] > found["N/b"][1] > found["N/c"][1]
    circle = tree(chain("ab", "ba"))
    assert circle["N/a"][1] > circle["N/b"][1]
    assert tree(Subgraph()) == {}


def test_columns_stand_from_left_to_right_without_a_crossing_that_can_be_avoided() -> None:
    given = chain("ax", "by", "cz")
    found = columns(given, {"N/a": 0, "N/b": 0, "N/c": 0, "N/x": 1, "N/y": 1, "N/z": 1})
    assert {found[f"N/{name}"][0] for name in "abc"} == {0.0}
    assert [found[f"N/{name}"][1] for name in "abc"] == [found[f"N/{name}"][1] for name in "xyz"]
    assert columns(given, {"N/a": 0})["N/z"][0] > 0


@pytest.mark.parametrize("number", [150, 1000])
def test_many_in_one_column_or_layer_have_the_room_of_a_canvas(number: int) -> None:
    """In one line of 150 each had four pixels of a screen's height, and covered the next ones."""
    leaves = [Node(f"{place:04}", "N") for place in range(number)]
    graph = Subgraph.of([Node("a", "N"), *leaves], [Edge("N/a", leaf.key, "OWNS", {}) for leaf in leaves])
    for found in (columns(graph, {"N/a": 0}), tree(graph)):
        xs, ys = zip(*found.values(), strict=True)
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        assert 0.25 * wide < high < wide
        at = sorted(found.values())
        assert min(math.dist(one, other) for one, other in combinations(at, 2)) >= UNIT - 1e-9
        assert wide * high < 8 * number * UNIT
    assert tree(graph)["N/a"][1] > max(y for key, (_x, y) in tree(graph).items() if key != "N/a")


def test_a_line_is_even_and_keeps_its_middle() -> None:
    places = {"a": (0.0, 0.0), "b": (4.0, 1.0), "c": (2.0, 9.0), "d": (7.0, 7.0)}
    assert aligned(places, ["a", "b", "c"], upright=True) == {"a": (2.0, 0.0), "b": (2.0, 4.5), "c": (2.0, 9.0)}
    assert aligned(places, [], upright=True) == {}
    assert aligned(places, ["a"], upright=False) == {"a": (0.0, 0.0)}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4)), min_size=2, max_size=12), st.integers(0, 11))
def test_spread_parts_what_is_too_near_and_leaves_what_is_still(points: list[tuple[int, int]], still: int) -> None:
    places = {f"n{number:02}": (x / 4, y / 4) for number, (x, y) in enumerate(points)}
    held = f"n{still % len(points):02}"
    found = spread(places, still={held})
    assert found[held] == places[held]
    nearest = min(math.dist(one, other) for one, other in combinations(found.values(), 2))
    assert nearest > 0.5 * UNIT


def test_places_are_taken_around_where_the_nodes_stood_and_what_is_still_has_none() -> None:
    before = {"a": (10.0, 10.0), "b": (12.0, 10.0), "p": (0.0, 0.0)}
    found = moved_to({"a": (0.0, 0.0), "b": (4.0, 2.0), "p": (9.0, 9.0)}, before, still={"p"})
    assert found == {"a": (9.0, 9.0), "b": (13.0, 11.0)}
    assert moved_to({"n": (1.0, 1.0)}, {}) == {"n": (1.0, 1.0)}
