"""Does the canvas hold what is done to it?  Two hundred random operations in a browser beside a model of it.

    python -m tests.benchmarks.canvas_walk [--operations 200] [--walks 1] [--seed 7]

Expand, hide, keep only, move, pin, mark, group, take off, filter, undo, redo, save, open a saved view, reload, drawn by
Hypothesis: after every few the canvas equals the model, and all undone it is the picture of the start.  The suite
takes the same walk with fewer steps.  Ends with a failure where the two differ.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from playwright.sync_api import sync_playwright

from tests.browser import BROWSER, CHROMIUM
from tests.ui.canvas_walk import Ground, Walk, operations
from tests.ui.conftest import CASE, made, serving
from tests.ui.screen import Screen, screen_on
from tests.ui.test_casework import at


def walked(screen: Screen, ground: Ground, *, number: int, walks: int, seeded: int) -> None:
    """Walks from where the screen stands, each of so many operations; prints what each took."""

    @seed(seeded)
    @settings(
        max_examples=walks, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operations(number))
    def walk(asked: list[tuple[str, int, int]]) -> None:
        begun, taken = time.monotonic(), Walk(screen, ground)
        taken.take(asked)
        steps, saved = len(taken.past) - 1, len(taken.saved)
        print(f"{number} operations: {steps} steps left to redo, {saved} views saved, equal to the model "
              f"throughout and to the start when undone; {time.monotonic() - begun:.0f} s", flush=True)

    walk()


def main() -> int:
    """Exit code 0 when every walk held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--operations", type=int, default=200)
    parser.add_argument("--walks", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, made(Path(scratch) / "workspace", user="cleo") as workspace:
        ground = Ground.of(workspace)
        with serving(workspace, Path(scratch) / "log.txt", user="cleo") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER)
            with screen_on(browser, address) as screen:
                screen.page.set_viewport_size({"width": 1366, "height": 768})
                at(screen, f"explore?account={CASE}:hub")
                screen.unfold()
                walked(screen, ground, number=options.operations, walks=options.walks, seeded=options.seed)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
