"""Can an investigation be carried through on the sample case, in few clicks, and what do the screens show on the way?

    python -m tests.benchmarks.investigation [--folder DIR] [--pictures DIR] [--only ways,work,light,dark]

A real server and a real browser, 1366 × 768.  Ways: the clicks (a button, a row, a tab, a link; typing and scrolling
are none) from the opened workbench to what is looked for.  Work: a lead is judged with reasons, tagged, noted,
assigned, reported and exported on the screen, and the report of the five best leads is made twice by the command line.
Light in English, dark in French: every screen and every tab with all that ``tests.ui.test_every_screen`` asks.
Exits 1 where a way is longer than it may be, a file differs, or a screen has a fault.
"""

import argparse
import contextlib
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.browser import BROWSER, CHROMIUM
from tests.pictures import CASE, made
from tests.ui.conftest import serving
from tests.ui.english import English
from tests.ui.screen import ROW, Screen, screen_on
from tests.ui.test_casework import Way, at, cell, date_typed, given
from tests.ui.test_every_screen import Faults, lines, room, violations
from tests.ui.walk import every_screen, every_tab
from workbench.masking.people import masked_among
from workbench.runs.findings_file import load_findings

SMALL = {"width": 1366, "height": 768}
TOP = 5
USER = f"bea-{os.getpid()}"
"""Somebody who was never here: reasons for reading are asked, nothing is open yet."""
_SHOWN = 16
"""Rows of the list of leads that are seen without scrolling."""


class Walk:
    """One browser page on the sample case; what is found out is printed and what is wrong kept."""

    def __init__(self, screen: Screen, workspace: Path, pictures: Path | None) -> None:
        self.screen, self.workspace, self.pictures = screen, workspace, pictures
        self.case, self.faults, self._taken = CaseFolder(workspace, CASE), Faults(), 0
        document = load_findings(self.case)
        assert document is not None
        self.leads = document.findings
        self.platform = self.leads[self.row_of("hub")].members[0].partition(":")[0]
        screen.page.set_viewport_size(SMALL)

    def picture(self, name: str) -> None:
        if self.pictures is not None:
            self._taken += 1
            self.screen.picture(self.pictures / f"{self._taken:02}-{re.sub('[^a-z0-9]+', '-', name.lower())}.png")

    def reached(self, what: str, clicks: int, most: int, *, there: bool = True) -> None:
        print(f"{what}: {clicks} clicks (at most {most}){'' if there else ', NOT THERE'}", flush=True)
        self.faults.add(what, clicks > most or not there)
        self.picture(what)

    def row_of(self, kind: str) -> int:
        return [lead.kind for lead in self.leads].index(kind)

    def open_lead(self, way: Way, number: int) -> None:
        """Press the row in the list, scrolled to where it is seen."""
        page = self.screen.page
        table = page.locator(".st-key-leads .stDataFrame").first
        table.hover(position={"x": 110, "y": ROW * 3})
        hidden = max(0, number - _SHOWN)
        page.mouse.wheel(0, ROW * hidden)
        page.wait_for_timeout(300)
        way.clicks += 1
        cell(self.screen, "leads", number - hidden)
        assert given(self.screen, "lead") == self.leads[number].finding_id, "the row that was pressed"

    def heading(self, title: str) -> None:
        self.screen.page.get_by_role("heading", name=title, exact=True).wait_for()
        self.screen.settle()

    def start(self) -> Way:
        at(self.screen, f"?case={CASE}&language=en")
        return Way(self.screen)


def ways(walk: Walk) -> None:
    """The four ways of the aims, each from the opened workbench."""
    screen = walk.screen
    way = walk.start()
    way.go("Leads")
    hub = walk.row_of("hub")
    if given(screen, "lead") != walk.leads[hub].finding_id:
        walk.open_lead(way, hub)
    way.button("Read with")
    walk.heading("Conversation")
    screen.page.locator(".st-key-open_thread_reason input").fill("to judge the lead")
    way.button("Open the conversation")
    screen.page.locator(".thread-message").first.wait_for(timeout=60_000)
    walk.reached("the worst hub's conversation with a minor", way.clicks, 5)

    way = walk.start()
    way.go("Leads")
    walk.open_lead(way, walk.row_of("ambush"))
    way.press_first("[class*=st-key-way_]")
    walk.heading("Account")
    screen.until(lambda: bool(screen.page.locator("[role=gridcell]").count()), within_s=30)
    cells = screen.page.locator("[role=gridcell]").all_text_contents()
    device = next((place for place, text in enumerate(cells) if text == "device"), None)
    walk.reached("who shares a device with a member of a crew", way.clicks, 3, there=device is not None)

    way = walk.start()
    way.go("Company")
    way.button(walk.platform)
    way.clicks += 1
    date_typed(screen, "at", "20240302")
    walk.reached("the owner of a platform on a date", way.clicks, 3, there=given(screen, "at") is not None)

    way = walk.start()
    with Lake(walk.case) as lake:
        lake.table("sessions")
        found = lake.backend.raw_sql(
            "SELECT ip, min(account) FROM sessions WHERE ip IS NOT NULL GROUP BY ip HAVING count(DISTINCT account) = 1"
            " ORDER BY ip LIMIT 1"
        ).fetchone()
    assert found is not None
    screen.fill("search", found[0])
    words = screen.page.get_by_test_id("stSidebar").inner_text()
    walk.reached("an account by its address", 0, 0, there=found[1].partition(":")[2] in words)


def work(walk: Walk, folder: Path) -> None:
    """Judge, tag, note, assign, export and report a lead on the screens; two reports of the best leads by command."""
    screen, page = walk.screen, walk.screen.page
    way = walk.start()
    way.go("Leads")
    walk.picture("leads")
    for what, fields, button in (
        ("judge", {"textarea": "the records were read"}, "Add judgement"), ("tag", {"input": "to report"}, "Add tag"),
        ("note", {"textarea": "Ask the platform for the sessions."}, "Add note"), ("assign", {}, "Assign"),
    ):
        way.press(f"triage_{what}")
        body = page.get_by_test_id("stPopoverBody")
        for field, text in fields.items():
            body.locator(field).last.fill(text)
        if what == "judge":
            body.get_by_role("button", name="in review", exact=True).click()
            way.clicks += 1
        walk.picture(what)
        way.clicks += 1
        body.get_by_role("button", name=button, exact=True).click()
        screen.settle()
    page.keyboard.press("Escape")
    words = screen.words()
    print(f"a lead judged, tagged, noted, assigned: {way.clicks} clicks", flush=True)
    walk.faults.add("triage", [said for said in ("to report", f"assigned to {USER}") if said not in words])
    way.press("finding_export")
    with page.expect_download() as waiting:
        way.press("finding_download")
    print(f"exported: {way.clicks} clicks, {Path(waiting.value.path()).stat().st_size} bytes", flush=True)
    walk.picture("export")
    page.keyboard.press("Escape")
    way.go("Case")
    page.get_by_role("tab", name="Case report").click()
    way.clicks += 1
    screen.settle()
    cell(screen, "report_leads", 0, across=15)
    walk.picture("report chosen")
    way.press("report_make")
    page.locator(".st-key-report_ready").wait_for(timeout=120_000)
    walk.picture("report made")
    print(f"reported: {way.clicks + 1} clicks from the opened workbench", flush=True)
    made_twice = [folder / "reports" / name for name in ("one.html", "two.html", "one.pdf", "two.pdf")]
    made_twice[0].parent.mkdir(exist_ok=True)
    for path in made_twice:
        _filature(walk.workspace, "report", "--top", str(TOP), "--to", path.suffix[1:], str(path))
    one, two, pdf, again = (hashlib.sha256(path.read_bytes()).hexdigest() for path in made_twice)
    print(f"reports of the {TOP} best: html {one[:12]} {two[:12]}, pdf {pdf[:12]} {again[:12]}", flush=True)
    walk.faults.add("reports differ", one != two or pdf != again)
    print(_filature(walk.workspace, "verify").strip().splitlines()[-1], flush=True)
    with screen_on(page.context.browser, made_twice[0].parent.as_uri()) as offline:  # asks for nothing elsewhere
        offline.page.goto(made_twice[0].as_uri())
        if walk.pictures is not None:
            offline.page.screenshot(path=walk.pictures / "report.png", full_page=False)


def _filature(workspace: Path, *arguments: str) -> str:
    environment = {**os.environ, "FILATURE_WORKSPACE": str(workspace), "FILATURE_USER": USER}
    command = [sys.executable, "-m", "workbench", *arguments, "--case", CASE]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr}")
    return done.stdout


def looked_at(walk: Walk, *, language: str) -> None:
    """Every screen and tab, as the suite does it on its small case of hostile names."""
    screen, hub = walk.screen, walk.leads[walk.row_of("hub")]
    minors, names, rooms = _people(walk.case)
    english = English(walk.workspace, *names, name=CASE)
    other = next(lead for lead in walk.leads if lead.kind == "ambush").members[0]
    opened = {
        "case": CASE, "account": hub.members[0], "room": rooms[0],
        "company": next(x for x in walk.leads if x.kind == "owner").targets[0], "a": hub.members[0],
        "b": hub.targets[0], "beside": other,
    }
    for path in every_screen(screen, language=language, lead=hub.finding_id, opened=opened):
        for tab in every_tab(screen):
            where = f"{path} {tab}"
            page = screen.page.content() + screen.page.url
            named = set(re.findall(rf"\b{walk.platform}:(\w+)", page))
            walk.faults.add(f"{where} names a minor", sorted(named & minors)[:5])
            walk.faults.add(f"{where} axe", violations(screen))
            if language == "fr":
                walk.faults.add(f"{where} words", english.in_(lines(screen) - _written(screen)))
            room(screen, where, walk.faults)
            walk.picture(where)
    for kind in ("ambush", "shell", "owner", "convergence", "room", "recruitment", "extortion"):
        lead = next((lead for lead in walk.leads if lead.kind == kind), None)
        if lead is not None:
            at(screen, f"leads?case={CASE}&lead={lead.finding_id}&language={language}")
            screen.page.wait_for_timeout(1_500)  # charts are drawn a moment later
            walk.picture(f"lead {kind}")
            if language == "fr":
                walk.faults.add(f"lead {kind} words", english.in_(lines(screen)))


def _written(screen: Screen) -> set[str]:
    """What people wrote, in whatever language, where a conversation was opened before."""
    return {line for text in screen.page.locator(".thread-message").all_inner_texts() for line in text.splitlines()}


def _people(case: CaseFolder) -> tuple[set[str], set[str], list[str]]:
    """Native ids of whoever is masked; names of people, rooms and companies, which are data in any language; rooms."""
    with Lake(case) as lake:
        for table in ("accounts", "rooms", "companies", "persons"):
            lake.table(table)
        ids = [row[0] for row in lake.backend.raw_sql("SELECT account FROM accounts").fetchall()]
        rooms = [row[0] for row in lake.backend.raw_sql("SELECT room FROM rooms ORDER BY room").fetchall()]
        names = {
            str(row[0]) for table, column in (("accounts", "pseudonym"), ("rooms", "name"), ("companies", "name"),
                                              ("persons", "name"))
            for row in lake.backend.raw_sql(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL").fetchall()
        }
    return {identity.partition(":")[2] for identity in masked_among(case, ids)}, names, rooms


@contextlib.contextmanager
def _walking(browser: Any, address: str, workspace: Path, pictures: Path | None, scheme: str) -> Iterator[Walk]:
    with screen_on(browser, address, scheme=scheme) as screen:
        if pictures is not None:
            pictures.mkdir(parents=True, exist_ok=True)
        yield Walk(screen, workspace, pictures)


def main() -> int:
    """Exit code 0 when every aim is met and no screen has a fault."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--folder", type=Path, help="keep the workspace here")
    parser.add_argument("--pictures", type=Path, help="keep a picture of every screen here")
    parser.add_argument("--only", default="ways,work,light,dark")
    options = parser.parse_args()
    parts, faults = options.only.split(","), Faults()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = options.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        workspace, _leads = made(folder)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER)
        with serving(workspace, folder / "server.txt", user=USER) as address:
            for part in parts:
                kept = options.pictures / part if options.pictures else None
                scheme = "dark" if part == "dark" else "light"
                with _walking(browser, address, workspace, kept, scheme) as walk:
                    if part == "ways":
                        ways(walk)
                    elif part == "work":
                        work(walk, folder)
                    else:
                        looked_at(walk, language="fr" if part == "dark" else "en")
                    faults |= {f"{part}: {where}": found for where, found in walk.faults.items()}
        browser.close()
    for where, found in faults.items():
        print(f"FAULT {where}: {found}", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
