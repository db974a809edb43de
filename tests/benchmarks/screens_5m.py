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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import sync_playwright

from ingest.runtime.priority import GIVES_WAY
from tests.benchmarks.detect_5m import sources
from tests.browser import BROWSER, CHROMIUM
from tests.ui.conftest import serving
from tests.ui.screen import Screen, screen_on
from workbench.bootstrap import Workbench
from workbench.sample.generate import generate
from workbench.settings import Settings

MOST_CLICK_S, MOST_SWITCH_S, MOST_FIRST_S = 0.5, 1.0, 1.0
SCALE, SAMPLE = "scale", "sample"

# from the press of the pointer to the last change of the page that it led to, by the page's own clock: the run has
# ended and nothing has changed for a while
_WATCH = """() => {
  const app = document.querySelector('[data-testid=stApp]'), main = document.querySelector('[data-testid=stMain]');
  let pressed = null, changed = null;
  window.addEventListener('pointerdown', () => { pressed ??= performance.now(); }, { capture: true, once: true });
  const seen = new MutationObserver(() => { if (pressed !== null) changed = performance.now(); });
  seen.observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] });
  seen.observe(main, { childList: true, characterData: true, subtree: true });
  window.answered = new Promise((resolve) => {
    const timer = setInterval(() => {
      const now = performance.now();
      if (pressed === null || app.dataset.testScriptState !== 'notRunning') return;
      if (changed === null ? now - pressed < 5000 : now - changed < 400) return;
      clearInterval(timer);
      seen.disconnect();
      resolve(((changed ?? now) - pressed) / 1000);
    }, 20);
  });
}"""
# the worker of the screens with one task after another until it is ended: detections of the large case, or the reading
# of its sources into new cases of a workspace of its own
_BESIDE = """
import itertools, sys, time
from pathlib import Path
from workbench.bootstrap import Reading
from workbench.jobs import Jobs, Task
from workbench.settings import Settings
if __name__ == "__main__":
    settings = Settings(workspace=Path(sys.argv[1]), user="beside")
    jobs = Jobs()
    for turn in itertools.count():
        found = tuple(map(Path, sys.argv[2:]))
        task = Task("ingest", settings, f"case-{turn}", readings=(Reading(found, timezone="UTC"),))
        jobs.submit(task if found else Task("detect", settings, "scale", kinds=("all",)), owner="beside")
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
    """A workspace with the large case and the sample, read and searched; made at the first call."""
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
    """Reading and detecting until the end, each as the screens' worker does it."""
    with tempfile.TemporaryDirectory(prefix="filature-beside-") as other, contextlib.ExitStack() as ended:
        for arguments in ([str(workspace)], [other, *map(str, found)]):
            program = subprocess.Popen([sys.executable, "-c", _BESIDE, *arguments], start_new_session=True)
            ended.callback(_end, program)
            _give_way(program.pid)
        time.sleep(30.0)  # both are past their start
        yield


def _give_way(process: int) -> None:
    """Beside the screens their worker is nicer than they; of another session, Linux may weigh the sessions instead."""
    with contextlib.suppress(OSError):
        Path(f"/proc/{process}/autogroup").write_text(f"{GIVES_WAY}\n")


def _end(program: "subprocess.Popen[bytes]") -> None:
    went_on = program.poll() is None
    family = [psutil.Process(program.pid), *psutil.Process(program.pid).children(recursive=True)] if went_on else []
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    program.wait()
    assert went_on, "the work beside ended before the measuring"


class Watched:
    """A page of the server whose answers are timed."""

    def __init__(self, screen: Screen, server: psutil.Process, case: str, busy: bool) -> None:
        self.screen, self.server, self.case, self.busy = screen, server, case, busy
        self.answers: list[Answer] = []

    def timed(self, act: str, click: Callable[[], None]) -> None:
        before = self.server.cpu_times()
        self.screen.page.evaluate(_WATCH)
        click()
        seconds = self.screen.page.evaluate("window.answered")
        after = self.server.cpu_times()
        self._keep(Answer(self.case, self.busy, act, seconds, _spent(before, after)))
        self.screen.settle(quiet=150)

    def first_figures(self, browser: Any) -> None:
        """Overview in a browser that was never here, then again: until the count of messages stands there; processor
        until all of it does.

        In a context of its own: where requests are watched, a browser keeps no file.
        """
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        for act in ("new browser: first figures", *["first figures"] * 3):
            before = self.server.cpu_times()
            start = time.perf_counter()
            page.goto(f"{self.screen.address}/?case={self.case}", wait_until="commit")
            page.locator("[data-testid=stMetricValue]").nth(1).wait_for(timeout=120_000)
            seconds = time.perf_counter() - start
            page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=120_000)
            page.wait_for_timeout(500)
            self._keep(Answer(self.case, self.busy, act, seconds, _spent(before, self.server.cpu_times())))
        context.close()
        self.screen.open("Overview")
        self.screen.page.goto(f"{self.screen.address}/?case={self.case}")
        self.screen.settle()

    def _keep(self, answer: Answer) -> None:
        self.answers.append(answer)
        taken = f"{answer.seconds:6.2f} s, {answer.processor:5.2f} s of processor"
        print(f"{answer.case:7} {answer.act:26} {taken}", flush=True)

    def switches(self) -> None:
        """Every screen from the one before, by the sidebar; twice, because the first visit fills what is kept."""
        links = self.screen.page.locator("[data-testid=stSidebarNavLink]")
        for turn in ("first visit", "switch"):
            for number in (*range(1, links.count()), 0):
                name = links.nth(number).inner_text().split()[-1]  # before it stands the name of its icon
                self.timed(f"{turn}: {name}", links.nth(number).click)

    def clicks(self, number: int) -> None:
        """The next lead of the list and the next one, then queries of the list, in turn."""
        page = self.screen.page
        page.locator("[data-testid=stSidebarNavLink]", has_text="Leads").click()
        self.screen.settle()
        following = page.locator(".st-key-lead_step_1 button")
        for _turn in range(number // 2):
            self.timed("click", following.click)
        self.timed("switch: to an account of the lead", page.locator("[class*=st-key-way_] button").first.click)
        page.locator("[data-testid=stSidebarNavLink]", has_text="Queries").click()
        self.screen.settle()
        table = page.locator(".st-key-query_list [data-testid=stDataFrame]")
        for turn in range(number - number // 2):
            self.timed("click", partial(table.click, position={"x": 120, "y": 50 + 31 * (turn % 12)}))


def _spent(before: Any, after: Any) -> float:
    return float(after.user + after.system - before.user - before.system)


def measure(workspace: Path, *, busy: bool, clicks: int) -> list[Answer]:
    """The same acts on the sample case, then on the large one, on one server."""
    answers: list[Answer] = []
    with tempfile.TemporaryDirectory(prefix="filature-log-") as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(BROWSER))
        with serving(workspace, Path(scratch, "log.txt")) as address:
            port = int(address.rpartition(":")[2])
            server = next(
                psutil.Process(at.pid) for at in psutil.net_connections() if at.status == "LISTEN" and at.pid
                and at.laddr.port == port
            )
            for case in (SAMPLE, SCALE):
                with screen_on(browser, address) as screen:
                    watched = Watched(screen, server, case, busy)
                    watched.first_figures(browser)
                    watched.switches()
                    watched.clicks(clicks)
                    answers += watched.answers
        browser.close()
    return answers


def summary_line(answers: list[Answer], case: str, act: str) -> str:
    found = [answer for answer in answers if answer.case == case and answer.act.startswith(act)]
    if not found:
        return "–"
    middle = statistics.median(answer.seconds for answer in found)
    worst = max(answer.seconds for answer in found)
    processor = statistics.median(answer.processor for answer in found)
    return f"{middle * 1000:,.0f} (most {worst * 1000:,.0f}; {processor * 1000:,.0f} of processor)"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="keep the generated platforms and the workspace here")
    parser.add_argument("--platforms", type=int, default=10)
    parser.add_argument("--clicks", type=int, default=20)
    parser.add_argument("--busy", choices=("no", "yes", "both"), default="both")
    options = parser.parse_args()
    kept = True
    with tempfile.TemporaryDirectory(prefix="filature-screens-") as scratch:
        folder = options.folder or Path(scratch)
        workspace = made(folder, options.platforms)
        for busy in {"no": (False,), "yes": (True,), "both": (False, True)}[options.busy]:
            with working_beside(workspace, sources(folder, options.platforms)) if busy else contextlib.nullcontext():
                answers = measure(workspace, busy=busy, clicks=options.clicks)
            print(f"\n{'busy' if busy else 'alone'}, load {os.getloadavg()[0]:.1f}; milliseconds, median")
            print("| act | sample case | large case |\n|---|---|---|")
            for act in ("new browser", "first figures", "first visit", "switch", "click"):
                print(f"| {act} | {summary_line(answers, SAMPLE, act)} | {summary_line(answers, SCALE, act)} |")
            kept = kept and not (busy and _missed(answers))
    return 0 if kept else 1


def _missed(answers: list[Answer]) -> bool:
    large = [answer for answer in answers if answer.case == SCALE]

    def middle(act: str) -> float:
        return statistics.median(answer.seconds for answer in large if answer.act.startswith(act))

    return (
        middle("click") >= MOST_CLICK_S or middle("switch") >= MOST_SWITCH_S or middle("first figures") >= MOST_FIRST_S
    )


if __name__ == "__main__":
    raise SystemExit(main())
