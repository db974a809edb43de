"""Telegram Desktop's JSON: single chats and whole accounts, what old and broken files lack."""

import json
import tempfile
from pathlib import Path
from typing import cast

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.lake.engine import Engine
from ingest.sources.chats.telegram.desktop_json import TELEGRAM
from ingest.sources.reader import Desk, SourceFile
from tests.unit.ingest.chat_exports import account, chat, put, read, reconciled, wrote

SAMPLES = Path(__file__).parent / "chat_samples"


def test_a_whole_account_gives_people_numbers_sessions_rooms_and_private_messages(tmp_path: Path) -> None:
    path = put(tmp_path / "result.json", account(
        chat(42, "personal_chat", "Kid", wrote(1, 42, "Kid", "hi"),
             wrote(2, 1, "Own Er", ["see ", {"type": "bold", "text": "this"}])),
        chat(42, "private_supergroup", "Room", wrote(1, 7, "Wolf", "hello", reply_to_message_id=5),
             {"id": 2, "type": "service", "date": "2024-05-01T18:00:00", "date_unixtime": "1714579200", "text": "",
              "actor": "Wolf", "actor_id": "user7", "action": "invite_members", "members": ["Kid", None]}),
        chat(5, "private_group", "Old group", wrote(3, 7, "Wolf", "", photo="photos/p.jpg", file_size=9)),
    ))
    report, tables, rejects = read(tmp_path, path, timezone=None)
    assert report.sources[0].format == "telegram"
    assert reconciled(report)
    messages = tables["messages"]
    private = messages[messages.recipient.notna()]
    assert list(zip(private.sender, private.recipient, private.text, strict=True)) == [
        ("telegram:user42", "telegram:user1", "hi"), ("telegram:user1", "telegram:user42", "see this"),
    ]
    assert list(messages.room.dropna()) == ["telegram:channel42", "telegram:channel42", "telegram:chat5"], "kinds apart"
    assert str(messages.sent_at[0]) == "2024-05-01 16:03:05"
    told = [json.loads(text) for text in messages.attributes.fillna("{}")]
    assert told[2]["reply_to"] == "5"
    assert told[3] == {"form": "invite_members", "members": ["Kid", None]}
    assert told[4] == {"media": {"photo": "p.jpg", "file_size": "9"}}
    identifiers = tables["identifiers"]
    assert set(zip(identifiers.account, identifiers.kind, identifiers.value, strict=True)) >= {
        ("telegram:user1", "username", "@owner"), ("telegram:user42", "phone", "+33 6 98 76 54 32"),
    }
    session = tables["sessions"].iloc[0]
    assert (session.account, session.ip) == ("telegram:user1", "192.0.2.7")
    assert session.user_agent == "Telegram Android 10.1 Android"
    assert [reject.column for reject in rejects] == ["account_id"], "a contact of no account"


def test_the_owner_of_a_single_private_chat_is_known_once_he_writes(tmp_path: Path) -> None:
    path = put(tmp_path / "result.json", chat(
        42, "personal_chat", "Kid", wrote(1, 42, "Kid", "a"), wrote(2, 42, "Kid", "b"), wrote(3, 1, "Own", "c")
    ))
    messages = read(tmp_path, path)[1]["messages"]
    assert list(messages.recipient) == ["telegram:user1", "telegram:user1", "telegram:user42"]
    assert list(messages.row) == [1, 2, 3]


def test_an_owner_who_never_writes_is_named_by_the_file(tmp_path: Path) -> None:
    path = put(tmp_path / "result.json", chat(42, "personal_chat", "Kid", wrote(1, 42, "Kid", "a")))
    recipient = read(tmp_path, path)[1]["messages"].recipient[0]
    assert recipient.startswith("telegram:owner-of-")


def test_old_exports_have_local_times_only_and_ask_for_the_zone(tmp_path: Path) -> None:
    message = wrote(1, 7, "Wolf", "hi")
    del message["date_unixtime"]
    path = put(tmp_path / "result.json", chat(5, "private_group", "Room", message))
    _, _, rejects = read(tmp_path / "a", path, timezone=None)
    assert [reject.column for reject in rejects] == ["sent_at"]
    _, tables, _ = read(tmp_path / "b", path, timezone="Europe/Paris")
    assert str(tables["messages"].sent_at[0]) == "2024-05-01 16:03:04"


@pytest.mark.parametrize("chat", [{}, {"name": "Family"}, {"name": "Family", "id": 11}])
def test_people_of_two_chats_who_are_known_by_name_alone_are_two(tmp_path: Path, chat: dict[str, object]) -> None:
    """Chats without a name, or of one name, shared their accounts: two people were one."""
    for number in (0, 1):
        told = {"type": "message", "date_unixtime": f"154400635{number}", "from": "Author 1", "text": "hello"}
        named = {"id": 11 + number, "type": "private_group"} if "id" in chat else {}
        one = {**chat, **named, "messages": [told]}
        put(tmp_path / "in" / f"chat{number}" / "result.json", one)
    report, tables, _ = read(tmp_path, tmp_path / "in")
    assert report.tables["messages"].accepted == 2
    assert len(set(tables["messages"].sender)) == len(set(tables["messages"].room)) == 2


def test_what_telegram_writes_that_is_no_json_is_read(tmp_path: Path) -> None:
    text = json.dumps(chat(5, "private_group", "Room", wrote(1, 7, "Wolf", "aXXb"), wrote(2, 7, "Wolf", "c")), indent=1)
    broken = text.replace("aXXb", r"a\x1Fb\\x41")
    broken = broken.replace('"text_entities": []', '"document_id": (File not included.),\n"t": 0', 1)
    path = put(tmp_path / "result.json", broken)
    with pytest.raises(json.JSONDecodeError):
        json.loads(broken)
    report, tables, rejects = read(tmp_path, path)
    assert list(tables["messages"].text) == ["a\x1fb\\x41", "c"]
    assert not rejects
    assert reconciled(report)


def test_a_single_chat_and_the_whole_account_count_their_common_messages_once(tmp_path: Path) -> None:
    common = chat(5, "private_group", "Room", wrote(1, 7, "Wolf", "a"), wrote(2, 8, "Ann", "b"))
    one, all_ = put(tmp_path / "one.json", common), put(tmp_path / "all.json", account(common))
    counts = read(tmp_path, one, all_)[0].tables["messages"]
    assert (counts.accepted, counts.duplicate) == (2, 2)


_WRITER = st.tuples(st.sampled_from([1, 7, 42]), st.sampled_from(["Wolf", "Ann", "L\u00e9 \u2615"]))
_TEXT = st.one_of(
    st.sampled_from(["", "hello", "a \\ \"b\": c", "\u2615 \u00e9", "1.50"]), st.integers(0, 9), st.none(),
    st.just(["see ", {"type": "link", "text": "x"}, 3]),
)
_MORE = st.fixed_dictionaries({}, optional={
    "reply_to_message_id": st.integers(1, 9), "edited_unixtime": st.just("1714579390"), "edited": st.just("2024-05-01"),
    "photo": st.sampled_from(["photos/p.jpg", "(File not included.)"]), "width": st.just(800),
    "reactions": st.just([{"type": "emoji", "emoji": "\u2615", "count": 1, "recent": [{"from_id": "user42"}]}]),
    "text_entities": st.sampled_from([
        [{"type": "plain", "text": "hello"}], [{"type": "mention_name", "text": "x", "user_id": 42}], None, [],
    ]),
    "from": st.sampled_from([None, "Wolf"]), "from_id": st.sampled_from([None, "channel5", 7]), "unknown": st.just({}),
    "type": st.sampled_from(["message", "service", "unsupported"]), "actor": st.just("Wolf"), "id": st.just(1.5),
})
_MESSAGES = st.lists(st.tuples(_WRITER, _TEXT, st.one_of(st.just({}), st.just({}), _MORE)), min_size=3, max_size=40)


@given(_MESSAGES, st.sampled_from(["private_group", "personal_chat", "saved_messages"]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_rows_do_not_hang_on_how_the_file_is_laid_out(
    told: list[tuple[tuple[int, str], object, dict[str, object]]], kind: str, whole: bool
) -> None:
    messages = [wrote(at, who, name, text, **more) for at, ((who, name), text, more) in enumerate(told, start=1)]
    content = chat(42, kind, "Room", *messages)
    content = account(content, chat(5, "private_group", "Other", *messages[:3])) if whole else content
    as_written, *others = (
        _staged(json.dumps(content, ensure_ascii=False, indent=indent)) for indent in (1, None, "\t")
    )
    assert others == [as_written, as_written]


def _staged(text: str) -> dict[str, list[dict[str, object]]]:
    """The rows that the reader makes of a file, by what they are for."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        source = SourceFile(put(folder / "result.json", text), "telegram", sha256="0" * 64)
        desk = Desk(cast(Engine, None), folder)
        list(TELEGRAM.read([source], desk))
        return {path.name.rsplit("-", 1)[0]: pq.read_table(path).to_pylist() for path in folder.glob("*.parquet")}


@pytest.mark.parametrize("name", ["test_single_export.json", "test_batch_export.json"])
def test_samples_give_what_another_reader_gives(tmp_path: Path, name: str) -> None:
    """Oracle: chat-miner's own expected answer beside its samples (MIT)."""
    folder = SAMPLES / "telegram"
    expected = json.loads((folder / "target.json").read_text())
    messages, accounts = (read(tmp_path, folder / name)[1][table] for table in ("messages", "accounts"))
    names = dict(zip("telegram:" + accounts.account_id, accounts.pseudonym, strict=True))
    found = [
        {"timestamp": moment.isoformat(), "author": names[sender], "message": text}
        for moment, sender, text in zip(messages.sent_at, messages.sender, messages.text, strict=True)
    ]
    assert [_close(row) for row in found] == [_close(row) for row in expected]


def _close(row: dict[str, str]) -> dict[str, str]:
    """Without blanks in the text: the other reader puts one between the parts of a text, Telegram writes its own."""
    return {**row, "message": row["message"].replace(" ", "")}
