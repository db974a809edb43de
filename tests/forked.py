"""Processes that have read the code already: forked, one at a time, from one that has run nothing.

Reading the code is most of what a process of a test costs.  Each fork is a process like any other: what it does, and
whatever kills it, is its own.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FORKS = """
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            main(*json.loads(line))
            code = 0
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(code)
    print("ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Forking:
    """Runs ``main`` of a script, each time in a fork of the process that has read it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, *arguments: str | None) -> tuple[int, str]:
        """The exit code of a fork, or the negative number of the signal that ended it, and what it printed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(arguments), file=self._process.stdin, flush=True)
        printed = ""
        for line in self._process.stdout:
            if line.startswith("ended "):
                return int(line.split()[1]), printed
            printed += line
        raise AssertionError("the process that forks is gone")


@contextmanager
def forking(script: str) -> Iterator[Forking]:
    """A process that has run ``script``, which imports what its ``main`` needs; what forks say goes to our stderr."""
    with subprocess.Popen(
        [sys.executable, "-c", f"import json, os, sys, traceback\n{script}\n{_FORKS}"],
        cwd=Path(__file__).parents[1], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:
        yield Forking(process)
        assert process.stdin is not None
        process.stdin.close()
