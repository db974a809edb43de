"""Reports and packages that are kept with a case are found by the audit log, wherever the workspace stands now."""

import json
from pathlib import Path
from typing import Any

from ingest.case_folder import CaseFolder
from workbench.casebook import AuditEntry
from workbench.report.kept import Kept, kept_with


def entry(seq: int, action: str, **facts: Any) -> AuditEntry:
    return AuditEntry(seq, f"2024-01-0{seq}T00:00:00Z", "ana", "c", action, json.dumps(facts), "", "")


def test_what_stands_in_the_folder_is_listed_newest_first_with_its_latest_entry(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path / "cases", "c").create()
    folder = case.path / "reports"
    folder.mkdir()
    for name in ("report-1.pdf", "disclosure-1.zip", "report-3.html"):
        (folder / name).write_bytes(b"x")
    moved = "/elsewhere/cases/c/reports"
    entries = [
        entry(1, "report", path=f"{moved}/report-1.pdf", to="pdf", findings=["a"], texts=False),
        entry(2, "export", path=f"{moved}/disclosure-1.zip", to="disclosure", selection={"findings": ["a", "b"]}),
        entry(3, "report", path=f"{moved}/report-2.pdf", to="pdf", findings=["a"]),  # no longer there
        entry(4, "export", path=f"{moved}/report-3.html", to="html"),  # no report
        entry(5, "report", path="/elsewhere/out/report-3.html", to="html", findings=["a"]),  # of another place
        entry(6, "report", path=f"{moved}/report-1.pdf", to="pdf", findings=["a", "b", "c"], texts=True),
        entry(7, "judge", path=f"{moved}/report-1.pdf"),
    ]
    assert kept_with(case, reversed(entries)) == (
        Kept(folder / "report-1.pdf", "pdf", entries[5].at, "ana", 3, texts=True),
        Kept(folder / "disclosure-1.zip", "disclosure", entries[1].at, "ana", 2, texts=False),
    )
    assert kept_with(case, []) == ()
