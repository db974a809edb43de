"""The same bytes under another name: one chat, whether it came before or comes with it; a trial says the same."""

from pathlib import Path

import pytest

from ingest.batch import ingest
from ingest.batch.trial import Trial, try_out
from tests.unit.ingest.evidence_folder import case_in, rows, write

CHAT = "13/05/2024, 18:03 - Wolf: hi\n13/05/2024, 18:04 - Kid: hello\n"
SIGNAL = "[2024-05-13, 18:03] Wolf: hi\n"


def tried(path: Path, tmp_path: Path) -> Trial:
    return try_out(path, scratch=tmp_path / "scratch", timezone="UTC", case=case_in(tmp_path))


@pytest.mark.parametrize(("name", "text"), [("chat.txt", CHAT), ("export.txt", SIGNAL)])
def test_a_second_download_is_the_same_chat(tmp_path: Path, name: str, text: str) -> None:
    path, again = (write(tmp_path / "in", one, text) for one in (name, name.replace(".", " (1).")))
    ingest([path], case=case_in(tmp_path), timezone="UTC")
    lines = text.count("\n")
    trial = tried(again, tmp_path)
    assert (trial.counts["messages"].accepted, trial.counts["messages"].duplicate, trial.again) == (0, lines, 0)
    assert trial.known is not None
    assert trial.known.path == str(path)
    report = ingest([again], case=case_in(tmp_path), timezone="UTC")
    assert (report.tables["messages"].accepted, report.tables["messages"].duplicate) == (0, lines)
    (source,) = report.sources
    assert source.known is not None
    assert (source.path, source.known.path) == (str(again), str(path))
    assert source.known.read_at
    assert rows(case_in(tmp_path), "rooms", "name") in ([], [(Path(name).stem,)])


def test_a_copy_under_another_name_is_another_chat_where_somebody_says_so(tmp_path: Path) -> None:
    path, again = (write(tmp_path / "in", name, CHAT) for name in ("harbour.txt", "quay.txt"))
    ingest([path], case=case_in(tmp_path), timezone="UTC")
    report = ingest([again], case=case_in(tmp_path), timezone="UTC", as_named=True)
    assert report.tables["messages"].accepted == 2
    assert report.sources[0].known is not None, "it is told all the same"


def test_two_copies_in_one_ingest_are_one_chat(tmp_path: Path) -> None:
    paths = [write(tmp_path / "in", name, CHAT) for name in ("chat.txt", "chat (1).txt")]
    reports = [
        ingest(order, case=case_in(tmp_path, name), timezone="UTC")
        for name, order in (("one", paths), ("other", paths[::-1]))
    ]
    for report in reports:
        assert (report.tables["messages"].accepted, report.tables["messages"].duplicate) == (2, 2)
        assert sum(source.known is not None for source in report.sources) == 1
    assert reports[0].batch_id == reports[1].batch_id


def test_a_copy_that_is_read_in_another_zone_stays_in_its_chat(tmp_path: Path) -> None:
    path, again = (write(tmp_path / "in", name, CHAT) for name in ("chat.txt", "chat (1).txt"))
    ingest([path], case=case_in(tmp_path))
    assert ingest([again], case=case_in(tmp_path), timezone="UTC").tables["messages"].accepted == 2
    assert ingest([path], case=case_in(tmp_path), timezone="UTC").tables["messages"].accepted == 0


def test_logs_of_two_days_that_say_the_same_are_both_read(tmp_path: Path) -> None:
    days = [write(tmp_path / "in", f"#quay_2024-05-0{day}.log", "[18:00] <a> hi\n") for day in (1, 2)]
    report = ingest(days, case=case_in(tmp_path), timezone="UTC")
    assert report.tables["messages"].accepted == 2


def test_what_is_named_by_the_hash_comes_out_in_a_trial_as_it_did(tmp_path: Path) -> None:
    text = ('{"chats": {"list": [{"name": "Kid", "type": "personal_chat", "id": 7, "messages": [{"id": 1, "type": '
            '"message", "date_unixtime": "1715623380", "from": "Kid", "from_id": "user7", "text": "hi"}]}]}}')
    path = write(tmp_path / "in", "result.json", text)
    assert ingest([path], case=case_in(tmp_path)).tables["messages"].accepted == 1
    trial = tried(path, tmp_path)
    assert (trial.accepted, trial.again) == (0, 0)
