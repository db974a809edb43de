"""What does every test have at hand, and which tests stay in one process when several share the suite?"""

from pathlib import PurePosixPath
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["tests.engines"]

_OWN_SERVERS = {"test_demo.py", "test_embedded_life.py", "test_spark.py"}


class ByServers(LoadScopeScheduling):
    """One process has the graph servers, one the screens' case and browser; other files go where there is time."""

    def _split_scope(self, nodeid: str) -> str:
        path = PurePosixPath(nodeid.partition("::")[0])
        if path.parent.name == "contract" and path.name not in _OWN_SERVERS:
            return "graph"
        return "screens" if path.parent.name == "ui" else str(path)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByServers:
    return ByServers(config, log)
