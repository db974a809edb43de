"""Folders below a scratch folder that others make and take away at the same time."""

import tempfile
from pathlib import Path
from typing import Any

import pytest

from ingest.runtime.work_folder import leave_work_folder, new_work_folder


def test_a_scratch_folder_taken_away_just_before_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch, make = tmp_path / "case" / "scratch", tempfile.mkdtemp
    taken: list[Path] = []

    def late(**given: Any) -> str:
        if not taken:
            taken.append(given["dir"])
            scratch.rmdir()  # another one left it, empty
        return str(make(**given))

    monkeypatch.setattr(tempfile, "mkdtemp", late)
    folder = new_work_folder(scratch, "spill-")
    assert taken
    assert (folder.parent, folder.name[:6]) == (scratch, "spill-")


def test_who_leaves_last_takes_the_scratch_folder_away(tmp_path: Path) -> None:
    one, other = (new_work_folder(tmp_path / "scratch", "x-") for _ in range(2))
    (one / "rows").write_text("1")
    leave_work_folder(one)
    assert (one.exists(), other.exists()) == (False, True)
    leave_work_folder(other)
    assert not (tmp_path / "scratch").exists()


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(**_given: Any) -> str:
        raise FileNotFoundError("no such place")

    monkeypatch.setattr(tempfile, "mkdtemp", never)
    with pytest.raises(FileNotFoundError):
        new_work_folder(tmp_path / "scratch", "x-")
