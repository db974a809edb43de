"""Selections of the graph, on both engines: listed accounts, all of it, a finding with whom it involves."""

from collections.abc import Sequence

import pytest

from graph.detect.finding import Finding, FindingsDocument
from graph.errors import GraphError, UnknownEntity
from graph.fetch import Ranking, accounts, finding, ranking, whole
from graph.load import write_findings
from graph.load.statements import create_edges
from graph.store import Store
from graph.subgraph import Edge
from tests.contract.planting import ids, plant
from tests.written_reasons import reason


def test_accounts_are_shown_with_what_is_between_them(store: Store) -> None:
    plant(store, [("a", "b", 1), ("b", "c", 1), ("c", "a", 1), ("a", "a", 1)])
    found = accounts(store, ["t:b", "t:a"])
    assert ids(found.subgraph.nodes) == ["t:a", "t:b"]
    assert {(edge.source, edge.target) for edge in found.subgraph.edges} == {
        ("Account/t:a", "Account/t:a"), ("Account/t:a", "Account/t:b"),
    }
    with pytest.raises(UnknownEntity, match="t:gone"):
        accounts(store, ["t:a", "t:gone"])


def test_the_whole_graph_or_its_busiest_part(store: Store) -> None:
    plant(store, [("a", "b", 1), ("b", "c", 1)], rooms=[("a", "r", 1)])
    store.write("MATCH (n:Account {id: 't:b'}) SET n.contacts = 2")
    everything = whole(store, limit=100)
    assert everything.subgraph.counts() == {"Account": 3, "CONTACTED": 2, "POSTED_IN": 1, "Platform": 1, "Room": 1}
    assert (everything.shown, everything.total) == (5, 5)
    part = whole(store, limit=2)
    assert ids(part.subgraph.nodes) == ["t:a", "t:b"]
    assert (part.shown, part.total, len(part.subgraph.edges)) == (2, 5, 1)


def test_an_order_that_is_known_gives_the_same_picture_without_asking_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(store, [("a", "b", 1), ("b", "c", 1)], rooms=[("a", "r", 1)])
    store.write("MATCH (n:Account {id: 't:c'}) SET n.contacts = 2")
    order = ranking(store)
    assert order == Ranking("sha256:1", 3, ("t:c", "t:a", "t:b"))
    for limit in (1, 2, 3, 4, 5, 100):
        assert whole(store, limit=limit, ranking=order) == whole(store, limit=limit)
    asked: list[str] = []
    read = Store.read
    monkeypatch.setattr(Store, "read", lambda self, cypher, *rest, **more: (
        asked.append(cypher), read(self, cypher, *rest, **more)
    )[1])
    whole(store, limit=2, ranking=order)
    assert not [cypher for cypher in asked if "ORDER BY" in cypher or "MATCH (n:Account) " in cypher]


def test_an_order_of_another_graph_or_of_too_few_is_not_heeded(store: Store) -> None:
    plant(store, [("a", "b", 1), ("b", "c", 1)])
    other, few = Ranking("sha256:2", 9, ("t:c",)), Ranking("sha256:1", 3, ("t:c",))
    assert whole(store, limit=2, ranking=other) == whole(store, limit=2, ranking=few) == whole(store, limit=2)
    assert ids(whole(store, limit=1, ranking=few).subgraph.nodes) == ["t:c"]
    store.mark_case("contract", "")
    with pytest.raises(GraphError, match="being loaded"):
        ranking(store)


def test_an_empty_graph_has_an_order_of_nobody(store: Store) -> None:
    store.mark_case("contract", "sha256:1")
    assert ranking(store) == Ranking("sha256:1", 0, ())
    assert whole(store, limit=2, ranking=ranking(store)).shown == 0


def document(*findings: Finding, run: str = "run1") -> FindingsDocument:
    return FindingsDocument("contract", run, "sha256:1", {}, findings)


def lead(members: Sequence[str], targets: Sequence[str], kind: str = "hub") -> Finding:
    return Finding(
        kind=kind, members=tuple(members), targets=tuple(targets), tier="weak", score=0.5,  # type: ignore[arg-type]
        reasons=(reason("contacts", 1, 0, "one contact"),), first_at="2024-03-04T17:00:00Z",
    )


def test_findings_stand_beside_whom_they_involve(store: Store) -> None:
    plant(store, [("a", "b", 1), ("b", "c", 1)], rooms=[("c", "a", 1)])
    hub, room = lead(["t:a"], ["t:b"]), lead(["t:a"], ["t:c"], "room")
    report = write_findings(store, document(hub, room))
    assert (report.findings, report.involved, report.missing) == (2, 4, ())
    found = finding(store, hub.finding_id)
    assert [node.key for node in found.subgraph.nodes] == ["Account/t:a", "Account/t:b", f"Finding/{hub.finding_id}"]
    assert [(edge.type, edge.properties.get("part")) for edge in found.subgraph.edges] == [
        ("CONTACTED", None), ("INVOLVES", "member"), ("INVOLVES", "target"),
    ]
    assert "Room/t:a" in {node.key for node in finding(store, room.finding_id).subgraph.nodes}
    assert store.read("MATCH (f:Finding) WHERE f.run_id = 'run1' RETURN count(f)").scalar() == 2
    with pytest.raises(UnknownEntity):
        finding(store, "hub-0")


def test_findings_are_replaced_as_a_whole_and_missing_people_are_named(store: Store) -> None:
    plant(store, [("a", "b", 1)])
    write_findings(store, document(lead(["t:a"], ["t:b"])))
    second = lead(["t:b"], ["t:gone"])
    report = write_findings(store, document(second, run="run2"))
    assert report.missing == (f"{second.finding_id} target t:gone",)
    assert store.read("MATCH (f:Finding) RETURN f.run_id, f.batch_id").rows == [("run2", "run2")]
    assert store.read("MATCH (:Finding)-[r]->() RETURN count(r)").scalar() == 1
    write_findings(store, document())
    assert store.read("MATCH (f:Finding) RETURN count(f)").scalar() == 0


def test_edges_of_parallel_types_are_all_fetched(store: Store) -> None:
    plant(store, [("a", "b", 1)])
    rows = [{"source": "t:a", "target": "t:b", "reason": reason} for reason in ("one", "two")]
    store.write_rows(create_edges("REPORTED", "Account", "Account"), rows)
    edges: list[Edge] = [edge for edge in accounts(store, ["t:a", "t:b"]).subgraph.edges if edge.type == "REPORTED"]
    assert [edge.properties["reason"] for edge in edges] == ["one", "two"]
