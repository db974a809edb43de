"""How fast do the screens answer on 5 million messages, alone and while as many are read and searched beside them?

    python -m tests.benchmarks.screens_5m [--folder DIR] [--platforms 10] [--clicks 20] [--busy no|yes|both]

Sample platforms of half a million messages stand side by side in one case; the sample case stands beside it in the same
workspace.  A real server and a real browser; a click's time runs from the pointer's press to the end of the page's
run as the browser is told of it.  Busy: the same worker that the screens use reads the sources into another case, and a
second one runs all detections, both until the measuring ends.  Exits 1 if a click on the large case while busy takes
500 ms in the median, a switch between screens 1 s, the first figures of Overview 1 s.
"""

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import sync_playwright

from ingest.case_folder import CaseFolder
from tests.benchmarks.detect_5m import sources
from tests.ui.conftest import BROWSER, CHROMIUM, serving
from tests.ui.screen import Screen, screen_on
from workbench.bootstrap import Workbench
from workbench.sample.generate import generate
from workbench.settings import Settings

MOST_CLICK_S, MOST_SWITCH_S, MOST_FIRST_S = 0.5, 1.0, 1.0
SCALE, SAMPLE = "scale", "sample"
SWITCHES = ("overview", "leads", "queries", "explore", "sources")

# from the press of the pointer to the end of the run that it started, by the page's own clock; a run that ended is
# known by the attribute that Streamlit keeps for tests
_WATCH = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  window.answered = new Promise((resolve) => {
    let pressed = null, ran = false;
    window.addEventListener('pointerdown', () => { pressed ??= performance.now(); }, { capture: true, once: true });
    const seen = new MutationObserver(() => {
      if (pressed === null) return;
      if (app.dataset.testScriptState === 'running') ran = true;
      else if (ran && app.dataset.testScriptState === 'notRunning') {
        seen.disconnect();
        requestAnimationFrame(() => resolve((performance.now() - pressed) / 1000));
      }
    });
    seen.observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] });
  });
}"""
# the worker of the screens, until it is ended; the second of two runs the detections of the large case again and again
_BESIDE = """
import itertools, sys, time
from pathlib import Path
from workbench.jobs import Jobs, Task
from workbench.settings import Settings
if __name__ == "__main__":
    settings = Settings(workspace=Path(sys.argv[1]), user="beside")
    jobs = Jobs()
    for turn in itertools.count():
        if sys.argv[2] == "detect":
            job = jobs.submit(Task("detect", settings, "busy", kinds=("all",)), owner="beside")
        else:
            found = tuple(map(Path, sys.argv[3:]))
            job = jobs.submit(Task("ingest", settings, f"beside-{turn}", sources=found, timezone="UTC"), owner="beside")
        while not (job := jobs.of("beside")[0]).finished:
            time.sleep(0.5)
        if job.error:
            raise SystemExit(job.error)
"""


@dataclass(frozen=True)
class Answer:
    """What one act took: seconds to the page's answer, processor seconds of the server's process."""

    case: str
    busy: bool
    act: str
    seconds: float
    processor: float


def made(folder: Path, platforms: int) -> Path:
    """A workspace with the large case, its copy for the work beside, and the sample; made at the first call."""
    workspace = folder / f"screens-{platforms}"
    with Workbench(Settings(workspace=workspace, user="ann")) as workbench:
        known = workbench.cases()
        if SAMPLE not in known:
            generate(folder / "sample", seed=1)
            _filled(workbench, SAMPLE, [folder / "sample"])
        if SCALE not in known:
            _filled(workbench, SCALE, sources(folder, platforms))
    return workspace


def _filled(workbench: Workbench, name: str, found: list[Path]) -> None:
    case = workbench.case(name, create=True)
    workbench.ingest(case, found, timezone="UTC")
    workbench.detect(case, ["all"])


@contextlib.contextmanager
def working_beside(workspace: Path, found: list[Path]) -> Iterator[None]:
    """Reading and detecting until the end, as the screens' worker does it; the evidence is shared, not copied."""
    busy = CaseFolder(workspace, "busy")
    if not busy.exists():
        _linked(CaseFolder(workspace, SCALE), busy)
    commands = [[str(workspace), "detect"], [str(workspace), "ingest", *map(str, found)]]
    programs = [subprocess.Popen([sys.executable, "-c", _BESIDE, *command]) for command in commands]
    try:
        time.sleep(20.0)  # both are past their start
        yield
        assert all(program.poll() is None for program in programs), "the work beside ended before the measuring"
    finally:
        for program in programs:
            family = [psutil.Process(program.pid), *psutil.Process(program.pid).children(recursive=True)]
            for process in family:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
