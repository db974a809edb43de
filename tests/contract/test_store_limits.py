"""Is every statement that writes, administers, reads a file or runs away refused or ended, and the graph unharmed?"""

import contextlib
import threading
import time
from collections.abc import Iterator

import neo4j
import pytest

from graph.errors import GraphError, StatementTimeout, StatementTooLarge
from graph.store import Store, received

RUNAWAYS = (
    "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b % 7 = 3 RETURN sum(a + b)",
    "MATCH (a:Account)-[:CONTACTED*1..25]-(b:Account) RETURN count(*)",
    "MATCH (a:Account), (b:Account), (c:Account), (d:Account), (e:Account), (f:Account) RETURN max(a.id + f.id)",
    "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN a, b",
)
WRITES = (
    "CREATE (:Account {id: 'p:new'})",
    "MATCH (a:Account) SET a.role = 'staff' RETURN a.role",
    "MATCH (a:Account) REMOVE a.pseudonym",
    "MATCH (a:Account) DETACH DELETE a",
    "MERGE (:Account {id: 'p:new'})",
    "MATCH (a:Account {id: 'p:0'}), (b:Account {id: 'p:1'}) CREATE (a)-[:CONTACTED]->(b)",
    "CREATE INDEX mine IF NOT EXISTS FOR (n:Account) ON (n.status)",
    "MATCH (a:Account) FOREACH (x IN [1] | SET a.role = 'staff')",
)


@pytest.fixture
def clique(store: Store) -> Store:
    store.write(
        "UNWIND range(0, 39) AS i CREATE (:Account {id: 'p:' + i, pseudonym: 'member ' + i})"
    )
    store.write(
        "MATCH (a:Account), (b:Account) WHERE a.id < b.id CREATE (a)-[:CONTACTED {messages: 1}]->(b)"
    )
    return store


def fingerprint(store: Store) -> object:
    return (
        store.read("MATCH (n) RETURN n ORDER BY n.id").rows,
        store.read("MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id ORDER BY a.id, b.id").rows,
        store.read("SHOW INDEXES YIELD name, type, properties RETURN count(*)").rows
        if store.engine == "neo4j"
        else store.read("SHOW INDEXES").rows,
    )


def running(store: Store) -> list[str]:
    rows = store.read("SHOW TRANSACTIONS YIELD currentQuery").rows
    return [str(row[0]) for row in rows if "SHOW TRANSACTIONS" not in str(row[0])]


@pytest.mark.parametrize("statement", RUNAWAYS, ids=("product", "paths", "cartesian", "rows"))
def test_a_runaway_is_ended_and_leaves_nothing_running(clique: Store, reader_store: Store, statement: str) -> None:
    before = fingerprint(clique)
    began = time.monotonic()
    with pytest.raises(StatementTimeout, match="1 s"):
        reader_store.read(statement, timeout_s=1.0)
    assert time.monotonic() - began < 10.0
    deadline = time.monotonic() + 5.0
    while running(clique) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running(clique) == []
    assert fingerprint(clique) == before


def test_a_row_that_would_fill_the_reader_s_memory_is_not_received(
    clique: Store, reader_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(received, "MOST_BYTES", 1 << 20)
    with pytest.raises(StatementTooLarge, match="a single row"):
        reader_store.read("UNWIND range(1, 50000) AS i RETURN collect('too many words for a row ' + i)", max_rows=10)
    assert reader_store.read("MATCH (a:Account) RETURN count(a)", max_rows=10).scalar() == 40
    assert running(clique) == []


def test_a_capped_statement_returns_at_once_although_its_rows_are_endless(clique: Store, reader_store: Store) -> None:
    began = time.monotonic()
    rows = reader_store.read(
        "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN a, b", max_rows=10, timeout_s=20.0
    )
    assert (len(rows), rows.truncated) == (10, True)
    assert time.monotonic() - began < 10.0
    assert running(clique) == []


def test_a_timeout_ends_its_own_statement_and_no_other(clique: Store, reader_store: Store) -> None:
    patient: list[object] = []
    slow = "UNWIND range(1, 600) AS a UNWIND range(1, 600) AS b WITH a, b WHERE a * b % 7 = 3 RETURN count(*)"
    other = threading.Thread(target=lambda: patient.append(reader_store.read(slow, timeout_s=25.0).scalar()))
    other.start()
    with pytest.raises(StatementTimeout):
        reader_store.read(RUNAWAYS[0], timeout_s=0.5)
    other.join()
    assert isinstance(patient[0], int)


@pytest.mark.parametrize("statement", WRITES)
def test_a_read_never_changes_the_graph(clique: Store, reader_store: Store, statement: str) -> None:
    before = fingerprint(clique)
    with contextlib.suppress(GraphError):  # a plan that fits a reader's limits may run: it is rolled back
        reader_store.read(statement)
    assert fingerprint(clique) == before


@pytest.mark.embedded
@pytest.mark.parametrize(
    "statement",
    [
        *WRITES,
        "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
        "CREATE USER mallory SET PASSWORD 'long-enough-1'",
        "ALTER USER root SET PASSWORD 'long-enough-1'",
        "DROP INDEX `Account[id]`",
    ],
)
def test_the_reading_user_of_the_embedded_engine_cannot_write_even_beside_the_store(
    embedded_writer: Store, embedded_reader_session: neo4j.Session, statement: str
) -> None:
    embedded_writer.wipe()
    embedded_writer.write("UNWIND range(0, 2) AS i CREATE (:Account {id: 'p:' + i, pseudonym: 'member ' + i})")
    before = fingerprint(embedded_writer)
    with pytest.raises(neo4j.exceptions.Neo4jError):
        embedded_reader_session.run(statement).consume()  # type: ignore[arg-type]
    assert fingerprint(embedded_writer) == before


@pytest.fixture
def embedded_reader_session(request: pytest.FixtureRequest) -> Iterator[neo4j.Session]:
    """A session of the reading user with write access mode, as a hostile client would open it."""
    address = request.getfixturevalue("embedded_lease").reader
    with (
        neo4j.GraphDatabase.driver(address.url, auth=(address.user, address.password)) as driver,
        driver.session(database=address.database, default_access_mode=neo4j.WRITE_ACCESS) as session,
    ):
        yield session


@pytest.mark.embedded
@pytest.mark.parametrize("place", ["file:///etc/hostname", "http://127.0.0.1:9/x"])
def test_not_even_the_writer_of_the_embedded_engine_loads_a_file(embedded_writer: Store, place: str) -> None:
    with pytest.raises(GraphError, match="LOAD CSV"):
        embedded_writer.read(f"LOAD CSV FROM '{place}' AS line RETURN line")


def test_concurrent_writers_of_one_node_all_succeed(store: Store) -> None:
    faults: list[Exception] = []

    def write() -> None:
        try:
            for number in range(10):
                store.write(
                    "MERGE (a:Account {id: $id}) ON CREATE SET a.messages = 1 ON MATCH SET a.messages = a.messages + 1",
                    {"id": f"p:{number}"},
                )
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert store.read("MATCH (a:Account) RETURN count(a), sum(a.messages)").rows == [(10, 40)]
