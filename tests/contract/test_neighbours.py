"""Neighbours on both engines: counted by way before they are drawn, the strongest first, what several share."""

import pytest

from graph.errors import GraphError
from graph.fetch import Way, around_counts, joined, neighbours, nodes, shared, strongest, ways
from graph.load.statements import create_edges
from graph.store import Store
from graph.subgraph import Subgraph
from tests.contract.planting import plant

A, B, C, D = (f"Account/t:{name}" for name in "abcd")
CONTACTS = Way("CONTACTED", "Account")


def planted(store: Store) -> None:
    plant(
        store, [("a", "b", 3), ("b", "a", 9), ("a", "c", 5), ("d", "a", 1), ("c", "d", 2)],
        rooms=[("a", "r", 4), ("b", "r", 1)], devices=[("a", "x", 2), ("d", "x", 7), ("a", "y", 1)],
    )


def test_each_way_counts_distinct_neighbours(store: Store) -> None:
    planted(store)
    assert ways(store, A) == {
        CONTACTS: 3, Way("POSTED_IN", "Room", "out"): 1, Way("USED", "Identifier", "out", "device"): 2,
    }
    assert ways(store, "Identifier/device:x") == {Way("USED", "Account", "in"): 2}
    assert ways(store, "Account/t:nobody") == {}


def test_contacts_that_somebody_began_are_ways_of_their_own(store: Store) -> None:
    plant(store, [("a", "b", 3)])
    began = [{"source": "t:b", "target": "t:a", "messages": 1, "initiated": True}]
    store.write_rows(create_edges("CONTACTED", "Account", "Account"), began)
    outwards, inwards = (Way("CONTACTED", "Account", way, initiated=True) for way in ("out", "in"))
    assert ways(store, B) == {CONTACTS: 1, outwards: 1}
    assert ways(store, A) == {CONTACTS: 1, inwards: 1}
    assert neighbours(store, A, inwards).keys == (B,)
    assert neighbours(store, A, outwards).keys == ()


def test_the_strongest_of_a_way_come_first_and_the_total_is_said(store: Store) -> None:
    planted(store)
    found = neighbours(store, A, CONTACTS, limit=2)
    assert (found.keys, found.total) == ((B, C), 3)  # 12 messages both ways, then 5
    assert neighbours(store, A, CONTACTS).keys == (B, C, D)
    assert neighbours(store, A, Way("USED", "Identifier", "out", "device")).keys == (
        "Identifier/device:x", "Identifier/device:y",
    )
    assert neighbours(store, A, Way("USED", "Identifier", "out", "email")).keys == ()
    for by in ("days", "first", "rarity"):
        assert set(neighbours(store, A, CONTACTS, by=by).keys) == {B, C, D}  # type: ignore[arg-type]
    with pytest.raises(GraphError):
        neighbours(store, A, CONTACTS, by="luck")  # type: ignore[arg-type]
    with pytest.raises(GraphError):
        Way("KNOWS", "Account")


def test_the_strongest_along_any_way(store: Store) -> None:
    planted(store)
    found = strongest(store, [A], limit=3)
    assert (found.keys, found.total) == ((B, C, "Room/t:r"), 6)
    both = strongest(store, [A, B])
    assert both.keys == (C, "Room/t:r", "Identifier/device:x", D, "Identifier/device:y")
    assert both.total == 5
    assert strongest(store, [A], types=["USED"]).keys == ("Identifier/device:x", "Identifier/device:y")


def test_what_several_share_is_next_to_two_of_them(store: Store) -> None:
    planted(store)
    assert shared(store, [A, B]).keys == ("Room/t:r",)
    assert shared(store, [A, D]).keys == (C, "Identifier/device:x")
    assert shared(store, [A]).keys == ()
    assert shared(store, [A, D], types=["USED"]).keys == ("Identifier/device:x",)
    assert shared(store, [A, D], limit=1).total == 2


def test_neighbours_are_counted_once_whatever_joins_them(store: Store) -> None:
    planted(store)
    assert around_counts(store, [A, B, "Room/t:r"]) == {A: 6, B: 2, "Room/t:r": 2}


def test_what_is_joined_to_a_picture_is_what_the_graph_holds_among_all(store: Store) -> None:
    planted(store)
    everything = [A, B, C, D, "Room/t:r", "Identifier/device:x", "Identifier/device:y"]
    whole = nodes(store, everything).subgraph
    for few in (everything[:1], everything[:2], everything[:5], everything[:6]):
        known = nodes(store, few).subgraph
        grown = joined(store, [*everything, "Account/t:nobody", "Name/x"], known)
        assert grown == whole
    assert joined(store, everything, Subgraph()) == whole
    assert joined(store, few, whole) is whole
