"""The screens in a real browser: search, click, expand, details, save, restart, run, export; nothing leaves."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph.opaque import token
from tests.ui.conftest import ADULT, CASE, HUB, MINORS, serving
from tests.ui.screen import Screen, screen_on
from tests.ui.test_casework import at, given

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
SCREENS = ("Overview", "Case", "Sources", "Leads", "Explore", "Search", "Queries")
HUB_KEY, OAK_KEY = f"Account/{CASE}:hub", f"Account/{CASE}:oak"


def explore_hub(screen: Screen) -> None:
    """Search for the hub and bring it onto the canvas."""
    screen.open("Explore")
    screen.fill("explore_search", HUB)
    screen.click("explore_search_hit_0")
    assert token(HUB_KEY) in screen.nodes()


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


def test_the_canvas_is_used_with_the_keyboard_alone(screen: Screen) -> None:
    explore_hub(screen)
    screen.canvas.focus()
    screen.page.keyboard.press("Escape")
    screen.page.wait_for_timeout(400)
    screen.settle()
    screen.canvas.focus()
    for key in ("ArrowRight", "Enter"):
        screen.page.keyboard.press(key)
    screen.page.wait_for_timeout(400)
    screen.settle()
    assert "Links in the whole graph" in screen.page.locator(".st-key-details").inner_text()
    ratio = "(host) => host.canvasView.renderer.getCamera().getState().ratio"
    start = screen.canvas.evaluate(ratio)
    screen.canvas.focus()
    screen.page.keyboard.press("+")
    screen.until(lambda: screen.canvas.evaluate(ratio) < start)


def test_minors_are_masked_on_the_canvas_until_one_is_opened(screen: Screen) -> None:
    explore_hub(screen)
    screen.unfold()
    labels = "(host) => host.canvasView.graph.mapNodes((_id, a) => a.label)"
    shown = screen.canvas.evaluate(labels)
    assert not any(label.startswith("little_") for label in shown)
    minor = f"Account/{CASE}:{MINORS[0]}"
    screen.page.mouse.click(*screen.place(minor))
    screen.page.locator(".st-key-unmask_node_popover button").first.click()
    screen.page.locator(".st-key-unmask_node_reason input").fill("to know who it is")
    screen.page.locator(".st-key-unmask_node_show button").click()
    screen.settle()
    screen.until(lambda: f"little_{MINORS[0]}" in screen.canvas.evaluate(labels))


def test_the_export_opens_in_networkx_and_equals_what_is_shown(screen: Screen) -> None:
    explore_hub(screen)
    screen.unfold()
    shown = set(screen.nodes())
    edges = int(screen.canvas.get_attribute("data-edges"))
    screen.page.locator(".st-key-explore_export button").first.click()
    field = screen.page.locator(".st-key-explore_format input")
    assert field.input_value() == "html", "what is offered at first masks minors"
    field.click()
    screen.page.get_by_role("option", name="graphml", exact=True).click()
    screen.settle()
    screen.page.get_by_text("Minors are masked: a token stands for each").wait_for()
    screen.page.locator(".st-key-explore_minors label").first.click()
    screen.page.get_by_text("Nothing is masked").wait_for()
    assert screen.page.locator(".st-key-explore_download button").is_disabled(), "without a reason"
    screen.fill("explore_reason", "for the prosecutor")
    with screen.page.expect_download() as waiting:
        screen.page.locator(".st-key-explore_download button").click()
    archive = zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    names = {name.rpartition(".")[2]: name for name in archive.namelist() if not name.endswith(".manifest.json")}
    graph = nx.read_graphml(io.BytesIO(archive.read(names["graphml"])), force_multigraph=True)
    assert {token(key) for key in graph.nodes} == shown
    assert graph.number_of_edges() == edges
    manifest = json.loads(archive.read(next(name for name in archive.namelist() if name.endswith(".manifest.json"))))
    assert (manifest["nodes"], manifest["edges"], manifest["case"]) == (len(shown), edges, CASE)


def test_a_path_between_two_is_marked(screen: Screen) -> None:
    explore_hub(screen)
    screen.page.locator(".st-key-path_popover button").first.click()
    screen.click("path_from_other")  # the selected node is offered as the first end
    for key, name in (("path_from", ADULT), ("path_to", HUB)):
        screen.fill(f"{key}_box", name)
        screen.click(f"{key}_box_hit_0")
    screen.click("find_path")
    assert "A path of 1 step" in screen.words()
    assert not screen.page.locator(".st-key-find_path").is_visible(), "what was found is seen"
    on_path = "(host) => [...host.canvasView.highlight.path.nodes]"
    assert set(screen.canvas.evaluate(on_path)) == {token(OAK_KEY), token(HUB_KEY)}


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


def test_a_saved_query_is_found_and_run_by_another_server(
    browser: Any, workspace: Path, address: str, tmp_path: Path
) -> None:
    statement = "MATCH (a:Account)-[c:CONTACTED]->(b:Account) WHERE a.id = $who RETURN a, c, b"
    with screen_on(browser, address) as screen:
        screen.open("Queries")
        screen.choose("query_mode", "Cypher console")
        screen.write_statement(statement)
        screen.page.locator(".st-key-save_popover button").first.click()
        screen.page.locator(".st-key-save_form input[type=text]").fill("Whom one account wrote to")
        screen.page.locator(".st-key-save_query button").first.click()
        screen.page.get_by_text("revision 1").first.wait_for()
        screen.page.goto(f"{address}/explore?case={CASE}&account={CASE}:hub")
        screen.page.get_by_role("heading", name="Explore", exact=True).wait_for()
        screen.settle()
        picture, drawn = screen.page.url.partition("?")[2], screen.pixels()
    with serving(workspace, tmp_path / "other.txt") as other, screen_on(browser, other) as screen:
        screen.open("Queries")
        screen.fill("query_filter", "Whom one account wrote to")
        screen.row("[class*=st-key-query_list]", 0)  # what this person had open last stays until another is chosen
        assert "revision 1 · whom-one-account-wrote-to" in screen.words()
        screen.page.locator("[class*=st-key-parameter_whom-one-account] input").fill(f"{CASE}:hub")
        screen.click("run_query")
        assert "Showing 21 of 21 rows" in screen.words()
        screen.in_view(".st-key-answer_bar")
        screen.choose("answer_as", "Graph")
        assert token(OAK_KEY) in screen.nodes()
        screen.page.goto(f"{other}/explore?{picture}")
        screen.page.get_by_role("heading", name="Explore", exact=True).wait_for()
        screen.settle()
        assert screen.pixels() == drawn, "not a pixel, by another server and in another browser"
