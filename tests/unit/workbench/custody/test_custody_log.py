"""The custody log tells what came in, from whom, under which authority, and what was done with it since."""

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from graph.fetch import Fetched
from graph.subgraph import Node, Subgraph
from ingest.batch import ingest
from tests.unit.ingest.evidence_folder import write
from tests.unit.workbench.custody.held_case import CASE, RECEIPT, build, folder_of, opened, without_graph
from workbench import __version__
from workbench.casebook import AuditEntry
from workbench.cli.entry import run
from workbench.custody.log import custody_log
from workbench.custody.receipt import RECEIVE, Receipt
from workbench.custody.verification import VERIFY, verify_case
from workbench.export_subgraph import export_archive


def say(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str, str]:
    code = run([*arguments, "--workspace", str(root / "workspace"), "--case", CASE])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_log_tells_everything_from_the_receipt_on(tmp_path: Path) -> None:
    build(tmp_path)
    with opened(tmp_path) as bench:
        bench.casebook.record("ada", CASE, "export", json.dumps({"to": "json", "file": "g.json", "sha256": "f" * 64}))
        bench.casebook.record("ada", "another", "export", "{}")
        verify_case(bench, folder_of(tmp_path))
        events = custody_log(bench.casebook.audit(), CASE)
    kinds = ["received", "read"] * 2 + ["detected"] * 2 + ["reported"] + ["sealed"] * 2 + ["exported", "verified"]
    assert [event.event for event in events] == kinds
    ran = next(event for event in events if event.event == "detected")
    run_id = ran.detail.removeprefix("run ").partition(":")[0]
    written = folder_of(tmp_path).findings / f"{run_id}.json"
    assert ran.sha256 == hashlib.sha256(written.read_bytes()).hexdigest()
    assert ran.detail.endswith(f" leads, by Filature {__version__}")
    body = (tmp_path / "source" / "messages.csv").read_bytes()
    first = events[0]
    assert (first.file, first.bytes, first.by) == (str(tmp_path / "source" / "messages.csv"), len(body), "ada")
    assert (first.sha256, first.sha1) == (
        hashlib.sha256(body).hexdigest(), hashlib.sha1(body, usedforsecurity=False).hexdigest()
    )
    assert (first.received_from, first.authority, first.note) == ("Officer Lind", "Order 12/2024", "sealed bag 7")
    assert first.kept == f"kept/{first.sha256}"
    assert events[1].detail.endswith("messages 2 of 3 rows")
    assert (events[2].received_from, events[2].kept != "") == ("", True)
    assert events[-2].sha256 == "f" * 64
    assert events[-1].detail == "nothing differs"


def test_what_a_screen_handed_to_the_browser_is_recorded_by_name_and_hash_and_looked_for_nowhere(
    tmp_path: Path,
) -> None:
    build(tmp_path)
    with opened(tmp_path) as bench:
        case = folder_of(tmp_path)
        fetched = Fetched(Subgraph.of([Node("Account", "p:a", {})], []), 1, 1)
        body = export_archive(
            bench, case, fetched, to="gexf", name="c-lead.gexf", file="c-lead-gexf.zip", selection={"finding": "f"}
        )
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            assert packed.namelist() == ["c-lead.gexf", "c-lead.gexf.manifest.json"]
        found = verify_case(bench, case)
        events = custody_log(bench.casebook.audit(), CASE)
    assert [note for note in found.notes if note.startswith("exports")] == []
    exported = next(event for event in events if event.event == "exported")
    assert (exported.file, exported.sha256) == ("c-lead-gexf.zip", hashlib.sha256(body).hexdigest())
    assert exported.detail == "as gexf, handed to the browser"


def test_files_handed_in_again_are_received_again(tmp_path: Path) -> None:
    source = write(tmp_path / "source", "rooms.csv", "room_id\na\n")
    with opened(tmp_path) as bench, without_graph():
        case = bench.case(CASE, create=True)
        bench.ingest(case, [source], receipt=RECEIPT)
        bench.ingest(case, [source], receipt=Receipt("  Officer Holm "))
        events = custody_log(bench.casebook.audit(), CASE)
        received = [event for event in events if event.event == "received"]
        assert [event.received_from for event in received] == ["Officer Lind", "Officer Holm"]
        assert len({event.sha256 for event in received}) == 1
        assert verify_case(bench, case).faults == ()


def test_a_case_of_before_receipts_says_what_was_read_and_is_told_once(tmp_path: Path) -> None:
    with opened(tmp_path) as bench:
        case = bench.case(CASE, create=True)
        for name in ("a", "b"):
            report = ingest([write(tmp_path / name, "rooms.csv", f"room_id\n{name}\n")], case=case)
            bench.casebook.record("ada", CASE, "ingest", json.dumps(report.to_dict()))
        events = custody_log(bench.casebook.audit(), CASE)
        assert [(event.event, event.file, event.sha1) for event in events] == [
            ("read", str(tmp_path / name / "rooms.csv"), "") for name in ("a", "b")
        ]
        found = verify_case(bench, case)
        assert found.faults == ()
        (note,) = found.notes
        assert note.startswith("batches: 2 from before")


def test_evidence_that_another_program_read_in_is_not_doubted_without_any_log(tmp_path: Path) -> None:
    with opened(tmp_path) as bench:
        case = bench.case(CASE, create=True)
        ingest([write(tmp_path, "rooms.csv", "room_id\na\n")], case=case)
        found = verify_case(bench, case)
    assert (found.faults, len(found.notes)) == ((), 1)


def test_an_ingest_killed_before_its_record_is_healed_by_the_next(tmp_path: Path) -> None:
    source = write(tmp_path, "rooms.csv", "room_id\na\n")
    other = write(tmp_path / "other", "rooms.csv", "room_id\nb\n")
    with opened(tmp_path) as bench, without_graph():
        case = bench.case(CASE, create=True)
        bench.ingest(case, [other])
        ingest([source], case=case)
        assert [fault.split(": ")[1] for fault in verify_case(bench, case).faults] == [
            "manifest that no entry of the audit log recorded"
        ]
        bench.ingest(case, [source])
        assert verify_case(bench, case).faults == ()


def test_the_result_of_a_check_is_recorded_with_what_differs(tmp_path: Path) -> None:
    source = write(tmp_path, "rooms.csv", "room_id\na\n")
    with opened(tmp_path) as bench, without_graph():
        case = bench.case(CASE, create=True)
        bench.ingest(case, [source])
        source.write_text("other")
        verify_case(bench, case)
        entry = bench.casebook.audit()[-1]
        assert bench.casebook.verify_audit() == ()
    assert (entry.action, entry.user, entry.case) == (VERIFY, "ada", CASE)
    assert entry.facts == {"differences": 1, "named": [f"{source}: source changed"], "notes": 0}


def test_an_upload_is_kept_where_it_lies_in_the_case() -> None:
    place = f"sources/0a1b/chat of cases/{CASE}.txt"
    sources = [{"path": f"/w/cases/{CASE}/{place}", "sha256": "a" * 64}, {"path": "/w/cases/other/sources/x.txt"}]
    entry = AuditEntry(1, "2024-01-01T00:00:00Z", "ada", CASE, RECEIVE, json.dumps({"sources": sources}), "", "")
    assert [event.kept for event in custody_log([entry], CASE)] == [place, ""]


def test_files_that_no_reader_knows_are_told_with_the_reading() -> None:
    facts = {"batch_id": "b1", "manifest_sha256": "a" * 64, "tables": {}, "ignored": ["/in/a.pdf", "/in/b.doc"]}
    entry = AuditEntry(1, "2024-01-01T00:00:00Z", "ada", CASE, "ingest", json.dumps(facts), "", "")
    (event,) = custody_log([entry], CASE)
    assert event.detail == "batch b1: no rows, 2 left aside and not hashed"


def test_entries_that_somebody_wrote_by_hand_are_read_without_a_traceback() -> None:
    hostile = ("", "[]", "{}", '{"sources": 3}', '{"sources": [3, {"bytes": "x"}]}', '{"findings": 3, "number": "x"}')
    actions = ("receive", "ingest", "verify", "report", "export", "seal", "time-stamp")
    entries = [AuditEntry(1, "t", "u", "c", action, detail, "", "") for action in actions for detail in hostile]
    assert all(event.entry == 1 for event in custody_log(entries, "c"))


def test_the_command_takes_a_receipt_and_prints_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path, "rooms.csv", "room_id\na\n")
    with without_graph():
        code, _, err = say(
            capsys, tmp_path, "ingest", str(source), "--received-from", "Officer\x1b[2J Lind", "--authority",
            "Order 12/2024", "--note", "bag 7", "--keep", "copy",
        )
    assert code == 0, err
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    assert say(capsys, tmp_path, "verify")[0] == 0
    code, out, _ = say(capsys, tmp_path, "custody")
    lines = out.splitlines()
    assert code == 0
    assert " received by " in lines[0]
    assert lines[1:8] == [
        f"  {source}  10 bytes", f"  sha256 {digest}",
        f"  sha1 {hashlib.sha1(source.read_bytes(), usedforsecurity=False).hexdigest()}",
        "  from Officer\\u001b[2J Lind", "  under Order 12/2024", "  note: bag 7", f"  kept as kept/{digest}",
    ]
    assert [line.split("  ")[1].split()[0] for line in lines if not line.startswith(" ")] == [
        "received", "read", "verified"
    ]
    told = json.loads(say(capsys, tmp_path, "custody", "--format", "json")[1])
    assert [event["event"] for event in told] == ["received", "read", "verified"]
    table = list(csv.DictReader(io.StringIO(say(capsys, tmp_path, "custody", "--format", "csv")[1])))
    assert (table[0]["sha256"], table[0]["authority"]) == (digest, "Order 12/2024")


def test_a_case_without_receipts_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder_of(tmp_path).create()
    assert say(capsys, tmp_path, "custody") == (0, "nothing was received yet\n", "")
