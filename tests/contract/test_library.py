"""Every library query has one exact answer on a small graph, the same on both engines."""

from typing import Any

from graph.store import Store
from queries.catalog import library
from queries.runner import QueryResult, run
from tests.contract.library_graph import day, plant

# query: (parameters, columns of interest, rows, nodes and edges drawn)
ANSWERS: dict[str, tuple[dict[str, Any], str, list[tuple[Any, ...]], tuple[int, int]]] = {
    "accounts-contacting-most-minors": (
        {}, "account minors opened share",
        [("p:hub", 3, 4, 0.75), ("p:mod", 2, 2, 1.0)], (2, 0),
    ),
    "accounts-in-two-rooms": (
        {"first": "p:lobby", "second": "p:games"}, "account messages_in_first messages_in_second",
        [("p:hub", 10, 2), ("p:kid1", 4, 8)], (4, 4),
    ),
    "accounts-of-identifier": (
        {"value": "d1"}, "account kind times first_at",
        [("p:hub", "device", 2, day(5)), ("q:heron", "device", 2, day(5))], (3, 2),
    ),
    "accounts-sharing-an-identifier": (
        {"account": "p:hub"}, "account kind value used_by",
        [
            ("q:heron", "device", "d1", 2), ("p:ann", "ip", "10.0.0.1", 4), ("p:kid1", "ip", "10.0.0.1", 4),
            ("p:mod", "ip", "10.0.0.1", 4),
        ],
        (7, 6),
    ),
    "common-contacts": (
        {"first": "p:hub", "second": "p:mod"}, "account declared_age", [("p:kid1", 13), ("p:kid2", 14)], (4, 6),
    ),
    "companies-below-owner": (
        {"owner": "h:boss"}, "company steps share",
        [
            ("c:mid", 1, 0.8), ("c:ring1", 1, 0.5), ("c:side", 1, 1.0), ("c:op", 2, 0.4), ("c:op", 2, 0.25),
            ("c:ring2", 2, 0.25), ("c:site", 2, 0.375), ("c:ring1", 3, 0.0625), ("c:site", 4, 0.046875),
        ],
        (7, 8),
    ),
    "contacts-of": (
        {"account": "p:kid1"}, "contact sent received", [("p:hub", 5, 20), ("p:mod", 1, 2)], (3, 4),
    ),
    "findings-about": ({"id": "p:hub"}, "finding part score", [("hub-1", "member", 0.97)], (2, 1)),
    "findings-and-whom-they-involve": (
        {}, "finding part label involved name",
        [
            ("hub-1", "member", "Account", "p:hub", "Heron"), ("hub-1", "target", "Account", "p:kid1", "Wren"),
            ("owner-1", "member", "Person", "h:boss", "A. Boss"),
            ("owner-1", "target", "Company", "c:op", "Operator Ltd"),
        ],
        (6, 4),
    ),
    "first-contacts-between": (
        {"since": "2024-03-06T00:00:00Z", "until": "2024-03-07T13:00:00+01:00"}, "first_at account contacted",
        [(day(6), "p:hub", "p:kid2")], (2, 1),
    ),
    "holders-over-time": (
        {"company": "c:site"}, "since until holder interest share least",
        [
            (day(1), day(10), "h:former", "shareholding", 1.0, None),
            (day(1), day(10), "h:former", "votingRights", 0.5, None),
            (day(10), None, "c:ring1", "shareholding", None, 0.75),
            (day(10), None, "h:seat", "boardMember", None, None),
        ],
        (4, 4),
    ),
    "identifiers-across-platforms": (
        {}, "kind value platforms accounts", [("device", "d1", 2, ["p:hub", "q:heron"])], (3, 2),
    ),
    "longest-contacts": (
        {}, "account contact days",
        [("p:hub", "p:kid1", 4), ("p:ann", "q:heron", 3), ("p:late", "p:kid3", 3)], (6, 3),
    ),
    "minors-contacted-by": (
        {"account": "p:hub"}, "minor messages replies wrote_first",
        [("p:kid1", 20, 5, True), ("p:kid2", 7, 0, True), ("p:kid3", 3, 0, True)], (4, 3),
    ),
    "most-reported-accounts": (
        {}, "account reporters reports first_at",
        [("p:hub", 2, 3, day(9)), ("p:late", 1, 1, day(22))], (2, 0),
    ),
    "neighbours-of-reported-accounts": (
        {}, "account contacts reported", [("p:kid3", 2, ["p:hub", "p:late"])], (1, 0),
    ),
    "never-answered-openers": ({}, "account opened unanswered share", [("p:hub", 4, 3, 0.75)], (1, 0)),
    "new-accounts-contacting-minors": (
        {"since": "2024-03-02T00:00:00Z"}, "account created_at minors messages",
        [("p:late", day(20), 1, 4)], (1, 0),
    ),
    "operators-of-platform": (
        {"platform": "p"}, "company owner share", [("c:op", "c:mid", 0.5), ("c:op", "c:side", 0.25)], (4, 3),
    ),
    "owners-of-company": (
        {"company": "c:op"}, "owner kind steps share",
        [("h:boss", "Person", 2, 0.4), ("h:boss", "Person", 2, 0.25), ("h:small", "Person", 2, 0.0625)], (5, 5),
    ),
    "ownership-circles": ({}, "companies share through", [(2, 0.125, ["c:ring1", "c:ring2"])], (2, 2)),
    "path-between": (
        {"first": "p:hub", "second": "p:mod"}, "steps through",
        [
            (2, ["p:hub", "ip:10.0.0.1", "p:mod"]), (2, ["p:hub", "p:kid1", "p:mod"]),
            (2, ["p:hub", "p:kid2", "p:mod"]),
        ],
        (5, 8),
    ),
    "rare-shared-devices": (
        {}, "value used_by accounts",
        [("d1", 2, ["p:hub", "q:heron"]), ("d2", 3, ["p:kid1", "p:kid2", "p:kid3"])], (7, 5),
    ),
    "reports-about": (
        {"account": "p:hub"}, "made_at reporter reason",
        [
            (day(9), "p:kid1", "pressure"), (day(10), "p:kid2", "asks for photos"), (day(11), "p:kid2", "again"),
        ],
        (3, 3),
    ),
    "rooms-by-share-of-minors": (
        {"at_least": "3"}, "room posters minors share messages",
        [("p:games", 3, 2, 2 / 3, 11), ("p:lobby", 4, 2, 0.5, 26)], (2, 0),
    ),
    "rooms-of": (
        {"account": "p:hub"}, "room messages first_at", [("p:lobby", 10, day(5)), ("p:games", 2, day(5))], (3, 2),
    ),
    "ultimate-owners": (
        {"company": "c:site", "at": "2024-04-01T00:00:00Z"}, "owner kind share chains steps",
        [("h:boss", "Person", 0.421875, 2, 2), ("h:small", "Person", 0.2109375, 2, 2)], (5, 5),
    ),
    "who-held": (
        {"platform": "q", "at": "2024-03-10T13:00:00+01:00"}, "company owner share nominee steps through",
        [
            ("c:site", "h:boss", 0.375, False, 2, ["h:boss", "c:ring1", "c:site"]),
            ("c:site", "h:small", 0.1875, True, 2, ["h:small", "c:ring1", "c:site"]),
            ("c:site", "h:boss", 0.046875, False, 4, ["h:boss", "c:ring1", "c:ring2", "c:ring1", "c:site"]),
            ("c:site", "h:small", 0.0234375, True, 4, ["h:small", "c:ring1", "c:ring2", "c:ring1", "c:site"]),
        ],
        (5, 5),
    ),
}


def shown(result: QueryResult, columns: str) -> list[tuple[Any, ...]]:
    places = [result.columns.index(name) for name in columns.split()]
    return [tuple(row[place] for place in places) for row in result.rows]


def test_every_library_query_has_an_answer_here() -> None:
    assert {query.id for query in library()} == set(ANSWERS)


def test_every_query_gives_its_exact_answer_and_draws_it(store: Store, reader_store: Store) -> None:
    plant(store)
    for query in library():
        parameters, columns, rows, (nodes, edges) = ANSWERS[query.id]
        result = run(reader_store, query, parameters)
        assert shown(result, columns) == rows, query.id
        assert (len(result.subgraph.nodes), len(result.subgraph.edges)) == (nodes, edges), query.id
        assert str(len(rows)) in result.headline, query.id
        assert "graph" not in result.columns, query.id


def test_who_held_a_platform_changes_at_the_very_instant(store: Store, reader_store: Store) -> None:
    plant(store)
    query = next(query for query in library() if query.id == "who-held")
    before = run(reader_store, query, {"platform": "q", "at": "2024-03-10T11:59:59Z"})
    assert shown(before, "owner share steps") == [("h:former", 1.0, 1)]
    assert shown(run(reader_store, query, {"platform": "q", "at": "2024-02-01T00:00:00Z"}), "owner") == []


def test_on_an_empty_graph_every_query_answers_with_its_columns_and_no_rows(reader_store: Store) -> None:
    for query in library():
        parameters, columns, _, _ = ANSWERS[query.id]
        result = run(reader_store, query, parameters)
        assert (result.rows, result.subgraph.nodes) == ([], ()), query.id
        assert set(columns.split()) <= set(result.columns), query.id
