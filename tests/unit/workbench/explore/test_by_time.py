"""In a picture by time each node stands at its first link: in the period, where one is filtered by."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph.subgraph import Edge, Node, Subgraph
from graph.time_layout import by_time
from workbench.canvas.words import axis_sentences, axis_title
from workbench.explore.board import Board, Place
from workbench.explore.by_time import Axis, Firsts, axis_of, moments
from workbench.explore.filters import ALL, Filters
from workbench.explore.shown import Shown, shown
from workbench.language import words
from workbench.views.models.explore import all_shown

NODES = tuple(Node(f"p:{name}", "Account") for name in "abcd")
A, B, C, D = (node.key for node in NODES)
PERIOD = Filters(since="2024-03-10T00:00:00+00:00", until="2024-03-20T00:00:00+00:00")


def on(day: int) -> datetime:
    return datetime(2024, 3, day, tzinfo=UTC)


def contact(target: str, first: int, last: int) -> Edge:
    return Edge(A, target, "CONTACTED", {"first_at": on(first), "last_at": on(last), "messages": 5})


KNOWN = Subgraph.of(NODES, [contact(B, 1, 18), contact(C, 12, 12), contact(D, 2, 3)])
WEIGHTS = {(A, B, "CONTACTED"): 2, (A, C, "CONTACTED"): 1}
FIRSTS = {(A, B, "CONTACTED"): on(15), (A, C, "CONTACTED"): on(12)}


def drawn(filters: Filters = PERIOD) -> tuple[Board, Shown, Shown]:
    board = Board(nodes=frozenset({A, B, C, D}), folding=False, layout="time", filters=filters)
    weights = WEIGHTS if filters == PERIOD else None
    return board, shown(board, KNOWN, weights=weights), shown(all_shown(board), KNOWN)


def of_all_time() -> dict[str, datetime]:
    board, seen, _whole = drawn(ALL)
    return moments(seen, board)


def axis(first: dict[str, datetime], filters: Filters, firsts: Firsts | None) -> Axis | None:
    board, seen, whole = drawn(filters)
    places: dict[str, Place] = by_time(seen.drawn, first=first)
    return axis_of(board, seen, whole, places, firsts=firsts)


def test_a_link_that_began_before_the_period_stands_at_its_first_moment_in_it() -> None:
    board, seen, _whole = drawn()
    assert moments(seen, board, FIRSTS) == {A: on(12), B: on(15), C: on(12)}, "D has none there"
    assert of_all_time() == {A: on(1), B: on(1), C: on(12), D: on(2)}


def test_what_has_no_messages_is_in_the_period_from_its_beginning_on() -> None:
    person, company, later = (Node(f"p:{name}", "Company") for name in "efg")
    known = Subgraph.of([person, company, later], [
        Edge(person.key, company.key, "OWNS", {"from": on(1)}), Edge(person.key, later.key, "OWNS", {"from": on(14)}),
    ])
    board = Board(nodes=frozenset(node.key for node in known.nodes), filters=PERIOD)
    found = moments(shown(board, known, weights={}), board, {})
    assert found == {person.key: on(10), company.key: on(10), later.key: on(14)}


def test_a_folded_mark_stands_at_the_first_link_of_those_it_stands_for() -> None:
    leaves = [Node(f"p:leaf{number}", "Account") for number in range(6)]
    links = [Edge(A, leaf.key, "CONTACTED", {"first_at": on(20 - number)}) for number, leaf in enumerate(leaves)]
    known = Subgraph.of([*NODES[:2], *leaves], [contact(B, 1, 2), *links])
    board = Board(nodes=frozenset(node.key for node in known.nodes), single=frozenset({B}))
    found = shown(board, known)
    (mark,) = set(found.marks.values())
    assert moments(found, board) == {A: on(1), B: on(1), mark: on(15)}


@pytest.mark.parametrize(("filters", "span", "apart"), [(PERIOD, "period", True), (ALL, "whole", False)])
def test_the_title_and_the_nodes_apart_are_those_of_the_period(filters: Filters, span: str, apart: bool) -> None:
    firsts = FIRSTS if filters == PERIOD else None
    board, seen, _whole = drawn(filters)
    found = axis(moments(seen, board, firsts), filters, firsts)
    assert found is not None
    assert (found.span, found.apart is not None) == (span, apart)
    told = axis_sentences(found, words("en"))
    assert ("in the period" in told[0], len(told)) == (apart, 1 + apart)


def test_a_picture_that_was_ordered_before_a_period_was_chosen_says_so() -> None:
    found = axis(of_all_time(), PERIOD, FIRSTS)
    assert found is not None
    assert found.span == "before"
    assert axis_title(found, words("en")).endswith("of all time, also outside the period.")


def test_who_stands_by_a_link_behind_the_period_is_not_said_to_stand_by_one_in_it() -> None:
    """Where a period begins with the case, all others stand as before: their axis was called that of the period."""
    until = Filters(until=on(10).isoformat())
    board = Board(nodes=frozenset({A, B, C, D}), folding=False, layout="time", filters=until)
    seen = shown(board, KNOWN, weights={(A, B, "CONTACTED"): 2, (A, D, "CONTACTED"): 5})
    places: dict[str, Place] = by_time(drawn(ALL)[1].drawn, first=of_all_time())
    firsts = {(A, B, "CONTACTED"): on(1), (A, D, "CONTACTED"): on(2)}
    found = axis_of(board, seen, shown(all_shown(board), KNOWN), places, firsts=firsts)
    assert found is not None
    assert found.span == "before"
    assert found.ticks[-1].at > on(10), "its moments reach behind the period"


def test_while_the_period_plays_the_axis_is_that_of_the_board() -> None:
    board, seen, whole = drawn()
    places = by_time(seen.drawn, first=moments(seen, board, FIRSTS))
    played = Filters(since=PERIOD.since, until=(on(13) + timedelta(hours=1)).isoformat())
    playing = shown(Board(nodes=board.nodes, folding=False, filters=played), KNOWN, weights={(A, C, "CONTACTED"): 1})
    found = axis_of(board, playing, whole, places, firsts=FIRSTS)
    assert found is not None
    assert found.span == "period"


def test_the_axis_stays_where_another_filter_hides_more_than_the_period() -> None:
    reported = Edge(B, D, "REPORTED", {"made_at": on(28)})
    known = Subgraph.of(NODES, [*KNOWN.edges, reported])
    board = drawn()[0]
    seen = shown(board, known, weights=WEIGHTS)
    places: dict[str, Place] = by_time(seen.drawn, first=moments(seen, board, FIRSTS))
    weak = replace(board, filters=replace(PERIOD, least_weight=2))
    found = axis_of(weak, shown(weak, known, weights=WEIGHTS), shown(all_shown(weak), known), places, firsts=FIRSTS)
    assert found is not None
    assert found.span == "period"


def test_a_node_at_another_moment_than_its_own_ends_the_axis() -> None:
    board, seen, whole = drawn()
    first = moments(seen, board, FIRSTS)
    assert axis({**first, B: on(1)}, PERIOD, FIRSTS) is None
    assert axis_of(Board(nodes=board.nodes, layout="tree"), seen, whole, by_time(seen.drawn, first=first)) is None
    assert axis_sentences(None, words("en")) == ()
