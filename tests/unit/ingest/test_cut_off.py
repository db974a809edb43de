"""A reading that ended with its process is known until its files are read; one under way, or that failed, is none."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.case_folder import CaseFolder
from ingest.runtime.cut_off import cut_off, marked, put_away

_KILLED = """
import os, signal, sys
from pathlib import Path
from ingest.case_folder import CaseFolder
from ingest.runtime.cut_off import cut_off, marked
case = CaseFolder(Path(sys.argv[1]), "quay")
with marked(case, [Path("/in/a.csv"), Path("/in/b.csv")], by="ann"):
    assert cut_off(case) == ()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_only_a_reading_whose_process_was_killed_is_cut_off(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path, "quay")
    assert cut_off(case) == ()
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path)], check=False, env=os.environ | {"PYTHONPATH": str(Path.cwd())}
    )
    assert ended.returncode == -signal.SIGKILL
    with pytest.raises(ZeroDivisionError), marked(case, [Path("/in/c.csv")], by="bob"):
        raise ZeroDivisionError
    with marked(case, [Path("/in/d.csv")], by="bob"):
        assert [(one.by, one.files) for one in cut_off(case)] == [("ann", ("/in/a.csv", "/in/b.csv"))]
    put_away(case, ["/in/a.csv"])
    assert len(cut_off(case)) == 1, "one of its files was not read since"
    put_away(case, ["/in/a.csv", "/in/b.csv"])
    assert cut_off(case) == ()
