"""Uploads lie under their own names until they are read, and then in the case."""

import gc
import io
import os
import time
from pathlib import Path

import pytest

from ingest.case_folder import CaseFolder
from workbench.views.models.sources.tray import Tray, keep_in_case, keep_mapping, own_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("messages.csv", "messages.csv"),
        ("#room_2024-05-01.log", "#room_2024-05-01.log"),
        ("a b<script>.csv", "a b<script>.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\x.csv", "x.csv"),
        ("..", "upload"),
        (".hidden", "hidden"),
        ("a\x00b\n\u202ec.csv", "a_b__c.csv"),
        ("", "upload"),
    ],
)
def test_a_name_stays_what_it_is_but_reaches_nowhere(given: str, kept: str) -> None:
    assert own_name(given) == kept


def test_an_endless_name_keeps_its_ending() -> None:
    assert own_name("é" * 400 + ".csv").endswith("é.csv")
    assert len(own_name("é" * 400 + ".csv").encode()) <= 200


def test_an_upload_is_written_once_and_goes_with_its_session(tmp_path: Path) -> None:
    tray = Tray(tmp_path)
    path = tray.keep("id-1", "a.csv", io.BytesIO(b"1"))
    path.write_bytes(b"2")
    assert tray.keep("id-1", "a.csv", io.BytesIO(b"1")).read_bytes() == b"2"
    other = tray.keep("id-2", "a.csv", io.BytesIO(b"3"))
    assert (other.name, other != path) == ("a.csv", True), "two files of one name are both kept"
    folder = tray.folder
    del tray
    gc.collect()
    assert not folder.exists()


def test_what_a_killed_server_left_is_removed_after_some_days(tmp_path: Path) -> None:
    old, young = tmp_path / "incoming" / "old", tmp_path / "incoming" / "young"
    for folder in (old, young):
        folder.mkdir(parents=True)
    os.utime(old, (time.time() - 3 * 86_400,) * 2)
    tray = Tray(tmp_path)
    assert (old.exists(), young.exists(), tray.folder.exists()) == (False, True, True)


def test_a_read_upload_stays_in_the_case(tmp_path: Path) -> None:
    tray, case = Tray(tmp_path), CaseFolder(tmp_path, "c").create()
    path = tray.keep("id", "a.csv", io.BytesIO(b"1"))
    kept = keep_in_case(case, path)
    assert keep_in_case(case, path) == kept
    assert (kept.parent.parent, kept.name) == (case.sources, "a.csv")
    del tray
    gc.collect()
    assert kept.read_bytes() == b"1"


def test_a_mapping_is_kept_under_the_hash_that_manifests_name(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path, "c").create()
    path = keep_mapping(case, "x = 1\n")
    import hashlib

    assert path.stem == hashlib.sha256(path.read_bytes()).hexdigest()
    assert keep_mapping(case, "x = 1\n") == path
