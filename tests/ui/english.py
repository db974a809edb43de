"""Which lines of a screen are English?  Messages of ours in their English form, and whatever reads like a sentence."""

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.lake.columns import STORED
from ingest.rejects import read_rejects
from tests.ui.conftest import CASE
from tests.unit.workbench.hostile import HOSTILE
from workbench.language import words

_COMMON = frozenset({
    "the", "of", "and", "with", "which", "are", "is", "was", "were", "who", "from", "this", "that", "these", "those",
    "not", "no", "by", "for", "its", "it", "has", "have", "had", "than", "there", "minor", "shown", "what", "when",
    "where", "whose",
})
"""Words that hardly any English sentence does without, and that no French one has."""
_DATA = (
    "The lobby", "hello there", "good morning",
    *(name.replace("\n", " ") for name in HOSTILE),
)
"""What stands in the case, and columns as a statement names them."""
_WORD = re.compile(r"[A-Za-z]+")
_PROGRAM = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
_QUOTED = re.compile(r"«.*?»|`.*?`")
_NO_WORDS = frozenset({
    "id", "element_id", "key", "form_id", "icon", "url", "url_path", "page_script_hash", "language", "type", "format",
    "cssClass", "active_script_hash", "query_param_key", "proto_id", "unique_id",
    "css_content",
})
"""Fields of Streamlit's messages in which nothing is to be read."""


class English:
    """Finds lines in English; the evidence's tables, paths of files, rejected rows and what people wrote are data."""

    def __init__(self, workspace: Path, *data: str, name: str = CASE) -> None:
        case = CaseFolder(workspace, name)
        rejects = read_rejects(case) if case.exists() else []
        told_of_rows = (text for row in rejects for text in (row.reason, row.hint, row.raw))
        files = (source.path for batch in manifests(case) for source in batch.sources) if case.exists() else ()
        known = {*_DATA, *data, *STORED, *told_of_rows, *files, *_written(workspace / "filature.db")}
        self._data = sorted(known - {""}, key=len, reverse=True)
        french = words("fr").messages
        self._ours = {english for english, said in french.items() if english != said and said != (english, english)}
        self._ours -= {said for said in french.values() if isinstance(said, str)} | set(self._data)

    def in_(self, shown: set[str]) -> list[str]:
        return sorted(line for line in shown if self._sentence(line) or line in self._ours)

    def _sentence(self, line: str) -> bool:
        for text in self._data:
            line = line.replace(text, " ")
        found = _WORD.findall(_QUOTED.sub(" ", line))
        return any(word.lower() in _COMMON for word in found if not (word.isupper() and len(word) > 1))  # Cypher's


def _written(database: Path) -> Iterator[str]:
    """What people wrote in the casework of this workspace: remarks, notes of judgements, saved queries' own words."""
    if not database.exists():
        return
    with contextlib.closing(sqlite3.connect(database)) as connection:
        for statement in ("SELECT text FROM remarks", "SELECT note FROM judgements", "SELECT body FROM saved_queries"):
            for (text,) in connection.execute(statement):
                yield from _described(text) if text[:1] in "{[" else (text,)
                yield from (line.partition(":")[2].strip() for line in text.splitlines())


def told(app: AppTest) -> set[str]:
    """All that a page says, opened or not: labels, helps, placeholders, options, heads and cells, axes of charts."""
    return {line.strip() for text in _of(app._tree) for line in _PROGRAM.sub("", text).splitlines() if line.strip()}


def _of(node: Any) -> Iterator[str]:
    if getattr(node, "proto", None) is not None and node.type != "code":
        yield from _texts(node.proto)
    if isinstance(node, Block):
        for child in node.children.values():
            yield from _of(child)
    elif node.type in ("dataframe", "arrow_data_frame"):
        yield from _cells(node.value)


def _cells(frame: pd.DataFrame) -> Iterator[str]:
    yield from map(str, frame.columns)
    for _name, column in frame.items():
        yield from (cell for cell in column if isinstance(cell, str))


def _texts(message: Message) -> Iterator[str]:
    """Every text of a message and of those in it; of a column's or a chart's description what is to be read."""
    for field, value in message.ListFields():
        if field.name in _NO_WORDS:
            continue
        for one in value if field.is_repeated else [value]:
            if isinstance(one, Message):
                yield from _texts(one)
            elif isinstance(one, str) and one[:1] in "{[":
                yield from _described(one)
            elif isinstance(one, str):
                yield one


def _described(text: str) -> Iterator[str]:
    try:
        pending: list[Any] = [json.loads(text)]
    except ValueError:
        yield text
        return
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            yield from (part[name] for name in ("title", "label", "help") if isinstance(part.get(name), str))
            pending += [value for name, value in part.items() if name not in ("datasets", "data")]
        elif isinstance(part, list):
            pending += part
