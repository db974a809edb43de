"""Of every reader: a hundred random rows stand where they say, and a hostile file ends in rejects or in one line."""

import itertools
import random
import re
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import FilatureError
from ingest.lake.engine import Engine
from ingest.mapping import find_mapping
from ingest.sources.reader import Desk
from ingest.sources.registry import READERS
from tests.unit.ingest.chat_exports import put
from tests.unit.ingest.long_samples import EVERY, Sample

_TEXTS = [f'word{number}. "é😀" & <b>' for number in range(200)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(tmp_path_factory.mktemp("engine")) as made:
        yield made


NUMBERS = itertools.count()  # the desks share an engine: no two name a table alike


def staged(name: str, sample: Sample, source: Path, folder: Path, engine: Engine) -> tuple[list[Any], int]:
    """(source file, row and text of every row of the sample's table that its reader stages, how many rejects)."""
    reader = next(one for one in READERS if name.partition(",")[0] == one.NAME)
    folder.mkdir()
    text = sample.mapping
    mapping = None if text is None else put(folder / "own.toml", text) if "[" in text else find_mapping(text)
    files = reader.survey(source, mapping=mapping).files
    found: list[Any] = []
    rejects = 0
    for table in reader.read(files, Desk(engine, folder, mapping, _number=NUMBERS)):
        if table.rejects is not None:
            rejects += len(engine.run(f"SELECT source FROM {table.rejects}"))
        fault = "fault" if "fault" in table.columns else "NULL"
        columns = f"source, row, {sample.column if table.table == sample.table else 'NULL'}, {fault}"
        for index, row, text, wrong in engine.run(f"SELECT {columns} FROM {table.relation}"):
            rejects += wrong is not None
            if table.table == sample.table:
                found.append((files[int(str(index))].path, row, text))
    return found, rejects


def test_every_registered_reader_has_a_sample() -> None:
    assert {reader.NAME for reader in READERS} == {name.partition(",")[0] for name in EVERY}


@pytest.mark.parametrize("name", EVERY)
def test_a_hundred_random_rows_stand_where_they_say(name: str, tmp_path: Path, engine: Engine) -> None:
    sample = EVERY[name]
    source, file = sample.build(tmp_path / "in", _TEXTS)
    found, _ = staged(name, sample, source, tmp_path / "out", engine)
    of_file = [(row, word[0]) for path, row, text in found if path.name in (file.name, "_lava_data.lava")
               and (word := re.search(r"word\d+\b", str(text)))]
    assert {word for _, word in of_file} == {f"word{number}" for number in range(200)}
    units = sample.units(file)
    for row, word in random.Random(7).sample(of_file, 100):
        assert re.search(rf"{word}\b", units[row - 1]), (row, word)


_LIMITS = {
    "ingest.sources.chats.json_stream.mended": "LONGEST", "ingest.sources.chats.json_stream.scanned": "LONGEST",
    "ingest.sources.chats.json_stream.streamed": "LONGEST", "ingest.sources.chats.html.stream": "_LONGEST",
    "ingest.sources.chats.axiom": "_LARGEST", "ingest.sources.extractions.xml_models": "_LONGEST",
}


@pytest.mark.parametrize("name", [
    "axiom", "case-uco", "discord", "google-chat", "imageboard", "mastodon", "matrix", "meta", "meta-html",
    "meta-return", "slack", "telegram", "telegram-html", "ufdr", "x",
])
def test_a_text_too_long_to_hold_is_a_reject_and_what_stands_behind_it_is_read(
    name: str, tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, limit in _LIMITS.items():
        monkeypatch.setattr(import_module(module), limit, 1 << 18)
    monkeypatch.setattr(import_module("ingest.sources.chats.json_stream.scanned"), "_HELD", 1 << 18)
    source, file = EVERY[name].build(tmp_path / "in", [f"word{number}. more" for number in range(12)])
    file.write_bytes(file.read_bytes().replace(b"word5.", b"word5" + b"x" * (1 << 20) + b"."))
    sound, _ = EVERY[name].build(tmp_path / "sound", ["word0. more"])
    usual = staged(name, EVERY[name], sound, tmp_path / "usual", engine)[1]
    found, rejects = staged(name, EVERY[name], source, tmp_path / "out", engine)
    words = {word[0] for _, _, text in found if (word := re.search(r"word\d+\b", str(text)))}
    assert words == {f"word{number}" for number in range(12) if number != 5}
    assert rejects == usual + 1


_DEEP = {"{": b'{"a":' * 100_000, "[": b"[" * 100_000, "<": b"<b>" * 100_000}


def _duplicated(body: bytes) -> bytes:
    """Every key of every object twice, one after the other."""
    return re.sub(rb'("\w+": (?:"[^"\\]*"|\d+)),', rb"\1, \1,", body)


def _treatments(body: bytes) -> dict[str, bytes]:
    begins = body.lstrip(b"\xef\xbb\xbf \r\n")[:1].decode("latin-1")
    deep = _DEEP.get(begins, b"(" * 100_000)
    middle = len(body) // 2
    return {
        "cut": body[:middle], "empty": b"", "another encoding": body.decode("utf-8", "replace").encode("utf-16"),
        "control characters": body.replace(b"word3.", b"wo\x00\x07\x1b[2Jrd"),
        "no UTF-8": body.replace(b"word3.", b"\xff\xfe."),
        "deep from the middle": body[:middle] + deep, "deep in a text": body.replace(b'"word3.', b'"word3.' + deep, 1),
        "keys twice": _duplicated(body), "zeros": bytes(len(body)), "the same twice": body + body,
    }


@pytest.mark.parametrize("name", EVERY)
def test_a_hostile_file_ends_in_rejects_or_one_line(name: str, tmp_path: Path, engine: Engine) -> None:
    sample = EVERY[name]
    source, file = sample.build(tmp_path / "in", _TEXTS[:12])
    body = file.read_bytes()
    whole = len(staged(name, sample, source, tmp_path / "whole", engine)[0])
    began = time.monotonic()
    for number, (treatment, hostile) in enumerate(_treatments(body).items()):
        file.write_bytes(hostile)
        refused = ""
        try:
            found, rejects = staged(name, sample, source, tmp_path / str(number), engine)
        except FilatureError as error:
            refused = str(error)
            found, rejects = [], 0
        assert "\n" not in refused
        if refused:
            continue
        if treatment in ("control characters", "no UTF-8") and hostile != body:
            assert len(found) + rejects >= whole, treatment  # no other row is lost
    assert time.monotonic() - began < 60, "100,000 levels take seconds, not hours"
