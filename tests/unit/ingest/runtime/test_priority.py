"""Long work runs below the screens' priority, whoever starts it."""

import os
import subprocess
import sys

import pytest

from ingest.runtime.priority import GIVES_WAY

pytestmark = pytest.mark.skipif(not hasattr(os, "SCHED_BATCH"), reason="schedulers are Linux's")
LOWEST = 19
"""As low as Linux goes, where the suite itself runs under ``nice``."""
AFTER = """
import os
from ingest.runtime.priority import give_way
from workbench.cli.entry import main
{act}
print(os.nice(0), os.sched_getscheduler(0) == os.SCHED_BATCH)
"""
HELP = """
try:
    main(["{command}", "--help"])
except SystemExit:
    pass
"""


def state_after(act: str, gives_way: str | None = None) -> list[str]:
    """The last line's words: how nice the process is then, and whether it is batch work."""
    environ = {name: value for name, value in os.environ.items() if name != "FILATURE_GIVES_WAY"}
    environ |= {} if gives_way is None else {"FILATURE_GIVES_WAY": gives_way}
    done = subprocess.run(
        [sys.executable, "-c", AFTER.format(act=act)], env=environ, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1].split()


@pytest.mark.parametrize(
    ("act", "lower"),
    [
        ("give_way()", True), (HELP.format(command="detect"), True), (HELP.format(command="ingest"), True),
        (HELP.format(command="search"), False),
    ],
)
def test_long_work_gives_way_and_short_work_does_not(act: str, lower: bool) -> None:
    nice, batch = state_after(act)
    assert int(nice) == min(os.nice(0) + (GIVES_WAY if lower else 0), LOWEST)
    assert batch == str(lower)


@pytest.mark.parametrize(("said", "lower"), [("no", False), ("NO", False), ("yes", True), ("", True)])
def test_who_says_no_has_long_work_keep_its_priority(said: str, lower: bool) -> None:
    nice, batch = state_after("give_way(own_session=True)", said)
    assert int(nice) == min(os.nice(0) + (GIVES_WAY if lower else 0), LOWEST)
    assert batch == str(lower)
