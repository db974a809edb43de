"""What do the tests of loading have at hand?  A case, the engine behind the store, the load itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.embedded import EmbeddedEngine
from graph.load import LoadReport, project, rebuild
from graph.store import Store
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.contract.batches import Load
from tests.contract.shell import Shell
from tests.engines import CASE


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


@pytest.fixture
def embedded_shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Shell]:
    yield Shell(tmp_path / "embedded", capsys)
    assert EmbeddedEngine(tmp_path / "embedded").stop_if_idle(timeout_s=20.0)
