"""Pictures of leads on the canvas, made from the sample case: the best one of each kind, light and dark.

    python -m tests.pictures [--folder DIR] [--kinds hub,ambush,shell,owner] [--schemes light,dark] [--language en]
        [--into docs/pictures]

Without options those of the README; ``--kinds all``: of every kind that the case has.

Prints of each how many names stand on it, and fails where one covers another or a node that is not its own.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from graph.detect.finding import Finding
from tests.browser import BROWSER, CHROMIUM
from tests.ui.conftest import serving
from tests.ui.screen import Screen, screen_on
from workbench.bootstrap import Workbench
from workbench.sample.generate import generate
from workbench.settings import Settings

CASE, USER = "sample", "ann"
LOOKED_AT = ("hub", "ambush", "convergence")
"""Kinds whose best lead the suite draws: many leaves of one, a few who share theirs, a crowd around one."""
INTO = Path(__file__).resolve().parents[1] / "docs" / "pictures"
_BOXES = "(host) => { host.canvasView.labels.place(); return host.canvasView.labels.boxes(); }"


def best_leads(workspace: Path) -> tuple[Finding, ...]:
    """The leads of the sample case, best first."""
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        document = workbench.findings(workbench.case(CASE))
        return document.findings if document else ()


def made(folder: Path) -> tuple[Path, dict[str, str]]:
    """The workspace with the sample case, and the best lead of each kind."""
    workspace = folder / "workspace"
    with Workbench(Settings(workspace=workspace, user=USER)) as workbench:
        if CASE not in workbench.cases():
            generate(folder / "sample", seed=1)
            case = workbench.case(CASE, create=True)
            workbench.ingest(case, [folder / "sample"], timezone="UTC")
            workbench.detect(case, ["all"])
    return workspace, best_of_each_kind(workspace)


def best_of_each_kind(workspace: Path) -> dict[str, str]:
    """Kind to the id of its best lead."""
    return {lead.kind: lead.finding_id for lead in reversed(best_leads(workspace))}


def shot(screen: Screen, lead: str, path: Path, language: str = "en") -> int:
    """Draw a lead alone, look whether its names are readable, keep the picture; returns how many names stand on it."""
    address = f"{screen.address}/explore?case={CASE}&finding={lead}&language={language}"
    screen.page.goto(address, wait_until="commit")
    screen.canvas.wait_for()
    screen.settle()
    if screen.page.locator(".st-key-wanted_alone button").count():
        screen.click("wanted_alone")
    screen.until(lambda: bool(screen.canvas.evaluate("(host) => !host.canvasView.motion.moves.size")))
    boxes = screen.canvas.evaluate(_BOXES)
    names = boxes["names"]
    assert not any(_covers(one, other) for place, one in enumerate(names) for other in names[place + 1:]), lead
    foreign = [(one, node) for one in names for node in boxes["nodes"] if node["owner"] != one["owner"]]
    assert not any(_covers(one, node) for one, node in foreign), lead
    counts = boxes["counts"]
    assert not any(_covers(one, count) for one in names for count in counts), lead
    assert not any(_covers(one, other) for place, one in enumerate(counts) for other in counts[place + 1:]), lead
    path.parent.mkdir(parents=True, exist_ok=True)
    screen.canvas.screenshot(path=path)
    return len(names)


def _covers(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[f"{axis}0"] < other[f"{axis}1"] and other[f"{axis}0"] < one[f"{axis}1"] for axis in "xy")


def main() -> int:
    """Exit code 0 when all pictures are made."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--folder", type=Path, help="keep the workspace here")
    parser.add_argument("--kinds", default="hub,ambush,shell,owner")
    parser.add_argument("--schemes", default="light,dark")
    parser.add_argument("--language", default="en")
    parser.add_argument("--into", type=Path, default=INTO)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        workspace, leads = made(folder)
        with serving(workspace, folder / "server.txt", user=USER) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER)
            kinds = sorted(leads) if options.kinds == "all" else options.kinds.split(",")
            for scheme in options.schemes.split(","):
                with screen_on(browser, address) as screen:
                    screen.page.set_viewport_size({"width": 1366, "height": 768})
                    screen.page.emulate_media(color_scheme=scheme)
                    for kind in kinds:
                        path = options.into / f"{kind}-{scheme}.png"
                        names = shot(screen, leads[kind], path, options.language)
                        print(f"{path}: {names} names", flush=True)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
