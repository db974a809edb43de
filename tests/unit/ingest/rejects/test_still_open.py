"""Rejected rows that a later reading took in are no longer open; the rest are, each once, grouped by their fault."""

from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.rejects import read_rejects
from ingest.rejects.still_open import open_rejects, open_rows
from ingest.source_files import original_path

LOG = "[02:30] <a> late\n[18:00] <a> hi\n[18:01] <b> so\nnothing of a log\n"
MAPPING = """
[file]
columns = ["who", "room", "at"]
[[table]]
name = "messages"
[table.columns]
sender_id = { column = "who" }
room_id = { column = "room" }
sent_at = { column = "at" }
"""


def case_in(tmp_path: Path) -> CaseFolder:
    return CaseFolder(tmp_path / "ws", "harbour")


def write(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / "in" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def told(case: CaseFolder) -> tuple[int, int, list[tuple[str, int]]]:
    found = open_rejects(case)
    return found.rows, found.mended, [(group.reason, group.rows) for group in found.groups]


def test_a_case_without_rejects_has_none_open(tmp_path: Path) -> None:
    case = case_in(tmp_path)
    ingest([write(tmp_path, "accounts.csv", "account_id\na\n")], case=case)
    assert told(case) == (0, 0, [])
    assert open_rows(case) == ([], 0)


def test_rows_read_again_with_a_zone_are_mended_and_the_others_stay_open_once(tmp_path: Path) -> None:
    case, log = case_in(tmp_path), write(tmp_path, "2024-03-31.log", LOG)
    ingest([log], case=case)
    rows, mended, groups = told(case)
    assert (rows, mended) == (4, 0)
    assert groups == [("sent_at is a time without a zone", 3), ("is no line of this IRC log", 1)]
    (group, _) = open_rejects(case).groups
    assert [original_path(source.path) for source in group.sources] == [log]
    assert (group.first.row, group.first.raw, group.format) == (1, "[02:30] <a> late", "irc")
    assert open_rows(case, group)[1] == 3
    assert [reject.row for reject in open_rows(case, group, most=1, start=1)[0]] == [2]
    assert [reject.row for reject in open_rows(case, text="NOTHING of")[0]] == [4]
    ingest([log], case=case, timezone="Europe/Paris")  # half past two never was on that day
    rows, mended, groups = told(case)
    assert (rows, mended) == (2, 2)
    assert groups == [("is no line of this IRC log", 1), ("sent_at is a local time that never was in Europe/Paris", 1)]
    assert len(list(read_rejects(case))) == 6, "what was rejected stays on record"


def test_a_row_that_came_in_as_a_duplicate_is_mended(tmp_path: Path) -> None:
    case = case_in(tmp_path)
    other = write(tmp_path, "messages.csv", "message_id,sent_at,sender_id,room_id\n1,2024-05-01T18:00:00Z,a,r\n")
    ingest([other], case=case)
    local = write(tmp_path, "messages.jsonl", '{"message_id": "1", "sent_at": "2024-05-01 18:00:00", "sender_id": "a", '
                  '"room_id": "r"}\n')
    ingest([local], case=case)
    assert told(case)[:2] == (1, 0)
    report = ingest([local], case=case, timezone="UTC")
    assert report.tables["messages"].duplicate == 1
    assert told(case) == (0, 1, [])


def test_another_mapping_mends_only_what_it_reads(tmp_path: Path) -> None:
    case = case_in(tmp_path)
    table = write(tmp_path, "chat.csv", "who,room,at\na,r,2024-05-01T18:00:00Z\nb,r,soon\nc,r,2024-05-01T18:02:00Z\n")
    swapped = write(tmp_path, "swapped.toml", MAPPING.replace('column = "at"', 'column = "AT"').replace(
        'column = "room"', 'column = "at"').replace('column = "AT"', 'column = "room"'))
    ingest([table], case=case, mapping=swapped)
    assert told(case)[:2] == (3, 0)
    right = write(tmp_path, "right.toml", MAPPING)
    ingest([table], case=case, mapping=right)
    assert told(case) == (1, 2, [("sent_at is no time", 1)])
    some = 'name = "messages"\nonly = { column = "who", equals = "a" }'
    only = write(tmp_path, "only.toml", MAPPING.replace('name = "messages"', some))
    ingest([table], case=case, mapping=only)
    assert told(case)[:2] == (1, 2), "a reading that leaves a row out mends nothing"


def test_the_same_reading_again_changes_nothing(tmp_path: Path) -> None:
    case, log = case_in(tmp_path), write(tmp_path, "2024-05-01.log", LOG)
    ingest([log], case=case)
    before = told(case)
    ingest([log], case=case)
    assert told(case) == before


def test_many_files_with_one_fault_are_one_group_and_keep_what_their_names_told(tmp_path: Path) -> None:
    case = case_in(tmp_path)
    root = tmp_path / "me"
    for day in (1, 2):
        folder = root / "libera" / "#r"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"2024-05-0{day}.log").write_text(f"[18:0{day}:00] <a> hi\n")
    ingest([root], case=case)
    (group,) = open_rejects(case).groups
    assert (group.rows, len(group.sources)) == (2, 2)
    contexts = {original_path(source.path): source.context for source in group.sources}
    report = ingest([*contexts], case=case, timezone="UTC", contexts=contexts)
    assert report.tables["messages"].accepted == 2
    assert report.tables["rooms"].accepted == 0, "it is the room of before"
    assert told(case) == (0, 2, [])


def test_rejects_of_before_that_tell_no_hash_are_found_by_their_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow.parquet as pq

    case, log = case_in(tmp_path), write(tmp_path, "2024-05-01.log", LOG)
    monkeypatch.chdir(log.parent)
    ingest([Path(log.name)], case=case)
    (path,) = case.rejects.glob("*.parquet")
    pq.write_table(pq.read_table(path).drop_columns(["source_sha256"]), path)
    assert told(case)[0] == 4
    ingest([log], case=case, timezone="UTC")
    assert told(case)[:2] == (1, 3)
