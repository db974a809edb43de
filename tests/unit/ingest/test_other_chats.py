"""Facebook and Instagram, Slack, Matrix, Signal: who wrote where and when; a folder that mixes five formats."""

import json
from pathlib import Path

import pytest

from tests.unit.ingest.chat_exports import channel, chat, put, read, reconciled, said, user, wrote

SAMPLES = Path(__file__).parent / "chat_samples"


def wrong(text: str) -> str:
    """As Meta writes it: UTF-8 taken for Latin-1."""
    return text.encode().decode("latin-1")


def test_facebook_texts_are_put_right_each_on_its_own(tmp_path: Path) -> None:
    path = put(tmp_path / "facebook-ann" / "messages" / "inbox" / "lea_5" / "message_1.json", {
        "participants": [{"name": wrong("Léa")}, {"name": "Ann"}],
        "messages": [
            {"sender_name": wrong("Léa"), "timestamp_ms": 1714579385000, "content": wrong("ça va ☕"),
             "type": "Generic", "reactions": [{"reaction": wrong("👍"), "actor": "Ann"}]},
            {"sender_name": "Ann", "timestamp_ms": 1714579384000, "content": "“already right”", "photos": [
                {"uri": "messages/inbox/lea_5/photos/1.jpg", "creation_timestamp": 1}], "ip": "192.0.2.7"},
        ],
        "title": wrong("Léa"), "thread_path": "inbox/lea_5",
    })
    report, tables, rejects = read(tmp_path, path, timezone=None)
    assert report.sources[0].format == "meta"
    assert reconciled(report)
    assert not rejects
    messages = tables["messages"]
    assert list(messages.text) == ["ça va ☕", "“already right”"]
    assert list(zip(messages.sender, messages.recipient, strict=True)) == [
        ("facebook:Léa in lea_5", "facebook:Ann in lea_5"), ("facebook:Ann in lea_5", "facebook:Léa in lea_5"),
    ]
    told = [json.loads(text) for text in messages.attributes]
    assert told[0] == {"reactions": [{"emoji": "👍", "by": "Ann"}]}
    assert told[1] == {"media": ["1.jpg"], "ip": "192.0.2.7"}


def test_a_group_and_the_newer_encrypted_download(tmp_path: Path) -> None:
    group = {"participants": [{"name": n} for n in "abc"], "title": "Us", "thread_path": "inbox/us_1",
             "messages": [{"sender_name": "a", "timestamp_ms": 1714579384000, "content": "hi"}]}
    newer = {"participants": ["a", "b"], "threadName": "b_12", "messages": [
        {"senderName": "b", "timestamp": 1714579384000, "text": "yo", "type": "text", "isUnsent": False, "media": []}]}
    one = put(tmp_path / "instagram" / "inbox" / "us_1" / "message_1.json", group)
    two = put(tmp_path / "instagram" / "e2ee" / "b_12.json", newer)
    messages = read(tmp_path, one, two)[1]["messages"].set_index("text")
    assert messages.loc["hi"].room == "instagram:chat:us_1"
    assert messages.loc["yo"].recipient == "instagram:a in b_12"


@pytest.mark.parametrize(("folder", "name"), [("instagram", "test_export.json"), ("signal", "test_export.txt")])
def test_samples_give_what_another_reader_gives(tmp_path: Path, folder: str, name: str) -> None:
    """Oracle: chat-miner's own expected answer beside its samples (MIT)."""
    expected = json.loads((SAMPLES / folder / "target.json").read_text())
    report, tables, rejects = read(tmp_path, SAMPLES / folder / name)
    assert report.sources[0].format == {"instagram": "meta", "signal": "signal"}[folder]
    accounts, messages = tables["accounts"], tables["messages"]
    names = dict(zip(accounts.platform + ":" + accounts.account_id, accounts.pseudonym, strict=True))
    found = [
        {"timestamp": moment.strftime("%Y-%m-%dT%H:%M:%S"), "author": names[sender], "message": text.replace("\n", " ")}
        for moment, sender, text in zip(messages.sent_at, messages.sender, messages.text, strict=True)
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert not rejects


def slack(folder: Path) -> Path:
    put(folder / "users.json", [
        {"id": "U1", "name": "ann", "real_name": "Ann", "deleted": False, "is_bot": False, "tz": "Europe/Paris",
         "profile": {"email": "ann@example.org", "display_name": "ann"}},
        {"id": "U2", "name": "ben", "deleted": True, "profile": {}},
    ])
    put(folder / "channels.json", [{"id": "C1", "name": "general", "created": 1714570000, "creator": "U1",
                                    "members": ["U1", "U2"]}])
    put(folder / "dms.json", [{"id": "D1", "created": 1714570000, "members": ["U1", "U2"]}])
    put(folder / "general" / "2024-05-01.json", [
        {"type": "message", "user": "U1", "text": "hi", "ts": "1714579384.000200", "reactions": [
            {"name": "+1", "count": 1, "users": ["U2"]}]},
        {"type": "message", "subtype": "channel_join", "user": "U2", "text": "<@U2> has joined",
         "ts": "1714579385.000100"},
        5,
    ])
    private = {"type": "message", "user": "U2", "text": "psst", "ts": "1714579386.000100"}
    put(folder / "D1" / "2024-05-01.json", [private])
    return folder


def test_slack_gives_people_channels_threads_and_private_messages(tmp_path: Path) -> None:
    report, tables, rejects = read(tmp_path, slack(tmp_path / "export"), timezone=None)
    assert {source.format for source in report.sources} == {"slack"}
    assert reconciled(report)
    assert [reject.reason for reject in rejects] == ["the element is no object"]
    messages = tables["messages"].set_index("text")
    assert messages.loc["hi"].room == "slack:C1"
    assert messages.loc["hi"].message_id == "C1/1714579384.000200"
    assert str(messages.loc["hi"].sent_at) == "2024-05-01 16:03:04.000200"
    assert json.loads(messages.loc["<@U2> has joined"].attributes) == {"form": "channel_join"}
    assert messages.loc["psst"].recipient == "slack:U1"
    assert set(tables["rooms"].room_id) == {"C1", "D1"}
    assert list(tables["identifiers"].value) == ["ann@example.org"]


def test_matrix_events_keep_edits_and_redactions(tmp_path: Path) -> None:
    def event(number: int, kind: str, content: dict[str, object], **more: object) -> dict[str, object]:
        return {"type": kind, "sender": "@wolf:hs.example", "event_id": f"${number}", "room_id": "!r:hs.example",
                "origin_server_ts": 1714579384000 + number, "content": content, **more}

    path = put(tmp_path / "export.json", {
        "room_name": "Room 9", "room_creator": "Wolf", "topic": "t", "export_date": "May 1, 2024", "exported_by": "Kid",
        "messages": [
            event(1, "m.room.member", {"membership": "join", "displayname": "Wolf"}, state_key="@wolf:hs.example"),
            event(2, "m.room.message", {"msgtype": "m.text", "body": "hi"}),
            event(3, "m.room.message", {"msgtype": "m.text", "body": "* hello", "m.new_content": {"body": "hello"},
                                        "m.relates_to": {"rel_type": "m.replace", "event_id": "$2"}}),
            event(4, "m.room.redaction", {}, redacts="$2"), {"type": "m.room.message"},
        ],
    })
    report, tables, rejects = read(tmp_path, path, timezone=None)
    assert reconciled(report)
    assert len(rejects) == 1
    told = [json.loads(text) if text else {} for text in tables["messages"].attributes.fillna("")]
    assert told[0]["membership"] == "join"
    assert (told[2]["relation"], told[2]["relates_to"], told[2]["new_text"]) == ("m.replace", "$2", "hello")
    assert told[3]["redacts"] == "$2"
    assert set(tables["accounts"].pseudonym) == {"Wolf", "@wolf:hs.example"}
    assert list(tables["rooms"].name) == ["Room 9"]


def test_one_folder_that_mixes_five_formats_becomes_one_case(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    put(folder / "discord.json", channel(said(1, user(77, "w0lf"), "one")))
    put(folder / "telegram" / "result.json", chat(5, "private_group", "Room", wrote(1, 7, "Wolf", "two")))
    put(folder / "WhatsApp Chat with Us.txt", "13/05/24, 10:00 - Ann: three\n13/05/24, 10:01 - Ben: four\n")
    put(folder / "irc" / "2024-05-01.log", "[18:03:04] <Wolf> five\n[18:03:05] <Kid> six\n")
    put(folder / "instagram" / "inbox" / "us_1" / "message_1.json", {
        "participants": [{"name": "a"}, {"name": "b"}], "title": "b", "thread_path": "inbox/us_1",
        "messages": [{"sender_name": "a", "timestamp_ms": 1714579384000, "content": "seven"}],
    })
    put(folder / "notes.pdf", b"%PDF-1.4")
    report, tables, rejects = read(tmp_path, folder, timezone="Europe/Paris")
    assert {source.format for source in report.sources} == {"discord", "telegram", "whatsapp", "irc", "meta"}
    assert sorted(tables["messages"].text) == sorted(["one", "two", "three", "four", "five", "six", "seven"])
    assert not rejects
    assert [Path(name).name for name in report.ignored] == ["notes.pdf"]
    assert reconciled(report)
