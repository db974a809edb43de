"""What a hostile or torn export may do: end in rejects or one line.  Never a traceback, a hang, or a good row lost."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import FilatureError
from ingest.sources.chats.json_stream import walk
from tests.unit.ingest.chat_exports import account, channel, chat, put, read, reconciled, said, user, wrote
from tests.unit.ingest.chats import reading

DISCORD = json.dumps(channel(said(1, user(77, "w0lf"), "first"), said(2, user(78, "kid"), "second")), indent=1)
_ROOM = chat(5, "private_group", "Room", wrote(1, 7, "W", "first"), wrote(2, 8, "A", "second"))
TELEGRAM = json.dumps(account(_ROOM), indent=1)
WHATSAPP = "13/05/24, 10:00 - Ann: first\n13/05/24, 10:01 - Ben: second\n13/05/24, 10:02 - Cleo: third\n"
FORMATS = {"discord.json": DISCORD, "telegram.json": TELEGRAM, "WhatsApp Chat with Us.txt": WHATSAPP}
_DEEP = '{"a":' * 100_000 + "1" + "}" * 100_000


@pytest.mark.parametrize("name", FORMATS)
def test_files_cut_anywhere_keep_what_stands_before_or_are_refused_in_one_line(tmp_path: Path, name: str) -> None:
    whole = FORMATS[name]
    for number, cut in enumerate(range(0, len(whole), max(len(whole) // 9, 1))):
        path = put(tmp_path / str(number) / name, whole[:cut])
        try:
            texts = [row["text"] for row in reading.given(path, tmp_path / f"out-{number}").get("messages", [])]
        except FilatureError:  # one line: the tests of the command line look at it
            assert whole[:cut].count('"text": "') + whole[:cut].count('"content": "') < 2
            continue
        if number == 6:
            assert reconciled(read(tmp_path / str(number), path)[0])
        words = ("first", "second", "third")
        assert all(word.startswith(text.split("\n")[0]) for word, text in zip(words, texts, strict=False))
        if '"second"' in whole[:cut] and '"messageCount"' in whole[:cut]:
            assert "second" in texts


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("written", "shown"),
    [(b"fi\x00\x07rst", "fi\x00\x07rst"), (b"fi\xffrst", "fi\ufffdrst"), (b"<script>alert(1)</script>", None),
     (b"=1+1", None), (b"\xe2\x80\xaetxt", None)],
)
def test_odd_texts_spoil_no_other_row(tmp_path: Path, name: str, written: bytes, shown: str | None) -> None:
    path = put(tmp_path / name, FORMATS[name].encode().replace(b"first", written))
    report, tables, _ = read(tmp_path, path)
    assert reconciled(report)
    texts = list(tables["messages"].text)
    assert "second" in texts
    if name.endswith(".json"):
        assert (shown or written.decode()) in texts


@pytest.mark.parametrize("name", ["discord.json", "telegram.json"])
@pytest.mark.parametrize(
    "odd", ['"first", "text": "x", "content": "y"', _DEEP, "[" * 70 + "]" * 70, "1e999", "-0", "null"]
)
def test_odd_values_are_rejects_or_nothing_and_the_next_message_is_read(tmp_path: Path, name: str, odd: str) -> None:
    path = put(tmp_path / name, FORMATS[name].replace('"first"', odd))
    report, tables, _ = read(tmp_path, path)
    assert reconciled(report)
    assert "second" in list(tables["messages"].text)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_file_and_another_encoding_are_refused_in_one_line(tmp_path: Path, name: str) -> None:
    for number, content in enumerate([b"", FORMATS[name].encode("utf-16")]):
        path = put(tmp_path / str(number) / name, content)
        with pytest.raises(FilatureError) as refused:
            read(tmp_path / str(number), path)
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", FORMATS)
def test_the_second_time_nothing_is_added(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / name, FORMATS[name])
    first = read(tmp_path, path)[0]
    again = read(tmp_path, path)[0]
    assert all(counts.accepted == 0 for counts in again.tables.values())
    assert {k: c.read for k, c in again.tables.items()} == {k: c.read for k, c in first.tables.items()}


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4), max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=st.lists(_VALUES, max_size=6), name=st.text(max_size=8))
def test_walking_a_file_gives_what_the_json_library_gives(tmp_path: Path, messages: list[object], name: str) -> None:
    path = put(tmp_path / "any.json", {"name": name, "messages": messages, "more": {"messages": [1]}})
    whole = frozenset({("messages", "item")})
    found = list(walk(path, whole=whole, plain=frozenset({("name",)}), begun=frozenset()))
    assert [entry.value for entry in found if entry.place == ("messages", "item")] == messages
    assert [entry.value for entry in found if entry.place == ("name",)] == [name]
