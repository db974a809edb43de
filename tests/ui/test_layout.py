"""What stands on Explore and among the leads is whole in a small window."""

from typing import Any

import pytest

from tests.ui.screen import screen_on
from tests.ui.walk import draw

pytestmark = [pytest.mark.browser, pytest.mark.embedded]


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


def test_the_list_of_leads_is_whole_at_150_per_cent_with_the_lead_below_it(browser: Any, address: str) -> None:
    with screen_on(browser, address) as screen:
        screen.page.set_viewport_size({"width": 910, "height": 512})  # a window of 1366 by 768
        screen.open("Leads")
        table = screen.page.locator(".st-key-leads .dvn-scroller").first
        assert not table.evaluate("table => table.scrollWidth > table.clientWidth")
        assert table.evaluate("table => table.clientWidth") > 500
        listed, lead = (screen.page.locator(f".st-key-{key}").first.bounding_box() for key in ("leads", "finding"))
        assert listed["y"] + listed["height"] <= lead["y"]
        assert lead["width"] > 500
        assert listed["height"] < 240


def test_the_list_stays_beside_a_long_lead_and_the_next_lead_is_read_from_its_top(browser: Any, address: str) -> None:
    with screen_on(browser, address) as screen:
        screen.page.set_viewport_size({"width": 1366, "height": 768})
        screen.open("Leads")
        lead, listed = (screen.page.locator(f".st-key-{key}").first for key in ("finding", "leads"))
        screen.page.mouse.move(1100, 500)
        screen.page.mouse.wheel(0, 700)
        screen.page.wait_for_function("document.querySelector('.st-key-finding').getBoundingClientRect().top < 0")
        assert 0 <= listed.bounding_box()["y"] < 300
        title = screen.page.locator(".st-key-finding_title").inner_text()
        screen.click("lead_step_1")
        assert screen.page.locator(".st-key-finding_title").inner_text() != title
        assert 0 <= lead.bounding_box()["y"] < 100
