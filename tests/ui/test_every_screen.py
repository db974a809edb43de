"""Every screen and every tab of it, walked in French, in light and dark, with all that is asked of them.

Room: the width is used, columns and labels are whole.  axe-core: everybody can read and name what stands there.
Data: no minor's name anywhere, no name that acts.  Words: in French no message of ours in English, no English sentence.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import TimeoutError as Waited

from tests.ui.conftest import CASE, MINORS, findings, made, serving
from tests.ui.english import English
from tests.ui.screen import Screen, at, screen_on
from tests.ui.walk import every_screen, every_tab

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.timeout(900)]
_CUT_TABLES = """() => [...document.querySelectorAll('[data-testid=stMain] .dvn-scroller')]
  .filter((scroller) => scroller.offsetParent && scroller.scrollWidth > scroller.clientWidth + 1)
  .filter((scroller) => !scroller.closest('.st-key-answer_rows'))  // has as many columns as were asked for
  .map((scroller) => [...scroller.closest('[data-testid=stDataFrame]').querySelectorAll('th')]
    .map((head) => head.textContent).join(', '))"""
_CUT_WORDS = """() => [...document.querySelectorAll('[data-testid=stMain], [data-testid=stSidebar]')].flatMap((part) =>
  [...part.querySelectorAll('p, label, button, h1, h2, h3, [data-testid=stText]')].filter((text) =>
    text.offsetParent && text.scrollWidth > text.clientWidth + 1 && text.clientWidth > 0
    && getComputedStyle(text).overflowX !== 'visible').map((text) => text.textContent.slice(0, 60)))"""
_USED = """() => {
  const main = document.querySelector('[data-testid=stMain]'), edge = main.getBoundingClientRect();
  const block = document.querySelector('[data-testid=stMainBlockContainer]').getBoundingClientRect();
  return { sideways: main.scrollWidth - main.clientWidth, left: edge.right - block.right + block.left - edge.left };
}"""
_NOT_OURS = {
    # Streamlit 1.67 puts a div between the list of the navigation and its items
    "list": "[data-testid=stSidebarNavItems]",
    "listitem": "[data-testid=stSidebarNavItems] li",
}
"""Rule to the elements in which Streamlit itself breaks it and we cannot mend it."""
_AXE = """async ([known, only, within]) => {
  const what = within ? { include: [[within]] } : document;
  // where all text stands in a landmark is of moderate weight, and is asked of each text
  const rules = only.length ? { runOnly: only } : { rules: { region: { enabled: false } } };
  const result = await axe.run(what, { resultTypes: ['violations'], preload: { assets: ['media'] }, ...rules });
  const ours = (rule, node) => !known[rule] || !document.querySelector(node.target[0])?.matches(known[rule]);
  return result.violations.filter((rule) => ['serious', 'critical'].includes(rule.impact)).flatMap((rule) =>
    rule.nodes.filter((node) => ours(rule.id, node)).map((node) => `${rule.id}: ${node.html.slice(0, 160)}`
      + ` ${(node.failureSummary || '').slice(0, 200)}`));
}"""
_OPEN_TAB = "[data-testid=stMain] [role=tabpanel]:not([hidden])"
_TOLD = "parts => parts.flatMap((part) => [part.ariaLabel, part.title]).filter(Boolean)"
"""What the canvas's controls are called; of other libraries' controls the words are theirs."""
_IS = {
    scheme: f"""() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor.match(/\\d+/g)
  .slice(0, 3).every((value) => +value {'<' if scheme == "dark" else '>'} 128)"""
    for scheme in ("light", "dark")
}
"""Whether the page's ground is of that scheme."""
_SMALL, _WIDE, _NARROW = ({"width": w, "height": h} for w, h in ((1366, 768), (1920, 1080), (1024, 768)))
_LEADS = {found.kind: found.finding_id for found in findings().findings}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One in which nobody wrote, saved or judged anything."""
    with made(tmp_path_factory.mktemp("walk") / "workspace") as folder:
        yield folder


@pytest.fixture(scope="module")
def address(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(workspace, tmp_path_factory.mktemp("server") / "server.txt") as running:
        yield running


class Faults(dict[str, object]):
    """What is wrong, by where; what is not wrong is not kept."""

    def add(self, where: str, found: object) -> None:
        if found:
            self[where] = found


def test_every_screen_has_room_can_be_read_by_all_in_light_and_dark_and_speaks_one_language(
    browser: Any, address: str, workspace: Path
) -> None:
    """In French, whose labels are the longest; names and roles are the same in English."""
    faults, english, scheme = Faults(), English(workspace), "light"
    with screen_on(browser, address) as screen:
        screen.page.set_viewport_size(_SMALL)
        for path in every_screen(screen, language="fr", lead=_LEADS["hub"]):
            for tab in every_tab(screen):
                where = f"{path} {tab}"
                faults.add(f"{where} data", leaks(screen))
                part = _OPEN_TAB if tab else ""  # what is around it was looked at before the first tab
                faults.add(f"{where} axe in {scheme}", violations(screen, within=part))
                scheme = turned(screen, scheme)  # names and roles are the same in both, and the next stop begins there
                faults.add(f"{where} axe in {scheme}", violations(screen, "color-contrast", within=part))
                faults.add(f"{where} words", english.in_(lines(screen)))
                if tab:
                    room(screen, where, faults)
                else:  # other sizes once a screen
                    for size in (_WIDE, _NARROW, _SMALL):
                        screen.page.set_viewport_size(size)
                        room(screen, f"{where} at {size['width']}", faults)
        fonts = screen.page.evaluate("[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)")
    assert faults == {}
    assert any("Inter" in family for family in fonts)


def turned(screen: Screen, scheme: str) -> str:
    """The same page in the other theme, which follows the system's; gives that one."""
    other = {"light": "dark", "dark": "light"}[scheme]
    screen.page.emulate_media(color_scheme=other)
    screen.page.wait_for_function(_IS[other])
    screen.settle()
    return other


def leaks(screen: Screen) -> list[str]:
    """What data must not do: a minor's name or id anywhere in page or address, a picture fetched, a page that fails."""
    page = screen.page.content() + screen.page.url
    named = [minor for minor in MINORS if f"little_{minor}" in page or f"{CASE}:{minor}" in page]
    images: list[str] = screen.page.evaluate("[...document.images].map((image) => image.src)")
    fetched = [source for source in images if "example.invalid" in source]
    return named + fetched + ["an exception"] * screen.page.get_by_test_id("stException").count()


def room(screen: Screen, where: str, faults: Faults) -> None:
    """Width used, labels whole, and columns whole unless the window is narrow: there tables scroll."""
    fits = f"({_USED})().sideways <= 0"
    if screen.page.viewport_size != _NARROW:
        fits += f" && ({_CUT_TABLES})().length === 0"
    with contextlib.suppress(Waited):  # tables follow the window a moment later
        screen.page.wait_for_function(fits, timeout=20_000)
    used = screen.page.evaluate(_USED)
    faults.add(f"{where} width", used if used["sideways"] > 0 or used["left"] > 2 else None)
    faults.add(f"{where} columns", None if screen.page.viewport_size == _NARROW else screen.page.evaluate(_CUT_TABLES))
    faults.add(f"{where} labels", screen.page.evaluate(_CUT_WORDS))


def violations(screen: Screen, *only: str, within: str = "") -> list[str]:
    """What axe finds serious or critical, without what is Streamlit's own; all its rules or ``only`` these.

    On the whole page, or in what stands ``within`` that element.
    """
    screen.page.evaluate(f"window.axe ? 0 : (() => {{ {AXE_SCRIPT} }})()")
    found: list[str] = screen.page.evaluate(_AXE, [_NOT_OURS, list(only), within])
    return found


def lines(screen: Screen) -> set[str]:
    """All that is to be read on the page as it stands, and what stands in empty fields."""
    page, found = screen.page, set[str]()
    found.update(page.get_by_test_id("stApp").inner_text().splitlines())
    found.update(page.locator("[role=gridcell], [role=columnheader]").all_text_contents())
    found.update(page.evaluate("[...document.querySelectorAll('[placeholder]')].map(field => field.placeholder)"))
    found.update(page.locator(".canvas-host, .canvas-host *").evaluate_all(_TOLD))
    assert len(found) > 12
    return found - set(page.get_by_test_id("stIconMaterial").all_text_contents())  # the names that icons are drawn by


def test_what_streamlit_itself_says_is_in_the_language_of_the_screens(browser: Any, address: str) -> None:
    with screen_on(browser, address) as screen:
        page = screen.page
        at(screen, "sources?language=fr")
        uploader = page.get_by_test_id("stFileUploader")
        said = uploader.inner_text()
        assert "Envoyer" in said
        assert "2 Go par fichier" in said
        uploader.locator("input[type=file]").set_input_files({"name": "Upload", "mimeType": "text/csv", "buffer": b"a"})
        uploader.get_by_test_id("stFileChipName").get_by_text("Upload", exact=True).wait_for()  # data is not translated
        screen.settle()
        at(screen, "leads?language=fr")
        page.locator(".st-key-words input").focus()
        page.locator(".st-key-words input").fill("x")
        page.get_by_text("Entrée pour appliquer").wait_for()
        screen.fill("words", "")
        screen.click("triage_tag")
        labels = page.get_by_test_id("stPopoverBody").locator("button p")
        assert labels.evaluate_all("all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length") == 0
        page.keyboard.press("Escape")
        page.locator(".st-key-lead_more button").first.click()
        day = page.locator(".st-key-since [role=spinbutton]")
        screen.until(lambda: day.all_inner_texts() == ["aaaa", "mm", "jj"])
        page.keyboard.press("Escape")
        screen.choose("language", "English")
        page.locator(".st-key-lead_more button").first.click()
        screen.until(lambda: day.all_inner_texts() == ["yyyy", "mm", "dd"])
        page.keyboard.press("Escape")
        page.get_by_test_id("stSidebarNav").get_by_text("Sources", exact=True).click()
        uploader.get_by_text("per file").wait_for()


def test_the_walk_finds_a_text_without_contrast_a_field_without_a_name_and_english(
    browser: Any, address: str, workspace: Path
) -> None:
    with screen_on(browser, address) as screen:
        screen.open("Queries")
        assert violations(screen) == []
        screen.page.locator(".st-key-query_filter input").evaluate(
            "field => { for (const name of ['aria-label', 'placeholder', 'id']) field.removeAttribute(name); }"
        )
        screen.page.locator("[data-testid=stMain] h1").evaluate("title => title.style.color = '#d0d0d0'")
        rules = {fault.partition(":")[0] for fault in violations(screen)}
        assert {"color-contrast", "label"} <= rules
        screen.page.locator("[data-testid=stMain] h1").evaluate("title => title.style.color = '#303030'")
        assert not violations(screen, "color-contrast")
        turned(screen, "light")
        assert violations(screen, "color-contrast", within="[data-testid=stMain]")
        assert English(workspace).in_(lines(screen))
        assert screen.page.evaluate("document.documentElement.lang") == "en"
        screen.choose("language", "Français")
        screen.until(lambda: screen.page.evaluate("document.documentElement.lang") == "fr")
    with screen_on(browser, address) as another:  # an address without a language: the one this person chose last
        another.page.goto(f"{address}/queries")
        another.until(lambda: another.page.evaluate("document.documentElement.lang") == "fr")
        another.choose("language", "English")
        another.until(lambda: another.page.evaluate("document.documentElement.lang") == "en")
