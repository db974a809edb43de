"""A small case with a lead of every kind, hostile names, minors, judgements and notes, to be reported."""

import base64
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from pypdf import PdfReader

from graph.detect import values
from graph.detect.finding import Finding, FindingsDocument, best_first
from graph.detect.reason import CounterEvidence, Reason, as_written
from graph.detect.wordings import Catalogue, Entry, Language, catalogue, rendering
from ingest.batch import ingest
from ingest.lake import Lake
from tests.unit.graph.detect.small_platform import Platform, moment, write_folder
from tests.unit.workbench.hostile import HOSTILE
from workbench.bootstrap import Workbench
from workbench.casebook import Casebook
from workbench.report.choice import Choice
from workbench.report.content import Content, Section
from workbench.report.make import compose
from workbench.report.parts import lead as lead_part
from workbench.runs.findings_file import store_findings
from workbench.settings import Settings

CASE = "small"
ALL = Choice(top=99)
SECRET = ("Clementine-Ourson", "Barnabe-Lune", "clem.ourson@courriel.example")
"""Names and an e-mail of minors: nowhere in a report."""
SECRET_IDS = ("t-clem-17", "t-barn-29")
ADULT = "Quiet-Heron"
TEXT = "did you bring the blue umbrella today"
_ENTRIES = {
    "minors": Entry("minors among first contacts", "{minors} of {contacts} were minors, {target} first: “{words}”."),
    "same_value": Entry("same mark", "{first} and {second} have {value} in common."),
    "friends": Entry("circle of friends", "{answered} of them answered."),
    "what_would_clear_it": Entry("what would clear it", "A shared club."),
}
_DESCRIBED = {
    "label": "", "question": "Who?", "null": "Everybody writes to whoever is there.",
    "statistic": "A likelihood ratio.",
    "limits": "Nothing without ages.", "clears": "A task.",
}


def test_catalogue(kind: str, language: Language) -> Catalogue:
    label = catalogue(kind, language).label
    described = MappingProxyType({**_DESCRIBED, "label": label})
    return Catalogue(kind, language, described, MappingProxyType(_ENTRIES), MappingProxyType({}))


test_catalogue.__test__ = False  # type: ignore[attr-defined]


@contextmanager
def coded() -> Iterator[None]:
    """The sentences of this case's codes, in place of those of the detections."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "catalogue", test_catalogue)
        patch.setattr(lead_part, "catalogue", test_catalogue)
        yield


def build(workspace: Path) -> Workbench:
    """The case in a new workspace; its clock stands still."""
    folder = write_folder(workspace / "source", _tables())
    workbench = Workbench(Settings(workspace, "ana"))
    case = workbench.case(CASE, create=True)
    broken = workspace / "source" / "reports.jsonl"
    broken.write_text(broken.read_text("utf-8") + '{"reported_id": "t0", "made_at": "2023-02-29"}\n', encoding="utf-8")
    ingest([folder], case=case)
    book = Casebook(workbench.settings.casework_url, clock=lambda: datetime(2024, 9, 1, tzinfo=UTC))
    workbench.casebook = book.signed_in("ana")
    with workbench.lake(case) as lake:
        found = document(lake)
    store_findings(case, found)
    first = found.findings[0].finding_id
    book.judge(first, "in review", "Looked at the records.", "bea", case=CASE)
    book.judge(first, "referred", f"{SECRET[0]} told a friend.", "bea", case=CASE)
    workbench.casebook.remarks.add(CASE, [f"case:{CASE}"], "note", "Opened on a complaint of March.", user="ana")
    workbench.casebook.remarks.add(CASE, [f"finding:{first}"], "tag", "urgent", user="ana")
    return workbench


def document(lake: Lake) -> FindingsDocument:
    messages = lake.table("messages")
    sent = {
        (sender, to): f"messages:{record}"
        for sender, to, record in zip(
            *(messages.to_pyarrow()[name].to_pylist() for name in ("sender", "recipient", "record_id")), strict=True
        )
    }
    heron, clem, barn = f"{CASE}:heron", f"{CASE}:{SECRET_IDS[0]}", f"{CASE}:{SECRET_IDS[1]}"
    many = tuple(f"messages:{record}" for record in messages.to_pyarrow()["record_id"].to_pylist())
    clears = CounterEvidence("what_would_clear_it")
    friends = CounterEvidence("friends", {"answered": values.count(1)}, 1, 0.5)
    minors = Reason(
        "minors", {"minors": values.count(2), "contacts": values.count(3), "target": values.account(clem),
                   "words": values.quote(SECRET[0])},
        2, 0.75, "people", tuple(sent[heron, to] for to in (clem, barn)),
    )
    same = Reason(
        "same_value", {"first": values.account(heron), "second": values.account(clem),
                       "value": values.quote(SECRET[2])}, 2, 0.1, "", (f"accounts:{heron}", f"accounts:{clem}"),
    )
    crew = tuple(f"{CASE}:{name}" for name in ("heron", "crane", "hostile4"))
    told = Reason("minors", minors.values, 3, 1, "", tuple(sent[member, clem] for member in crew))
    written = Reason("as_written", as_written("share", "Holds 60%.", "Détient 60 %."), 0.6, None, "", many)
    own = Reason("as_written", as_written("seen", f"{SECRET[0]} is met each day."))
    found = (
        Finding("hub", (heron,), "strong", 0.9, (minors,), (friends, clears), (clem, barn), 1e-9,
                moment(1), moment(90)),
        Finding("ambush", crew, "strong", 0.8, (told,), (friends,), (clem,)),
        Finding("convergence", crew, "moderate", 0.8, (told,), (), (clem,)),
        Finding("shell", (heron, clem), "strong", 0.8, (same,), (friends,)),
        Finding("shell", crew, "weak", 0.1, (same,)),
        Finding("owner", (f"{CASE}:p1",), "strong", 0.7, (written,), (), (f"{CASE}:k1",)),
        Finding("extortion", (heron,), "weak", 0.3, (minors,), (), (clem,)),
        Finding("recruitment", (heron,), "weak", 0.2, (minors,), (), (barn,)),
        Finding("room", (f"{CASE}:hall",), "weak", 0.2, (minors,), (), (clem,)),
        Finding("manual", (heron,), "weak", 0.1, (own,), (), (barn,)),
    )
    parameters: Mapping[str, Any] = {"hub": {"alpha": 0.05, "words": ["word"] * 99}, "minors": {"adult_age": 18}}
    return FindingsDocument(CASE, "run-0123456789abcdef", lake.digest(), parameters, best_first(found))


def _tables() -> Mapping[str, list[dict[str, Any]]]:
    platform = Platform(adults=3, teens=3)
    for name, pseudonym, age in (
        ("heron", ADULT, 41), ("crane", "Grey-Crane", 38),
        (SECRET_IDS[0], SECRET[0], 14), (SECRET_IDS[1], SECRET[1], 15),
    ):
        platform.account(name, age=age)
        platform.accounts[-1]["pseudonym"] = pseudonym
    for number, pseudonym in enumerate(HOSTILE):
        platform.account(f"hostile{number}", age=30)
        platform.accounts[-1]["pseudonym"] = pseudonym
        platform.private(f"hostile{number}", "heron", 20 + number, text=pseudonym)
    platform.private("heron", SECRET_IDS[0], 1, text=TEXT)
    platform.private("heron", SECRET_IDS[1], 2, text="hello " * 900)
    platform.private("heron", "a1", 3)
    platform.private("crane", SECRET_IDS[0], 1.5)
    platform.private("hostile4", SECRET_IDS[0], 1.2)
    for name in ("heron", SECRET_IDS[0], "a0", "t0"):
        for day in range(20):
            platform.post(name, 24.0 * day + 5)
    platform.reports.append({"report_id": "r1", "reported_id": "heron", "made_at": moment(9), "reason": "insists"})
    identifiers = [
        {"account_id": name, "kind": "email", "value": value}
        for name, value in (("heron", SECRET[2]), (SECRET_IDS[0], SECRET[2]), ("heron", "h@x.example"),
                            ("crane", "h@x.example"))
    ]
    return {
        **platform.tables(), "identifiers": identifiers,
        "companies": [{"company_id": "k1", "name": HOSTILE[1]}, {"company_id": "k2", "name": "Pier"}],
        "persons": [{"person_id": "p1", "name": "A. Keel"}],
        "ownerships": [
            {"owner_id": "p1", "owned_id": "k2", "share": 0.8, "from": "2020-01-01T00:00:00Z"},
            {"owner_id": "k2", "owned_id": "k1", "share": 0.6, "from": "2021-01-01T00:00:00Z"},
            {"owner_id": "k1", "owned_id": "k2", "share": 0.2, "from": "2020-01-01T00:00:00Z"},
        ],
    }


def content(workbench: Workbench, choice: Choice = ALL) -> Content:
    """The report of that choice, before it has a format."""
    return compose(workbench, workbench.case(CASE), choice)[0]


def findings_of(workbench: Workbench) -> FindingsDocument:
    document = workbench.findings(workbench.case(CASE))
    assert document is not None
    return document


def section(part: Content | Section, title: str) -> Section:
    """The one section of it whose title begins so."""
    parts = part.sections if isinstance(part, Content) else part.blocks
    (one,) = [part for part in parts if isinstance(part, Section) and part.title.startswith(title)]
    return one


def pdf_text(body: bytes) -> str:
    """The words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


def named(page: str, *others: str) -> list[str]:
    """Which names and ids of minors stand in the HTML report, its pictures or other texts of it?"""
    pictures = [base64.b64decode(one).decode() for one in re.findall(r"base64,([A-Za-z0-9+/=]+)", page)]
    everything = "\n".join([page, *pictures, *others])
    assert len(pictures) >= 8
    assert ADULT in everything
    assert "minor ▪▪▪ " in everything
    return [name for name in (*SECRET, *SECRET_IDS) if name.casefold() in everything.casefold()]
