"""A graph that another version made: screens that read it say so and rebuild it by one button; commands say so."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.conftest import CASE, USER
from tests.ui.test_app import at_screen
from workbench.bootstrap import Workbench
from workbench.cli.entry import run
from workbench.settings import Settings
from workbench.views import session

pytestmark = pytest.mark.embedded

SAID = "was made by another version of Filature"


@pytest.fixture(scope="module")
def old(spare_workspace: Path) -> Path:
    """Its graph is made older before each test."""
    return spare_workspace


@pytest.fixture(autouse=True)
def older(old: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(old))
    monkeypatch.setenv("FILATURE_USER", USER)
    mark(old, 1)
    yield
    session._server.clear()


def mark(folder: Path, version: int) -> None:
    with Workbench(Settings(workspace=folder, user=USER)) as workbench, workbench.writer(workbench.case(CASE)) as store:
        store.write("MATCH (c:Case) SET c.schema_version = $version", {"version": version})


def version(folder: Path) -> int:
    with Workbench(Settings(workspace=folder, user=USER)) as workbench, workbench.reader(workbench.case(CASE)) as store:
        found = store.case()
        assert found is not None
        return found.schema_version


def test_explore_says_so_and_one_press_rebuilds_it(old: Path) -> None:
    app = at_screen("Explore", case=CASE)
    assert [SAID in warning.value for warning in app.warning] == [True]
    app.button(key="begin_leads").click().run()
    assert [SAID in warning.value for warning in app.warning] == [True], "it is said beside a picture too"
    app.button(key="rebuild_graph").click().run()
    jobs = session.server().jobs
    deadline = time.monotonic() + 120
    while not all(job.finished for job in jobs.of(USER)):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    (job,) = jobs.of(USER)
    assert (job.task.name, job.state) == ("rebuild", "done")
    app.run()
    assert not app.exception
    assert not [warning for warning in app.warning if SAID in warning.value]
    assert "rebuild_graph" not in [button.key for button in app.button]
    (view,) = app.session_state["explore_views"].values()
    assert {node.key for node in view.known.nodes} >= view.board.nodes, "what is drawn is asked of the new graph"
    assert version(old) == 2


def test_the_queries_screen_says_so_and_a_current_graph_is_no_news(old: Path) -> None:
    app = at_screen("Queries", case=CASE)
    assert [SAID in warning.value for warning in app.warning] == [True]
    mark(old, 2)
    app.run()
    assert not app.warning, "somebody rebuilt it by a command"


def test_commands_that_read_it_say_how_to_rebuild_it(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = ("--workspace", str(old), "--case", CASE)
    for arguments in (("cypher", "MATCH (a:Account) RETURN count(a)"), ("query", "run", "counts-by-label")):
        assert run([*arguments, *common]) == 0
        assert f"run filature rebuild --case {CASE}" in capsys.readouterr().err
    assert run(["rebuild", *common]) == 0
    capsys.readouterr()
    assert run(["cypher", "MATCH (a:Account) RETURN count(a)", *common]) == 0
    assert capsys.readouterr().err == ""
