"""Evidence into a graph, on both engines: whole, grown, cut short, swept, rebuilt; always the same graph."""

import csv
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.embedded import EmbeddedEngine
from graph.errors import WrongCase
from graph.load import LoadReport, project, rebuild, sweep
from graph.store import Store
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests import scenarios
from tests.contract.graph_content import add, content, expected, write
from tests.engines import CASE
from tests.real_data import real_data
from tests.scenarios import at

Load = Callable[..., LoadReport]


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    return CaseFolder(tmp_path / "workspace", CASE).create()


@pytest.fixture
def engine(store: Store, request: pytest.FixtureRequest) -> EmbeddedEngine | None:
    if store.engine == "neo4j":
        return None
    found: EmbeddedEngine = request.getfixturevalue("embedded_engine")
    return found


@pytest.fixture
def load(case: CaseFolder, store: Store, engine: EmbeddedEngine | None) -> Load:
    """Projects the case as the workbench does; ``bulk=False`` never through the embedded engine's bulk load."""

    def run(*, anew: bool = False, bulk: bool = True) -> LoadReport:
        with Lake(case) as lake:
            return (rebuild if anew else project)(lake, store, case=CASE, engine=engine if bulk else None)

    return run


def chat(*lines: tuple[float, str, str]) -> list[dict[str, object]]:
    """Messages (minutes, sender, recipient or #room)."""
    return [
        {
            "sent_at": at(minutes), "sender_id": sender, "recipient_id": "" if to.startswith("#") else to,
            "room_id": to[1:] if to.startswith("#") else "",
        }
        for minutes, sender, to in lines
    ]


def report(name: str, minutes: float, reason: str) -> dict[str, object]:
    return {
        "report_id": name, "reported_id": "a", "reporter_id": "c", "made_at": at(minutes), "reason": reason,
    }


def three_batches(case: CaseFolder, folder: Path) -> Callable[[], bool]:
    """Adds one batch a call, each changing what the one before said; False when there is none left."""
    batches = [
        {
            "messages": chat((5, "a", "b"), (9, "b", "a"), (11, "a", "#lobby"), (12, "c", "a")),
            "sessions": [{"account_id": "a", "started_at": at(0), "ip": "192.0.2.1", "device_id": "d1"}],
            "ownerships": [
                {"owner_id": "p1", "owned_id": "c1", "share": 0.5}, {"owner_id": "x", "owned_id": "c1", "share": 0.1}
            ],
            "reports": [report("s1", 20, "spam")],
        },
        {
            "accounts": [{"account_id": "a", "pseudonym": "ann", "declared_age": 15}, {"account_id": "new"}],
            "messages": chat((1, "b", "a"), (2000, "a", "b"), (13, "d", "#lobby")),
            "sessions": [{"account_id": "b", "started_at": at(3), "ip": "192.0.2.1"}],
            "persons": [{"person_id": "p1", "name": "Someone"}],
            "reports": [report("s2", 30, "more")],
        },
        {
            "accounts": [{"account_id": "a", "status": "closed"}],
            "rooms": [{"room_id": "lobby", "name": "Lobby"}],
            "companies": [{"company_id": "c1", "name": "One"}],
            "ownerships": [
                {"owner_id": "p1", "owned_id": "c1", "share": 0.6, "from": "2024-01-01T00:00:00Z"},
                {"owner_id": "x", "owned_id": "c1", "share": 0.2},
            ],
            "operators": [{"company_id": "c1", "platform": CASE}],
            "identifiers": [
                {"account_id": "a", "kind": "email", "value": "a@courriel.example", "first_seen_at": at(1)}
            ],
        },
    ]
    left = list(enumerate(batches))

    def following() -> bool:
        if not left:
            return False
        number, tables = left.pop(0)
        add(case, folder / str(number), **tables)
        return True

    return following


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
        assert (mark.id, mark.evidence_digest, mark.schema_version) == (CASE, lake.digest(), 1)


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


def test_a_second_projection_writes_nothing(case: CaseFolder, store: Store, load: Load, tmp_path: Path) -> None:
    add(case, tmp_path / "a", messages=chat((0, "a", "b")))
    load()
    store.write("MATCH (n:Account) SET n.touched = true")
    report = load()
    assert (report.mode, report.nodes, report.relationships) == ("unchanged", 0, 0)
    assert store.read("MATCH (n:Account) WHERE n.touched RETURN count(n)").scalar() == 2


def test_growing_by_batches_ends_in_the_graph_of_a_rebuild(
    case: CaseFolder, store: Store, load: Load, tmp_path: Path
) -> None:
    following = three_batches(case, tmp_path)
    modes = []
    while following():
        modes.append(load().mode)
        assert content(store) == expected(case)
    assert modes == ["full", "increment", "increment"]
    grown = content(store)
    assert load(anew=True).mode == "full"
    assert content(store) == grown


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


def test_rows_and_bulk_give_the_same_graph(case: CaseFolder, store: Store, load: Load, tmp_path: Path) -> None:
    scenarios.every_table(tmp_path / "all")
    ingest([tmp_path / "all"], case=case)
    load(bulk=True)
    through_bulk = content(store)
    load(anew=True, bulk=False)
    assert content(store) == through_bulk


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


KILLED = """
import os, signal, sys
from pathlib import Path
from graph.embedded import EmbeddedEngine
from graph.load import project
from graph.store import Address, Store
from ingest.case_folder import CaseFolder
from ingest.lake import Lake

url, user, password, database, workspace, name, engine, steps = sys.argv[1:]
left = int(steps)

def progress(stage, done, total):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

with Lake(CaseFolder(Path(workspace), name)) as lake:
    with Store.connect(Address(url, user, password, database or None)) as store:
        project(
            lake, store, case=name, engine=EmbeddedEngine(Path(engine)) if engine else None, progress=progress
        )
"""


def killed_after(steps: int, case: CaseFolder, store: Store, workspace: Path | None) -> None:
    """Project in a process of its own that kills itself at that step of its progress."""
    address = store.address
    done = subprocess.run(
        [
            sys.executable, "-c", KILLED, address.url, address.user, address.password, address.database or "",
            str(case.workspace), case.name, str(workspace or ""), str(steps),
        ],
        cwd=Path(__file__).parents[2], capture_output=True, check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.parametrize("steps", [4])
@pytest.mark.parametrize("bulk", [False, True], ids=["rows", "bulk"])
def test_a_first_load_cut_by_a_kill_is_done_again(
    steps: int, bulk: bool, case: CaseFolder, store: Store, engine: EmbeddedEngine | None, load: Load, tmp_path: Path
) -> None:
    if bulk and engine is None:
        assert store.engine == "neo4j"  # a server has no bulk load: the rows' half is all there is
        return
    scenarios.every_table(tmp_path / "all")
    ingest([tmp_path / "all"], case=case)
    workspace = engine.folder.path.parent if engine is not None and bulk else None
    killed_after(steps, case, store, workspace)
    mark = store.case()
    assert mark is None or mark.evidence_digest == ""
    assert load(bulk=bulk).mode == "full"
    assert content(store) == expected(case)
    assert not list((case.path / "scratch").glob("graph-*"))


@pytest.mark.parametrize("steps", [2, 7])
def test_an_increment_cut_by_a_kill_is_done_again(
    steps: int, case: CaseFolder, store: Store, load: Load, tmp_path: Path
) -> None:
    following = three_batches(case, tmp_path)
    following()
    load(bulk=False)
    following()
    following()
    with Lake(case) as lake:
        digest = lake.digest()
    killed_after(steps, case, store, None)
    mark = store.case()
    assert mark is not None
    assert mark.evidence_digest != digest
    assert load(bulk=False).mode == "increment"
    assert content(store) == expected(case)


def test_two_processes_at_once_do_one_load(case: CaseFolder, store: Store, tmp_path: Path) -> None:
    add(case, tmp_path / "a", messages=chat(*((n, f"a{n % 50}", f"b{n % 70}") for n in range(2_000))))
    address = store.address
    command = [
        sys.executable, "-c", KILLED, address.url, address.user, address.password, address.database or "",
        str(case.workspace), case.name, "", "0",
    ]
    root = Path(__file__).parents[2]
    both = [subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, env=dict(os.environ)) for _ in range(2)]
    for process in both:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors.decode()
    assert content(store) == expected(case)


def test_real_private_messages_give_their_known_number_of_contacts(
    case: CaseFolder, store: Store, load: Load, tmp_path: Path
) -> None:
    """CollegeMsg (SNAP): 59,835 messages between 1,899 people, 20,296 directed pairs."""
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
