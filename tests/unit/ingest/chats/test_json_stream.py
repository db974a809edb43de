"""The quick walk through JSON gives what the slow one gives, wherever the file is cut or odd, however it is read."""

import gc
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ingest.sources.chats.json_stream import Found, Ordinary, Several, mended, walk
from ingest.sources.chats.json_stream.scanned import NotPlain, scanned
from ingest.sources.chats.json_stream.streamed import streamed
from tests.unit.ingest.chat_exports import chat, put, wrote

WHOLE = frozenset({("messages", "item")})
PLAIN = frozenset({("name",), ("type",), ("id",)})
BEGUN = frozenset({("messages",)})
_TEXT = json.dumps(chat(5, "private_group", "R\u00e9", wrote(1, 7, "W", "a \\x1F \u2615"), wrote(2, 8, "A", [
    "b", {"type": "bold", "text": "c\\"}])), indent=1, ensure_ascii=False).replace("\\\\x1F", "\\x1F")


def slow(path: Path) -> list[object]:
    return list(streamed(path, whole=WHOLE, plain=PLAIN, begun=BEGUN))


def test_a_file_cut_after_any_character_is_told_as_the_slow_walk_tells_it(tmp_path: Path) -> None:
    for cut in range(len(_TEXT) + 1):
        path = put(tmp_path / "cut.json", _TEXT[:cut])
        assert list(walk(path, whole=WHOLE, plain=PLAIN, begun=BEGUN)) == slow(path), cut


@pytest.mark.parametrize("odd", [
    '"k": 1, "k": 2', '"k": ' + "[" * 70 + "]" * 70, '"k": ' + "[" * 60 + "]" * 60, '"k": NaN', '"k": 1e999, "n": -0',
    '"k": 01', '"k": "\x01 \x1f"', '"k": ' + "9" * 5000, '"k": tru', '"k": {"x": {"y": 1, "y": 1}}', '"k": "\\ud83d"',
    '"k" 1', '"k": [1,]', "", '"k": ' + json.dumps([{"a": 1}] * 50),
])
@pytest.mark.parametrize("block", [7, 1 << 20])
def test_odd_values_are_told_as_the_slow_walk_tells_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str, block: int
) -> None:
    path = put(tmp_path / "odd.json", '{"name": "x", "messages": [{"id": 1}, {' + odd + '}, {"id": 2}], "id": 3}')
    expected = [str(found) for found in slow(path)]
    monkeypatch.setattr(mended, "_BLOCK", block)
    found = [str(found) for found in walk(path, whole=WHOLE, plain=PLAIN, begun=BEGUN)]
    if "\\ud83d" in odd:  # half a pair: each parser has a mark of its own for it
        assert len(found) == len(expected)
    else:
        assert found == expected


@pytest.mark.parametrize("odd", [
    '"k": 1, "k": 2', '"k": {"x": {"y": 1, "y": 1}}', '"k": "a \\": b"', '"k": "\\n },\\n {"',
    '"k": [{"a": [{"b": 1}]}, 2]',
    '"k": ' + "[" * 70 + "]" * 70, '"k": ' + '{"a":' * 70 + "1" + "}" * 70, '"k": NaN', '"k": 1.50', '"k":1', '"k" : 1',
    '"k": "c\\\\"', '"k\\\\": 1', "", '"k": "\\": ", "k": 2', '"k": 1}, {"n": 3', '"k": 1}], "l": [{"k": 1',
])
@pytest.mark.parametrize("block", [30, 200, 1 << 20])
def test_objects_on_lines_of_their_own_are_told_as_the_slow_walk_tells_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str, block: int
) -> None:
    lines = [f'{{\n  "id": {number}, "text": "t\u00e9"\n }}' for number in range(6)]
    lines[3] = f"{{\n  {odd}\n }}"
    path = put(tmp_path / "lines.json", '{"name": "x", "messages": [\n ' + ",\n ".join(lines) + '\n], "id": 3}')
    expected = [str(found) for found in slow(path)]
    monkeypatch.setattr(mended, "_BLOCK", block)
    assert [str(found) for found in walk(path, whole=WHOLE, plain=PLAIN, begun=BEGUN)] == expected


class _Note(msgspec.Struct):
    id: Any = None
    text: Any = None


def _texts_of(note: _Note) -> int:
    return 3 if note.id.__class__ is int and note.text.__class__ is str else 0


def _elements(path: Path, structures: list[int] | None = None) -> list[Found]:
    """All that the walk gives with ordinary elements, one by one; ``structures`` is told how many were ordinary."""
    found: list[Found] = []
    for one in walk(path, whole=WHOLE, plain=PLAIN, begun=BEGUN, ordinary=Ordinary(_Note, _texts_of)):
        if isinstance(one.value, Several):
            if structures is not None:
                structures.append(len(one.value) - len(one.value.odd))
            found += [Found(one.place, "", one.value.object(at)) for at in range(len(one.value))]
        else:
            found.append(one)
    return found


@pytest.mark.parametrize("odd", [
    '"k": 1, "k": 2', '"id": 1, "text": "a", "id": 2', '"id": 1, "id" : 2, "text": "a"', '"id": 1, "text" : "a"',
    '"id" : 1,\n "id"\n : 2, "k": {"a": 1, "a"\t: 1}', '"id": 1, "text": "a \\": b"',
    '"id": 1, "text": ["a", {"b": "c"}]',
    '"id": 1.0, "text": "a"', '"id": 1.50', '"id": 1e999, "k": -0', '"id": "1", "text": null', '"text": "a"', "",
    '"id": 1, "text": "\\u0022", "k": 1', '"k": "\\u0022\\u0022", "n": 1, "n": 2', '"id": 01, "text": "a"', '"k": [1,]',
    '"id": 1, "text": "\x01"', '"id": 1, "text": "a\\x1F"', '"id": 1, "text": "\\ud83d"', '"id": 1, "k": "\\ud83d"',
    '"id": 1, "k": ' + "[" * 70 + "]" * 70, '"id": 1, "k": ' + "[" * 60 + "]" * 60, '"id": 1, "k": NaN, "text": "a"',
    '"id": 1, "text": "\\n },\\n {"', '"id": 1}, {"id": 3', '"id": 1}], "l": [{"k": 1', '"id": ' + "9" * 5000,
    '"id": 1, "k": tru',
])
@pytest.mark.parametrize("read", [40, 300, 1 << 18])
@pytest.mark.parametrize("place", [1, 20, 39])
def test_ordinary_elements_are_told_as_the_slow_walk_tells_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str, read: int, place: int
) -> None:
    lines = [f'{{\n  "id": {number}, "text": "t\u00e9 \u2615"\n }}' for number in range(40)]
    lines[place] = f"{{\n  {odd}\n }}"
    path = put(tmp_path / "lines.json", '{"name": "x", "messages": [\n ' + ",\n ".join(lines) + '\n], "id": 3}')
    monkeypatch.setattr(import_module("ingest.sources.chats.json_stream.scanned"), "_READ", read)
    monkeypatch.setattr(mended, "_BLOCK", read)
    structures: list[int] = []
    found = _elements(path, structures)
    expected = [str(one) for one in slow(path)]
    if "\\ud83d" in odd:  # half a pair: each parser has a mark of its own for it
        assert len(found) == len(expected)
    else:
        assert [str(one) for one in found] == expected
    assert sum(structures) or place == 1 or read > len(path.read_bytes()), "those before it are read as structures"


def test_a_text_that_looks_like_the_end_of_an_element_parts_none(tmp_path: Path) -> None:
    lines = [f'{{\n  "id": {number}, "text": "\n }},\n {{"\n }}' for number in range(9)]
    path = put(tmp_path / "lines.json", '{"messages": [\n ' + ",\n ".join(lines) + "\n]}")
    assert _elements(path) == list(walk(path, whole=WHOLE, plain=PLAIN, begun=BEGUN))


def test_nested_objects_that_look_like_elements_do_not_share_their_texts(tmp_path: Path) -> None:
    between = "\n },\n {"
    one = f'{{"id": 1, "z": [{{{between}"n": 1}}], "text": "of one", "more": ["a", "b"]}}, {{"id": 2, "z": [{{{between}'
    text = f'{{"messages": [\n {one}"n": 1}}], "text": "of two"}}, {{"id": 3, "text": "c"\n }},\n '
    text += '{"id": 4, "text": "d"}\n]}'
    path = put(tmp_path / "nested.json", text)
    json.loads(text)
    assert [(one.value["id"], one.value["text"]) for one in _elements(path) if one.value] == [
        (1, "of one"), (2, "of two"), (3, "c"), (4, "d")
    ]


@pytest.mark.parametrize("odd", ["a\tb", "a\nb", "a\r\nb\t", "\\udc00x", "\\ud83d\\ude00", "\\\\udc00", "\\ud83dx"])
@pytest.mark.parametrize("block", [60, 1 << 17])
def test_what_python_reads_and_ijson_does_not_loses_nothing_before_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str, block: int
) -> None:
    monkeypatch.setattr(mended, "_BLOCK", block)
    lines = [f'{{\n  "id": {number},\n  "text": "t"\n }}' for number in range(9)]
    lines[1] = f'{{\n  "id": 1,\n  "text": "{odd}"\n }}'
    lines[6] = '{\n  "id": 6, "id": 7\n }'
    for end in ("\n]}", ""):
        path = put(tmp_path / "odd.json", '{"messages": [\n ' + ",\n ".join(lines) + end)
        for found in (_elements(path), list(walk(path, whole=WHOLE, plain=PLAIN, begun=BEGUN))):
            ids = [one.value["id"] for one in found if one.value]
            assert ids == [0, 1, 2, 3, 4, 5, 7, 7, 8][: len(found) - 1 - (not end)]
            assert [one.fault for one in found if one.fault] == [
                "has the key 'id' twice", *(() if end else ("ends too early",))
            ]


def test_a_number_that_no_computer_holds_is_a_text(tmp_path: Path) -> None:
    huge = '{"a": 1e99999999999999999999, "b": "1e9999999"}, {"a": -2.5E-9999999}'
    path = put(tmp_path / "huge.json", f'{{"messages": [{{"a": 1}}, {huge}]}}')
    assert [one.value.get("a") for one in walk(path, whole=WHOLE)] == [1, "1e99999999999999999999", "-2.5E-9999999"]
    assert _elements(path) == list(walk(path, whole=WHOLE, plain=PLAIN, begun=BEGUN))


def test_the_collector_is_as_it_was_while_elements_are_taken(tmp_path: Path) -> None:
    lines = [f'{{\n  "id": {number}, "text": "t"\n }}' for number in range(9)]
    path = put(tmp_path / "lines.json", '{"messages": [\n ' + ",\n ".join(lines) + "\n]}")
    several = [one for one in walk(path, whole=WHOLE, ordinary=Ordinary(_Note, _texts_of)) if gc.isenabled()]
    assert any(isinstance(one.value, Several) for one in several)
    assert gc.isenabled()


def test_bytes_that_are_no_text_are_told_alike_with_ordinary_elements(tmp_path: Path) -> None:
    path = tmp_path / "bytes.json"
    lines = [b'{\n  "id": %d, "text": "a\xff\xc3"\n }' % number for number in range(9)]
    path.write_bytes(b'{"messages": [\n ' + b",\n ".join(lines) + b"\n]}")
    assert _elements(path) == list(walk(path, whole=WHOLE, plain=PLAIN, begun=BEGUN))


def test_texts_and_numbers_of_thousands_of_digits_are_kept_whole(tmp_path: Path) -> None:
    digits = "9" * 5000
    path = put(tmp_path / "digits.json", '{"messages": [{"a": "\\"' + digits + '", "b": ' + digits + ', "b": 1}, 2]}')
    first, second = (found.value for found in walk(path, whole=WHOLE))
    assert (first["a"], second) == ('"' + digits, 2)
    digits_of = put(tmp_path / "one.json", '{"messages": [' + digits + "]}")
    assert [str(found.value).replace("E+0", "") for found in walk(digits_of, whole=WHOLE)] == [digits]


@pytest.mark.parametrize("block", [1000, 1 << 15])
def test_a_text_too_long_to_hold_is_left_out_and_what_stands_behind_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    for name in ("mended", "scanned", "streamed"):
        monkeypatch.setattr(import_module(f"ingest.sources.chats.json_stream.{name}"), "LONGEST", 1 << 16)
    monkeypatch.setattr(mended, "_BLOCK", block)
    fault = "has a text of more than 0 MB"
    for more in ("x", "\\u00e9", "\\\\", '\\"', "\\n\u2615 "):
        long = more * ((3 << 16) // len(more))
        path = put(tmp_path / "long.json", (
            '{"messages": [{"id": 1}, {"id": 2, "text": "' + long + '", "n": "a\\"b"}, "' + long
            + '", {"id": 3}], "id": 4}'
        ))
        found = list(walk(path, whole=WHOLE, plain=PLAIN))
        assert [one.fault for one in found] == ["", fault, fault, "", ""]
        assert (found[0].value, found[1].value["n"], found[3].value) == ({"id": 1}, 'a"b', {"id": 3})
        assert (found[1].pointer, found[4].value) == ("/messages/1", 4)
        assert len(found[1].value["text"]) < 2000
    path = put(tmp_path / "cut.json", '{"messages": [1, "' + "x" * (3 << 16))
    assert [one.fault for one in walk(path, whole=WHOLE)] == ["", "ends too early"]


def test_a_sound_file_never_needs_the_slow_walk(tmp_path: Path) -> None:
    path = put(tmp_path / "sound.json", _TEXT)
    assert list(scanned(path, whole=WHOLE, plain=PLAIN, begun=BEGUN)) == slow(path)
    with pytest.raises(NotPlain):
        list(scanned(put(tmp_path / "cut.json", _TEXT[:-1]), whole=WHOLE, plain=PLAIN, begun=BEGUN))


def test_a_long_text_is_not_copied_for_every_block_that_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "long.json"
    file.write_text(json.dumps({"messages": [{"text": "x" * (12 << 20)}, {"text": "y"}]}), encoding="utf-8")
    joined: list[int] = []
    text_of = import_module("ingest.sources.chats.json_stream.scanned")._Text
    read = text_of._read

    def counted(self: Any, least: int = 1) -> bool:
        more: bool = read(self, least)
        joined.append(len(self._text))
        return more

    monkeypatch.setattr(text_of, "_read", counted)
    texts = [found.value["text"] for found in walk(file, whole=WHOLE)]
    assert [len(text) for text in texts] == [12 << 20, 1]
    assert sum(joined) < 4 * (12 << 20), "characters copied"
