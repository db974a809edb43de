"""The canvas stands whole in a small window, and nothing is moved by a notice."""

from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import CASE, USER, evidence, serving
from tests.ui.screen import Screen, screen_on
from tests.ui.walk import draw
from workbench.bootstrap import Workbench
from workbench.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
_POSITIONS = """() => Object.fromEntries([...document.querySelectorAll('[data-testid=stMain] [class*=st-key-]')]
  .filter((part) => part.offsetParent && !part.closest('[class*=st-key-notice_]'))
  .map((part) => [[...part.classList].find((name) => name.startsWith('st-key-')), part.getBoundingClientRect()])
  .map(([key, box]) => [key, [Math.round(box.x), Math.round(box.y), Math.round(box.width)]]))"""


def test_the_canvas_stands_whole_in_a_window_of_768(browser: Any, address: str) -> None:
    with screen_on(browser, address) as screen:
        screen.page.set_viewport_size({"width": 1366, "height": 768})
        screen.open("Explore")
        draw(screen)
        box = screen.canvas.bounding_box()
        assert box["y"] + box["height"] <= 768


def test_a_day_of_a_period_stands_whole_in_its_field(browser: Any, address: str) -> None:
    with screen_on(browser, address) as screen:
        screen.page.set_viewport_size({"width": 1366, "height": 768})
        screen.open("Explore")
        draw(screen)
        screen.choose("explore_panel", "Filters")
        field = screen.page.locator(".st-key-filter_since")
        field.locator("[role=spinbutton]").first.click()
        screen.page.keyboard.type("20240301")
        screen.settle()
        cut = "(field) => field.scrollWidth > field.clientWidth"
        assert not field.get_by_test_id("stDateInputFieldsScroller").evaluate(cut)


def test_a_notice_of_a_job_moves_nothing_and_can_be_closed(browser: Any, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    with Workbench(Settings(workspace=folder, user=USER)) as workbench:
        workbench.ingest(workbench.case(CASE, create=True), [evidence(tmp_path / "sources")])
    with serving(folder, tmp_path / "log.txt") as running, screen_on(browser, running) as screen:
        screen.page.set_viewport_size({"width": 1366, "height": 768})
        screen.open("Leads")
        before = positions(screen)
        screen.page.locator(".st-key-detect button").click()
        screen.page.locator("[class*=st-key-notice_detect]").wait_for(timeout=60_000)
        assert positions(screen) == before
        screen.page.locator("[class*=st-key-notice_detect] [data-testid=stAlert]").wait_for(timeout=300_000)
        screen.settle()
        shown = positions(screen)
        screen.page.locator("[class*=st-key-notice_detect] button").click()
        screen.settle()
        assert screen.page.locator("[class*=st-key-notice_detect]").count() == 0
        assert positions(screen) == shown


def positions(screen: Screen) -> dict[str, list[int]]:
    """Where every part of the page with a key stands; those of notices are left out."""
    found: dict[str, list[int]] = screen.page.evaluate(_POSITIONS)
    assert found
    return found
