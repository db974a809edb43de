"""Pictures ordered by time: who came first stands left, names have room, and an axis is there where it is so."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import combinations

from graph.layout import Position
from graph.subgraph import Edge, Node, Subgraph
from graph.time_axis import Tick, time_axis
from graph.time_layout import by_time, first_links

START = datetime(2024, 3, 1, 15, 30, tzinfo=UTC)


def linked(*days: float, alone: str = "") -> Subgraph:
    """``a`` writes to each of ``b``, ``c``, …, so many days after the start."""
    names = [chr(ord("b") + place) for place in range(len(days))]
    edges = [
        Edge("N/a", f"N/{name}", "CONTACTED", {"first_at": START + timedelta(days=day)})
        for name, day in zip(names, days, strict=True)
    ]
    return Subgraph.of([Node(name, "N") for name in ["a", *names, *alone]], edges)


def axis_of(graph: Subgraph, places: dict[str, Position], still: Collection[str] = ()) -> tuple[Tick, ...]:
    return time_axis(first_links(graph), places, still=still)


def test_who_came_first_stands_left_and_the_timeless_before_all() -> None:
    found = by_time(linked(0, 0, 4, alone="z"))
    assert found["N/a"][0] == found["N/b"][0] == found["N/c"][0] == 0.0 < found["N/d"][0]
    assert found["N/z"][0] < 0
    assert len(set(found.values())) == 5
    assert by_time(linked(alone="z")) == {"N/a": (-10.0, 0.75), "N/z": (-10.0, -0.75)}
    assert by_time(Subgraph()) == {}


def test_the_height_is_used_and_no_node_stands_in_the_room_of_a_name() -> None:
    rows = {"N/a": 0} | {f"N/{name}": 1 for name in "bcdefghijklmnop"}
    found = by_time(linked(*(day * 4 for day in range(15))), rows)
    assert all(abs(one[0] - other[0]) >= 10 for one, other in combinations(found.values(), 2) if one[1] == other[1])
    high = max(y for _x, y in found.values()) - min(y for _x, y in found.values())
    assert high >= 10, "of a width of 40"
    assert all(found["N/a"][1] > y for key, (_x, y) in found.items() if key != "N/a"), "its row is above the others"


def test_days_are_written_where_they_are_and_hours_of_what_took_hours() -> None:
    graph = linked(0, 10, 50)
    ticks = axis_of(graph, by_time(graph))
    assert [(tick.at.date().isoformat(), tick.exact) for tick in ticks] == [
        (f"2024-{day}", False) for day in ("03-04", "03-18", "04-01", "04-15")
    ]
    hours = 2 * 24 + 8.5  # from the start to the first of these midnights
    assert [round(tick.x * 50 * 24 / 40, 1) for tick in ticks] == [hours + 14 * 24 * place for place in range(4)]
    graph = linked(0, 0.125)
    ticks = axis_of(graph, by_time(graph))
    assert [(f"{tick.at:%H:%M}", tick.exact) for tick in ticks] == [
        (text, True) for text in ("15:30", "16:00", "16:30", "17:00", "17:30", "18:00", "18:30")
    ]


def test_there_is_no_axis_where_a_node_stands_at_another_time_than_its_own() -> None:
    graph = linked(0, 10, 50)
    places = by_time(graph)
    assert axis_of(graph, places)
    higher = places | {"N/c": (places["N/c"][0] + 0.5, 9.0)}
    assert axis_of(graph, higher, still={"N/c"}), "moved up by hand, and a little aside"
    assert axis_of(graph, places | {"N/c": (30.0, 0.0)}, still={"N/c"}) == ()
    assert axis_of(graph, {key: (-x, y) for key, (x, y) in places.items()}) == ()
    assert axis_of(linked(0, 0), by_time(linked(0, 0))) == (), "of one moment there is nothing to measure by"
    assert axis_of(Subgraph(), {}) == ()


def test_one_moment_of_years_before_leaves_the_others_their_width() -> None:
    """A device that was registered two years before pressed the weeks of all others into a line."""
    graph = linked(-700, *(4 * day for day in range(10)))
    places = by_time(graph)
    assert {places["N/a"][0], places["N/b"][0]} == {0.0}
    others = [places[f"N/{name}"][0] for name in "cdefghijkl"]
    assert others == sorted(others)
    assert others[-1] == 40.0
    assert others[0] < 10, "of a width of 40"
    ticks = axis_of(graph, places)
    assert [(tick.at.date().isoformat(), tick.exact, tick.after_gap) for tick in ticks] == [
        ("2022-04-01", False, False), ("2024-03-04", False, True), ("2024-03-11", False, False),
        ("2024-03-18", False, False), ("2024-03-25", False, False), ("2024-04-01", False, False),
    ]
    a_day = (others[-1] - others[0]) / 36
    assert all(abs(others[0] + a_day * ((tick.at - START) / timedelta(days=1)) - tick.x) < 0.001 for tick in ticks[1:])
    by_hand = places | {"N/b": (0.4, 9.0)}
    assert axis_of(graph, by_hand, still={"N/a", "N/b"}), "also where it was moved up by hand"
    fewer = {key: at for key, at in places.items() if key not in ("N/c", "N/l")}
    assert [tick.after_gap for tick in axis_of(graph, fewer)].count(True) == 1, "also where the ends are hidden"
    assert axis_of(graph, places | {"N/b": (others[0] + 1, 0.0)}) == (), "who began before the others stands among them"


def test_time_is_left_out_only_where_it_is_long_beside_that_of_half() -> None:
    for days in ((0, 1, 300), (0, 30, 60, 200), (0, 1, 2, 4, 8, 16, 32, 40)):
        graph = linked(*days)
        places = by_time(graph)
        assert not any(tick.after_gap for tick in axis_of(graph, places)), days
        assert [round(places[f"N/{name}"][0] / 40 * days[-1], 6) for name in "bcdefghi"[:len(days)]] == list(days)
    graph = linked(*range(8), *range(400, 404), 1200, 2000)
    assert [tick.after_gap for tick in axis_of(graph, by_time(graph))].count(True) == 3


def test_moments_may_be_others_than_those_of_first_links() -> None:
    graph = linked(0, 10, 50)
    first = {"N/a": START + timedelta(days=50), "N/d": START + timedelta(days=50), "N/c": START + timedelta(days=60)}
    found = by_time(graph, first=first)
    assert (found["N/a"][0], found["N/d"][0], found["N/c"][0], found["N/b"][0]) == (0.0, 0.0, 40.0, -10.0)
    assert time_axis(first, found)
    assert axis_of(graph, found) == ()


def test_many_nodes_without_a_moment_stand_in_columns_no_higher_than_the_picture() -> None:
    found = by_time(linked(0, 4, alone="efghijklmnopqrstuvwxyz" * 2))
    assert len({node for node in found if found[node][0] < 0}) == 22
    found = by_time(Subgraph.of([Node(str(number), "N") for number in range(40)], []))
    assert sorted({x for x, _y in found.values()}) == [-20.0, -15.0, -10.0]
    assert max(y for _x, y in found.values()) - min(y for _x, y in found.values()) <= 20
    assert len(set(found.values())) == 40


def test_a_picture_of_many_who_came_at_once_is_as_wide_as_a_canvas() -> None:
    """Each stood in a lane of its own, over a part of the width: the more came, the narrower."""
    days = [day**4 / 100**3 for day in range(100)]  # most of them early
    edges = [
        Edge("N/a", f"N/{place}", "CONTACTED", {"first_at": START + timedelta(days=day)})
        for place, day in enumerate(days)
    ]
    graph = Subgraph.of([Node("a", "N"), *(Node(str(place), "N") for place in range(len(days)))], edges)
    found = by_time(graph)
    xs, ys = zip(*found.values(), strict=True)
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    assert 0.55 * wide < high <= 0.625 * wide
    assert all(abs(one[0] - other[0]) >= 10 for one, other in combinations(found.values(), 2) if one[1] == other[1])
    assert axis_of(graph, found)
