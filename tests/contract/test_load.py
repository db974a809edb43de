"""Evidence into a graph, on both engines: whole, grown, swept, rebuilt; always the same graph."""

import csv
import itertools
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.embedded import EmbeddedEngine
from graph.errors import UnknownEntity, WrongCase
from graph.fetch import entity
from graph.load import project, sweep
from graph.store import Store
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests import scenarios
from tests.contract.batches import Load, chat, three_batches
from tests.contract.graph_content import add, content, expected, write
from tests.contract.searched import assert_index_is_one_with, assert_search_is_one_with
from tests.engines import CASE
from tests.real_data import real_data


def test_every_table_becomes_nodes_and_relationships(
    case: CaseFolder, store: Store, load: Load, tmp_path: Path
) -> None:
    scenarios.every_table(tmp_path / "all")
    ingest([tmp_path / "all"], case=case)
    report = load()
    assert report.mode == "full"
    assert content(store) == expected(case)
    assert len(content(store)) == report.nodes + report.relationships
    assert store.read("MATCH (n) WHERE n.batch_id IS NULL RETURN count(n)").scalar() == 0
    assert store.read("MATCH ()-[r]->() WHERE r.batch_id IS NULL RETURN count(r)").scalar() == 0
    with Lake(case) as lake:
        mark = store.case()
        assert mark is not None
        assert (mark.id, mark.evidence_digest, mark.schema_version) == (CASE, lake.digest(), 2)
    if store.engine != "neo4j":  # whose load is by rows in any case
        assert load(anew=True, bulk=False).mode == "full"
        assert content(store) == expected(case)


def test_instants_come_back_to_the_microsecond(case: CaseFolder, store: Store, load: Load, tmp_path: Path) -> None:
    moment = "2024-03-04T17:00:00.123456Z"
    add(case, tmp_path / "a", messages=[{"sent_at": moment, "sender_id": "a", "recipient_id": "b"}])
    load()
    wanted = datetime(2024, 3, 4, 17, 0, 0, 123456, tzinfo=UTC)
    assert store.read("MATCH ()-[r:CONTACTED]->() RETURN r.first_at").scalar() == wanted
    assert store.read("MATCH (c:Case) RETURN c.last_at").scalar() == wanted


def test_hostile_names_are_only_text(case: CaseFolder, store: Store, load: Load, tmp_path: Path) -> None:
    names = ["'}) DETACH DELETE n //", "a\\' OR 1=1", "`x`", "$rows", "é\u202e\U0001f600", "%s{0}", "01", "1", "null"]
    add(case, tmp_path / "a", accounts=[{"account_id": name, "pseudonym": name} for name in names],
        messages=chat(*((n, a, b) for n, (a, b) in enumerate(itertools.pairwise(names)))))
    load()
    assert content(store) == expected(case)
    add(case, tmp_path / "b", messages=chat(*((99, a, "'; DROP") for a in names)))
    load(bulk=False)
    assert content(store) == expected(case)


def test_a_second_projection_writes_nothing_and_a_rebuild_everything(
    case: CaseFolder, store: Store, load: Load, tmp_path: Path
) -> None:
    add(case, tmp_path / "a", messages=chat((0, "a", "b")))
    load()
    store.write("MATCH (n:Account) SET n.touched = true")
    report = load()
    assert (report.mode, report.nodes, report.relationships) == ("unchanged", 0, 0)
    touched = "MATCH (n:Account) WHERE n.touched RETURN count(n)"
    assert store.read(touched).scalar() == 2
    assert load(anew=True).mode == "full"
    assert store.read(touched).scalar() == 0
    assert content(store) == expected(case)


def test_growing_by_batches_gives_the_graph_of_all_evidence_at_each(
    case: CaseFolder, store: Store, load: Load, tmp_path: Path
) -> None:
    indexed = store.engine != "neo4j"  # the index is of the evidence: once is enough where both graphs are the same
    following = three_batches(case, tmp_path)
    modes = []
    while following():
        modes.append(load().mode)
        assert content(store) == expected(case)
        if indexed:
            assert_index_is_one_with(store, case)
    if indexed:
        assert_search_is_one_with(store, case)
    with pytest.raises(UnknownEntity):
        entity(store, "contract:nobody")
    assert modes == ["full", "increment", "increment"]


def test_an_increment_leaves_the_rest_alone(case: CaseFolder, store: Store, load: Load, tmp_path: Path) -> None:
    add(case, tmp_path / "a", messages=chat((0, "a", "b"), (1, "c", "d")))
    load()
    store.write("MATCH (n) SET n.touched = true")
    store.write("MATCH ()-[r]->() SET r.touched = true")
    add(case, tmp_path / "b", messages=chat((5, "b", "a")))
    report = load()
    assert (report.mode, report.nodes, report.relationships) == ("increment", 3, 2)  # a, b and the platform
    assert store.read("MATCH (:Account {id: $c})-[r]->() RETURN r.touched", {"c": f"{CASE}:c"}).scalar() is True
    assert store.read("MATCH (n:Account) RETURN count(n)").scalar() == 4


def test_a_hub_grows_from_either_end(case: CaseFolder, store: Store, load: Load, tmp_path: Path) -> None:
    """Relationships are looked up from the end with fewer: at a hub's end, every row would pass all of the hub's."""
    crowd = [f"p{n:04}" for n in range(1_500)]
    add(case, tmp_path / "a", messages=chat(*((n, "hub", name) for n, name in enumerate(crowd)), (0, "p0000", "fan")))
    load()
    again = chat(*((2_000 + n, "hub", name) for n, name in enumerate(crowd)))
    back = chat(*((4_000 + n, name, to) for n, name in enumerate(crowd[:700]) for to in ("hub", "#lobby")))
    add(case, tmp_path / "b", messages=[*again, *back])
    began = time.monotonic()
    assert load(bulk=False).mode == "increment"
    assert time.monotonic() - began < 60
    assert content(store) == expected(case)


def test_another_case_is_refused_and_left_alone(store: Store, load: Load, case: CaseFolder, tmp_path: Path) -> None:
    store.mark_case("other", "sha256:0")
    add(case, tmp_path / "a", messages=chat((0, "a", "b")))
    for anew in (False, True):
        with pytest.raises(WrongCase, match="other"):
            load(anew=anew)
    assert store.read("MATCH (n) RETURN count(n)").scalar() == 1


def test_a_foreign_graph_is_refused_and_left_alone(
    store: Store, load: Load, case: CaseFolder, tmp_path: Path
) -> None:
    store.write("CREATE (:Account {id: 'somebody else'})")
    add(case, tmp_path / "a", messages=chat((0, "a", "b")))
    with pytest.raises(WrongCase):
        load()
    assert store.read("MATCH (n) RETURN count(n)").scalar() == 1


def test_a_swept_batch_is_gone_and_comes_back_with_the_next_projection(
    case: CaseFolder, store: Store, load: Load, tmp_path: Path
) -> None:
    add(case, tmp_path / "a", messages=chat((0, "a", "b"), (1, "a", "c")))
    load()
    second = add(case, tmp_path / "b", messages=chat((5, "x", "y"), (6, "a", "b")))
    load()
    whole = content(store)
    assert sweep(store, [second]) > 0
    assert store.read("MATCH (n:Account {id: $id}) RETURN count(n)", {"id": f"{CASE}:x"}).scalar() == 0
    assert store.read("MATCH ()-[r]->() WHERE r.batch_id = $b RETURN count(r)", {"b": second}).scalar() == 0
    assert load().mode == "increment"
    assert content(store) == whole
    assert sweep(store, []) == 0
    assert sweep(store, ["no such batch"]) == 0


def test_progress_ends_at_the_number_of_rows(
    case: CaseFolder, store: Store, engine: EmbeddedEngine | None, tmp_path: Path
) -> None:
    add(case, tmp_path / "a", messages=chat((0, "a", "b"), (1, "b", "#r")))
    steps: list[tuple[str, int, int | None]] = []
    with Lake(case) as lake:
        told = project(lake, store, case=CASE, engine=engine, progress=lambda *step: steps.append(step))
    rows = told.nodes + told.relationships
    assert steps[0] == ("project", 0, None)
    assert steps[-1] == ("graph", rows, rows)


@pytest.mark.neo4j
@pytest.mark.parametrize("store", ["neo4j"], indirect=True)
def test_real_private_messages_give_their_known_number_of_contacts(
    case: CaseFolder, store: Store, load: Load, tmp_path: Path
) -> None:
    """CollegeMsg (SNAP): 59,835 messages between 1,899 people, 20,296 directed pairs.  Embedded: test_stair.py."""
    lines = real_data("CollegeMsg.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line[:1].isdigit()]
    folder = write(tmp_path / "college", {})
    with (folder / "messages.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["sender_id", "recipient_id", "sent_at"])
        writer.writerows(rows)
    report = ingest([folder], case=case)
    assert report.tables["messages"].accepted == 59_835
    began = time.monotonic()
    assert load().relationships == 20_296
    assert store.read("MATCH (:Account)-[c:CONTACTED]->(:Account) RETURN count(c)").scalar() == 20_296
    assert store.read("MATCH (:Account)-[c:CONTACTED]->(:Account) RETURN sum(c.messages)").scalar() == 59_835
    assert store.read("MATCH (n:Account) RETURN count(n)").scalar() == 1_899
    assert time.monotonic() - began < 120
