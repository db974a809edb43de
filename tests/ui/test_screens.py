"""The screens in a real browser: hostile names, search, click, expand, details, a link, a lead; nothing leaves."""

import pytest

from tests.labels import token
from tests.ui.conftest import ADULT, CASE, HUB
from tests.ui.screen import Screen, at
from tests.ui.test_casework import given

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
HUB_KEY, OAK_KEY = f"Account/{CASE}:hub", f"Account/{CASE}:oak"


def test_hostile_names_stay_names_on_every_screen(screen: Screen) -> None:
    screen.open("Explore")
    screen.click("begin_whole")
    assert screen.nodes()
    screen.fill("explore_search", "x0")
    for table in ("Links", "Measures", "Nodes"):
        screen.choose("twin", table)
    screen.open("Leads")
    screen.page.get_by_role("tab", name="Records").click()
    screen.settle()
    screen.click("open_texts")
    reason = screen.page.locator(".st-key-open_texts_reason input")
    reason.fill("to see the names in their texts")
    reason.press("Enter")
    screen.settle()
    for tab in ("Who", "Judgement and notes"):
        screen.page.get_by_role("tab", name=tab).click()
        screen.settle()
    screen.open("Queries")
    screen.choose("query_mode", "Cypher console")
    screen.write_statement("MATCH (a:Account) RETURN a, a.pseudonym, collect(a.pseudonym)")
    screen.click("run_console")
    screen.answered()
    screen.choose("answer_as", "Graph")
    assert screen.nodes()
    screen.write_statement(
        "MATCH (a) WHERE a.x = '![x](http://example.invalid/c.png)<img src=x onerror=alert(9)>' DELETE a"
    )
    screen.click("run_console")
    images = screen.page.evaluate("[...document.images].map((image) => image.src)")
    assert not [source for source in images if "example.invalid" in source]


def test_a_node_is_found_clicked_expanded_and_read(screen: Screen) -> None:
    screen.open("Explore")
    screen.fill("explore_search", ADULT)
    screen.click("explore_search_hit_0")
    before = screen.nodes()
    assert set(before) >= {token(OAK_KEY), token(HUB_KEY)}
    screen.page.mouse.click(*screen.place(HUB_KEY))
    screen.page.locator(".st-key-details span", has_text=HUB).first.wait_for()
    screen.settle()
    assert screen.nodes() == before, "a selection moves nothing"
    screen.page.mouse.dblclick(*screen.place(HUB_KEY))
    screen.page.wait_for_function(
        "(count) => [...document.querySelectorAll('*')].some((e) => e.shadowRoot?.querySelector('.canvas-host')"
        "?.dataset.nodes > count)",
        arg=len(before),
    )
    screen.settle()
    after = screen.nodes()
    assert {identity: after[identity] for identity in before} == before, "what stood there stands there still"
    assert "Showing" in screen.words()


def test_a_link_says_how_it_is_counted_and_leads_to_the_conversation(screen: Screen) -> None:
    at(screen, f"explore?account={CASE}:hub")
    screen.page.get_by_text("42 links with 21 accounts, as some wrote both ways").wait_for()
    at(screen, f"explore?account={CASE}:oak")
    ends = [screen.place(key) for key in (OAK_KEY, f"Account/{CASE}:x0")]
    screen.page.mouse.click(*(sum(axis) / 2 for axis in zip(*ends, strict=True)))
    screen.page.locator(".st-key-read_edge").wait_for()
    screen.click("read_edge")
    screen.page.get_by_role("heading", name="Conversation", exact=True).wait_for()
    screen.settle()
    assert (given(screen, "a"), given(screen, "b")) == (f"{CASE}:oak", f"{CASE}:x0")
    assert "good morning" not in screen.words(), "a reason is asked there"


def test_a_lead_leads_to_its_picture(screen: Screen) -> None:
    screen.open("Leads")
    assert "8 of the 21 people of known age" in screen.words()
    screen.click("to_explore")
    screen.page.get_by_role("heading", name="Explore", exact=True).wait_for()
    screen.settle()
    assert token(HUB_KEY) in screen.nodes()
    screen.page.mouse.click(*screen.place(HUB_KEY))
    screen.page.locator(".st-key-details span", has_text=HUB).first.wait_for()
    screen.choose("twin", "Nodes")
    screen.in_view(".st-key-explore_foot")  # long details beside the canvas do not push the table out of the window
