"""How does a test work a case as a person does?  By commands alone, in a workspace of its own; counts reconcile."""

import json
from pathlib import Path

import pytest

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from workbench.cli.entry import run
from workbench.runs.findings_file import load_findings


class Shell:
    """Runs commands in one workspace against one engine."""

    def __init__(self, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.workspace, self._capsys = workspace, capsys

    def __call__(self, *arguments: str) -> str:
        code = run(["--workspace", str(self.workspace), *arguments])
        captured = self._capsys.readouterr()
        assert code == 0, captured.err
        return captured.out

    def report(self, *arguments: str) -> dict[str, dict[str, int]]:
        path = self.workspace.parent / f"{self.workspace.name}-report.json"
        self("ingest", *arguments, "--json", str(path))
        tables: dict[str, dict[str, int]] = json.loads(path.read_text(encoding="utf-8"))["tables"]
        for counts in tables.values():
            assert counts["read"] == counts["accepted"] + counts["rejected"] + counts["duplicate"]
        return tables

    def findings(self, case: str) -> bytes:
        path = self.workspace.parent / f"{self.workspace.name}-{case}.json"
        self("detect", "all", "--case", case, "--json", str(path))
        return path.read_bytes()

    def kept(self, case: str) -> bytes:
        """The findings that the case holds."""
        found = load_findings(CaseFolder(self.workspace, case))
        assert found is not None
        return found.to_json().encode()


def opens_every_record(workspace: Path, case: str, document: bytes) -> int:
    """Open every record that a finding cites; returns how many, fails on one without file and row."""
    findings = json.loads(document)["findings"]
    cited = sorted({ref for item in findings for reason in item["reasons"] for ref in reason["records"]})
    with Lake(CaseFolder(workspace, case)) as lake:
        opened = {record.ref: record.location for record in lake.records(cited)}
    assert sorted(opened) == cited
    for location in opened.values():
        file, _, row = location.rpartition(":")
        assert Path(file).name
        assert int(row) >= 1
    return len(cited)
