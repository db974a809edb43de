"""Entities and subgraphs on both engines: exact answers, counts before rows, nothing unbounded."""

import itertools
from datetime import UTC, datetime

import networkx as nx
import pytest

from graph.errors import GraphError, UnknownEntity
from graph.fetch import entity, neighbourhood, overview, paths, paths_among, span
from graph.schema import LABELS, TYPES
from graph.store import Store
from tests.contract.planting import ids, plant


# -- entity ------------------------------------------------------------------------------------------------------------
def test_a_hostile_id_is_found_by_itself(store: Store) -> None:
    names = ["'}) RETURN 1 //", "a\\'b", "`x`", "é\u202e\U0001f600"]
    plant(store, [(name, "bob", 1) for name in names])
    for name in names:
        assert entity(store, f"t:{name}").node.id == f"t:{name}"


def test_an_entity_knows_its_relationships_by_type_and_direction(store: Store) -> None:
    plant(store, [("a", "b", 3), ("a", "c", 1), ("b", "a", 2)], rooms=[("a", "r", 5)], devices=[("a", "d", 1)])
    found = entity(store, "t:a")
    assert (found.node.label, found.node.properties["pseudonym"]) == ("Account", "a person")
    assert found.counts == {"CONTACTED": 3, "POSTED_IN": 1, "USED": 1}
    assert (found.outgoing["CONTACTED"], found.incoming["CONTACTED"]) == (2, 1)
    assert entity(store, "t:r", label="Room").counts == {"POSTED_IN": 1}
    with pytest.raises(UnknownEntity, match="nobody"):
        entity(store, "t:nobody")
    with pytest.raises(UnknownEntity):
        entity(store, "t:a", label="Room")


def test_the_overview_counts_every_label_and_type(store: Store) -> None:
    assert overview(store) == dict.fromkeys((*LABELS, *TYPES), 0)
    assert span(store) == (None, None)
    plant(store, [("a", "b", 3)], rooms=[("a", "r", 5)])
    counts = {name: count for name, count in overview(store).items() if count}
    assert counts == {"Account": 2, "Room": 1, "Platform": 1, "CONTACTED": 1, "POSTED_IN": 1}


# -- neighbourhood ---------------------------------------------------------------------------------------------------
def test_neighbours_come_with_all_that_joins_them(store: Store) -> None:
    plant(store, [("a", "b", 3), ("c", "a", 1), ("b", "c", 9), ("b", "x", 5)], rooms=[("a", "r", 1), ("b", "r", 2)])
    found = neighbourhood(store, ["t:a"])
    assert [node.key for node in found.subgraph.nodes] == ["Account/t:a", "Account/t:b", "Account/t:c", "Room/t:r"]
    assert [(edge.source, edge.target) for edge in found.subgraph.edges] == [
        ("Account/t:a", "Account/t:b"), ("Account/t:a", "Room/t:r"), ("Account/t:b", "Account/t:c"),
        ("Account/t:b", "Room/t:r"), ("Account/t:c", "Account/t:a"),
    ]
    assert (found.shown, found.total, found.note, found.complete) == (4, 4, "", True)


def test_edges_carry_their_properties_and_instants(store: Store) -> None:
    plant(store, [("a", "b", 3)])
    (edge,) = neighbourhood(store, ["t:a"]).subgraph.edges
    assert edge.properties["messages"] == 3
    assert edge.properties["first_at"].isoformat() == "2024-03-04T17:00:00.123456+00:00"


def test_a_limit_shows_the_strongest_and_says_how_many_there_are(store: Store) -> None:
    plant(store, [("hub", f"n{n:02}", n) for n in range(30)])
    found = neighbourhood(store, ["t:hub"], limit=4)
    assert ids(found.subgraph.nodes) == ["t:hub", "t:n27", "t:n28", "t:n29"]
    assert (found.shown, found.total) == (4, 31)
    assert not found.complete


def test_equally_strong_neighbours_are_chosen_by_id(store: Store) -> None:
    plant(store, [("hub", f"n{n}", 1) for n in (5, 3, 9, 1)])
    assert ids(neighbourhood(store, ["t:hub"], limit=3).subgraph.nodes) == ["t:hub", "t:n1", "t:n3"]


def test_strength_adds_both_directions(store: Store) -> None:
    plant(store, [("a", "b", 3), ("a", "c", 2), ("c", "a", 2)])
    assert ids(neighbourhood(store, ["t:a"], limit=2).subgraph.nodes) == ["t:a", "t:c"]


def test_only_the_types_asked_for_are_followed(store: Store) -> None:
    plant(store, [("a", "b", 3)], rooms=[("a", "r", 1)], devices=[("a", "d", 1)])
    keys = [node.key for node in neighbourhood(store, ["t:a"], types=["USED", "POSTED_IN"]).subgraph.nodes]
    assert keys == ["Account/t:a", "Identifier/device:d", "Room/t:r"]
    with pytest.raises(GraphError, match="LOVES"):
        neighbourhood(store, ["t:a"], types=["LOVES"])


def test_two_steps_reach_the_neighbours_of_neighbours(store: Store) -> None:
    plant(store, [("a", "b", 1), ("b", "c", 1), ("c", "d", 1)], rooms=[("b", "r", 1), ("x", "r", 1)])
    found = neighbourhood(store, ["t:a"], depth=2)
    assert [node.key for node in found.subgraph.nodes] == ["Account/t:a", "Account/t:b", "Account/t:c", "Room/t:r"]
    assert (found.shown, found.total, found.note) == (4, 4, "")
    assert ids(neighbourhood(store, ["t:a"], depth=0).subgraph.nodes) == ["t:a"]


def test_a_step_from_nodes_of_several_labels_follows_them_all(store: Store) -> None:
    plant(store, [("a", "b", 1), ("b", "c", 1)], rooms=[("a", "r", 1), ("x", "r", 1)],
          devices=[("a", "d", 1), ("y", "d", 1)])
    found = neighbourhood(store, ["t:a"], depth=2)
    assert [node.key for node in found.subgraph.nodes] == [
        "Account/t:a", "Account/t:b", "Account/t:c", "Account/t:x", "Account/t:y", "Identifier/device:d", "Room/t:r",
    ]
    assert (found.shown, found.total) == (7, 7)
    assert paths(store, "t:x", "t:y").total == 1


def test_a_step_that_is_cut_ends_the_walk_and_says_so(store: Store) -> None:
    plant(store, [("a", f"b{n}", 10 - n) for n in range(4)] + [("b0", f"c{n}", 1) for n in range(3)])
    found = neighbourhood(store, ["t:a"], depth=2, limit=3)
    assert ids(found.subgraph.nodes) == ["t:a", "t:b0", "t:b1"]
    assert (found.shown, found.total) == (3, 5)
    assert "step 1 was cut" in found.note
    found = neighbourhood(store, ["t:a"], depth=2, limit=6)
    assert (found.shown, found.total) == (6, 8)


def test_several_starts_and_keys_with_a_label_are_understood(store: Store) -> None:
    plant(store, [("a", "b", 1)], rooms=[("c", "a", 1)])
    assert [node.key for node in neighbourhood(store, ["t:a"], depth=0).subgraph.nodes] == ["Account/t:a", "Room/t:a"]
    assert [node.key for node in neighbourhood(store, ["Room/t:a"], depth=0).subgraph.nodes] == ["Room/t:a"]
    with pytest.raises(UnknownEntity, match=r"t:gone.*and 1 more|t:gone"):
        neighbourhood(store, ["t:a", "t:gone"])


def test_totals_agree_with_networkx_on_a_random_graph(store: Store) -> None:
    graph = nx.gnm_random_graph(40, 90, seed=5, directed=True)
    plant(store, [(f"n{a:02}", f"n{b:02}", 1 + (a * b) % 7) for a, b in graph.edges])
    flat = graph.to_undirected()
    for depth, start in itertools.product((1, 2), (0, 7, 13)):
        within = nx.single_source_shortest_path_length(flat, start, cutoff=depth)
        found = neighbourhood(store, [f"t:n{start:02}"], depth=depth)
        assert found.shown == found.total == len(within)
        assert len(found.subgraph.edges) == graph.subgraph(within).number_of_edges()
        first = neighbourhood(store, [f"t:n{start:02}"], depth=1, limit=2)
        assert first.total == 1 + flat.degree(start)


# -- paths -----------------------------------------------------------------------------------------------------------
def test_shortest_paths_go_through_contacts_rooms_and_devices(store: Store) -> None:
    plant(
        store, [("a", "m", 1), ("z", "m", 1), ("a", "q", 1), ("q", "w", 1), ("w", "z", 1)],
        rooms=[("a", "r", 1), ("z", "r", 1)], devices=[("a", "d", 1), ("z", "d", 1)],
    )
    found = paths(store, "t:a", "t:z")
    assert [node.key for node in found.subgraph.nodes] == [
        "Account/t:a", "Account/t:m", "Account/t:z", "Identifier/device:d", "Room/t:r",
    ]
    assert (found.shown, found.total) == (3, 3)
    one = paths(store, "t:a", "t:z", limit=1)
    assert [node.key for node in one.subgraph.nodes] == ["Account/t:a", "Account/t:m", "Account/t:z"]
    assert (one.shown, one.total) == (1, 3)


def test_a_path_avoids_busy_nodes_where_asked(store: Store) -> None:
    crowd = [(f"p{n}", "lobby", 1) for n in range(8)]
    plant(store, [("a", "b", 1), ("b", "c", 1), ("c", "z", 1)], rooms=[*crowd, ("a", "lobby", 1), ("z", "lobby", 1)])
    assert len(paths(store, "t:a", "t:z").subgraph.nodes) == 3
    found = paths(store, "t:a", "t:z", avoid=5)
    assert [node.id for node in found.subgraph.nodes] == ["t:a", "t:b", "t:c", "t:z"]
    assert paths(store, "t:a", "t:z", avoid=1).total == 0


def test_each_path_is_a_walk_of_its_own_along_the_types_and_the_time_asked_for(store: Store) -> None:
    plant(
        store, [("a", "m", 1), ("z", "m", 1)], rooms=[("a", "r", 1), ("z", "r", 1)],
        devices=[("a", "d", 1), ("z", "d", 1)],
    )
    by_contact = ("Account/t:a", "Account/t:m", "Account/t:z")
    assert paths(store, "t:a", "t:z", types=["CONTACTED"]).walks == (by_contact,)
    assert paths(store, "Account/t:a", "Identifier/device:d").walks == (
        ("Account/t:a", "Identifier/device:d"),
    )
    assert len(paths(store, "t:a", "t:z").walks) == 3
    long_ago, ever = (None, datetime(1970, 1, 1, tzinfo=UTC)), (datetime(1970, 1, 1, tzinfo=UTC), None)
    assert paths(store, "t:a", "t:z", types=["CONTACTED"], period=ever).walks == (by_contact,)
    assert paths(store, "t:a", "t:z", types=["CONTACTED"], period=long_ago).walks == ()
    with pytest.raises(GraphError, match="KNOWS"):
        paths(store, "t:a", "t:z", types=["KNOWS"])


def test_paths_among_several_are_those_of_every_two(store: Store) -> None:
    plant(store, [("a", "m", 1), ("b", "m", 1), ("c", "m", 1)])
    found = paths_among(store, ["t:a", "t:b", "t:c"])
    assert found.walks == tuple(
        (f"Account/t:{one}", "Account/t:m", f"Account/t:{other}") for one, other in (("a", "b"), ("a", "c"), ("b", "c"))
    )
    assert (found.shown, found.total, len(found.subgraph.nodes)) == (3, 3, 4)
    with pytest.raises(GraphError, match="2 to 8"):
        paths_among(store, ["t:a"])


def test_no_path_is_an_empty_answer_and_an_unknown_account_an_error(store: Store) -> None:
    plant(store, [("a", "b", 1), ("b", "c", 1), ("x", "y", 1)])
    assert paths(store, "t:a", "t:x").subgraph.nodes == ()
    assert paths(store, "t:a", "t:c", max_length=1).total == 0
    assert ids(paths(store, "t:a", "t:a").subgraph.nodes) == ["t:a"]
    with pytest.raises(UnknownEntity, match="t:nobody"):
        paths(store, "t:a", "t:nobody")


def test_path_counts_agree_with_networkx_on_a_random_graph(store: Store) -> None:
    graph = nx.gnm_random_graph(30, 45, seed=9)
    plant(store, [(f"n{a:02}", f"n{b:02}", 1) for a, b in graph.edges])
    reached = 0
    for a, b in itertools.islice(itertools.combinations(sorted(graph), 2), 0, None, 29):
        if graph.degree(a) and graph.degree(b):
            found = paths(store, f"t:n{a:02}", f"t:n{b:02}", limit=100)
            wanted = list(nx.all_shortest_paths(graph, a, b)) if nx.has_path(graph, a, b) else []
            wanted = wanted if wanted and len(wanted[0]) <= 7 else []
            assert found.total == len(wanted)
            assert set(ids(found.subgraph.nodes)) == {f"t:n{node:02}" for path in wanted for node in path}
            reached += bool(wanted)
    assert reached > 3
