"""Verification names whatever differs from what was committed; rejects can be written out and read back."""

import csv
from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.case_folder.verification import Difference, verify
from ingest.errors import EvidenceDamaged
from ingest.lake import Lake
from ingest.rejects import read_rejects, write_csv
from tests.unit.ingest.evidence_folder import MESSAGES, T, case_in, ingest_text, rejects, write


def make(tmp_path: Path) -> str:
    """A case of one batch with one accepted and one rejected message; returns the batch id."""
    return ingest_text(tmp_path, "messages.csv", MESSAGES + f'm1,{T},a,r,,x\nm2,{T},,r,,"a ""b"", c"\n').batch_id


def test_untouched_evidence_has_no_difference(tmp_path: Path) -> None:
    make(tmp_path)
    assert verify(case_in(tmp_path)) == []


def test_a_changed_and_a_missing_source_are_told_apart(tmp_path: Path) -> None:
    make(tmp_path)
    source = tmp_path / "source" / "messages.csv"
    source.write_bytes(source.read_bytes() + b"\n")
    assert verify(case_in(tmp_path)) == [Difference(str(source), "source changed")]
    source.unlink()
    assert verify(case_in(tmp_path)) == [Difference(str(source), "source missing")]
    source.mkdir()
    assert verify(case_in(tmp_path)) == [Difference(str(source), "source unreadable: is a folder, not a file")]


@pytest.mark.parametrize("top", ["evidence/messages", "rejects"])
def test_changed_missing_and_extra_files_are_named(tmp_path: Path, top: str) -> None:
    place = f"{top}/{make(tmp_path)}.parquet"
    path = case_in(tmp_path).path / place
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert verify(case_in(tmp_path)) == [Difference(place, "evidence file changed")]
    path.unlink()
    assert verify(case_in(tmp_path)) == [Difference(place, "evidence file missing")]
    path.write_bytes(whole)
    (path.parent / "extra.parquet").write_bytes(whole)
    assert verify(case_in(tmp_path)) == [Difference(f"{top}/extra.parquet", "file in no manifest")]


def test_a_damaged_or_renamed_manifest_is_a_difference_and_stops_the_lake(tmp_path: Path) -> None:
    batch = make(tmp_path)
    case = case_in(tmp_path)
    manifest = case.batches / f"{batch}.json"
    whole = manifest.read_text()
    manifest.rename(case.batches / "other.json")
    assert Difference("batches/other.json", f"manifest names batch {batch}") in verify(case)
    (case.batches / "other.json").write_text(whole[:50])
    found = verify(case)
    assert any(difference.path == "batches/other.json" and "cannot be read" in difference.what for difference in found)
    with pytest.raises(EvidenceDamaged, match=r"other\.json"):
        Lake(case)


def test_rejects_are_written_as_csv_that_reads_back(tmp_path: Path) -> None:
    make(tmp_path)
    target = tmp_path / "rejects.csv"
    assert write_csv(read_rejects(case_in(tmp_path)), target) == 1
    with target.open(encoding="utf-8", newline="") as stream:
        header, line = list(csv.reader(stream))
    assert header == ["file", "row", "column", "reason", "hint", "raw"]
    assert line == [
        str(tmp_path / "source" / "messages.csv"), "3", "sender_id", "sender_id is empty", "messages needs sender_id",
        f'm2,{T},,r,,"a ""b"", c"',
    ]


def test_a_case_without_rejects_gives_a_header_only(tmp_path: Path) -> None:
    ingest_text(tmp_path, "rooms.csv", "room_id\na\n")
    assert rejects(case_in(tmp_path)) == []
    write_csv(read_rejects(case_in(tmp_path)), tmp_path / "rejects.csv")
    assert (tmp_path / "rejects.csv").read_text() == "file,row,column,reason,hint,raw\n"


def test_a_source_in_a_folder_of_odd_name_is_found_again(tmp_path: Path) -> None:
    folder = tmp_path / "a\\x41\n[*]"
    write(folder, "rooms.csv", "room_id\na\n")
    ingest([folder], case=case_in(tmp_path))
    assert verify(case_in(tmp_path)) == []
