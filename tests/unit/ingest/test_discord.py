"""Discord channels of DiscordChatExporter: who, where, when; private chats; cut and changed files."""

import json
from pathlib import Path

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


def test_a_private_chat_that_nobody_answered_keeps_its_recipient_apart(tmp_path: Path) -> None:
    path = put(tmp_path / "dm.json", channel(said(1, WOLF, "hello"), kind="DirectTextChat"))
    assert list(read(tmp_path, path)[1]["messages"].recipient) == ["discord:other-of-9002"]


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
