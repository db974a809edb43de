"""A thousand names that contain each other in a real case: minors, and nobody else, are masked on every screen.

Looked at: the page's whole text and attributes, its address, every text that the server sent to it, the page that is
exported.  Names and ids are made of letters that no word of ours and no hexadecimal number holds.
"""

import io
import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from graph.detect.finding import Finding, FindingsDocument
from graph.detect.reason import Reason
from graph.detect.values import account, count, number, word
from graph.load import write_findings
from tests.labels import known_key, token
from tests.ui.conftest import USER, serving, store_current_findings, table
from tests.ui.payload import Received
from tests.ui.screen import Screen, screen_on
from workbench.bootstrap import Workbench
from workbench.casebook.mentions import mention
from workbench.custody.log import custody_log
from workbench.report.choice import Choice
from workbench.report.make import make_report
from workbench.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.embedded]
CASE, PEOPLE, SEED = "quay", 1_000, 7
_LETTERS = "zqxjw"
_MASK = re.compile(r"(?:minor|mineur) ▪▪▪ ([0-9a-f]{6})")


@dataclass(frozen=True)
class Crowd:
    """Names and native ids by place; the first is an adult who wrote to the next 60."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    basis: dict[int, str]

    @property
    def minors(self) -> list[int]:
        return sorted(self.basis)

    def leaks(self, texts: set[str]) -> list[str]:
        """Where names and ids of minors stand in the texts as words of their own."""
        told = {word for place in self.minors for word in (self.ids[place], self.names[place])}
        return sorted({
            text[max(0, found.start() - 60) : found.end() + 20]
            for text in (text.replace("\\", "") for text in texts)  # names in labels have their signs escaped
            for found in re.finditer(r"\w+", text) if found[0] in told
        })

    def wrongly_masked(self, texts: set[str]) -> list[str]:
        """Masks that are no minor's."""
        known = {token(f"{CASE}:{self.ids[place]}")[:6] for place in self.minors}
        return sorted({digits for text in texts for digits in _MASK.findall(text)} - known)


def crowd() -> Crowd:
    """Each name is an earlier one with a letter more, in front or behind; every third is a minor by some evidence."""
    chance = random.Random(SEED)

    def grown(first: str) -> tuple[str, ...]:
        known = {first: None}
        while len(known) < PEOPLE:
            base, letter = chance.choice(list(known)), chance.choice(_LETTERS + "_")
            known[f"{base}{letter}z" if chance.random() < 0.6 else f"z{letter}{base}"] = None
        return tuple(known)

    bases = ("declared", "stated", "report")
    basis = {place: bases[place // 3 % 3] for place in range(2, PEOPLE, 3)}
    return Crowd(grown("qq"), grown("jj"), basis)


CROWD = crowd()
HUB = f"{CASE}:{CROWD.ids[0]}"
FIRST_MINOR = CROWD.minors[1]  # by a stated age


def evidence(folder: Path) -> Path:
    folder.mkdir(parents=True)
    rows = [
        (CROWD.ids[place], CROWD.names[place], {"declared": 13, "report": ""}.get(CROWD.basis.get(place, ""), age))
        for place, age in zip(range(PEOPLE), (30, "") * (PEOPLE // 2), strict=True)
    ]
    table(folder / "accounts.csv", ("account_id", "pseudonym", "declared_age"), rows)
    messages = [
        (f"m{place}", f"2024-03-01T{place % 24:02}:00:00Z", CROWD.ids[0], CROWD.ids[place], "", "good morning")
        for place in range(1, 60)
    ]
    messages += [
        (f"r{place}", f"2024-02-01T{place % 24:02}:{place % 60:02}:00Z", CROWD.ids[place], "", "hall",
         "i'm 14 years old" if CROWD.basis.get(place) == "stated" else "good day")
        for place in range(PEOPLE)
    ]
    minor = CROWD.ids[FIRST_MINOR]
    messages.append(("bad", "soon", minor, CROWD.ids[0], "", f"{CROWD.names[FIRST_MINOR]} was there"))
    table(folder / "messages.csv", ("message_id", "sent_at", "sender_id", "recipient_id", "room_id", "text"), messages)
    reports = [
        (f"p{place}", CROWD.ids[place], "2024-02-02T00:00:00Z", "underage")
        for place in CROWD.minors if CROWD.basis[place] == "report"
    ]
    table(folder / "reports.csv", ("report_id", "reported_id", "made_at", "reason"), reports)
    devices = [(CROWD.ids[place], "device", "d-1") for place in range(6)]
    table(folder / "identifiers.csv", ("account_id", "kind", "value"), devices)
    return folder


def findings() -> FindingsDocument:
    told = {
        "minors": count(19), "contacts": count(59), "usual": number(1.4),
        "records": word("some"), "beyond": word("more"), "cited": count(59),
    }
    cited = tuple(f"messages:m{place}" for place in range(1, 60))
    hub = Finding(
        "hub", (HUB,), "strong", 0.97, (Reason("minors_among_first_contacts", told, 19, 1.4, "minors", cited),),
        targets=tuple(f"{CASE}:{CROWD.ids[place]}" for place in CROWD.minors if place < 60),
        first_at="2024-03-01T10:00:00Z", last_at="2024-03-01T20:00:00Z",
    )
    order = {"gap": number(3600), "opener": account(HUB), "first": count(2), "targets": count(2), "openers": count(1)}
    pair = Finding(
        "ambush", tuple(f"{CASE}:{CROWD.ids[place]}" for place in (0, 1, FIRST_MINOR)), "weak", 0.2,
        (Reason("replay", order, 1, None, "targets", cited[:3]),),
        targets=tuple(f"{CASE}:{CROWD.ids[place]}" for place in (3, 4, CROWD.minors[2])),
    )
    on_one = Finding(
        "ambush", tuple(f"{CASE}:{CROWD.ids[place]}" for place in (0, 1, 3)), "weak", 0.1,
        (Reason("replay", order, 1, None, "targets", cited[:1]),), targets=(f"{CASE}:{CROWD.ids[CROWD.minors[-1]]}",),
        first_at="2024-03-01T10:00:00Z", last_at="2024-03-01T20:00:00Z",
    )
    return FindingsDocument(CASE, "run-1", "sha256:test", {"kinds": ["hub", "ambush"]}, (hub, pair, on_one))


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder = tmp_path_factory.mktemp("masks") / "workspace"
    with Workbench(Settings(workspace=folder, user=USER)) as opened:
        case = known_key(opened.case(CASE, create=True))
        assert opened.ingest(case, [evidence(folder.parent / "sources")]).rejected == 1
        kept = store_current_findings(case, findings())
        with opened.writer(case) as store:
            write_findings(store, kept)
        named = " and ".join(mention(f"Account/{CASE}:{CROWD.ids[place]}") for place in (1, FIRST_MINOR))
        opened.casebook.remarks.add(CASE, [f"case:{CASE}"], "note", named, user=USER)
        opened.casebook.judge(kept.findings[0].finding_id, "in review", "to look at", USER, case=CASE)
        yield opened


@pytest.fixture(scope="module")
def server(workbench: Workbench) -> Iterator[str]:
    folder = workbench.settings.workspace
    with serving(folder, folder.parent / "log.txt") as url:
        yield url


class Looked:
    """A page, and all that came to it."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.received = screen, Received(screen.page)

    def at(self, path: str) -> None:
        self.screen.page.goto(f"{self.screen.address}/{path}")
        self.screen.page.get_by_role("heading", level=1).wait_for(timeout=90_000)
        self.screen.settle()

    def tabs(self, *names: str) -> None:
        """One tab of the page after the other."""
        for name in names:
            self.screen.page.get_by_role("tab", name=name).click()
            self.screen.settle()

    def conversation(self, path: str) -> None:
        """A conversation, opened with the reason it asks for."""
        self.at(path)
        self.screen.page.locator(".st-key-open_thread_reason input").fill("to judge the lead")
        self.screen.page.get_by_role("button", name="Open the conversation").click()
        self.screen.page.locator(".thread-message").first.wait_for(timeout=60_000)
        self.screen.settle()

    def texts(self) -> set[str]:
        page = self.screen.page
        return {page.content(), unquote(page.url), *self.received.texts()}

    def check(self) -> set[str]:
        texts = self.texts()
        assert CROWD.leaks(texts) == []
        assert CROWD.wrongly_masked(texts) == []
        assert self.screen.page.get_by_test_id("stException").count() == 0
        return texts


@pytest.fixture
def looked(browser: Any, server: str) -> Iterator[Looked]:
    with screen_on(browser, server) as screen:
        seen = Looked(screen)
        yield seen
        seen.received.close()


def shown(texts: set[str], place: int) -> bool:
    """Does the name stand there as a word?"""
    return any(re.search(rf"(?<!\w){CROWD.names[place]}(?!\w)", text.replace("\\", "")) for text in texts)


def test_the_check_finds_a_leak_and_a_mask_that_is_no_minor_s() -> None:
    minor, adult = CROWD.minors[0], 0
    assert CROWD.leaks({f"<b title='{CROWD.names[minor]}'>"})
    assert CROWD.leaks({f"{CASE}:{CROWD.ids[minor]}"})
    assert CROWD.leaks({f"{CROWD.names[minor]}_{CROWD.names[adult]}"}) == []
    assert CROWD.wrongly_masked({f"minor ▪▪▪ {token(HUB)[:6]}"})
    inside = [name for name in CROWD.names if any(name != other and name in other for other in CROWD.names)]
    assert len(inside) > PEOPLE / 4


def test_leads_mask_minors_alone(looked: Looked) -> None:
    for lead in findings().findings:
        looked.at(f"leads?lead={lead.finding_id}")
        looked.tabs("Records", "Who", "Judgement and notes")
    texts = looked.check()
    assert shown(texts, 0)
    assert shown(texts, 1)
    assert any(_MASK.search(text) for text in texts)


def test_accounts_rooms_and_marks_mask_minors_alone(looked: Looked) -> None:
    looked.at(f"account?account={HUB}")
    looked.tabs(
        "Sessions", "Contacts", "Activity and rooms", "Reports and leads", "Timeline", "Side by side", "Notes and tags",
    )
    texts = looked.check()
    assert [place for place in range(1, 60) if place not in CROWD.basis and not shown(texts, place)] == []
    looked.at(f"room?room={CASE}:hall")
    looked.tabs("Contacts that begin here", "Known hubs", "Who writes")
    looked.at("account?identifier=device:d-1")
    looked.check()


@pytest.mark.parametrize(("path", "key", "adult"), [
    ("leads?", "leads_csv", 0), (f"account?account={HUB}&account_tab=contacts&", "contacts_csv", 1),
    (f"account?account={HUB}&", "marks_csv", 1), ("account?identifier=device:d-1&", "holders_csv", 0),
])
def test_a_table_leaves_by_a_button_of_ours_whole_with_minors_masked(
    looked: Looked, workbench: Workbench, path: str, key: str, adult: int
) -> None:
    looked.at(f"{path}language=fr")
    page = looked.screen.page
    button = page.locator(f".st-key-{key} button").first
    button.wait_for(timeout=60_000)
    page.locator(".stDataFrame").first.hover()
    page.locator("[data-testid=stElementToolbarButton] [aria-label^=Rechercher]").first.wait_for()
    assert page.locator("[data-testid=stElementToolbarButton] [aria-label*=CSV]").filter(visible=True).count() == 0
    with page.expect_download() as waiting:
        button.click()
    body = Path(waiting.value.path()).read_bytes()
    text = body.decode("utf-8")
    assert CROWD.leaks({text}) == []
    assert CROWD.wrongly_masked({text}) == []
    assert shown({text}, adult)
    assert set(re.findall(r"(\w+) ▪▪▪", text)) == {"mineur"}
    exported = [event for event in custody_log(workbench.casebook.audit(), CASE) if event.event == "exported"]
    assert (exported[-1].file, exported[-1].sha256) == (waiting.value.suggested_filename, sha256(body).hexdigest())


def test_a_minor_s_own_account_stands_in_the_address_under_a_token(looked: Looked) -> None:
    identity = f"{CASE}:{CROWD.ids[FIRST_MINOR]}"
    looked.at(f"account?account=~{token(identity)}")
    assert any(_MASK.search(text) for text in looked.check())
    assert "1 private contact" in looked.screen.words()
    looked.at(f"account?account={identity}")  # as somebody types it
    looked.screen.until(lambda: token(identity) in looked.screen.page.url)
    assert CROWD.ids[FIRST_MINOR] not in re.findall(r"\w+", unquote(looked.screen.page.url))


def test_search_masks_minors_alone(looked: Looked) -> None:
    looked.at("")
    looked.screen.fill("search", CROWD.names[FIRST_MINOR])
    looked.screen.click("search_more")
    looked.screen.page.locator(".st-key-search input").fill("")  # what the person typed is the person's
    looked.screen.settle()
    texts = {text for text in looked.texts() if text.strip() != CROWD.names[FIRST_MINOR]}
    assert CROWD.wrongly_masked(texts) == []
    assert [leak for leak in CROWD.leaks(texts) if CROWD.names[FIRST_MINOR] not in re.findall(r"\w+", leak)] == []
    assert "states age 14" in "\n".join(texts)


def test_explore_and_its_exported_page_mask_minors_alone(looked: Looked) -> None:
    looked.at("explore")
    looked.screen.unfold()
    looked.screen.click("begin_leads")
    assert looked.screen.nodes()
    for twin in ("Links", "Measures", "Nodes"):
        looked.screen.choose("twin", twin)
    texts = looked.check()
    assert shown(texts, 0)
    looked.screen.page.locator(".st-key-explore_export button").first.click()
    field = looked.screen.page.locator(".st-key-explore_format input")
    field.fill("html")
    field.press("Enter")
    looked.screen.settle()
    with looked.screen.page.expect_download() as waiting:
        looked.screen.page.locator(".st-key-explore_download button").click()
    archive = zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    page = next(archive.read(name).decode() for name in archive.namelist() if name.endswith(".html"))
    assert CROWD.leaks({page}) == []
    assert shown({page}, 0)
    field.fill("csv")
    field.press("Enter")
    looked.screen.settle()
    with looked.screen.page.expect_download() as waiting:
        looked.screen.page.locator(".st-key-explore_download button").click()
    with zipfile.ZipFile(Path(waiting.value.path())) as archive:
        written = {archive.read(name).decode() for name in archive.namelist()}
    assert CROWD.leaks(written) == [], "data leave masked as well, unless somebody says why not"
    assert shown(written, 0)


def test_the_case_its_report_and_what_sources_show_mask_minors_alone(
    looked: Looked, workbench: Workbench, tmp_path: Path
) -> None:
    looked.at("case")
    looked.tabs("Notes and tags", "Everything judged", "Case report")
    texts = looked.check()
    assert shown(texts, 0)
    assert shown(texts, 1)
    assert any(_MASK.search(text) for text in texts)
    choice = Choice(top=2, accounts=(HUB,), threads=((HUB, f"{CASE}:{CROWD.ids[FIRST_MINOR]}"),))
    made = make_report(workbench, workbench.case(CASE), choice, to="html", path=tmp_path / "report.html")
    page = made.path.read_text("utf-8")
    assert CROWD.leaks({page}) == []
    assert shown({page}, 0)
    looked.at("sources")
    assert "is no time" in "\n".join(looked.check()), "the rejected row is there"
    more = tmp_path / "more.csv"
    rows = [
        ("2024-05-01T00:00:00Z", CROWD.ids[place], CROWD.ids[0], CROWD.names[place]) for place in (1, FIRST_MINOR)
    ]
    table(more, ("sent_at", "sender_id", "recipient_id", "text"), rows)
    looked.screen.choose("where", "On this machine")
    looked.screen.fill("paths", str(more))
    looked.check()


def test_a_conversation_masks_the_minor_alone(looked: Looked) -> None:
    identity = f"{CASE}:{CROWD.ids[FIRST_MINOR]}"
    looked.conversation(f"conversation?a={HUB}&b=~{token(identity)}")
    assert "good morning" in looked.screen.words()
    assert shown(looked.check(), 0)
    looked.conversation(f"conversation?room={CASE}:hall")
    looked.check()


def test_answers_of_queries_mask_minors_alone(looked: Looked) -> None:
    looked.at("queries")
    looked.screen.choose("query_mode", "Cypher console")
    for statement in (
        "MATCH (a:Account) RETURN a, a.id, a.pseudonym LIMIT 600",
        "MATCH (a:Account) RETURN a.pseudonym AS name ORDER BY name LIMIT 1000",
        "MATCH (a:Account)-[:CONTACTED]->(b:Account) WITH a, b ORDER BY b.id LIMIT 12 RETURN a.id,"
        " collect(b.pseudonym) AS whom, collect(b.id) AS ids",
        "MATCH p = (a:Account)-[:CONTACTED]->(b:Account) RETURN p, {who: b.pseudonym} AS told",
    ):
        looked.screen.write_statement(statement)
        looked.received.forget()  # each answer by itself
        looked.screen.click("run_console")
        looked.screen.answered()
        texts = looked.check()
        assert shown(texts, 1), statement
        assert any(_MASK.search(text) for text in texts), statement
