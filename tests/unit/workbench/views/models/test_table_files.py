"""What the screens' own tables become as files: whole, no cell a formula, minors by the digits of their masks."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.detect.finding import Finding
from graph.detect.reason import Reason
from graph.opaque import fleeting
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.source_files import sha256_of
from tests.unit.ingest.evidence_folder import write
from workbench.dossier import CROWD, Contact, Holder
from workbench.exports.tables.columns import Sheet
from workbench.exports.tables.csv_files import original, table_bytes
from workbench.language import words
from workbench.masking.leads import lead_called
from workbench.views.models.dossiers.account import contact_rows
from workbench.views.models.dossiers.sharers import sharer_rows
from workbench.views.models.leads import in_file
from workbench.views.models.leads.listing import Casework
from workbench.views.models.names import Names, Said
from workbench.views.models.names_in_files import accounts_in_file
from workbench.views.models.sources.rejects_file import rejects_sheet
from workbench.views.models.table_file import frame_sheet

EN, FR = words("en"), words("fr")
AT = datetime(2024, 5, 1, 18, 3, tzinfo=UTC)
LONG, TURNED = "p:" + "l" * 200, "p:\N{RIGHT-TO-LEFT OVERRIDE}cba"
NAMES = Names({"p:kid": "little_fox", LONG: "=" + "o" * 100, TURNED: "@SUM(1)"}, frozenset({"p:kid"}))


def read(sheet: Sheet) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table_bytes(sheet).decode("utf-8"), newline="")))


def test_contacts_leave_whole_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path / "w", "p")
    ingest([write(tmp_path / "in", "rooms.csv", "room_id\na\n")], case=case)
    others = ("p:kid", LONG, TURNED)
    listed = [Contact(other, 3, 2, AT, AT, initiator=True, minor=other == "p:kid") for other in others]
    names = accounts_in_file(NAMES, case, others, FR)
    found = read(frame_sheet(contact_rows(listed, names, FR, {})))
    assert [row["Nom"] for row in found] == [
        f"mineur ▪▪▪ {fleeting('p:kid')[:6]}", "'=" + "o" * 100, "'@SUM(1)",
    ]
    assert [row["Identifiant"] for row in found[1:]] == [LONG, TURNED]
    assert [row["Envoyés"] for row in found] == ["3", "3", "3"]
    assert original(found[2]["Nom"]) == "@SUM(1)"


def test_a_list_of_leads_leaves_with_everybody_whom_each_is_about() -> None:
    lead = Finding("ambush", (LONG, TURNED), "moderate", 0.7634, (Reason("x", {}),), (), targets=("p:kid",))
    names = Names(NAMES.pseudonyms, NAMES.minors, said=Said.of(EN), whole=True)
    (row,) = read(frame_sheet(in_file.table([lead], names, Casework(), EN, {lead.finding_id: "new"})))
    assert row["Who"] == "'=" + "o" * 100 + f" ({LONG})\n@SUM(1) ({TURNED})"
    assert (row["Lead"], row["Score"], row["Change"]) == (lead_called(lead.finding_id, names.key), "0.7634", "new")
    assert (row["Targets"], row["Who the targets are"]) == ("1", f"minor ▪▪▪ {fleeting('p:kid')[:6]}")
    assert row["Assigned to"] == "", "what is absent is an empty cell"


def test_who_shares_a_mark_leaves_a_row_an_account_and_of_a_crowd_nobody() -> None:
    crowd: list[Holder] = [(f"p:{number}", 1, None, None) for number in range(CROWD + 1)]
    held: dict[tuple[str, str], list[Holder]] = {
        ("device", "-2+3"): [(TURNED, 2, AT, AT), ("p:kid", 1, None, None)], ("ip", "192.0.2.1"): crowd,
    }
    found = read(frame_sheet(sharer_rows(held, NAMES, EN)))
    assert [(row["Value"], row["Accounts"], row["Times"]) for row in found] == [
        ("'-2+3", "2", "2"), ("'-2+3", "2", "1"), ("192.0.2.1", str(CROWD + 1), ""),
    ]
    assert len(read(frame_sheet(sharer_rows(held, NAMES, EN, crowds=True)))) == 2 + len(crowd)


def test_of_a_mark_of_a_crowd_the_account_s_own_times_are_in_its_file() -> None:
    """Its page told them, and the file of the table had none."""
    crowd: list[Holder] = [("p:one", 7, AT, AT), *((f"p:{number}", 1, None, None) for number in range(CROWD))]
    own, many = read(frame_sheet(sharer_rows({("ip", "192.0.2.1"): crowd}, NAMES, EN, own="p:one")))
    assert (own["Id"], own["Times"], many["Name"], many["Id"]) == ("p:one", "7", "many: it tells little", "")
    assert own["First (UTC)"]


@pytest.mark.parametrize(("language", "reason"), [("en", "Sender: is empty"), ("fr", "Expéditeur\u00a0: est vide")])
def test_rejected_rows_leave_in_the_reader_s_words_and_lead_back_to_the_original(
    tmp_path: Path, language: str, reason: str,
) -> None:
    case = CaseFolder(tmp_path / "w", "c")
    text = "@SUM(1),2024-05-01T18:03:00Z,,bob,=1+1"
    heads = "message_id,sent_at,sender_id,recipient_id,text"
    source = write(tmp_path / "deep" / "in", "messages.csv", f"{heads}\n{text}\n")
    ingest([source], case=case)
    spoken = words("fr" if language == "fr" else "en")
    (row,) = read(rejects_sheet(case, spoken))
    body = table_bytes(rejects_sheet(case, spoken)).decode("utf-8")
    assert next(iter(row.values())) == "messages.csv", "no place on the server"
    assert str(tmp_path) not in body
    assert sha256_of(source)[0] in body
    assert reason in row.values()
    assert "'" + text in row.values()
    assert "sender_id" not in body
