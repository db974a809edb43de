"""Sources kept in the case: verified copies or links under names of ours, never written over; hashes at receipt."""

import errno
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.case_folder.kept_sources import Keep
from ingest.case_folder.manifest import manifest_sha256, manifests, read_manifest
from ingest.case_folder.verification import Difference, verify
from ingest.errors import EvidenceDamaged, IngestError
from tests.unit.ingest.evidence_folder import case_in, write

ROOMS = "room_id\na\n"
SHA256 = hashlib.sha256(ROOMS.encode()).hexdigest()


def rooms(tmp_path: Path, name: str = "rooms.csv") -> Path:
    return write(tmp_path / "source", name, ROOMS)


def test_a_copy_bears_its_hash_and_may_only_be_read(tmp_path: Path) -> None:
    source = rooms(tmp_path)
    source.chmod(0o640)
    report = ingest([source], case=case_in(tmp_path), keep="copy")
    kept = case_in(tmp_path).path / "kept" / SHA256
    assert [one.kept for one in report.sources] == [f"kept/{SHA256}"]
    assert (kept.read_text(), kept.stat().st_mode & 0o777) == (ROOMS, 0o444)
    assert source.stat().st_mode & 0o777 == 0o640
    assert list(kept.parent.iterdir()) == [kept]
    assert verify(case_in(tmp_path)) == []


def test_a_hard_link_is_the_very_file_and_changes_nothing_of_it(tmp_path: Path) -> None:
    source = rooms(tmp_path, "other.csv").rename(tmp_path / "rooms.csv")
    source.chmod(0o640)
    led = tmp_path / "led" / "rooms.csv"
    led.parent.mkdir()
    led.symlink_to(source)
    ingest([led], case=case_in(tmp_path), keep="hard-link")
    kept = case_in(tmp_path).path / "kept" / SHA256
    assert kept.samefile(source)
    assert not kept.is_symlink()
    assert source.stat().st_mode & 0o777 == 0o640


def test_nothing_is_kept_unless_asked_and_it_may_be_asked_later(tmp_path: Path) -> None:
    source = rooms(tmp_path)
    assert ingest([source], case=case_in(tmp_path)).sources[0].kept == ""
    assert not case_in(tmp_path).kept.exists()
    again = ingest([source], case=case_in(tmp_path), keep="copy")
    assert (again.tables["rooms"].duplicate, again.sources[0].kept) == (1, f"kept/{SHA256}")


def test_equal_files_are_kept_once(tmp_path: Path) -> None:
    folder = rooms(tmp_path).parent
    write(folder, "rooms.2.csv", ROOMS)
    other = write(tmp_path / "second", "rooms.csv", ROOMS)
    ingest([folder / "rooms.csv", other], case=case_in(tmp_path), keep="copy")
    assert [path.name for path in case_in(tmp_path).kept.iterdir()] == [SHA256]


@pytest.mark.parametrize("keep", ["copy", "hard-link"])
def test_what_was_kept_is_never_written_over(tmp_path: Path, keep: Keep) -> None:
    source, case = rooms(tmp_path), case_in(tmp_path).create()
    case.kept.mkdir()
    (case.kept / SHA256).write_text("other")
    with pytest.raises(EvidenceDamaged, match="kept copy was changed"):
        ingest([source], case=case, keep=keep)
    assert (case.kept / SHA256).read_text() == "other"
    assert manifests(case) == ()


def test_a_disk_without_links_is_told_and_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    with pytest.raises(IngestError, match=r"rooms\.csv: cannot be kept .*use --keep copy"):
        ingest([rooms(tmp_path)], case=case_in(tmp_path), keep="hard-link")
    assert manifests(case_in(tmp_path)) == ()


def test_a_full_disk_leaves_no_half_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(source: Path, target: Path) -> None:
        Path(target).write_text("ro")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", fill)
    with pytest.raises(IngestError, match="no space left"):
        ingest([rooms(tmp_path)], case=case_in(tmp_path), keep="copy")
    assert list(case_in(tmp_path).kept.iterdir()) == []


def test_a_source_that_left_its_place_is_no_fault_while_it_is_kept(tmp_path: Path) -> None:
    source = rooms(tmp_path)
    ingest([source], case=case_in(tmp_path), keep="copy")
    source.unlink()
    (found,) = verify(case_in(tmp_path))
    assert (found.path, found.fault) == (str(source), False)
    assert f"kept/{SHA256}" in found.what
    kept = case_in(tmp_path).kept / SHA256
    kept.chmod(0o600)
    kept.write_text("other")
    assert Difference(f"kept/{SHA256}", "kept source changed") in verify(case_in(tmp_path))


def test_the_manifest_has_both_hashes_and_one_without_sha1_is_read(tmp_path: Path) -> None:
    report = ingest([rooms(tmp_path)], case=case_in(tmp_path))
    (manifest,) = manifests(case_in(tmp_path))
    sha1 = hashlib.sha1(ROOMS.encode(), usedforsecurity=False).hexdigest()
    assert [(one.sha256, one.sha1, one.bytes) for one in manifest.sources] == [(SHA256, sha1, len(ROOMS))]
    assert report.sources[0].sha1 == sha1
    assert [set(one) for one in report.to_dict()["sources"]] == [{"path", "sha256", "bytes", "format"}]
    assert report.manifest_sha256 == manifest_sha256(case_in(tmp_path), report.batch_id)
    path = case_in(tmp_path).batches / f"{report.batch_id}.json"
    value = json.loads(path.read_text())
    del value["sources"][0]["sha1"]
    path.write_text(json.dumps(value))
    assert read_manifest(path).sources[0].sha1 == ""
