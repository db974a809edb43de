"""``filature demo`` answers on loopback, its best leads are pictures one can read, and Ctrl-C leaves no process."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.pictures import LOOKED_AT, best_of_each_kind, shot
from tests.ui.conftest import environment_of_the_suite
from tests.ui.screen import screen_on
from workbench.sample import World, generate


def _ended(process: psutil.Process) -> bool:
    """Gone, or nothing but an entry that whoever adopted it has yet to read."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def small_sample(workspace: Path) -> None:
    """The platform that the demo finds written, smaller than the one it would write itself."""
    folder = workspace / "sample" / "sample-1" / "evidence"
    folder.parent.mkdir(parents=True)
    generate(folder, seed=1, world=World(accounts=(300, 400), days=(14, 20)))


@pytest.mark.embedded
@pytest.mark.browser
@pytest.mark.timeout(900)
def test_ctrl_c_ends_the_demo_and_everything_it_started(tmp_path: Path, browser: Any) -> None:
    small_sample(tmp_path / "w")
    with subprocess.Popen(
        [sys.executable, "-m", "workbench", "--workspace", str(tmp_path / "w"), "demo"],
        env=environment_of_the_suite(), stdout=subprocess.PIPE, text=True, start_new_session=True,
    ) as demo:
        assert demo.stdout is not None
        address = None
        try:
            for line in demo.stdout:
                if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                    address = found[0]
                    break
            assert address is not None, "no address was printed"
            with urllib.request.urlopen(address, timeout=10) as answer:
                assert answer.status == 200
            with screen_on(browser, address) as screen:  # no name covers another or a node that is not its own
                screen.page.set_viewport_size({"width": 1366, "height": 768})
                leads = best_of_each_kind(tmp_path / "w")
                for kind in LOOKED_AT:
                    assert shot(screen, leads[kind], tmp_path / f"{kind}.png") >= 3
            children = psutil.Process(demo.pid).children(recursive=True)
            assert children
        finally:
            os.killpg(demo.pid, signal.SIGINT)
            try:
                demo.communicate(timeout=60)
            finally:
                demo.kill()
    left = [process.pid for process in children if not _ended(process)]
    engine = [
        process.info["cmdline"]
        for process in psutil.process_iter(["cmdline"])
        if str(tmp_path) in " ".join(process.info["cmdline"] or ())
    ]
    assert (left, engine) == ([], [])
