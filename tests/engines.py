"""On which engines does the suite run?  Both: the embedded one and a real Neo4j, as fixtures.

``store`` runs its test twice and yields a writer on an empty graph with its schema; ``reader_store`` is the same
graph for reading only.  Where Java or Maven are missing the Neo4j half says so and skips; with CI=true it fails.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from graph.embedded import EmbeddedEngine, Lease
from graph.store import Address, Store
from tests.neo4j.server import SHORT_LIVED, Neo4jServer, Unavailable

ENGINES = ("embedded", "neo4j")
CASE = "contract"


def missing(reason: str) -> NoReturn:
    """Skip for that reason, or fail where nothing may be skipped."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A running Neo4j server, one for the whole session."""
    try:
        server = Neo4jServer(tmp_path_factory.mktemp("neo4j"), SHORT_LIVED)
        server.start()
    except Unavailable as reason:
        missing(str(reason))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def neo4j_address(neo4j_server: Neo4jServer) -> Address:
    """The address of that server's only database."""
    return Address(neo4j_server.url, neo4j_server.user, neo4j_server.password)


@pytest.fixture(scope="session")
def embedded_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace for the embedded engine, one for the whole session."""
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="session")
def embedded_engine(embedded_workspace: Path) -> Iterator[EmbeddedEngine]:
    """An embedded engine that runs for the whole session."""
    engine = EmbeddedEngine(embedded_workspace, heap="320m", grace_s=0.2)
    with engine.lease(CASE):
        yield engine
    assert engine.stop_if_idle(timeout_s=20.0), "the engine outlived its last lease"


@pytest.fixture(scope="session")
def embedded_lease(embedded_engine: EmbeddedEngine) -> Iterator[Lease]:
    with embedded_engine.lease(CASE) as lease:
        yield lease


@pytest.fixture(scope="session")
def neo4j_writer(neo4j_address: Address) -> Iterator[Store]:
    with Store.connect(neo4j_address) as store:
        store.ensure_schema()
        yield store


@pytest.fixture(scope="session")
def embedded_writer(embedded_lease: Lease) -> Iterator[Store]:
    with Store.connect(embedded_lease.writer) as store:
        yield store


@pytest.fixture(params=[pytest.param(name, marks=getattr(pytest.mark, name)) for name in ENGINES])
def store(request: pytest.FixtureRequest) -> Store:
    """A writing store on an empty graph, once on each engine."""
    writer: Store = request.getfixturevalue(f"{request.param}_writer")
    writer.wipe()
    return writer


@pytest.fixture
def reader_store(store: Store, request: pytest.FixtureRequest) -> Iterator[Store]:
    """The same graph for reading only: the reader of the embedded engine, read transactions on Neo4j."""
    if store.engine == "neo4j":
        address = store.address
    else:
        lease: Lease = request.getfixturevalue("embedded_lease")
        address = lease.reader
    with Store.connect(address, read_only=True) as reader:
        yield reader
