"""Long work runs below the screens' priority, whoever starts it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.runtime.priority import GIVES_WAY

pytestmark = pytest.mark.skipif(not hasattr(os, "SCHED_BATCH"), reason="schedulers are Linux's")
AUTOGROUP = Path("/proc/self/autogroup")
"""How a whole session is weighed, where Linux does that."""
LOWEST = 19
"""As low as Linux goes, where the suite itself runs under ``nice``."""
AFTER = """
import os
from pathlib import Path
from ingest.runtime.priority import give_way
from workbench.cli.entry import main
{act}
session = Path("/proc/self/autogroup")
weighed = session.read_text().split()[-1:] if session.exists() else []
print(os.nice(0), os.sched_getscheduler(0) == os.SCHED_BATCH, *weighed)
"""
HELP = """
try:
    main(["{command}", "--help"])
except SystemExit:
    pass
"""


def state_after(act: str, gives_way: str | None = None) -> list[str]:
    """The last line's words: how nice the process is then, whether it is batch work, how its session is weighed."""
    environ = {name: value for name, value in os.environ.items() if name != "FILATURE_GIVES_WAY"}
    environ |= {} if gives_way is None else {"FILATURE_GIVES_WAY": gives_way}
    done = subprocess.run(
        [sys.executable, "-c", AFTER.format(act=act)], env=environ, capture_output=True, text=True, check=True,
        start_new_session=True,  # else all that the suite still has to do gives way as well
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
    nice, batch, *weighed = state_after(act)
    assert int(nice) == min(os.nice(0) + (GIVES_WAY if lower else 0), LOWEST)
    assert batch == str(lower)
    assert weighed in ([], ["0"])


@pytest.mark.parametrize(("said", "lower"), [("no", False), ("NO", False), ("yes", True), ("", True)])
def test_who_says_no_has_long_work_keep_its_priority(said: str, lower: bool) -> None:
    before = AUTOGROUP.read_text() if AUTOGROUP.exists() else ""
    nice, batch, *weighed = state_after("give_way(own_session=True)", said)
    assert int(nice) == min(os.nice(0) + (GIVES_WAY if lower else 0), LOWEST)
    assert batch == str(lower)
    assert weighed in ([], [str(GIVES_WAY if lower else 0)])
    assert (AUTOGROUP.read_text() if AUTOGROUP.exists() else "") == before, "the session of the suite is as it was"
