"""Measures of the whole case in a browser: the worker tells how far it is, and a restart measures nothing again."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.labels import known_key
from tests.ui.conftest import serving, table
from tests.ui.screen import Screen, at, screen_on
from tests.ui.test_app import _closed, at_screen, texts
from workbench.bootstrap import Workbench
from workbench.settings import Settings
from workbench.views import session
from workbench.views.explore.whole_case import _AT_ONCE

__all__ = ["_closed"]  # what a screen in process holds open is given back
pytestmark = [pytest.mark.browser, pytest.mark.embedded]
CASE, PEOPLE = "quay", 150


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A case with more messages than are measured at once, each account writing to its seven nearest ones."""
    folder = tmp_path_factory.mktemp("busy")
    (folder / "sources").mkdir()
    header = ("message_id", "sent_at", "sender_id", "recipient_id", "room_id", "text")
    rows = [
        (f"m{n}", f"2024-03-{1 + n % 28:02}T09:05:00Z", f"p{n % PEOPLE}", f"p{(n + 1 + n % 7) % PEOPLE}", "", "ho")
        for n in range(_AT_ONCE + 1)
    ]
    table(folder / "sources" / "messages.csv", header, rows)
    with Workbench(Settings(workspace=folder / "workspace", user="ann")) as workbench:
        workbench.ingest(known_key(workbench.case(CASE, create=True)), [folder / "sources"])
        yield folder / "workspace"


def coloured_by(screen: Screen, measure: str) -> None:
    screen.choose("explore_panel", "Style")
    screen.choose("style_scope", "The whole case")
    screen.page.locator(".st-key-style_color input").click()
    screen.page.get_by_role("option", name=measure, exact=True).click()


def provenance(screen: Screen, measure: str) -> str:
    """What computed a measure and when, as the panel says."""
    found = re.search(rf"^{measure}: (.* s)$", screen.page.locator(".st-key-explore_side").inner_text(), re.MULTILINE)
    return found[1] if found else ""


def test_the_worker_measures_it_is_taken_up_and_stays_over_a_restart(
    browser: Any, busy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(busy, tmp_path / "one.txt") as url, screen_on(browser, url) as screen:
        at(screen, f"explore?case={CASE}&account={CASE}:p0")
        legend = screen.page.locator(".canvas-legend")
        usual = legend.inner_text()
        coloured_by(screen, "betweenness")
        screen.page.locator(".st-key-notice_measure").get_by_text("Measuring the whole case").wait_for()
        screen.until(lambda: "betweenness in the whole case" in legend.inner_text())
        screen.settle()
        assert usual.partition(" ")[0] in legend.inner_text()
        once = provenance(screen, "betweenness")
        assert re.fullmatch(r"NumPy [\d.]+, \d+ \w+ \d{4}, \d\d:\d\d UTC, [\d.]+ s", once)
        screen.choose("twin", "Measures")
        screen.until(lambda: len(list((busy / "cases" / CASE / "measures").glob("*.parquet"))) == 9)
        screen.until(lambda: "What computed them" in screen.words())
        screen.settle()
        assert screen.page.locator("[data-testid=stException]").count() == 0
        assert screen.page.locator("[data-testid=stMain] .stDataFrame").filter(visible=True).count() == 1
        screen.click("measures_told")
        listed = screen.page.locator("[data-testid=stPopoverBody]").inner_text()
        assert "degree: counted, " in listed
        assert "community: NetworkX " in listed
    monkeypatch.setenv("FILATURE_WORKSPACE", str(busy))
    monkeypatch.setenv("FILATURE_USER", "ben")  # another process, and somebody else
    app = at_screen("Explore", case=CASE, account=f"{CASE}:p0")
    app.segmented_control(key="explore_panel").set_value("style").run()
    app.segmented_control(key="style_scope").set_value("case").run()
    app.selectbox(key="style_color").set_value("betweenness").run()
    assert not app.exception
    assert f"betweenness: {once}" in texts(app)
    assert any("betweenness in the whole case" in str(part.proto) for part in app.get("bidi_component")), "its legend"
    assert session.server().jobs.of("ben") == (), "nothing is measured again"
