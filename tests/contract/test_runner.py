"""The runner, on both engines: typed parameters, a table, and the subgraph among the values."""

import pytest

from graph.errors import GraphError
from graph.store import Store
from queries.errors import ParameterInvalid, RefusedStatement
from queries.runner import run
from queries.saved_query import Parameter, SavedQuery
from tests.contract.library_graph import ACCOUNTS, plant


def test_a_relationship_alone_brings_its_ends_into_the_subgraph(store: Store, reader_store: Store) -> None:
    plant(store)
    result = run(reader_store, "MATCH (:Account {id: 'p:hub'})-[c:CONTACTED]->(:Account {id: 'p:kid1'}) RETURN c")
    assert [node.key for node in result.subgraph.nodes] == ["Account/p:hub", "Account/p:kid1"]
    assert result.subgraph.nodes[0].properties["pseudonym"] == "Heron"
    assert [(edge.source, edge.target, edge.type) for edge in result.subgraph.edges] == [
        ("Account/p:hub", "Account/p:kid1", "CONTACTED")
    ]


def test_nodes_are_found_in_paths_lists_and_maps(store: Store, reader_store: Store) -> None:
    plant(store)
    result = run(
        reader_store,
        "MATCH p = (:Account {id: 'p:ann'})-[:CONTACTED]->(:Account {id: 'q:heron'}) "
        "MATCH (r:Room {id: 'p:lobby'}), (c:Company {id: 'c:op'}) RETURN p, [r] AS rooms, {company: c} AS map",
    )
    assert [node.key for node in result.subgraph.nodes] == [
        "Account/p:ann", "Account/q:heron", "Company/c:op", "Room/p:lobby",
    ]
    assert len(result.subgraph.edges) == 1


def test_text_from_a_command_line_becomes_typed_parameters(store: Store, reader_store: Store) -> None:
    plant(store)
    query = SavedQuery(
        "typed", "Typed", "",
        "MATCH (a:Account) WHERE a.id IN $ids AND a.declared_age >= $age AND a.created_at < datetime($before) "
        "AND ($all OR a.role = $role) AND $share < 1 RETURN a.id AS id ORDER BY id",
        (
            Parameter("ids", "text[]"), Parameter("age", "integer", 0), Parameter("before", "instant"),
            Parameter("all", "boolean", False), Parameter("role", "text", "member"),
            Parameter("share", "number", 0.5),
        ),
    )
    given = {"ids": "p:hub, p:kid1,p:mod", "age": "20", "before": "2024-03-02T00:00:00+00:00", "all": "yes"}
    assert run(reader_store, query, given).rows == [("p:hub",), ("p:mod",)]
    assert run(reader_store, query, {**given, "all": "no"}).rows == [("p:hub",)]


def test_rows_that_reach_the_query_s_own_limit_may_have_been_cut(store: Store, reader_store: Store) -> None:
    plant(store)
    query = SavedQuery(
        "some", "Some", "", "MATCH (a:Account) RETURN a.id AS id ORDER BY id LIMIT $limit",
        (Parameter("limit", "integer", 2),), headline="Accounts: {rows}",
    )
    cut = run(reader_store, query)
    assert (len(cut.rows), cut.truncated, cut.limit, cut.headline) == (2, True, 2, "Accounts: 2 or more")
    whole = run(reader_store, query, {"limit": len(ACCOUNTS) + 1})
    assert (whole.truncated, whole.limit, whole.headline) == (False, None, f"Accounts: {len(ACCOUNTS)}")


def test_a_hostile_parameter_stays_a_value(store: Store, reader_store: Store) -> None:
    plant(store)
    hostile = "'}) DETACH DELETE n //"
    result = run(reader_store, "MATCH (n {id: $id}) RETURN n", {"id": hostile})
    assert result.rows == []
    assert reader_store.read("MATCH (n:Account) RETURN count(n)").scalar() == len(ACCOUNTS)


def test_missing_parameters_and_bad_syntax_are_one_line_errors(reader_store: Store) -> None:
    with pytest.raises(ParameterInvalid, match=r"\$a, \$b"):
        run(reader_store, "MATCH (n {id: $a, x: $b}) RETURN n")
    with pytest.raises((GraphError, RefusedStatement)) as error:
        run(reader_store, "MATCH (n RETURN n")
    assert "\n" not in str(error.value)
