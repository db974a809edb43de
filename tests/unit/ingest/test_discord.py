"""Discord channels of DiscordChatExporter: who, where, when; private chats; cut and changed files."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from tests.unit.ingest.chat_exports import channel, put, read, reconciled, said, user

WOLF, KID = user(77, "w0lf"), user(78, "kid")


def test_a_channel_becomes_accounts_a_room_and_messages_with_what_was_attached(tmp_path: Path) -> None:
    picture = {"id": "5", "url": "https://cdn.example/a.jpg", "fileName": "../a.jpg", "fileSizeBytes": 123}
    path = put(tmp_path / "general.json", channel(
        said(1, WOLF, "hello @kid", mentions=[KID], attachments=[picture], timestampEdited="2024-05-01T19:00:00+02:00"),
        said(2, KID, "", type="Reply", reference={"messageId": "1", "channelId": "9002", "guildId": "9001"}),
        said(3, user(79, "helper", isBot=True, discriminator="0042"), "welcome", reactions=[
            {"emoji": {"name": "+1"}, "count": 1, "users": [KID]}]),
    ))
    report, tables, rejects = read(tmp_path, path, timezone=None)
    assert report.sources[0].format == "discord"
    assert reconciled(report)
    assert not rejects
    messages = tables["messages"]
    assert list(messages.message_id) == ["1", "2", "3"]
    assert list(messages.row) == [1, 2, 3]
    assert set(messages.room) == {"discord:9002"}
    assert str(messages.sent_at[0]).startswith("2024-05-01 16:03:01.567")
    attributes = [json.loads(text) if text else {} for text in messages.attributes]
    assert attributes[0]["attachments"] == [{"name": "a.jpg", "bytes": 123}]
    assert attributes[0]["mentions"] == ["78"]
    assert attributes[0]["edited_at"] == "2024-05-01T19:00:00+02:00"
    assert (attributes[1]["form"], attributes[1]["reply_to"]) == ("Reply", "1")
    assert attributes[2]["reactions"] == [{"emoji": "+1", "count": 1, "by": ["78"]}]
    assert "cdn.example" not in "".join(messages.attributes.fillna("")), "no address that could be fetched is kept"
    accounts = tables["accounts"].set_index("account_id")
    assert accounts.loc["79"].role == "bot"
    assert accounts.loc["79"].pseudonym == "helper#0042"
    assert accounts.loc["77"].pseudonym == "w0lf"


def test_in_a_private_chat_messages_go_from_one_to_the_other(tmp_path: Path) -> None:
    path = put(tmp_path / "dm.json", channel(
        said(1, WOLF, "hello"), said(2, WOLF, "are you there"), said(3, KID, "yes"), kind="DirectTextChat"
    ))
    messages = read(tmp_path, path)[1]["messages"]
    assert list(zip(messages.sender, messages.recipient, strict=True)) == [
        ("discord:77", "discord:78"), ("discord:77", "discord:78"), ("discord:78", "discord:77"),
    ]


def unanswered(tmp_path: Path, name: str, *in_room: Any, writer: Any = WOLF) -> tuple[str, pd.DataFrame, Any]:
    """Of a private chat of that name in which one wrote, beside a room: recipient, accounts, attributes."""
    room = put(tmp_path / "room.json", channel(*in_room))
    alone = channel(said(90, writer, "hello"), kind="DirectTextChat", number=9003, name=name)
    report, tables, rejects = read(tmp_path, room, put(tmp_path / "dm.json", alone))
    assert reconciled(report)
    assert not rejects
    (message,) = tables["messages"].query("room.isna()").itertuples()
    told = None if pd.isna(message.attributes) else json.loads(message.attributes)
    return message.recipient, tables["accounts"].set_index("account_id"), told


def test_the_recipient_who_never_answered_is_the_one_account_the_chat_is_named_for(tmp_path: Path) -> None:
    for number, name in enumerate(("kid", "Kid")):  # its name or its nickname
        recipient, accounts, told = unanswered(tmp_path / str(number), name, said(1, WOLF, "a"), said(2, KID, "b"))
        assert recipient == "discord:78"
        assert told == {"recipient_from": "the name of the chat"}
        assert sorted(accounts.index) == ["77", "78"]
        assert accounts.loc["78"].pseudonym == "kid"


def test_a_recipient_known_by_a_mention_alone_gets_its_name_from_the_chat(tmp_path: Path) -> None:
    recipient, accounts, _ = unanswered(tmp_path, "kid", said(1, WOLF, "@kid", mentions=[KID]))
    assert recipient == "discord:78"
    assert (accounts.loc["78"].pseudonym, accounts.loc["78"].row) == ("kid", 1)


def test_between_two_of_one_name_nobody_is_guessed(tmp_path: Path) -> None:
    other = user(79, "kid_b", nickname="kid")
    recipient, accounts, told = unanswered(tmp_path, "kid", said(1, KID, "a"), said(2, other, "b"))
    assert (recipient, told) == ("discord:other-of-9003", None)
    assert accounts.loc["other-of-9003"].pseudonym == "kid"
    assert json.loads(accounts.loc["other-of-9003"].attributes) == {"weak_identity": True}


def test_a_chat_named_for_its_writer_tells_nothing_of_the_other(tmp_path: Path) -> None:
    recipient, accounts, _ = unanswered(tmp_path, "kid", said(1, WOLF, "a"), said(2, KID, "b"), writer=KID)
    assert recipient == "discord:other-of-9003"
    assert sorted(accounts.index) == ["77", "78"]


def test_the_name_that_all_deleted_accounts_have_is_nobodys(tmp_path: Path) -> None:
    gone = user(79, "Deleted User")
    recipient, accounts, _ = unanswered(tmp_path, "Deleted User", said(1, gone, "a"))
    assert recipient == "discord:other-of-9003"
    assert sorted(accounts.index) == ["77", "79"]


def test_an_answer_in_another_file_of_the_chat_tells_the_recipient(tmp_path: Path) -> None:
    parts = [put(tmp_path / f"{who['id']}.json", channel(said(number, who, "a"), kind="DirectTextChat", name="kid"))
             for number, who in enumerate((WOLF, KID), start=1)]
    messages = read(tmp_path, *parts)[1]["messages"]
    assert set(zip(messages.sender, messages.recipient, strict=True)) == {
        ("discord:77", "discord:78"), ("discord:78", "discord:77")}
    assert messages.attributes.isna().all()


def test_of_csv_files_the_name_tells_the_recipient(tmp_path: Path) -> None:
    head = "AuthorID,Author,Date,Content,Attachments,Reactions\n"
    line = '"{}","{}","2024-05-01T18:03:04.0000000+00:00","hello","",""\n'
    room = put(tmp_path / "Harbour - Chat - general [900000000000000001].csv", head + line.format(78, "kid#0000"))
    alone = put(tmp_path / "Direct Messages - Private - kid [900000000000000002].csv", head + line.format(77, "w0lf"))
    messages = read(tmp_path, room, alone)[1]["messages"]
    assert list(messages.recipient.dropna()) == ["discord:78"]


def test_overlapping_exports_count_their_common_messages_as_duplicates(tmp_path: Path) -> None:
    one, two, three = said(1, WOLF, "a"), said(2, KID, "b"), said(3, WOLF, "c")
    first = put(tmp_path / "1.json", channel(one, two))
    second = put(tmp_path / "2.json", channel(two, three))
    counts = read(tmp_path, first, second)[0].tables["messages"]
    assert (counts.read, counts.accepted, counts.duplicate) == (4, 3, 1)


def test_a_cut_file_keeps_what_stands_before_and_says_so(tmp_path: Path) -> None:
    whole = json.dumps(channel(said(1, WOLF, "a"), said(2, KID, "b")), indent=1)
    path = put(tmp_path / "cut.json", whole[: whole.index('"content": "b"')])
    report, tables, rejects = read(tmp_path, path)
    assert list(tables["messages"].text) == ["a"]
    assert [reject.reason for reject in rejects] == ["the file ends too early"]
    assert reconciled(report)


def test_a_count_that_does_not_hold_is_told(tmp_path: Path) -> None:
    path = put(tmp_path / "less.json", channel(said(1, WOLF, "a"), count=5))
    assert [reject.reason for reject in read(tmp_path, path)[2]] == ["the file holds 1 messages and says 5"]


def test_hostile_elements_are_rejects_and_spoil_nothing(tmp_path: Path) -> None:
    kept = said(9, WOLF, "kept", reactions=[{"emoji": "x"}, 3], attachments="none", reference=7)
    odd = [5, None, {"author": "x"}, kept]
    path = put(tmp_path / "odd.json", channel(said(1, WOLF, "a"), *odd, said(3, KID, "\ud800 b")))  # type: ignore[arg-type]
    report, tables, rejects = read(tmp_path, path)
    assert list(tables["messages"].text.str.strip("?� ")) == ["a", "kept", "b"]
    assert len(rejects) == 3
    assert reconciled(report)
