"""``filature report`` and what ``filature verify`` says of a report: exit codes and one line on stderr."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.case_folder import CaseFolder
from tests.unit.workbench.report.reported_case import CASE, build, coded
from workbench.cli.entry import run


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("command") / "w"
    with coded():
        build(folder).close()
        CaseFolder(folder, "empty").create()
        yield folder


def say(capsys: pytest.CaptureFixture[str], workspace: Path, *arguments: str, case: str = CASE) -> tuple[int, str, str]:
    code = run(["--workspace", str(workspace), "--case", case, *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--to", "html"), "--findings"),
        (("--top", "1", "--findings", "x", "--to", "html"), "--top"),
        (("--findings", " , ", "--to", "html"), "names none"),
        (("--findings", "hub-none,shell-none", "--to", "pdf"), "hub-none, shell-none"),
        (("--top", "0", "--to", "html"), "--top"),
        (("--top", "1", "--to", "docx"), "docx"),
        (("--top", "1", "--to", "html", "--language", "de"), "de"),
        (("--top", "1"), "--to"),
    ],
)
def test_a_wrong_choice_is_one_line_and_exit_2(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], named: str
) -> None:
    code, out, err = say(capsys, workspace, "report", *arguments, str(tmp_path / "r.html"))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err
    assert list(tmp_path.iterdir()) == []


def test_a_case_without_findings_and_a_place_that_cannot_be_written(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for case, out in (("empty", tmp_path / "r.html"), (CASE, tmp_path / "no" / "r.html"), (CASE, tmp_path)):
        code, told, err = say(capsys, workspace, "report", "--top", "1", "--to", "html", str(out), case=case)
        assert (code, told, err.count("\n")) == (2, "", 1)
    assert list(tmp_path.iterdir()) == []


def test_a_report_is_made_verified_and_named_once_it_is_changed(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "r.pdf"
    code, told, err = say(
        capsys, workspace, "report", "--top", "5", "--to", "pdf", "--language", "fr", "--scope", "Pour le parquet.",
        "--authority", "Art. 12", str(target),
    )
    assert (code, err) == (0, "")
    manifest = json.loads((tmp_path / "r.pdf.manifest.json").read_text("utf-8"))
    assert manifest["sha256"] in told
    assert (manifest["case"], manifest["language"], len(manifest["findings"])) == (CASE, "fr", 5)
    assert (manifest["authority"], manifest["scope"], manifest["texts"]) == ("Art. 12", "Pour le parquet.", "hidden")
    assert {source["name"] for source in manifest["sources"]} >= {"messages.jsonl", "accounts.jsonl"}
    assert manifest["run_id"] == "run-0123456789abcdef"

    code, told, _ = say(capsys, workspace, "verify")
    assert (code, "1 report as made" in told) == (0, True)
    target.write_bytes(target.read_bytes()[:-1] + b"!")
    code, told, err = say(capsys, workspace, "verify")
    assert code == 2
    assert f"{target}: report changed since it was made" in told
    assert "1 difference" in err
    target.unlink()
    code, told, _ = say(capsys, workspace, "verify")
    assert (code, f"{target}: report missing" in told) == (0, True)
