"""Long work runs below the screens' priority, whoever starts it."""

import os
import subprocess
import sys

import pytest

from ingest.runtime.priority import GIVES_WAY

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


def state_after(act: str) -> list[str]:
    """The last line's words: how nice the process is then, and whether it is batch work."""
    done = subprocess.run([sys.executable, "-c", AFTER.format(act=act)], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()


@pytest.mark.skipif(not hasattr(os, "SCHED_BATCH"), reason="schedulers are Linux's")
@pytest.mark.parametrize(
    ("act", "lower"),
    [
        ("give_way()", True), (HELP.format(command="detect"), True), (HELP.format(command="ingest"), True),
        (HELP.format(command="search"), False),
    ],
)
def test_long_work_gives_way_and_short_work_does_not(act: str, lower: bool) -> None:
    nice, batch = state_after(act)
    assert int(nice) == os.nice(0) + (GIVES_WAY if lower else 0)
    assert batch == str(lower)
