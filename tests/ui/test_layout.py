"""What stands on Explore and among the leads is whole in a small window."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.conftest import CASE
from tests.ui.screen import ROW, Screen, screen_on
from tests.ui.walk import draw

pytestmark = [pytest.mark.browser, pytest.mark.embedded]


@pytest.fixture(scope="module")
def explore(browser: Any, address_of_cleo: str) -> Iterator[Screen]:
    """A picture in a window of 768, for what is looked at there; who makes the window smaller comes last."""
    with screen_on(browser, address_of_cleo) as screen:
        screen.page.set_viewport_size({"width": 1366, "height": 768})
        screen.open("Explore")
        draw(screen)
        yield screen


def test_the_canvas_stands_whole_in_a_window_of_768(explore: Screen) -> None:
    box = explore.canvas.bounding_box()
    assert box["y"] + box["height"] <= 768


def test_a_day_of_a_period_stands_whole_in_its_field(explore: Screen) -> None:
    explore.choose("explore_panel", "Filters")
    field = explore.page.locator(".st-key-filter_since")
    field.locator("[role=spinbutton]").first.click()
    explore.page.keyboard.type("20240301")
    explore.settle()
    cut = "(field) => field.scrollWidth > field.clientWidth"
    assert not field.get_by_test_id("stDateInputFieldsScroller").evaluate(cut)


def test_a_narrow_picture_keeps_its_room_and_both_ends_of_its_time(explore: Screen) -> None:
    explore.page.set_viewport_size({"width": 1024, "height": 700})  # the panel stands below
    explore.until(lambda: explore.canvas.bounding_box()["width"] > 600)
    explore.page.set_viewport_size({"width": 1110, "height": 700})
    explore.until(lambda: explore.canvas.bounding_box()["width"] < 460)
    explore.pixels()  # it has come to rest
    time, end, legend, picture = (
        explore.page.locator(f".canvas-{part}").first.bounding_box() for part in ("time", "time-to", "legend", "host")
    )
    assert picture["width"] < 460
    assert end["x"] + end["width"] <= time["x"] + time["width"]
    assert legend["height"] + time["height"] < picture["height"] / 3


def test_the_list_of_leads_is_whole_at_150_per_cent_with_the_lead_below_it(browser: Any, address_of_cleo: str) -> None:
    with screen_on(browser, address_of_cleo) as screen:
        screen.page.set_viewport_size({"width": 910, "height": 512})  # a window of 1366 by 768
        screen.open("Leads")
        table = screen.page.locator(".st-key-leads .dvn-scroller").first
        assert not table.evaluate("table => table.scrollWidth > table.clientWidth")
        assert table.evaluate("table => table.clientWidth") > 500
        listed, lead = (screen.page.locator(f".st-key-{key}").first.bounding_box() for key in ("leads", "finding"))
        assert listed["y"] + listed["height"] <= lead["y"]
        assert lead["width"] > 500
        assert listed["height"] < 240
        framed = screen.page.locator(".st-key-leads [data-testid=stDataFrame]").first
        most = framed.evaluate("one => parseFloat(getComputedStyle(one).maxHeight)")
        assert 8 <= most % ROW <= ROW - 8, "of a longer list half a row says that there are more"


def test_in_a_small_window_the_panel_stands_below_the_picture_and_a_profile_above_its_marks(
    browser: Any, address_of_cleo: str
) -> None:
    """Nothing that is pressed lies under something else, and the cross stays beside the tabs."""
    with screen_on(browser, address_of_cleo) as screen:
        screen.page.set_viewport_size({"width": 910, "height": 512})  # a window of 1366 by 768 at 150 per cent
        screen.open("Explore")
        draw(screen)
        screen.click("tab_new")
        draw(screen)
        picture, panel = (
            screen.page.locator(part).first.bounding_box() for part in (".canvas-host", ".st-key-details")
        )
        assert picture["width"] > 500
        assert panel["width"] > 500
        assert picture["y"] + picture["height"] <= panel["y"]
        full, strip = (screen.page.locator(f".canvas-{part}").bounding_box() for part in ("tools", "brush"))
        assert full["y"] + full["height"] <= strip["y"]
        tabs, cross = (
            screen.page.locator(f".st-key-{key}").bounding_box() for key in ("explore_tab_chosen", "tab_close")
        )
        assert tabs["y"] <= cross["y"] + cross["height"] / 2 <= tabs["y"] + tabs["height"]
        screen.click("tab_close")
        screen.page.goto(f"{address_of_cleo}/account?case={CASE}&account={CASE}:hub")
        screen.settle()
        profile, marks = (screen.page.locator(part).first.bounding_box()
                          for part in (".st-key-account_profile", "[class*=st-key-marks_]"))
        assert profile["width"] > 500
        assert profile["y"] + profile["height"] <= marks["y"]


def test_what_can_be_done_with_ticked_leads_is_in_a_low_window_too(browser: Any, address_of_cleo: str) -> None:
    """It stood below the list, whose end a window of 768 does not show."""
    with screen_on(browser, address_of_cleo) as screen:
        screen.page.set_viewport_size({"width": 1366, "height": 400})
        screen.open("Leads")
        screen.row(".st-key-leads", 0, x=15)
        box = screen.page.locator(".st-key-ticked").bounding_box()
        assert box["y"] + box["height"] <= 400
        assert "1 lead is ticked" in screen.page.locator(".st-key-ticked").inner_text()


def test_the_list_stays_beside_a_long_lead_and_the_next_lead_is_read_from_its_top(
    browser: Any, address_of_cleo: str
) -> None:
    with screen_on(browser, address_of_cleo) as screen:
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
