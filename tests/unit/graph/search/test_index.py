"""Is the index that of the evidence?  Made, kept, made anew; whole wherever its making was cut short."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from graph.search import SearchUnavailable, find, index_path, make_index, open_index
from graph.search.index import Busy
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from ingest.runtime.file_lock import locked
from tests.unit.graph.detect.small_platform import write_folder
from tests.unit.graph.search.cases import CASE, case_of, lines, named, told


def rows(case: CaseFolder) -> list[object]:
    """All that an index holds, its full text apart."""
    with closing(sqlite3.connect(index_path(case))) as base:
        return [
            base.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("about", "head", "entity", "form")
        ]


def test_an_index_is_made_on_demand_once_and_again_for_new_evidence(tmp_path: Path) -> None:
    case = case_of(tmp_path, {"accounts": named("lea")})
    with open_index(case) as index:
        assert find(index, "lea").total == 1
    made = index_path(case).stat().st_mtime_ns
    with Lake(case) as lake:
        assert not make_index(lake)
    assert index_path(case).stat().st_mtime_ns == made
    ingest([write_folder(tmp_path / "more", {"accounts": [{"account_id": "b", "pseudonym": "lea"}]})], case=case)
    with open_index(case) as index:
        assert find(index, "lea").total == 2


@pytest.mark.parametrize("harm", ["missing", "empty", "text", "torn", "old format"])
def test_a_missing_damaged_or_old_index_is_made_anew(tmp_path: Path, harm: str) -> None:
    case = case_of(tmp_path, {"accounts": named("lea")})
    with open_index(case) as index:
        assert index.current
    path = index_path(case)
    if harm == "missing":
        path.unlink()
    elif harm == "old format":
        with closing(sqlite3.connect(path)) as base:
            base.execute("UPDATE about SET value = '0' WHERE name = 'format'")
            base.commit()
    else:
        path.write_bytes({"empty": b"", "text": b"no database" * 999, "torn": path.read_bytes()[:5_000]}[harm])
    with open_index(case) as index:
        assert told(find(index, "lea")) == [("exact", f"{CASE}:a0")]


def test_an_index_that_breaks_later_says_how_to_mend_it(tmp_path: Path) -> None:
    case = case_of(tmp_path, {"accounts": named(*(f"lea{number}" for number in range(300)))})
    with open_index(case):
        pass
    path = index_path(case)
    content = bytearray(path.read_bytes())
    content[8_192:] = os.urandom(len(content) - 8_192)
    path.write_bytes(content)
    with pytest.raises(SearchUnavailable, match="filature rebuild"), open_index(case) as index:
        find(index, "lea")


def test_the_same_evidence_gives_the_same_index_whether_in_one_batch_or_two(tmp_path: Path) -> None:
    people, talk = {"accounts": named("lea", "tom", "lea")}, {"messages": lines(a1=3, a2=1)}
    contents = []
    for name, batches in (("one", [people | talk]), ("two", [people, talk]), ("other", [talk, people])):
        case = case_of(tmp_path / name, *batches)
        with Lake(case) as lake:
            make_index(lake)
            first = rows(case)
            make_index(lake, anew=True)
            assert rows(case) == first
        contents.append(first[1:])
    assert contents[0] == contents[1] == contents[2]


def test_the_old_index_serves_while_another_process_makes_the_new_one(tmp_path: Path) -> None:
    case = case_of(tmp_path, {"accounts": named("lea")})
    with open_index(case):
        pass
    ingest([write_folder(tmp_path / "more", {"accounts": [{"account_id": "b", "pseudonym": "lea"}]})], case=case)
    with locked(case.path / "search.lock", wait_s=1, busy=Busy("busy")):
        with open_index(case) as index:
            found = find(index, "lea")
            assert (found.total, index.current) == (1, False)
            assert "being indexed" in found.note
        with Lake(case) as lake, pytest.raises(Busy):
            make_index(lake, wait_s=0.1)
    with open_index(case) as index:
        assert (find(index, "lea").total, find(index, "lea").note) == (2, "")


_ENDLESS = """
import sys, time
from pathlib import Path
from graph.search import build, make_index
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
insert = build._insert
def slow(*arguments):
    insert(*arguments)
    print("half", flush=True)
    time.sleep(60)
build._insert = slow
with Lake(CaseFolder(Path(sys.argv[1]), sys.argv[2])) as lake:
    make_index(lake, anew=True)
"""


def test_a_kill_in_the_middle_leaves_the_old_index_and_nothing_in_the_way_of_the_next(tmp_path: Path) -> None:
    case = case_of(tmp_path, {"accounts": named("lea")})
    with open_index(case):
        pass
    before = rows(case)
    child = subprocess.Popen(
        [sys.executable, "-c", _ENDLESS, str(case.workspace), case.name], stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "half\n"
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait(20)
        if child.stdout is not None:
            child.stdout.close()
    left = index_path(case).with_name(index_path(case).name + ".new")
    assert left.exists(), "the kill came in the middle"
    assert rows(case) == before
    began = time.monotonic()
    with Lake(case) as lake:
        assert make_index(lake, anew=True)
    assert time.monotonic() - began < 60
    assert rows(case) == before
    assert not left.exists()
