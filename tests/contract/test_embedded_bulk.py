"""Does a bulk load put the whole graph in place, or leave the old one?  Whatever the rows, whenever it is killed."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.embedded import EdgeFile, EmbeddedEngine, NodeFile
from graph.errors import EngineUnavailable, GraphError
from graph.schema import SCHEMA_VERSION
from graph.store import CaseMark, Store
from graph.subgraph import Edge, Node

pytestmark = pytest.mark.embedded
AT = datetime(2024, 2, 29, 12, 30, 15, 123456, tzinfo=UTC)
HOSTILE = ['"}]; DROP', "<b>x</b>", "émile \u202e☃", "new\nline", "\\u0000", "null", ""]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("bulk"), heap="384m", grace_s=0.3)
    with engine.lease("bulk"):
        yield engine
    assert engine.stop_if_idle(timeout_s=30.0)


def node_file(folder: Path, ids: list[str], name: str = "accounts", **columns: object) -> NodeFile:
    path = folder / f"{name}.parquet"
    pq.write_table(pa.table({"id": pa.array(ids, pa.string()), **columns}), path)
    return NodeFile("Account", path)


def edge_file(folder: Path, pairs: list[tuple[str, str]], **columns: object) -> EdgeFile:
    path = folder / "contacts.parquet"
    ends = {
        "source": pa.array([pair[0] for pair in pairs], pa.string()),
        "target": pa.array([pair[1] for pair in pairs], pa.string()),
    }
    pq.write_table(pa.table({**ends, **columns}), path)
    return EdgeFile("CONTACTED", "Account", "Account", path)


def load(engine: EmbeddedEngine, nodes: list[NodeFile], edges: list[EdgeFile], digest: str = "sha256:1") -> Store:
    engine.bulk("bulk", nodes, edges, evidence_digest=digest)
    with engine.lease("bulk") as lease:
        return Store.connect(lease.writer)


def test_rows_become_the_same_values_as_over_bolt(engine: EmbeddedEngine, tmp_path: Path) -> None:
    nodes = node_file(
        tmp_path, ["p:a", "p:b"],
        pseudonym=pa.array(["Night Owl", None]), declared_age=pa.array([14, None], pa.int32()),
        created_at=pa.array([AT.replace(tzinfo=None), None], pa.timestamp("us")), stub=pa.array([None, True]),
    )
    edges = edge_file(
        tmp_path, [("p:a", "p:b")],
        messages=pa.array([3]), initiated=pa.array([True]), first_at=pa.array([AT], pa.timestamp("us", "UTC")),
    )
    with load(engine, [nodes], [edges]) as store:
        owl = Node("p:a", "Account", {"created_at": AT, "declared_age": 14, "pseudonym": "Night Owl"})
        other = Node("p:b", "Account", {"stub": True})
        assert store.read("MATCH (a:Account) RETURN a ORDER BY a.id").rows == [(owl,), (other,)]
        contact = Edge("Account/p:a", "Account/p:b", "CONTACTED", {"first_at": AT, "initiated": True, "messages": 3})
        assert store.read("MATCH ()-[c]->() RETURN c").rows == [(contact,)]
        assert store.read("MATCH (a)<-[:CONTACTED]-(b) RETURN a.id, b.id").rows == [("p:b", "p:a")]
        later = {"to": AT + timedelta(microseconds=1), "from": AT}
        count = "MATCH (a:Account) WHERE a.created_at >= $from AND a.created_at < $to RETURN count(a)"
        assert store.read(count, later).scalar() == 1
        assert store.case() == CaseMark("bulk", "sha256:1", SCHEMA_VERSION)
        assert store.search_text("owl").total == 1
        with pytest.raises(GraphError):
            store.write("CREATE (:Account {id: 'p:a'})")


def test_hostile_text_arrives_as_it_is(engine: EmbeddedEngine, tmp_path: Path) -> None:
    ids = [f"p:{text}" for text in HOSTILE]
    nodes = node_file(tmp_path, ids, pseudonym=pa.array(HOSTILE))
    with load(engine, [nodes], [edge_file(tmp_path, [(ids[0], ids[1])])]) as store:
        found = dict(store.read("MATCH (a:Account) RETURN a.id, a.pseudonym").rows)
        assert found == dict(zip(ids, HOSTILE, strict=True))


def test_an_empty_load_leaves_an_empty_marked_graph(engine: EmbeddedEngine, tmp_path: Path) -> None:
    with load(engine, [node_file(tmp_path, [])], []) as store:
        assert store.read("MATCH (n) RETURN count(n)").scalar() == 1
        assert store.case() is not None


def test_a_later_increment_merges_into_a_bulk_load(engine: EmbeddedEngine, tmp_path: Path) -> None:
    with load(engine, [node_file(tmp_path, ["p:a", "p:b"])], [edge_file(tmp_path, [("p:a", "p:b")])]) as store:
        store.write("MERGE (a:Account {id: 'p:a'}) MERGE (c:Account {id: 'p:c'}) MERGE (a)-[:CONTACTED]->(c)")
        assert store.read("MATCH (a:Account) RETURN count(a)").scalar() == 3
        assert store.read("MATCH (:Account {id: 'p:a'})-[c]->() RETURN count(c)").scalar() == 2


@pytest.mark.parametrize("fault", ["end", "twice", "column"])
def test_a_faulty_load_leaves_the_old_graph(engine: EmbeddedEngine, tmp_path: Path, fault: str) -> None:
    load(engine, [node_file(tmp_path, ["p:old"])], [], "sha256:old").close()
    nodes, edges = node_file(tmp_path, ["p:a", "p:b"], "new"), []
    if fault == "end":
        edges = [edge_file(tmp_path, [("p:a", "p:nobody")])]
    elif fault == "twice":
        nodes = node_file(tmp_path, ["p:a", "p:a"], "new")
    else:
        nodes = node_file(tmp_path, ["p:a"], "new", nonsense=pa.array([1]))
    with pytest.raises(GraphError, match={"end": "p:nobody", "twice": "twice", "column": "nonsense"}[fault]):
        engine.bulk("bulk", [nodes], edges, evidence_digest="sha256:new")
    with engine.lease("bulk") as lease, Store.connect(lease.reader) as store:
        assert store.case() == CaseMark("bulk", "sha256:old", SCHEMA_VERSION)
        assert store.read("MATCH (a:Account) RETURN a.id").rows == [("p:old",)]
    assert list(engine.folder.building.iterdir()) == []


def test_an_open_store_sees_the_new_graph_after_the_swap(engine: EmbeddedEngine, tmp_path: Path) -> None:
    load(engine, [node_file(tmp_path, ["p:old"])], []).close()
    with engine.lease("bulk") as lease, Store.connect(lease.reader, read_only=True) as store:
        assert store.read("MATCH (a:Account) RETURN a.id").rows == [("p:old",)]
        engine.bulk("bulk", [node_file(tmp_path, ["p:new"])], [], evidence_digest="sha256:2")
        assert store.read("MATCH (a:Account) RETURN a.id").rows == [("p:new",)]


def test_dropping_a_case_leaves_it_empty_and_others_alone(engine: EmbeddedEngine) -> None:
    with engine.lease("one") as one, engine.lease("two") as two:
        for lease in (one, two):
            with Store.connect(lease.writer) as store:
                store.mark_case(lease.case, "sha256:1")
        engine.drop("one")
        with Store.connect(one.reader) as first, Store.connect(two.reader) as second:
            assert first.case() is None
            assert second.case() is not None


def test_who_reads_during_a_swap_sees_the_old_graph_or_the_new_one(engine: EmbeddedEngine, tmp_path: Path) -> None:
    load(engine, [node_file(tmp_path, ["p:0"])], []).close()
    seen: list[str] = []
    failed: list[Exception] = []
    done = threading.Event()

    def look() -> None:
        with engine.lease("bulk") as lease, Store.connect(lease.reader, read_only=True) as store:
            while not done.is_set():
                try:
                    seen.append(str(store.read("MATCH (a:Account) RETURN a.id").scalar()))
                except GraphError as error:
                    failed.append(error)

    readers = [threading.Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(1, 6):
        engine.bulk("bulk", [node_file(tmp_path, [f"p:{number}"])], [], evidence_digest=f"sha256:{number}")
    done.set()
    for reader in readers:
        reader.join()
    assert failed == []
    assert set(seen) <= {f"p:{number}" for number in range(6)}
    assert len(set(seen)) > 2


@pytest.mark.parametrize("after_s", [0.05, 0.8])
def test_a_kill_in_the_middle_leaves_the_old_graph_or_the_new_one(tmp_path: Path, after_s: float) -> None:
    engine = EmbeddedEngine(tmp_path, heap="384m", grace_s=0.3)
    ids = [f"p:{number}" for number in range(4000)]
    nodes = node_file(tmp_path, ids)
    edges = edge_file(tmp_path, [(ids[number % 4000], ids[(number * 7 + 1) % 4000]) for number in range(12_000)])
    with engine.lease("bulk") as lease:
        engine.bulk("bulk", [node_file(tmp_path, ["p:old"], "old")], [], evidence_digest="sha256:old")
        killer = threading.Thread(target=lambda: (time.sleep(after_s), os.kill(lease.engine_pid, signal.SIGKILL)))
        killer.start()
        with contextlib.suppress(EngineUnavailable):
            engine.bulk("bulk", [nodes], [edges], evidence_digest="sha256:new")
        killer.join()
    with engine.lease("bulk") as lease, Store.connect(lease.reader) as store:
        mark = store.case()
        assert mark is not None
        nodes_found = store.read("MATCH (a:Account) RETURN count(a)").scalar()
        out = store.read("MATCH (:Account)-[c:CONTACTED]->() RETURN count(c)").scalar()
        back = store.read("MATCH (:Account)<-[c:CONTACTED]-() RETURN count(c)").scalar()
        assert (mark.evidence_digest, nodes_found, out, back) in {
            ("sha256:old", 1, 0, 0), ("sha256:new", 4000, 12_000, 12_000),
        }
        assert list(engine.folder.building.iterdir()) == []
    assert engine.stop_if_idle(timeout_s=30.0)


@pytest.mark.timeout(900)  # three loads and four starts of an engine, beside two other processes of the suite
def test_a_large_load_is_built_in_a_process_of_its_own_that_dies_with_the_engine(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    ids = [f"p:{number}" for number in range(60_000)]
    nodes = node_file(tmp_path, ids)
    edges = edge_file(tmp_path, [(ids[number], ids[number + 1]) for number in range(45_000)])
    builders: list[psutil.Process] = []

    def watch(_stage: str, done: int, _total: int | None) -> None:
        with engine.lease("bulk") as lease:
            builders.extend(psutil.Process(lease.engine_pid).children())
            if done >= 60_000 and len(list(engine.folder.building.iterdir())) == 1 and kill:
                kill.pop()
                os.kill(lease.engine_pid, signal.SIGKILL)

    kill: list[bool] = []
    with load(engine, [node_file(tmp_path, ["p:old"], "old")], [], "sha256:old"):
        report = engine.bulk("bulk", [nodes], [edges], evidence_digest="sha256:new", progress=watch)
    assert (report.nodes, report.relationships) == (60_001, 45_000)
    with engine.lease("bulk") as lease, Store.connect(lease.reader) as store:
        assert store.read("MATCH (:Account)-[c:CONTACTED]->(:Account) RETURN count(c)").scalar() == 45_000
    kill.append(True)
    with pytest.raises(EngineUnavailable):
        engine.bulk("bulk", [nodes], [edges], evidence_digest="sha256:newer", progress=watch)
    assert builders
    assert psutil.wait_procs(builders, timeout=20.0)[1] == []
    with engine.lease("bulk") as lease, Store.connect(lease.reader) as store:
        mark = store.case()
        assert mark is not None
        assert mark.evidence_digest == "sha256:new"
        assert store.read("MATCH (:Account)-[c:CONTACTED]->(:Account) RETURN count(c)").scalar() == 45_000
    assert list(engine.folder.building.iterdir()) == []
