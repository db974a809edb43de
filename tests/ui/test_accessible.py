"""Can everybody read and name what stands on the screens?  axe-core on every one, light and dark."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.ui.conftest import serving
from tests.ui.screen import Screen, screen_on
from tests.ui.walk import every_screen, every_tab

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
NOT_OURS = {
    # Streamlit 1.67 puts a div between the list of the navigation and its items
    "list": "[data-testid=stSidebarNavItems]",
    "listitem": "[data-testid=stSidebarNavItems] li",
}
"""Rule to the elements in which Streamlit itself breaks it and we cannot mend it."""
_FOUND = """async (known) => {
  const result = await axe.run(document, { resultTypes: ['violations'] });
  const ours = (rule, node) => !known[rule] || !document.querySelector(node.target[0])?.matches(known[rule]);
  return result.violations.filter((rule) => ['serious', 'critical'].includes(rule.impact)).flatMap((rule) =>
    rule.nodes.filter((node) => ours(rule.id, node)).map((node) => `${rule.id}: ${node.html.slice(0, 160)}`
      + ` ${(node.failureSummary || '').slice(0, 200)}`));
}"""


@pytest.fixture(scope="module")
def address(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(workspace, tmp_path_factory.mktemp("server") / "server.txt") as running:
        yield running


def violations(screen: Screen) -> list[str]:
    """What axe finds serious or critical, without what is Streamlit's own."""
    screen.page.evaluate(f"window.axe ? 0 : (() => {{ {AXE_SCRIPT} }})()")
    found: list[str] = screen.page.evaluate(_FOUND, NOT_OURS)
    return found


@pytest.mark.timeout(900)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_passes_axe(browser: Any, address: str, scheme: str) -> None:
    faults: dict[str, list[str]] = {}
    with screen_on(browser, address, scheme=scheme) as screen:
        screen.page.set_viewport_size({"width": 1366, "height": 768})
        for path in every_screen(screen):
            for tab in every_tab(screen):
                if found := violations(screen):
                    faults[f"{path} {tab}"] = found
    assert faults == {}


def test_a_text_without_contrast_and_a_field_without_a_name_are_found(browser: Any, address: str) -> None:
    with screen_on(browser, address) as screen:
        screen.open("Queries")
        assert violations(screen) == []
        screen.page.locator(".st-key-query_filter input").evaluate(
            "field => { for (const name of ['aria-label', 'placeholder', 'id']) field.removeAttribute(name); }"
        )
        screen.page.locator("[data-testid=stMain] h1").evaluate("title => title.style.color = '#d0d0d0'")
        rules = {fault.partition(":")[0] for fault in violations(screen)}
        assert "color-contrast" in rules
        assert "label" in rules


def test_the_page_says_its_language(browser: Any, address: str) -> None:
    with screen_on(browser, address) as screen:
        screen.open("Overview")
        assert screen.page.evaluate("document.documentElement.lang") == "en"
        screen.choose("language", "Français")
        screen.until(lambda: screen.page.evaluate("document.documentElement.lang") == "fr")
