"""What is kept between clicks: never another's masks, never of other evidence, findings or language."""

import tomllib
from pathlib import Path

import pytest

from graph.detect.finding import Finding, FindingsDocument
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.unit.graph.detect.small_platform import moment, write_folder
from tests.unit.graph.search.cases import CASE, case_of, named
from tests.written_reasons import reason
from workbench.language import words
from workbench.runs.findings_file import store_findings
from workbench.views import kept
from workbench.views.models.names import MASK
from workbench.views.pictures import beside

EN, FR = words("en"), words("fr")
HUB, PAIR = f"{CASE}:a0", (f"{CASE}:a1", f"{CASE}:a2")
TABLES = {
    "accounts": named("oak", "fox", "ash"),
    "messages": [
        {"message_id": "m1", "sender_id": "a0", "recipient_id": "a1", "sent_at": moment(1), "text": "hello"},
        {"message_id": "m2", "sender_id": "a0", "room_id": "hall", "sent_at": moment(2), "text": "hello"},
    ],
}
TELLS = {
    "messages": [{"message_id": "m9", "sender_id": "a2", "room_id": "hall", "sent_at": moment(9), "text": "i'm 14"}]
}


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    return case_of(tmp_path, TABLES)


@pytest.fixture
def lifted(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The masks that whoever is at the screen lifted; a test changes who that is by changing them."""
    masks: set[str] = set()
    monkeypatch.setattr(kept, "opened_minors", lambda: frozenset(masks))
    return masks


def lead(kind: str, *members: str, targets: tuple[str, ...] = ()) -> Finding:
    return Finding(kind, members, "weak", 0.4, (reason("first contacts", 4, 1.25, "4 of 5"),), targets=targets)


def leads(case: CaseFolder, findings: tuple[Finding, ...]) -> kept.LeadsRead:
    """What is kept of these findings, which are now the case's."""
    store_findings(case, FindingsDocument(CASE, "r", "sha256:a", {}, findings))
    return kept.leads(case, findings)


def test_a_mask_that_one_person_lifts_stays_on_for_everybody_else(case: CaseFolder, lifted: set[str]) -> None:
    findings = (lead("hub", HUB, targets=(PAIR[0],)), lead("shell", *PAIR))
    assert leads(case, findings).names.of(PAIR[0]).startswith(MASK)
    lifted.add(PAIR[0])
    read = kept.leads(case, findings)
    assert read.names.of(PAIR[0]) == "fox"
    assert kept.lead_rows(read, EN)[findings[1].finding_id][3] == "fox +1"
    lifted.clear()
    read = kept.leads(case, findings)
    assert read is kept.leads(case, findings)
    assert read.names.of(PAIR[0]).startswith(MASK)
    assert "fox" not in str(kept.lead_rows(read, EN))


def test_names_follow_the_findings_and_the_evidence(case: CaseFolder, lifted: set[str], tmp_path: Path) -> None:
    first, second = (lead("shell", HUB, PAIR[0]),), (lead("hub", HUB, targets=(PAIR[0],)),)
    assert leads(case, first).names.of(PAIR[0]) == "fox"
    assert leads(case, second).names.of(PAIR[0]).startswith(MASK)
    assert kept.leads(case, first, second).names.of(PAIR[0]).startswith(MASK)
    assert kept.leads(case, first).names.of(PAIR[0]) == "fox"
    third = (lead("shell", *PAIR),)
    assert kept.leads(case, third).names.of(PAIR[1]) == "ash"
    ingest([write_folder(tmp_path / "later", TELLS)], case=case)
    assert kept.leads(case, third).names.of(PAIR[1]).startswith(MASK)


def test_cases_side_by_side_keep_their_names_apart(tmp_path: Path, lifted: set[str]) -> None:
    findings = (lead("shell", HUB, PAIR[0]),)
    cases = [case_of(tmp_path / name, {**TABLES, "accounts": named(name)}) for name in ("oak", "elm")]
    assert [kept.leads(case, findings).names.of(HUB) for case in cases] == ["oak", "elm"]


def test_rows_are_in_the_language_that_asks(case: CaseFolder, lifted: set[str]) -> None:
    read = kept.leads(case, (lead("shell", HUB, PAIR[0]),))
    assert [next(iter(kept.lead_rows(read, said).values()))[0] for said in (EN, FR, EN)] == ["weak", "faible", "weak"]


def test_what_the_last_run_changed_is_told_of_these_two_runs() -> None:
    old, new = (lead("shell", HUB, PAIR[0]),), (lead("shell", *PAIR),)
    former, latest = (
        FindingsDocument(CASE, run, "sha256:x", {"kinds": ["shell"]}, found) for run, found in (("1", old), ("2", new))
    )
    assert kept.changes(None, latest) is None
    for _time in range(2):
        changed = kept.changes(former, latest)
        assert changed is not None
        assert (changed.new, changed.gone) == ({new[0].finding_id}, old)
    back = kept.changes(latest, former)
    assert back is not None
    assert (back.new, back.gone) == ({old[0].finding_id}, new)


def test_rooms_and_a_leads_picture_follow_the_evidence(case: CaseFolder, tmp_path: Path) -> None:
    hub = kept.Same(lead("hub", HUB, targets=(PAIR[0],)))

    def drawn() -> list[str]:
        with Lake(case) as lake:
            found = beside._read((case, lake.digest(), hub, "en"))
            [(room, messages, people)] = kept.rooms(lake)[0]
        assert room == f"{CASE}:hall"
        return [messages, people, *(one.other for one in found.drawn)]

    assert drawn() == [1, 1, PAIR[0]]
    more = {"message_id": "m8", "sender_id": "a0", "recipient_id": "a2", "sent_at": moment(8), "text": "hello"}
    ingest([write_folder(tmp_path / "later", {"messages": [*TELLS["messages"], more]})], case=case)
    assert drawn() == [2, 2, *PAIR]


def test_no_run_of_a_page_ends_in_a_full_collection() -> None:
    """It took most of a click's time where a findings document of thousands was open."""
    settings = tomllib.loads((Path(__file__).parents[4] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False
