"""What does every test have at hand, and which tests stay in one process when several share the suite?"""

import gc
import os
from pathlib import PurePosixPath
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests import engine_java

pytest_plugins = ["tests.engines", "tests.postgres", "tests.mariadb", "tests.browser"]

_OWN_SERVERS = {
    "test_demo.py", "test_embedded_bulk.py", "test_embedded_life.py", "test_neo4j_import.py", "test_spark.py",
    "test_stair_logs.py",
}
_OWN_CASES = {
    "test_dossiers.py", "test_every_screen.py", "test_masks.py", "test_sources.py", "test_team.py", "test_team_app.py",
}
_OF_THE_CANVAS = {
    "test_canvas.py", "test_canvas_forces.py", "test_canvas_pictures.py", "test_canvas_room.py",
    "test_canvas_steps.py", "test_export_html.py", "test_layout.py",
}


class ByServers(LoadScopeScheduling):
    """One process has the graph servers, two a case that many screens share; other files go where there is time."""

    def _split_scope(self, nodeid: str) -> str:
        path = PurePosixPath(nodeid.partition("::")[0])
        if path.parent.name == "contract" and path.name not in _OWN_SERVERS:
            return "graph"
        if path.parent.name != "ui" or path.name in _OWN_CASES:
            return str(path)
        return "canvas" if path.name in _OF_THE_CANVAS else "screens"


def pytest_configure() -> None:
    os.environ.setdefault("FILATURE_ENGINE_JAVA", engine_java.options())
    os.environ.setdefault("FILATURE_GIVES_WAY", "no")  # what gives way waits for all other processes of the suite


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest goes first, so that no process is left with it alone at the end.

    A test of a browser is tried a second time: it shares two cores with everything else.  ``-rR`` lists who needed it.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
    longest = {"contract": 0, "ui": 1}
    items.sort(key=lambda item: longest.get(item.path.parent.name, len(longest)))


def pytest_collection_finish() -> None:
    """What is imported stays, and a test leaves little in cycles: the collector looks for it rarely, and only there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByServers:
    config.option.loadscopereorder = False  # which would be by the number of tests
    return ByServers(config, log)
