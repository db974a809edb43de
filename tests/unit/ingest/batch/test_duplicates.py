"""Nothing is taken in twice, and nothing that differs is taken for a repetition."""

from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.case_folder.manifest import Counts
from ingest.lake import Lake
from tests.unit.ingest.evidence_folder import MESSAGES, T, case_in, ingest_text, rejects, rows, write


def test_the_same_files_again_add_nothing_and_their_rejects_are_told_again(tmp_path: Path) -> None:
    source = tmp_path / "source"
    write(source, "messages.csv", MESSAGES + f"m1,{T},a,,b,x\n,{T},a,,b,y\n,{T},a,,b,y\n,,a,,b,bad\n")
    write(source, "accounts.csv", "account_id\na\n")
    first = ingest([source], case=case_in(tmp_path))
    again = ingest([source], case=case_in(tmp_path))
    assert first.tables["messages"] == Counts(4, 3, 1, 0)
    assert again.tables == {"accounts": Counts(1, 0, 0, 1), "messages": Counts(4, 0, 1, 3)}
    assert again.batch_id == first.batch_id
    assert len(list(case_in(tmp_path).batches.glob("*.json"))) == 1
    assert len(rejects(case_in(tmp_path))) == 1


def test_a_file_with_rejects_beside_a_new_one_tells_its_own_again(tmp_path: Path) -> None:
    old = write(tmp_path / "one", "messages.csv", MESSAGES + f"m1,{T},a,,b,x\n,,a,,b,bad\n")
    new = write(tmp_path / "two", "messages.csv", MESSAGES + f"m2,{T},a,,b,x\n,{T},,,b,no sender\n")
    assert ingest([old], case=case_in(tmp_path)).rejected == 1
    assert ingest([old, new], case=case_in(tmp_path)).tables == {"messages": Counts(4, 1, 2, 1)}
    assert ingest([old], case=case_in(tmp_path)).tables == {"messages": Counts(2, 0, 1, 1)}
    assert ingest([new], case=case_in(tmp_path)).tables == {"messages": Counts(2, 0, 1, 1)}
    assert len(rejects(case_in(tmp_path))) == 2


def test_of_a_file_given_twice_the_rejects_are_told_once(tmp_path: Path) -> None:
    path = write(tmp_path / "one", "messages.csv", MESSAGES + f"m1,{T},a,,b,x\n,,a,,b,bad\n")
    for accepted in (1, 0):
        report = ingest([path, path], case=case_in(tmp_path))
        assert report.tables == {"messages": Counts(4, accepted, 1, 3 - accepted)}


def test_a_copied_and_renamed_folder_is_the_same_evidence(tmp_path: Path) -> None:
    text = MESSAGES + f",{T},a,,b,y\n,{T},a,,b,y\n"
    for folder in ("one", "two"):
        report = ingest([write(tmp_path / folder, "messages.csv", text)], case=case_in(tmp_path))
    assert report.tables["messages"] == Counts(2, 0, 0, 2)


@pytest.mark.parametrize("paths", [("one", "one"), ("one", "two")])
def test_one_file_given_twice_counts_once(tmp_path: Path, paths: tuple[str, str]) -> None:
    text = MESSAGES + f",{T},a,,b,y\n,{T},a,,b,y\n"
    sources = [write(tmp_path / folder, "messages.csv", text) for folder in paths]
    report = ingest(sources, case=case_in(tmp_path))
    assert report.tables["messages"] == Counts(4, 2, 0, 2)
    assert len(report.sources) == 2


def test_files_that_overlap_add_only_what_is_new(tmp_path: Path) -> None:
    ingest_text(tmp_path, "messages.csv", MESSAGES + f"m1,{T},a,,b,x\nm2,{T},a,,b,x\n")
    report = ingest_text(tmp_path, "messages.csv", MESSAGES + f"m2,2024-05-01T20:00:00+02:00,a,,b,x\nm3,{T},a,,b,x\n")
    assert report.tables["messages"] == Counts(2, 1, 0, 1)


def test_one_id_with_different_content_is_two_rows(tmp_path: Path) -> None:
    report = ingest_text(tmp_path, "messages.csv", MESSAGES + f"m1,{T},a,,b,x\nm1,{T},a,,b,edited\nm1,{T},a,,b,x\n")
    assert report.tables["messages"] == Counts(3, 2, 0, 1)
    with Lake(case_in(tmp_path)) as lake:
        assert [record.columns["text"] for record in lake.records(["messages:m1"])] == ["x", "edited"]


def test_what_an_unknown_column_says_makes_a_difference(tmp_path: Path) -> None:
    report = ingest_text(tmp_path, "accounts.csv", "account_id,city\na,x\na,y\na,x\n")
    assert report.tables["accounts"] == Counts(3, 2, 0, 1)


@pytest.mark.parametrize(("first", "second", "added"), [(2, 3, 1), (3, 2, 0), (1, 1, 0), (0, 4, 4)])
def test_the_nth_equal_message_without_id_is_the_nth_across_files(
    tmp_path: Path, first: int, second: int, added: int
) -> None:
    line = f",{T},a,,b,again\n"
    other = f",{T},a,,b,other\n"
    ingest_text(tmp_path, "messages.csv", MESSAGES + line * first + other)
    report = ingest_text(tmp_path, "messages.csv", MESSAGES + other + line * second)
    assert report.tables["messages"] == Counts(second + 1, added, 0, second + 1 - added)
    assert len(rows(case_in(tmp_path), "messages", "row")) == max(first, second) + 1


def test_the_nth_equal_message_counts_within_one_batch_too(tmp_path: Path) -> None:
    line = f",{T},a,,b,again\n"
    one = write(tmp_path / "one", "messages.csv", MESSAGES + line * 2)
    two = write(tmp_path / "two", "messages.csv", MESSAGES + line * 3)
    assert ingest([one, two], case=case_in(tmp_path)).tables["messages"] == Counts(5, 3, 0, 2)


def test_equal_rows_of_other_tables_are_kept_once(tmp_path: Path) -> None:
    report = ingest_text(tmp_path, "sessions.csv", f"account_id,started_at\na,{T}\na,{T}\n")
    assert report.tables["sessions"] == Counts(2, 1, 0, 1)


def test_with_another_zone_the_rejected_times_come_in_and_the_others_are_duplicates(tmp_path: Path) -> None:
    text = MESSAGES + f"m1,{T},a,,b,x\nm2,2024-05-01T18:00:00,a,,b,x\n"
    assert ingest_text(tmp_path, "messages.csv", text).tables["messages"] == Counts(2, 1, 1, 0)
    assert ingest_text(tmp_path, "messages.csv", text, timezone="UTC").tables["messages"] == Counts(2, 1, 0, 1)


def test_a_batch_id_does_not_depend_on_place_order_or_workspace(tmp_path: Path) -> None:
    digests, batches = set(), set()
    for place, order in (("x", 1), ("y", -1)):
        files = [
            write(tmp_path / place, "messages.csv", MESSAGES + f"m1,{T},a,r,,x\n"),
            write(tmp_path / place / "more", "messages.csv", MESSAGES + f"m1,{T},a,r,,x\nm2,{T},a,r,,y\n"),
            write(tmp_path / place, "rooms.jsonl", '{"room_id": "r"}\n'),
        ][::order]
        case = case_in(tmp_path / place)
        batches.add(ingest(files, case=case).batch_id)
        with Lake(case) as lake:
            digests.add(lake.digest())
    assert len(digests) == len(batches) == 1
    assert next(iter(digests)).startswith("sha256:")


def test_other_evidence_has_another_digest(tmp_path: Path) -> None:
    ingest_text(tmp_path, "rooms.csv", "room_id\na\n")
    with Lake(case_in(tmp_path)) as lake:
        before = lake.digest()
    ingest_text(tmp_path, "rooms.csv", "room_id\nb\n")
    with Lake(case_in(tmp_path)) as lake:
        assert lake.digest() != before
