"""The Sources screen in a real browser: drop files, correct, read, mend what was rejected, give up; nothing leaves."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.rejects.still_open import open_rejects
from tests.ui.conftest import CASE, serving
from tests.ui.screen import Screen, screen_on
from tests.ui.test_casework import cell
from workbench.casebook import Casebook
from workbench.custody.log import custody_log

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
CHAT = (
    "Date;Expéditeur;Destinataire;Qui;Message\n13/05/2024 18:03;ann;bob;;hello you there\n"
    "14/05/2024 18:04;bob;ann;cy;<img src=x onerror=alert(1)>\n32/05/2024 18:04;bob;ann;;x\n"
)
ENDS_WITHIN_S = 20.0
LOG = "[18:03] <Wolf> hi\n[18:04] <Kid> oui\nnothing of a log\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sources")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serving(folder / "workspace", folder / "log.txt") as url:
        yield url


@pytest.fixture
def screen(browser: Any, address: str) -> Iterator[Screen]:
    with screen_on(browser, address, scheme="dark") as shown:
        shown.page.set_viewport_size({"width": 1366, "height": 768})
        yield shown


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / "in" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def drop(screen: Screen, *paths: Path) -> None:
    screen.page.locator(".st-key-uploads input[type=file]").set_input_files([str(path) for path in paths])
    screen.settle(quiet=900)


def pick(screen: Screen, key: str, option: str) -> None:
    """Choose in a drop-down list by typing."""
    field = screen.page.locator(f"[class*={key}] input").first
    field.click()
    field.fill(option)
    screen.page.get_by_role("option", name=option, exact=True).first.click()
    screen.settle(quiet=600)


def begin(screen: Screen, case: str, new: str = "A new case") -> None:
    """Name a new case, which is asked for at once where there is none yet."""
    if screen.page.locator(".st-key-new_case").count() == 0:
        pick(screen, "st-key-target_case", new)
    screen.fill("new_case", case)


def done(screen: Screen) -> None:
    screen.page.get_by_text("Reading sources: done").first.wait_for(timeout=120_000)
    screen.settle(quiet=600)


def cells(screen: Screen, key: str) -> str:
    """The text of a table, as a screen reader has it."""
    screen.page.locator(f".st-key-{key}").first.scroll_into_view_if_needed()  # what is far off is not drawn
    drawn = screen.page.locator(f".st-key-{key} canvas table").first
    drawn.wait_for(state="attached")
    return str(drawn.evaluate("e => e.textContent"))


def test_a_dropped_table_is_corrected_counted_and_read(
    screen: Screen, folder: Path
) -> None:
    case = "quay"
    screen.open("Sources")
    begin(screen, case)
    drop(screen, file(folder, "chat <b>.csv", CHAT))
    assert "chat <b>.csv" in screen.words()
    assert "Date → Sent at" in cells(screen, "first_rows")
    assert "Messages303" in cells(screen, "trial").replace(" ", ""), "no row before the zone is known"
    assert screen.page.locator(".st-key-read button").is_disabled()
    pick(screen, "st-key-timezone", "Europe/Paris")
    assert "Messages321" in cells(screen, "trial").replace(" ", "")
    pick(screen, "_sender_id", "Qui")
    assert "Messages312" in cells(screen, "trial").replace(" ", ""), "two rows have nobody there"
    pick(screen, "_sender_id", "Expéditeur")
    screen.click("read")
    done(screen)
    kept = CaseFolder(folder / "workspace", case)
    (batch,) = manifests(kept)
    counts = batch.tables["messages"]
    assert (counts.read, counts.accepted, counts.rejected, counts.duplicate) == (3, 2, 1, 0)
    assert Path(batch.sources[0].path).name == "chat <b>.csv"
    words = screen.words()
    assert "Sent at: is no time" in cells(screen, "reject_groups")
    assert "/sources/" not in words


def test_reading_is_given_up_from_the_screen_and_ends_with_the_server(browser: Any, tmp_path: Path) -> None:
    long = tmp_path / "accounts.csv"
    with long.open("w") as stream:
        stream.write("account_id,pseudonym\n")
        stream.writelines(f"a{number},{number:0200}\n" for number in range(1_500_000))
    served = serving(tmp_path / "workspace", tmp_path / "log.txt", sign=signal.SIGINT)
    with served as url, screen_on(browser, url) as screen:
        screen.open("Sources")
        screen.fill("new_case", "pier")
        screen.choose("where", "On this machine")
        screen.fill("paths", str(long))
        screen.click("read")
        screen.page.get_by_role("button", name="Cancel").click(timeout=60_000)
        screen.page.get_by_text("Reading sources: cancelled.").wait_for(timeout=60_000)
        assert not list((tmp_path / "workspace").glob("cases/*/evidence/*/*.parquet"))
        screen.click("read")
        screen.page.get_by_role("button", name="Cancel").wait_for(timeout=60_000)
        began = time.monotonic()
    assert time.monotonic() - began < ENDS_WITHIN_S, "a job that runs does not hold the server up"
    assert manifests(CaseFolder(tmp_path / "workspace", "pier")) == ()


def test_files_of_several_formats_are_read_at_once_into_a_new_case_and_a_log_again_with_its_zone(
    screen: Screen, folder: Path
) -> None:
    messages = file(
        folder, "messages.csv",
        "sent_at,sender_id,recipient_id,text\n2024-01-01T00:00:00Z,a,b,good day\nyesterday,a,b,good day\n",
    )
    screen.page.goto(f"{screen.address}/sources?language=fr")
    screen.page.get_by_role("heading", name="Sources", exact=True).wait_for(timeout=90_000)
    screen.settle()
    begin(screen, "pier", "Une nouvelle affaire")
    drop(screen, messages, file(folder, "#quay_2024-05-01.log", LOG))
    assert "Tables d’éléments" in cells(screen, "source_list")
    assert "2 lignes donnent des heures sans leur fuseau" in screen.words()
    pick(screen, "st-key-timezone", "Inconnu\N{NO-BREAK SPACE}: ces lignes sont rejetées")
    screen.page.get_by_text("Qui les a remis").click()
    screen.fill("received_from", "Officer Lind")
    screen.fill("received_under", "Order 12")
    screen.click("read")
    screen.page.get_by_text("Lecture des sources\u00a0: terminée").first.wait_for(timeout=120_000)
    screen.settle()
    told = custody_log(Casebook(f"sqlite:///{folder}/workspace/filature.db").audit(), "pier")
    said = {(one.received_from, one.authority, one.kept.split("/")[0]) for one in told if one.event == "received"}
    assert said == {("Officer Lind", "Order 12", "sources")}, "an upload lies in the case: no copy of it is asked for"
    kept = CaseFolder(folder / "workspace", "pier")
    assert (len(manifests(kept)), open_rejects(kept).rows) == (2, 4)
    assert "n’est pas une heure" in cells(screen, "reject_groups")
    assert CASE not in screen.words()
    cell(screen, "reject_groups", 0)  # what most rows were rejected for
    screen.settle(quiet=600)
    pick(screen, "st-key-again_zone", "Europe/Paris")
    screen.click("again_read")
    screen.until(lambda: len(manifests(kept)) == 3, within_s=90)
    screen.page.get_by_text("2 lignes rejetées ont été lues depuis.").wait_for(timeout=120_000)
    found = open_rejects(kept)
    assert (found.rows, found.mended) == (2, 2)
