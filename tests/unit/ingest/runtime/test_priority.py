"""Long work runs below the screens' priority, whoever starts it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.runtime.priority import GIVES_WAY
from tests.forked import Forking, forking

pytestmark = pytest.mark.skipif(not hasattr(os, "SCHED_BATCH"), reason="schedulers are Linux's")
AUTOGROUP = Path("/proc/self/autogroup")
"""How a whole session is weighed, where Linux does that."""
LOWEST = 19
"""As low as Linux goes, where the suite itself runs under ``nice``."""
AFTER = """
from importlib import import_module
from pathlib import Path
from ingest.runtime.priority import give_way
from workbench.cli.entry import COMMANDS, main as command
for name in ("detect", "ingest", "search"):
    import_module(COMMANDS[name])  # else each fork would read them

def main(act, gives_way):
    os.setsid()  # else all that the suite still has to do gives way as well
    del os.environ["FILATURE_GIVES_WAY"]  # the suite's
    if gives_way is not None:
        os.environ["FILATURE_GIVES_WAY"] = gives_way
    if act.startswith("give_way"):
        give_way(own_session=act == "give_way, own session")
    else:
        try:
            command([act, "--help"])
        except SystemExit:
            pass
    session = Path("/proc/self/autogroup")
    weighed = session.read_text().split()[-1:] if session.exists() else []
    print(os.nice(0), os.sched_getscheduler(0) == os.SCHED_BATCH, *weighed)
"""


@pytest.fixture(scope="module")
def processes() -> Iterator[Forking]:
    with forking(AFTER) as ready:
        yield ready


def state_after(processes: Forking, act: str, gives_way: str | None = None) -> list[str]:
    """The last line's words: how nice the process is then, whether it is batch work, how its session is weighed."""
    code, printed = processes.run(act, gives_way)
    assert code == 0
    return printed.splitlines()[-1].split()


@pytest.mark.parametrize(
    ("act", "lower"), [("give_way", True), ("detect", True), ("ingest", True), ("search", False)]
)
def test_long_work_gives_way_and_short_work_does_not(processes: Forking, act: str, lower: bool) -> None:
    nice, batch, *weighed = state_after(processes, act)
    assert int(nice) == min(os.nice(0) + (GIVES_WAY if lower else 0), LOWEST)
    assert batch == str(lower)
    assert weighed in ([], ["0"])


@pytest.mark.parametrize(("said", "lower"), [("no", False), ("NO", False), ("yes", True), ("", True)])
def test_who_says_no_has_long_work_keep_its_priority(processes: Forking, said: str, lower: bool) -> None:
    before = AUTOGROUP.read_text() if AUTOGROUP.exists() else ""
    nice, batch, *weighed = state_after(processes, "give_way, own session", said)
    assert int(nice) == min(os.nice(0) + (GIVES_WAY if lower else 0), LOWEST)
    assert batch == str(lower)
    assert weighed in ([], [str(GIVES_WAY if lower else 0)])
    assert (AUTOGROUP.read_text() if AUTOGROUP.exists() else "") == before, "the session of the suite is as it was"
