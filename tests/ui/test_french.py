"""Every screen in French, in a real browser: no message of ours in English, no English sentence at all."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.case_folder import CaseFolder
from ingest.lake_columns import STORED
from ingest.rejects import read_rejects
from queries.catalog import library
from tests.ui.conftest import CASE, MINORS, findings, serving
from tests.ui.screen import Screen, screen_on
from tests.ui.test_casework import at
from tests.unit.workbench.hostile import HOSTILE
from workbench.language import words

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.timeout(900)]
ENGLISH = frozenset({
    "the", "of", "and", "with", "which", "are", "is", "was", "were", "who", "from", "this", "that", "these", "those",
    "not", "no", "by", "for", "its", "it", "has", "have", "had", "than", "there", "minor", "shown", "what", "when",
    "where", "whose",
})
"""Words that hardly any English sentence does without, and that no French one has."""
DATA = ("The lobby", "hello there", "good morning", "Upload", *(name.replace("\n", " ") for name in HOSTILE))
"""What stands in the case, and the one word that the file field of the screens' library says itself."""
_WORD = re.compile(r"[A-Za-z]+")
LEADS = {found.kind: found.finding_id for found in findings().findings}
PATHS = (
    "", "sources", *(f"leads?lead={identity}" for identity in LEADS.values()), f"account?account={CASE}:hub",
    f"room?room={CASE}:lobby", f"company?company={CASE}:c2", f"conversation?a={CASE}:hub&b={CASE}:x0", "explore",
    "queries",
)


@pytest.fixture(scope="module")
def address(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(workspace, tmp_path_factory.mktemp("server") / "log.txt") as url:
        yield url


def lines(screen: Screen) -> set[str]:
    """All that is to be read on the page, every tab of it, and what stands in empty fields."""
    page, found = screen.page, set[str]()
    tabs = page.get_by_role("tab")
    for number in range(max(tabs.count(), 1)):
        if tabs.count():
            tabs.nth(number).click()
            screen.settle()
        found.update(page.get_by_test_id("stApp").inner_text().splitlines())
        found.update(page.locator("[role=gridcell], [role=columnheader]").all_text_contents())
        found.update(page.evaluate("[...document.querySelectorAll('[placeholder]')].map(field => field.placeholder)"))
    return found - set(page.get_by_test_id("stIconMaterial").all_text_contents())  # the names that icons are drawn by


def english(line: str, data: tuple[str, ...]) -> list[str]:
    for text in data:
        line = line.replace(text, " ")
    return [word for word in _WORD.findall(line) if word.lower() in ENGLISH]


def test_no_screen_in_french_has_english_of_ours(browser: Any, address: str, workspace: Path) -> None:
    """The names of the evidence's tables, and what stands in the file of rejected rows, are data."""
    rejects = read_rejects(CaseFolder(workspace, CASE))
    data = (*DATA, *STORED, *(text for row in rejects for text in (row.reason, row.hint, row.raw)))
    french = words("fr").messages
    ours = {english for english, said in french.items() if english != said and said != (english, english)}
    left: dict[str, set[str]] = {}
    with screen_on(browser, address) as screen:
        for path in PATHS:
            at(screen, f"{path}{'&' if '?' in path else '?'}language=fr")
            shown = lines(screen)
            assert len(shown) > 12, path
            found = {
                line for line in shown
                if english(line, data) or (line in ours and line not in french.values() and line not in data)
            }
            if found:
                left[path] = found
    assert left == {}


def test_masks_and_the_library_s_titles_are_french(browser: Any, address: str) -> None:
    with screen_on(browser, address) as screen:
        at(screen, f"leads?lead={LEADS['hub']}&language=fr")
        shown = screen.words()
        assert "mineur ▪▪▪" in shown
        assert not [minor for minor in MINORS if f"little_{minor}" in shown]
        at(screen, "queries?language=fr")
        titles = {query.french.title for query in library()}
        assert screen.page.locator(".st-key-query_title").inner_text().strip() in titles
