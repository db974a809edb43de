"""On which platform a row happened: its own word first, then its account's or room's, then the only one there is."""

import json
from pathlib import Path

from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from tests.unit.ingest.evidence_folder import MESSAGES, T, case_in, ingest_text, rejects, rows, write


def test_without_any_platform_the_case_gives_its_name(tmp_path: Path) -> None:
    ingest_text(tmp_path, "messages.csv", MESSAGES + f"m1,{T},a,r,,x\n")
    assert rows(case_in(tmp_path), "messages", "platform", "sender") == [("harbour", "harbour:a")]


def test_the_only_platform_there_is_holds_for_all(tmp_path: Path) -> None:
    write(tmp_path / "source", "accounts.csv", "account_id,platform\na,chat\nb,\n")
    write(tmp_path / "source", "messages.csv", MESSAGES + f"m1,{T},stranger,,b,x\n")
    ingest([tmp_path / "source"], case=case_in(tmp_path))
    assert rows(case_in(tmp_path), "messages", "sender", "recipient") == [("chat:stranger", "chat:b")]
    assert rows(case_in(tmp_path), "accounts", "account") == [("chat:a",), ("chat:b",)]


def test_among_several_the_account_or_room_tells_and_a_doubtful_one_does_not(tmp_path: Path) -> None:
    write(tmp_path / "source", "accounts.csv", "account_id,platform\na,one\nb,two\nboth,one\nboth,two\n")
    write(tmp_path / "source", "rooms.csv", "room_id,platform\nr,two\n")
    messages = [("a", "", "x"), ("x", "", "b"), ("x", "r", ""), ("both", "", "x"), ("x", "", "y")]
    text = "".join(f"m{n},{T},{sender},{room},{recipient},t\n" for n, (sender, room, recipient) in enumerate(messages))
    write(tmp_path / "source", "messages.csv", MESSAGES + text)
    ingest([tmp_path / "source"], case=case_in(tmp_path))
    found = [row[0] for row in rows(case_in(tmp_path), "messages", "platform")]
    assert found == ["one", "two", "two", "harbour", "harbour"]


def test_a_rows_own_platform_goes_first(tmp_path: Path) -> None:
    write(tmp_path / "source", "accounts.csv", "account_id,platform\na,one\nb,two\n")
    write(tmp_path / "source", "sessions.csv", f"account_id,started_at,platform\na,{T},three\na,{T},\n")
    ingest([tmp_path / "source"], case=case_in(tmp_path))
    assert rows(case_in(tmp_path), "sessions", "account") == [("three:a",), ("one:a",)]


def test_evidence_already_there_tells_too(tmp_path: Path) -> None:
    ingest_text(tmp_path, "accounts.csv", "account_id,platform\na,one\nb,two\n")
    ingest_text(tmp_path, "messages.csv", MESSAGES + f"m1,{T},b,,x,t\nm2,{T},x,,y,t\n")
    assert rows(case_in(tmp_path), "messages", "platform") == [("two",), ("harbour",)]


def test_the_only_platform_of_the_case_holds_for_a_later_batch(tmp_path: Path) -> None:
    ingest_text(tmp_path, "accounts.csv", "account_id,platform\na,one\n")
    ingest_text(tmp_path, "messages.csv", MESSAGES + f"m1,{T},x,,y,t\n")
    assert rows(case_in(tmp_path), "messages", "platform") == [("one",)]


def test_an_evidence_folder_is_never_of_the_platform_of_an_export_whose_people_may_have_its_ids(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    export = tmp_path / "source" / "result.json"
    export.write_text(json.dumps({"name": "Quay", "type": "private_group", "id": 7, "messages": [{
        "id": 1, "type": "message", "date": "2024-05-01T18:00:00", "date_unixtime": "1714586400", "from": "cleo",
        "from_id": "user3", "text": "hello",
    }]}))
    ingest([export], case=case_in(tmp_path))
    assert ingest_text(tmp_path, "messages.csv", MESSAGES + f"m1,{T},user3,,y,t\n").assumed == "harbour"
    own = [row for row in rows(case_in(tmp_path), "messages", "platform", "sender") if row[0] != "telegram"]
    assert own == [("harbour", "harbour:user3")]
    # and handed in with it
    both = CaseFolder(tmp_path / "two", "harbour").create()
    ingest([tmp_path / "source"], case=both)
    assert {row[0] for row in rows(both, "messages", "platform")} == {"telegram", "harbour"}


def test_the_register_lives_under_the_cases_name(tmp_path: Path) -> None:
    write(tmp_path / "source", "accounts.csv", "account_id,platform\na,one\n")
    write(tmp_path / "source", "operators.csv", "company_id,platform\nc,elsewhere\n")
    ingest([tmp_path / "source"], case=case_in(tmp_path))
    assert rows(case_in(tmp_path), "operators", "company", "platform") == [("harbour:c", "elsewhere")]
    assert rows(case_in(tmp_path), "accounts", "account") == [("one:a",)]


def test_a_platform_with_a_colon_would_make_ids_ambiguous(tmp_path: Path) -> None:
    ingest_text(tmp_path, "accounts.csv", "account_id,platform\na,one:two\nb,one\n")
    assert [reject.reason for reject in rejects(case_in(tmp_path))] == ["platform holds a colon"]
    assert rows(case_in(tmp_path), "accounts", "account") == [("one:b",)]
