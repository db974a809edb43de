"""Every library query has one exact answer on a small graph, the same on both engines."""

from typing import Any

from graph.store import Store
from queries.catalog import library
from queries.runner import QueryResult, run
from queries.saved_query import Example, SavedQuery
from tests.contract.library_answers import ANSWERS
from tests.contract.library_graph import plant


def example(query: SavedQuery) -> Example:
    assert query.example is not None, query.id
    return query.example


def shown(result: QueryResult, columns: str) -> list[tuple[Any, ...]]:
    places = [result.columns.index(name) for name in columns.split()]
    return [tuple(row[place] for place in places) for row in result.rows]


def test_every_library_query_has_an_answer_here() -> None:
    assert {query.id for query in library()} == set(ANSWERS)
    assert len(ANSWERS) >= 50


def test_every_query_gives_its_exact_answer_and_draws_it(store: Store, reader_store: Store) -> None:
    plant(store)
    for query in library():
        columns, rows, (nodes, edges) = ANSWERS[query.id]
        result = run(reader_store, query, example(query).parameters)
        assert shown(result, columns) == rows, query.id
        assert len(rows) == example(query).rows > 0, query.id
        assert (len(result.subgraph.nodes), len(result.subgraph.edges)) == (nodes, edges), query.id
        assert str(len(rows)) in result.headline, query.id
        assert result.columns == tuple(column.name for column in query.columns), query.id
        assert result.described == query.columns, query.id


def test_who_held_a_platform_changes_at_the_very_instant_and_a_day_counts_from_its_beginning(
    store: Store, reader_store: Store
) -> None:
    plant(store)
    query = next(query for query in library() if query.id == "who-held")
    before = run(reader_store, query, {"platform": "q", "at": "2024-03-10T11:59:59Z"})
    assert shown(before, "owner share steps") == [("h:former", 1.0, 1)]
    assert shown(run(reader_store, query, {"platform": "q", "at": "2024-03-10"}), "owner") == [("h:former",)]
    assert shown(run(reader_store, query, {"platform": "q", "at": "2024-02-01"}), "owner") == []


def test_who_was_no_minor_any_more_at_the_first_contact_is_none_of_them(store: Store, reader_store: Store) -> None:
    plant(store)
    query = next(query for query in library() if query.id == "first-contacts-with-minors")
    assert shown(run(reader_store, query, {"account": "p:ann"}), "minor") == []
    assert shown(run(reader_store, query, {"account": "p:ann", "age": 40}), "minor known_then") == [("q:heron", False)]


def test_an_identifier_of_too_many_accounts_is_told_with_how_many_are_left_out(
    store: Store, reader_store: Store
) -> None:
    plant(store)
    query = next(query for query in library() if query.id == "accounts-sharing-an-identifier")
    result = run(reader_store, query, {"account": "p:hub", "at_most": 3})
    assert shown(result, "account kind value used_by left_out") == [
        ("q:heron", "device", "d1", 2, None), (None, "ip", "10.0.0.1", 4, 3),
    ]
    none = run(reader_store, query, {"account": "p:alone", "at_most": 3})
    assert none.rows == []


def test_on_an_empty_graph_every_query_answers_with_its_columns_and_no_rows(reader_store: Store) -> None:
    for query in library():
        result = run(reader_store, query, example(query).parameters)
        assert (result.rows, result.subgraph.nodes) == ([], ()), query.id
        assert result.columns == tuple(column.name for column in query.columns), query.id
