"""Archives as sources: members are read under a name that tells archive and member; nothing leaves its folder."""

import bz2
import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.archives.members import MOST_MEMBERS
from ingest.batch import ingest
from ingest.batch.trial import try_out
from ingest.case_folder.manifest import manifests
from ingest.case_folder.verification import Difference, verify
from ingest.errors import SourceUnreadable
from ingest.lake import Lake
from ingest.sources.recognition import recognise
from tests.unit.ingest.evidence_folder import MESSAGES, T, case_in, rejects, rows

ROOMS = "room_id\na\n"
GOOD = f"{MESSAGES}m1,{T},a,r,,hi\n"
LOG = "[18:03] <Wolf> hi\n"


def zipped(path: Path, **members: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return path


def tarred(path: Path, mode: str = "w", *, also: tuple[tarfile.TarInfo, ...] = (), **members: str) -> Path:
    with tarfile.open(path, mode) as packed:  # type: ignore[call-overload]
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content.encode())
            packed.addfile(entry, io.BytesIO(content.encode()))
        for entry in also:
            packed.addfile(entry)
    return Path(path)


@pytest.mark.parametrize("mode", ["zip", "w", "w:gz", "w:bz2", "w:xz"])
def test_members_are_read_as_sources_that_name_archive_and_member(tmp_path: Path, mode: str) -> None:
    make: Callable[..., Path] = zipped if mode == "zip" else tarred
    path = make(tmp_path / "seized", *(() if mode == "zip" else (mode,)), **{"top/in/rooms.csv": ROOMS})
    report = ingest([path], case=case_in(tmp_path))
    shown = f"{path}!/top/in/rooms.csv"
    assert [(one.path, one.format, one.bytes) for one in report.sources] == [(shown, "evidence", len(ROOMS))]
    with Lake(case_in(tmp_path)) as lake:
        assert lake.records(["rooms:harbour:a"])[0].source == shown
    assert rows(case_in(tmp_path), "rooms", "room_id") == [("a",)]
    assert not case_in(tmp_path).staging.exists()
    assert verify(case_in(tmp_path)) == []


def test_one_archive_mixes_formats_and_nests_others_and_again_adds_nothing(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", **{"rooms.csv": ROOMS}).read_bytes()
    log = bz2.compress(LOG.encode())
    members = {"a/2024-05-01-#r.txt.bz2": log, "b/inner.zip": inner, "n.docx": b"PK\x03\x04"}
    path = zipped(tmp_path / "all.zip", **members)
    report = ingest([path], case=case_in(tmp_path), timezone="UTC")
    assert sorted(one.path for one in report.sources) == [
        f"{path}!/a/2024-05-01-#r.txt.bz2!/2024-05-01-#r.txt", f"{path}!/b/inner.zip!/rooms.csv",
    ]
    assert report.ignored == (f"{path}!/n.docx",)
    listed = [one for batch in manifests(case_in(tmp_path)) for one in batch.sources]
    assert {one.archive.path for one in listed if one.archive} == {str(path)}
    again = ingest([path], case=case_in(tmp_path), timezone="UTC")
    assert all(counts.accepted == 0 for counts in again.tables.values())
    assert again.tables["messages"].duplicate == 1


def test_an_archive_in_a_folder_and_the_same_file_beside_it_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rooms.csv").write_text(ROOMS)
    zipped(tmp_path / "in" / "z.zip", **{"rooms.csv": ROOMS, "messages.csv": GOOD})
    report = ingest([tmp_path / "in"], case=case_in(tmp_path))
    assert (report.tables["rooms"].accepted, report.tables["rooms"].duplicate) == (1, 1)
    assert (report.tables["messages"].accepted, report.ignored) == (1, ())


def test_rejects_and_errors_name_the_member(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", **{"messages.csv": MESSAGES + "m,yesterday,a,r,,\n"})
    ingest([path], case=case_in(tmp_path))
    assert [(one.file, one.row) for one in rejects(case_in(tmp_path))] == [(f"{path}!/messages.csv", 2)]
    torn = zipped(tmp_path / "t.zip", **{"rooms.parquet": b"PAR1"})
    with pytest.raises(SourceUnreadable) as told:
        ingest([torn], case=case_in(tmp_path, "other"))
    assert told.value.where == f"{torn}!/rooms.parquet"


def test_nothing_outside_no_link_no_device_and_no_medium_is_taken_out(tmp_path: Path) -> None:
    link, pipe = tarfile.TarInfo("messages.csv"), tarfile.TarInfo("sessions.csv")
    link.type, link.linkname, pipe.type = tarfile.SYMTYPE, "/etc/passwd", tarfile.FIFOTYPE
    path = tarred(tmp_path / "x.tar", also=(link, pipe), **{
        "rooms.csv": ROOMS, "../../evil.csv": ROOMS, "/abs/..\\up.csv": ROOMS, "p.JPG": "x", "clip": "GIF89a…",
        ".bash_history": "",
    })
    report = ingest([path], case=case_in(tmp_path))
    assert [one.path for one in report.sources] == [f"{path}!/rooms.csv"]
    assert list(report.ignored) == [
        f"{path}!/../../evil.csv (its name leads outside of the archive)",
        f"{path}!//abs/..\\\\up.csv (its name leads outside of the archive)",
        f"{path}: 2 pictures, films and sounds, which are never taken out",
        f"{path}!/.bash_history (hidden)",
        f"{path}!/messages.csv (a link, which is not followed)",
        f"{path}!/sessions.csv (is no file)",
    ]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["workspace", "x.tar"]


def test_one_name_twice_and_a_name_too_long_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.tar"
    with tarfile.open(path, "w") as packed:
        for name, text in (("rooms.csv", ROOMS), ("rooms.csv", "room_id\nb\n"), ("n" * 300 + "/rooms.csv", ROOMS)):
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            packed.addfile(entry, io.BytesIO(text.encode()))
    report = ingest([path], case=case_in(tmp_path), format="evidence")
    assert report.tables["rooms"].accepted + len(report.ignored) == 3


def test_a_bomb_a_cut_and_a_locked_archive_are_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.sources.gzip_files._UNBOUNDED_BELOW", 1 << 20)
    bomb = zipped(tmp_path / "bomb.zip", **{"rooms.csv": b"\0" * (8 << 20)})
    twice = zipped(tmp_path / "twice.zip", **{"bomb.zip": bomb.read_bytes()})
    cut = tmp_path / "cut.zip"
    cut.write_bytes(zipped(tmp_path / "whole.zip", **{"rooms.csv": os.urandom(9999)}).read_bytes()[:5000])
    cut_tar = tmp_path / "cut.tar.gz"
    whole = tarred(tmp_path / "w.tar.gz", "w:gz", **{"rooms.csv": os.urandom(9999).hex()})
    cut_tar.write_bytes(whole.read_bytes()[:5000])
    in_header = tmp_path / "header.tar"
    in_header.write_bytes(tarred(tmp_path / "w.tar", **{"rooms.csv": ROOMS}).read_bytes()[:1024] + b"x" * 300)
    locked = tmp_path / "locked.zip"
    body = bytearray(zipped(locked, **{"rooms.csv": ROOMS}).read_bytes())
    body[body.rfind(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(body)
    empty, other = zipped(tmp_path / "empty.zip"), zipped(tmp_path / "other.zip", **{"a.bin": b"\0\1"})
    seven = tmp_path / "x.7z"
    seven.write_bytes(b"7z\xbc\xaf\x27\x1c rest")
    wanted = {
        bomb: "swells to more than", twice: "swells to more than", cut: "is damaged", cut_tar: "is damaged",
        in_header: "is damaged", locked: "is locked with a password", empty: "holds nothing of a known format",
        other: "holds nothing of a known format (", seven: "is a 7z archive, which cannot be opened here",
    }
    for path, what in wanted.items():
        with pytest.raises(SourceUnreadable) as told:
            ingest([path], case=case_in(tmp_path))
        assert what in told.value.what, path
        assert told.value.where.startswith(str(path)), told.value.where
        assert "\n" not in str(told.value)
    assert not any((case_in(tmp_path).path / "evidence").rglob("*.parquet"))


def test_a_directory_of_too_many_members_is_refused_before_it_is_read(tmp_path: Path) -> None:
    body = bytearray(zipped(tmp_path / "x.zip", **{"rooms.csv": ROOMS}).read_bytes())
    at = body.rfind(b"PK\x05\x06")
    body[at + 12 : at + 16] = (1 << 30).to_bytes(4, "little")
    (tmp_path / "x.zip").write_bytes(body)
    with pytest.raises(SourceUnreadable, match=f"more than {MOST_MEMBERS:,} members"):
        ingest([tmp_path / "x.zip"], case=case_in(tmp_path))


def test_archives_within_each_other_have_a_depth(tmp_path: Path) -> None:
    path = zipped(tmp_path / "0.zip", **{"rooms.csv": ROOMS})
    for depth in range(1, 5):
        path = zipped(tmp_path / f"{depth}.zip", **{path.name: path.read_bytes()})
        if depth < 4:
            assert ingest([path], case=case_in(tmp_path, f"c{depth}")).tables["rooms"].accepted == 1
    with pytest.raises(SourceUnreadable, match="is an archive within 4 others"):
        ingest([path], case=case_in(tmp_path))


def test_a_mapping_and_a_format_reach_the_members(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", **{"a.txt": "1 2 1082040961\n"})
    report = ingest([path], case=case_in(tmp_path), mapping="collegemsg")
    assert (report.tables["messages"].accepted, report.sources[0].path) == (1, f"{path}!/a.txt")
    packed = tmp_path / "a.txt.gz"
    packed.write_bytes(gzip.compress(b"1 2 1082040962\n"))
    assert ingest([packed], case=case_in(tmp_path), mapping="collegemsg").sources[0].path == str(packed)


def test_what_is_kept_and_verified_is_the_archive(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", **{"rooms.csv": ROOMS})
    report = ingest([path], case=case_in(tmp_path), keep="copy")
    archive = report.sources[0].archive
    assert archive is not None
    assert report.sources[0].kept == f"kept/{archive.sha256}"
    assert (case_in(tmp_path).path / report.sources[0].kept).read_bytes() == path.read_bytes()
    with path.open("ab") as stream:
        stream.write(b"x")
    assert verify(case_in(tmp_path)) == [Difference(str(path), "source changed")]
    path.unlink()
    assert [(one.what, one.fault) for one in verify(case_in(tmp_path))] == [
        (f"source no longer at its place; kept as kept/{archive.sha256}", False)
    ]


def test_a_trial_opens_archives_within_its_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "x.zip", **{"rooms.csv": ROOMS, "messages.csv": GOOD + "x" * 200_000})
    assert recognise(path).format == "archive"
    found = try_out(path, scratch=tmp_path / "s", format="archive", most_bytes=1 << 20)
    assert (found.files, found.complete) == ((f"{path}!/messages.csv", f"{path}!/rooms.csv"), True)
    monkeypatch.setattr("ingest.batch.trial._LEAST_UNPACKED", 100_000)
    found = try_out(path, scratch=tmp_path / "s", most_bytes=1000)
    assert (list(found.counts), found.complete) == (["rooms"], False)
    assert list((tmp_path / "s").iterdir()) == []
