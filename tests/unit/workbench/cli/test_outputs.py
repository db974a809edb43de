"""What a command writes: whole or not at all, never in place of a device, and one plain line where it cannot."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.errors import FilatureError
from tests.scenarios import one_private_chat
from tests.unit.workbench.cli.test_cli import say
from workbench.cli.commands.exporting import named_accounts
from workbench.cli.entry import run
from workbench.cli.options import out_file, written

Common = tuple[str, ...]


@pytest.fixture
def common(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Common:
    """A case with one bad row and a file that is no table."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "rooms.csv").write_text("room_id,created_at\nr,2024-01-01\ns,never\n", encoding="utf-8")
    (folder / "notes.txt").write_text("read me", encoding="utf-8")
    return ("--workspace", str(tmp_path / "w"), "--case", "c")


@pytest.mark.embedded
def test_a_report_that_cannot_be_written_is_one_plain_line_and_the_batch_is_told(
    common: Common, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = say(capsys, "ingest", str(tmp_path / "evidence"), *common, "--json", "/dev/full")
    assert code == 2
    assert "rooms: read 2 = accepted 1 + rejected 1 + duplicate 0" in out
    assert err == "filature: /dev/full: cannot be written (no space left on device); choose another place\n"
    code, out, _ = say(capsys, "ingest", str(tmp_path / "evidence"), *common)
    assert code == 0
    assert "left aside, no known format: " in out
    assert "notes.txt" in out
    assert "1 row was rejected" in out
    code, _, err = say(capsys, "rejects", *common, "--csv", "/dev/full")
    assert (code, err.count("\n"), "no space left" in err) == (2, 1, True)


@pytest.mark.parametrize(
    "arguments",
    [("ingest", "x.csv", "--json", ""), ("rejects", "--csv", ""), ("detect", "hub", "--json", ""),
     ("export", "--all", "--to", "json", ""), ("report", "--top", "1", "--to", "html", "")],
)
def test_a_file_without_a_name_is_refused(arguments: Common, capsys: pytest.CaptureFixture[str], tmp_path) -> None:
    case = tmp_path / "w" / "cases" / "c"
    case.mkdir(parents=True)
    code, out, err = say(capsys, *arguments, "--workspace", str(tmp_path / "w"), "--case", "c")
    assert (code, out) == (2, "")
    assert "has no name: give one" in err or "no case" in err
    if arguments[0] != "rejects":
        assert "has no name: give one" in err


@pytest.mark.parametrize(
    ("path", "said"),
    [("", "its folder does not exist; make it first"), ("folder", "it is a folder; name a file"),
     ("pipe", "it is a device or a pipe"), ("n" * 300, "file name too long")],
)
def test_where_nothing_can_be_written_the_reason_is_said(path: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    target = tmp_path / path if path else tmp_path / "absent" / "x.json"
    with pytest.raises(Exception, match=said):
        out_file(str(target))


def test_a_device_is_written_through_and_never_replaced(tmp_path: Path) -> None:
    null = out_file(os.devnull, stream=True)
    assert written(null, lambda draft: draft.write_text("x")) == 1
    assert stat.S_ISCHR(null.stat().st_mode)
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "file")
    written(link, lambda draft: draft.write_text("x"))
    assert link.is_symlink()
    assert (tmp_path / "file").read_text() == "x"


def test_a_file_that_fails_half_way_is_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("before")

    def fill(draft: Path) -> None:
        draft.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(FilatureError, match="cannot be written"):
        written(target, fill)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.json"]
    assert target.read_text() == "before"


def test_an_output_that_is_full_is_one_plain_line(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert run(["query", "list"]) == 2
    err = capsys.readouterr().err
    assert err == "filature: the output cannot be written (no space left on device); print it elsewhere\n"


@pytest.mark.embedded
def test_a_folder_of_tables_is_written_anew_in_its_own_place(tmp_path: Path, capsys) -> None:
    planted = one_private_chat(tmp_path / "evidence")
    common = ("--workspace", str(tmp_path / "w"), "--case", "c")
    assert say(capsys, "ingest", str(planted.folder), *common)[0] == 0
    out, full = tmp_path / "tables", tmp_path / "full"
    for _ in range(2):
        assert say(capsys, "export", "--all", "--to", "csv", str(out), *common)[0] == 0
    full.mkdir()
    (full / "mine.txt").write_text("x")
    code, _, err = say(capsys, "export", "--all", "--to", "csv", str(full), *common)
    assert (code, "holds other files" in err) == (2, True)
    assert "it is a folder" in say(capsys, "export", "--all", "--to", "json", str(full), *common)[2]
    assert "names no account" in say(capsys, "export", "--accounts", " , ", "--to", "json", str(out) + "j", *common)[2]
    code, text, _ = say(capsys, "cypher", "RETURN 0.0/0.0 AS a, 1.0/0.0 AS b", *common, "--format", "json")
    assert (code, json.loads(text, parse_constant=pytest.fail)) == (0, [{"a": "NaN", "b": "Infinity"}])
    err = say(capsys, "cypher", "RETURN nobody", *common)[2]
    assert err.startswith("filature: ")
    assert "read:" not in err
    assert err.endswith("; correct the statement\n")
    code, _, err = say(capsys, "cypher", "RETURN $p", *common)
    assert (code, "no value for $p; write the value into the statement" in err) == (2, True)


def test_letters_beyond_ascii_are_what_was_typed_in_any_locale(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "rejects", "--workspace", str(tmp_path), "--case", "café"],
        env=environment, capture_output=True, check=False, timeout=120,
    )
    assert done.returncode == 2
    assert "café" in done.stderr.decode()


def test_ids_are_named_as_in_csv() -> None:
    assert named_accounts("p:a, p:b ,,p:x'y\"z") == ["p:a", "p:b", "p:x'y\"z"]
    assert named_accounts('"p:a,1", "p:b ",p: c') == ["p:a,1", "p:b ", "p: c"]
    with pytest.raises(Exception, match="as in CSV"):
        named_accounts('"p:a')
