"""What is drawn of a board: filters hide and count, groups fold, what stands stays."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graph.subgraph import Edge, Node, Subgraph
from workbench.explore import changes
from workbench.explore.board import OWN, Board
from workbench.explore.filters import Filters, filtered
from workbench.explore.shown import places_for, shown


def account(name: str, **properties: object) -> Node:
    return Node(f"p:{name}", "Account", properties)


def met(source: Node, target: Node, messages: int, **more: object) -> Edge:
    return Edge(source.key, target.key, "CONTACTED", {"messages": messages, **more})


HUB, KID, OLD, FAR = account("hub", declared_age=30), account("kid", declared_age=12), account("old"), account("far")
DEVICE = Node("device:d", "Identifier", {"kind": "device"})


def at(day: int) -> datetime:
    return datetime(2024, 3, day, tzinfo=UTC)


CASE = Subgraph.of(
    [HUB, KID, OLD, FAR, DEVICE],
    [
        met(HUB, KID, 9, initiated=True, days=3, first_at=at(1), last_at=at(5)),
        met(KID, HUB, 2, initiated=False, days=1, first_at=at(2), last_at=at(2)),
        met(HUB, OLD, 1, initiated=True, days=1, first_at=at(9), last_at=at(9)),
        Edge(HUB.key, DEVICE.key, "USED", {"times": 4}),
    ],
)


@pytest.mark.parametrize(
    ("filters", "left", "links", "nodes_hidden", "links_hidden"),
    [
        (Filters(), 5, 4, {}, {}),
        (Filters(labels_off=frozenset({"Identifier"})), 4, 3, {"labels": 1}, {}),
        (Filters(types_off=frozenset({"CONTACTED"})), 5, 1, {}, {"types": 3}),
        (Filters(least_weight=4), 5, 2, {}, {"weight": 2}),
        (Filters(least_days=2), 5, 2, {}, {"days": 2}),
        (Filters(initiated=True), 5, 3, {}, {"initiated": 1}),
        (Filters(ages="minors"), 2, 0, {"ages": 3}, {}),
        (Filters(ages="adults"), 4, 2, {"ages": 1}, {}),
        (Filters(since="2024-03-03T00:00:00+00:00"), 5, 3, {}, {"period": 1}),
        (Filters(until="2024-03-08T00:00:00+00:00"), 5, 3, {}, {"period": 1}),
        (Filters(least_degree=1), 4, 4, {"degree": 1}, {}),
        (Filters(least_degree=2), 1, 0, {"degree": 4}, {}),
        (Filters(least_component=2), 4, 4, {"component": 1}, {}),
        (Filters(least_weight=4, least_degree=1), 3, 2, {"degree": 2}, {"weight": 2}),
        (Filters(measure="degree", least_measure=2), 2, 2, {"measure": 3}, {}),
        (Filters(measure="degree", least_measure=2, least_weight=4), 1, 0, {"measure": 4}, {"weight": 2}),
        (Filters(measure="pagerank"), 5, 4, {}, {}),
    ],
)
def test_a_filter_hides_and_counts(
    filters: Filters, left: int, links: int, nodes_hidden: dict[str, int], links_hidden: dict[str, int]
) -> None:
    found = filtered(CASE, filters)
    assert (len(found.subgraph.nodes), len(found.subgraph.edges)) == (left, links)
    assert (found.nodes, found.links) == (nodes_hidden, links_hidden)


@pytest.mark.parametrize(("filters", "links"), [
    (Filters(since=at(3).isoformat()), 1), (Filters(until=at(5).isoformat()), 0),
    (Filters(since=at(3).isoformat(), until=at(9).isoformat()), 1), (Filters(since=at(7).isoformat()), 0),
])
def test_a_report_is_of_the_moment_when_it_was_made(filters: Filters, links: int) -> None:
    reported = Subgraph.of([HUB, KID], [Edge(KID.key, HUB.key, "REPORTED", {"made_at": at(6), "reason": "pushy"})])
    assert len(filtered(reported, filters).subgraph.edges) == links


@pytest.mark.parametrize(("filters", "links"), [
    (Filters(since=at(5).isoformat()), 1), (Filters(since=at(7).isoformat()), 0), (Filters(until=at(2).isoformat()), 1),
])
def test_a_holding_is_of_the_time_that_the_register_gives_it(filters: Filters, links: int) -> None:
    """One that ended before the period stood on the picture."""
    company, owner = Node("Company/c", "Company", {"id": "c"}), Node("Person/p", "Person", {"id": "p"})
    held = [Edge(owner.key, company.key, "OWNS", {"from": at(3), "to": at(6)})] if not filters.until else [
        Edge(owner.key, company.key, "OWNS", {"to": at(6)})  # since when is not told
    ]
    assert len(filtered(Subgraph.of([company, owner], held), filters).subgraph.edges) == links


def test_a_filter_by_a_measure_says_from_where_to_where_it_goes() -> None:
    assert filtered(CASE, Filters(measure="degree", least_measure=3)).span == (0, 4)
    assert filtered(CASE, Filters(measure="core", least_weight=99)).span == (0, 0)
    assert filtered(CASE, Filters(least_degree=1)).span is None


@pytest.mark.parametrize(
    "wrong", [{"ages": "old"}, {"least_weight": 0}, {"least_degree": -1}, {"measure": "community"}]
)
def test_no_filter_is_what_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Filters(**wrong)  # type: ignore[arg-type]


def test_what_is_hidden_by_hand_is_counted_and_stays_on_the_board() -> None:
    board = changes.added(Board(), [node.key for node in CASE.nodes])
    less = shown(changes.hidden(board, [KID.key]), CASE)
    assert (len(less.drawn.nodes), less.hidden, less.missing) == (4, {"hand": 1}, 0)
    alone = changes.kept_only(board, [HUB.key, KID.key])
    assert {node.key for node in shown(alone, CASE).drawn.nodes} == {HUB.key, KID.key}
    assert shown(changes.unhidden(alone), CASE).drawn == CASE


def test_a_node_that_the_graph_has_no_more_is_counted_and_one_off_the_board_is_not_drawn() -> None:
    board = changes.added(Board(), [HUB.key, KID.key, "Account/p:gone"])
    found = shown(board, CASE)
    assert ({node.key for node in found.drawn.nodes}, found.missing) == ({HUB.key, KID.key}, 1)
    assert len(found.drawn.edges) == 2


def star() -> Subgraph:
    leaves = [account(f"x{number}") for number in range(9)]
    other, end = account("other"), account("end")
    edges = [met(HUB, leaf, number + 1) for number, leaf in enumerate(leaves)]
    return Subgraph.of([HUB, other, end, *leaves], [*edges, met(HUB, other, 1), met(other, end, 1)])


def test_leaves_are_one_mark_until_it_is_opened_or_one_is_asked_for() -> None:
    known = star()
    board = changes.added(Board(), [node.key for node in known.nodes])
    found = shown(board, known)
    (mark,) = set(found.marks.values())
    assert (len(found.drawn.nodes), found.folded) == (4, 9)
    assert len(shown(changes.opened(board, mark), known).drawn.nodes) == 12
    assert len(shown(replace(board, folding=False), known).drawn.nodes) == 12
    one = shown(changes.added(board, [], single=["Account/p:x3"]), known)
    assert (one.folded, "Account/p:x3" in {node.key for node in one.drawn.nodes}) == (8, True)
    few = shown(replace(board, filters=Filters(least_weight=6, least_degree=1)), known)
    assert few.folded == 4, "a filter folds and opens no group: the mark counts those that pass"


def test_a_group_of_one_s_own_is_drawn_as_one_mark_and_opened() -> None:
    board = changes.added(Board(), [node.key for node in CASE.nodes])
    board = changes.grouped(board, [KID.key, OLD.key], " Pupils ", folded=True)
    drawn = shown(board, CASE).drawn
    mark = next(node for node in drawn.nodes if node.key == f"{OWN}1")
    assert (mark.properties["members"], board.groups["1"].title) == (2, "Pupils")
    assert {(edge.source, edge.target, edge.properties.get("links")) for edge in drawn.edges} >= {
        (HUB.key, mark.key, 2), (mark.key, HUB.key, 1),
    }
    assert shown(changes.opened(board, mark.key), CASE).drawn == CASE
    assert shown(changes.ungrouped(board, "1"), CASE).drawn == CASE


def test_what_stands_stays_when_something_is_added() -> None:
    known = star()
    few = shown(changes.added(Board(), [HUB.key, "Account/p:other"]), known)
    first = places_for(few.drawn, {})
    more = places_for(shown(changes.added(Board(), [node.key for node in known.nodes]), known).drawn, first)
    assert first.keys() == {HUB.key, "Account/p:other"}
    assert not first.keys() & more.keys()
    assert places_for(few.drawn, {**first, **more}) == {}


def test_a_note_goes_with_its_node_and_one_of_its_own_stays() -> None:
    board = replace(changes.added(Board(), [HUB.key, KID.key]), places={HUB.key: (1.0, 1.0), KID.key: (5.0, 5.0)})
    board = changes.noted(changes.noted(board, "hers", (1.6, 0.4), about=HUB.key), "alone", (9.0, 9.0))
    moved = changes.beside(board, changes.moved(board, {HUB.key: (2.0, -1.0), KID.key: (0.0, 0.0)}))
    assert [note.place for note in moved.notes.values()] == [(2.6, -1.6), (9.0, 9.0)]
    written = changes.noted(moved, "new", (0.6, -0.6), about=KID.key)
    assert changes.beside(moved, written) is written
    by_hand = changes.renoted(changes.moved(moved, {HUB.key: (0.0, 0.0)}), "1", place=(7.0, 7.0))
    assert changes.beside(moved, by_hand).notes["1"].place == (7.0, 7.0)


def test_a_layout_leaves_what_is_pinned_and_a_drag_pins() -> None:
    board = changes.added(Board(), [HUB.key, KID.key])
    dragged = changes.moved(board, {HUB.key: (1.23456, 2)})
    assert (dragged.places, dragged.pinned) == ({HUB.key: (1.2346, 2.0)}, {HUB.key})
    laid = changes.placed(dragged, {HUB.key: (9, 9), KID.key: (3, 3)})
    assert laid.places == {HUB.key: (1.2346, 2.0), KID.key: (3.0, 3.0)}


def test_a_mark_that_was_dragged_is_pinned_until_it_is_let_go_or_its_group_has_gone() -> None:
    mark = f"{OWN}1"
    board = changes.grouped(changes.added(Board(), [HUB.key, KID.key]), [HUB.key, KID.key], "crew", folded=True)
    dragged = changes.moved(board, {mark: (4, 5), "Account/unknown": (1, 1)})
    assert dragged.pinned == {mark}
    assert changes.placed(dragged, {mark: (9, 9)}).places[mark] == (4, 5)
    assert changes.pinned(dragged, [mark], on=False).pinned == frozenset()
    assert changes.ungrouped(dragged, "1").pinned == frozenset()
    assert changes.removed(dragged, [HUB.key]).pinned == {mark}
    assert changes.removed(dragged, [HUB.key, KID.key]).pinned == frozenset()


def test_a_measure_of_the_whole_case_asks_accounts_alone_and_is_not_asked_until_it_is_known() -> None:
    some = Subgraph.of(
        [Node("a", "Account"), Node("b", "Account"), Node("c", "Account"), Node("r", "Room")],
        [Edge("Account/a", "Account/b", "CONTACTED"), Edge("Account/b", "Room/r", "POSTED_IN")],
    )
    asked = Filters(measure="degree", least_measure=5, of_case=True)
    passed = filtered(some, asked, ranks={"Account/a": 7, "Account/b": 5})
    assert {node.key for node in passed.subgraph.nodes} == {"Account/a", "Account/b", "Room/r"}
    assert (passed.nodes, passed.span) == ({"measure": 1}, (0, 7)), "an account that wrote to nobody has none"
    assert filtered(some, asked) == filtered(some, Filters(measure="degree", of_case=True)), "nothing is hidden unknown"


def test_the_steps_of_all_paths_are_lit_or_of_the_one_that_alone_is() -> None:
    board = Board(paths=(("a", "b", "c"), ("a", "c")))
    first, second = frozenset({frozenset("ab"), frozenset("bc")}), frozenset({frozenset("ac")})
    assert board.lit_steps == first | second
    assert replace(board, lit=1).lit_steps == second
    assert Board().lit_steps == frozenset()
